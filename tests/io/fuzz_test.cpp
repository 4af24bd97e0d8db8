// SPDX-License-Identifier: BSD-3-Clause
// Valid files, bent at random: whatever comes of it, reading ends in points or in an
// equicloud::Error, and the points are as many as the header says.
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include "io/clouds.h"
#include "io/sample_files.h"

namespace equicloud::io {
namespace {

constexpr int kMutants = 3000;  // a seed file

std::size_t below(Random& random, std::size_t n) {
  return static_cast<std::size_t>(random.below(n));
}

const std::string& word(Random& random) {
  static const std::string words[] = {"-1",
                                      "0",
                                      "4294967296",
                                      "18446744073709551615",
                                      "nan",
                                      "inf",
                                      "1e999",
                                      "\n",
                                      " ",
                                      "\r\n",
                                      "#",
                                      "DATA ascii\n",
                                      "list",
                                      "vertex",
                                      "end_header\n",
                                      "element face 3\n",
                                      "\xff\xff\xff\xff",
                                      ",",
                                      ";",
                                      "COUNT 9 9 9\n"};
  return words[below(random, std::size(words))];
}

std::string mutant(std::string bytes, const std::string& other, Random& random) {
  for (std::size_t changes = 1 + below(random, 3); changes > 0; --changes) {
    if (bytes.empty()) return bytes;
    const std::size_t at = below(random, bytes.size());
    switch (random.below(7)) {
      case 0:
        bytes[at] = static_cast<char>(random.bits());
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.erase(at, 1 + below(random, 20));
        break;
      case 4:
        bytes.insert(at, word(random));
        break;
      case 5:
        bytes.replace(at, 1 + below(random, 8), word(random));
        break;
      default:
        bytes = bytes.substr(0, at) + other.substr(below(random, other.size()));
        break;
    }
  }
  return bytes;
}

/// True if the file was read; positions are taken as a program would.
bool survives(const std::string& bytes, const std::string& name) {
  try {
    const auto reader = open_bytes({bytes.begin(), bytes.end()}, name);
    const std::uint64_t declared = reader->header().points;
    const Positions positions = read_positions(*reader);
    EXPECT_EQ(positions.xyz.size(), 3 * declared);
    return true;
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
    return false;
  }
}

TEST(Fuzz, AMutantIsReadOrRefusedWithOneError) {
  const auto files = testing::valid_files();
  std::size_t seed = 0;
  for (const auto& file : files) {
    SCOPED_TRACE(file.first);
    ASSERT_TRUE(survives(file.second, file.first));
    Random random(++seed);
    int read = 0;
    for (int i = 0; i < kMutants; ++i) {
      auto other = files.begin();
      std::advance(other, static_cast<std::ptrdiff_t>(below(random, files.size())));
      read += survives(mutant(file.second, other->second, random), file.first) ? 1 : 0;
    }
    EXPECT_GT(read, 0) << "no mutant was read: the mutations are too coarse to test anything";
  }
}

TEST(Fuzz, EveryTruncationIsReadOrRefused) {
  for (const auto& file : testing::valid_files())
    for (std::size_t size = 0; size < file.second.size(); ++size)
      survives(file.second.substr(0, size), file.first);
}

TEST(Fuzz, ATruncatedFileThatDeclaresItsSizeIsNeverRead) {
  for (const auto& file : testing::valid_files()) {
    const std::string extension = file.first.substr(file.first.size() - 3);
    if (extension != "pcd" && extension != "ply") continue;
    // An ascii file may lose its last line end and digits of its last number unnoticed.
    const std::size_t slack = file.first.rfind("ascii", 0) == 0 ? 6 : 1;
    for (std::size_t size = 0; size + slack <= file.second.size(); ++size)
      EXPECT_NE(testing::refusal(file.second.substr(0, size), file.first), "")
          << file.first << " cut to " << size;
  }
}

}  // namespace
}  // namespace equicloud::io
