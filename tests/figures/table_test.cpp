// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/table.h>

#include <gtest/gtest.h>

#include <cmath>

namespace equicloud::figures {
namespace {

std::string sentence_of(const std::string& text) {
  try {
    parse_table(text, "curve.csv");
  } catch (const FormatError& error) {
    return error.what();
  }
  return "";
}

TEST(Table, EmptyCellsAreNaN) {
  const Table table = parse_table("step,loss\n1,0.5\r\n2,\n", "curve.csv");
  EXPECT_EQ(table.column("step"), (std::vector<double>{1, 2}));
  EXPECT_EQ(table.column("loss")[0], 0.5);
  EXPECT_TRUE(std::isnan(table.column("loss")[1]));
}

TEST(Table, WhatIsWrongIsSaidInASentence) {
  EXPECT_EQ(sentence_of("a,b\n1\n"), "curve.csv: line 2 has 1 cells, expected 2");
  EXPECT_EQ(sentence_of("a,b\n1,x2\n"),
            "curve.csv: line 2 has 'x2' in column b, expected a number");
  EXPECT_EQ(sentence_of(""), "curve.csv: is empty, expected a line of column names");
  try {
    parse_table("a,b\n", "curve.csv").column("c");
    FAIL() << "nothing was thrown";
  } catch (const FormatError& error) {
    EXPECT_STREQ(error.what(), "curve.csv: has no column c; columns are: a, b");
  }
}

}  // namespace
}  // namespace equicloud::figures
