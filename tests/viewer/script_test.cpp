// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/script.h"

#include <equicloud/base/error.h>

#include <gtest/gtest.h>

namespace equicloud::viewer {
namespace {

std::string refusal(const std::string& text) {
  try {
    parse_script(text, "s.txt");
  } catch (const FormatError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Script, LinesBecomeVerbsAndWordsWithoutComments) {
  const auto script = parse_script("# first\nopen a.pcd\n\nlook 10 20 1.5  # from the side\n", "s");
  ASSERT_EQ(script.size(), 2U);
  EXPECT_EQ(script[0].verb, "open");
  EXPECT_EQ(script[0].words, std::vector<std::string>{"a.pcd"});
  EXPECT_EQ(script[1].number, 4U);
  EXPECT_EQ(script[1].number_at(2), 1.5);
}

TEST(Script, WrongLinesAreNamed) {
  EXPECT_EQ(refusal("score\nlook 1 2\n"), "s.txt:2: look takes 3 words, found 2");
  EXPECT_EQ(refusal("dance\n").find("s.txt:1: there is no command 'dance'; there are auto, "), 0U);
  EXPECT_THROW(parse_script("threshold high\n", "s")[0].number_at(0), FormatError);
  EXPECT_THROW(read_script("/nowhere/script.txt"), IoError);
}

}  // namespace
}  // namespace equicloud::viewer
