// SPDX-License-Identifier: BSD-3-Clause
// The table of malformed LAS files: each is refused with one exact sentence.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "io/clouds.h"
#include "io/las_files.h"

namespace equicloud::io {
namespace {

using testing::LasRecipe;
using testing::make_las;
using testing::number_at;
using testing::with_number;

struct Row {
  std::string what;
  std::string bytes;
  std::string sentence;  ///< behind "f.las: "
};

// Point format 6 of LAS 1.4: header 375, records 61 + 387, gap 5, 50 points of 30 bytes.
constexpr std::size_t kPoints = 375 + 61 + 387 + 5;
constexpr std::size_t kPointsEnd = kPoints + 50 * 30;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string good() { return make_las({}); }

std::string old_format() {
  LasRecipe recipe;
  recipe.format = 1;
  recipe.minor = 2;
  return make_las(recipe);
}

std::string with_extra_bytes() {
  LasRecipe recipe;
  recipe.extra_bytes = true;
  return make_las(recipe);
}

template <typename T>
std::string bent(std::size_t offset, T number) {
  return with_number(good(), offset, number);
}

std::vector<Row> headers() {
  return {
      {"header cut", good().substr(0, 100),
       "holds 100 bytes, a LAS header takes at least 227 (truncated?)"},
      {"header of 1.4 cut", good().substr(0, 300),
       "declares a header of 375 bytes, the file holds 300 (truncated?)"},
      {"header size 0", bent(94, std::uint16_t{0}),
       "declares a header of 0 bytes, LAS 1.4 has 375"},
      {"header size of 1.2 in 1.4", bent(94, std::uint16_t{227}),
       "declares a header of 227 bytes, LAS 1.4 has 375"},
      {"header size beyond the file", bent(94, std::uint16_t{65535}),
       "declares a header of 65535 bytes, the file holds 2574 (truncated?)"},
      {"version 1.5", bent(25, std::uint8_t{5}), "is LAS 1.5, versions 1.0 to 1.4 are read"},
      {"version 2.0", bent(24, std::uint16_t{2}), "is LAS 2.0, versions 1.0 to 1.4 are read"},
      {"point format 11", bent(104, std::uint8_t{11}),
       "has point format 11, formats 0 to 10 are read"},
      {"record length 29", bent(105, std::uint16_t{29}),
       "declares point records of 29 bytes, point format 6 takes 30"},
      {"record length 0", bent(105, std::uint16_t{0}),
       "declares point records of 0 bytes, point format 6 takes 30"},
      {"scale 0", bent(139, 0.0), "the scale of y is 0.000000, expected a number other than 0"},
      {"scale NaN", bent(131, kNaN), "the scale of x is nan, expected a number other than 0"},
      {"scale inf", bent(147, std::numeric_limits<double>::infinity()),
       "the scale of z is inf, expected a number other than 0"},
      {"offset NaN", bent(155, kNaN), "the offset of x is nan, expected a number"},
      {"points within the header", bent(96, std::uint32_t{374}),
       "the points begin at byte 374, within the header of 375 bytes"},
      {"points beyond the file", bent(96, std::uint32_t{0xFFFFFFFF}),
       "the points begin at byte 4294967295, the file holds 2574 (truncated?)"},
  };
}

std::vector<Row> counts() {
  const std::string file = good();
  return {
      {"counts disagree", bent(107, std::uint32_t{49}),
       "declares 49 points in its old count and 50 in the new one"},
      {"count beyond the file", bent(247, std::uint64_t{1000}),
       "header declares 1000 points (30000 bytes), the file holds 1746 bytes (truncated?)"},
      {"count beyond 64 bits", bent(247, std::uint64_t{1} << 63U),
       "header declares 9223372036854775808 points (more than 2^64 bytes), the file holds 1746 "
       "bytes (truncated?)"},
      {"old count beyond the file", with_number(old_format(), 107, std::uint32_t{0xFFFFFFFF}),
       "header declares 4294967295 points (120259084260 bytes), the file holds " +
           std::to_string(old_format().size() - number_at<std::uint32_t>(old_format(), 96)) +
           " bytes (truncated?)"},
      {"cut within the points", file.substr(0, kPointsEnd - 1),
       "header declares 50 points (1500 bytes), the file holds 1499 bytes (truncated?)"},
  };
}

std::vector<Row> records() {
  const std::string file = good();
  const std::string extra = with_extra_bytes();
  constexpr std::size_t kExtra = 375 + 61;  // the Extra Bytes record of `extra`
  std::string two = extra;                  // the record behind becomes a second one
  two.replace(kExtra + 54 + 384 + 2, 18, extra.substr(kExtra + 2, 18));
  return {
      {"records beyond the points", bent(100, std::uint32_t{4}),
       "variable length record 3 of 4 takes 54 bytes, 5 are left before the points"},
      {"4 billion records", bent(100, std::uint32_t{0xFFFFFFFF}),
       "variable length record 3 of 4294967295 takes 54 bytes, 5 are left before the points"},
      {"record longer than its room", bent(375 + 20, std::uint16_t{65535}),
       "variable length record 1 of 2 takes 65589 bytes, 453 are left before the points"},
      {"Extra Bytes of odd length", with_number(extra, kExtra + 20, std::uint16_t{383}),
       "the Extra Bytes record holds 383 bytes, a description takes 192"},
      {"Extra Bytes of a type unknown", with_number(extra, kExtra + 54 + 2, std::uint8_t{31}),
       "extra bytes Pulse_Width have type 31, types 0 to 30 are known"},
      {"Extra Bytes longer than the record", with_number(extra, kExtra + 54 + 2, std::uint8_t{7}),
       "the Extra Bytes record describes 8 bytes or more, the point records have 6 of them"},
      {"two Extra Bytes records", two, "has two Extra Bytes records, at most one is allowed"},
      {"extended records in the points", bent(235, std::uint64_t{kPointsEnd - 1}),
       "the extended records begin at byte 2327, the points end at byte 2328"},
      {"extended records beyond the file", bent(235, std::uint64_t{1} << 60U),
       "extended record 1 of 2 at byte 1152921504606846976 does not fit into the file of 2574 "
       "bytes (truncated?)"},
      {"extended record too long", bent(kPointsEnd + 3 + 20, ~std::uint64_t{0}),
       "extended record 1 of 2 at byte 2331 does not fit into the file of 2574 bytes (truncated?)"},
      {"too many extended records", bent(243, std::uint32_t{0xFFFFFFFF}),
       "extended record 3 of 4294967295 at byte 2570 does not fit into the file of 2574 bytes "
       "(truncated?)"},
      {"extended records cut", file.substr(0, 2400),
       "extended record 1 of 2 at byte 2331 does not fit into the file of 2400 bytes (truncated?)"},
      {"compressed", bent(104, std::uint8_t{0x80 | 6}),
       "is LAZ (compressed LAS) without a record about compression"},
  };
}

TEST(MalformedLas, EveryRowIsRefusedWithItsSentence) {
  ASSERT_EQ(testing::refusal(good(), "f.las"), "");
  for (const auto& table : {headers(), counts(), records()}) {
    for (const Row& row : table) {
      SCOPED_TRACE(row.what);
      EXPECT_EQ(testing::refusal(row.bytes, "f.las"), "f.las: " + row.sentence);
    }
  }
}

TEST(MalformedLas, ATruncatedFileIsNeverReadAsAWhole) {
  const std::string file = good();
  // The tail behind the extended records belongs to nobody.
  for (std::size_t size = 1; size + 4 < file.size(); ++size)
    EXPECT_NE(testing::refusal(file.substr(0, size), "f.las"), "") << "cut to " << size;
}

}  // namespace
}  // namespace equicloud::io
