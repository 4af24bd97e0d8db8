// SPDX-License-Identifier: BSD-3-Clause
// LAS written again: every byte but those that were asked for is the source's. Held against a
// reader of the tests' own (las_files.h).
#include <equicloud/base/error.h>
#include <equicloud/io/las.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "io/clouds.h"
#include "io/las_files.h"

namespace equicloud::io {
namespace {

using testing::Cloud;
using testing::cut_las;
using testing::Folder;
using testing::LasParts;
using testing::LasRecipe;
using testing::LasRecord;
using testing::make_las;
using testing::number_at;

/// What a rewriting is told.
struct Told {
  std::vector<AddedField> added;
  std::vector<double> values;  ///< points x added
  std::vector<unsigned char> keep;
};

std::string rewritten(const std::string& file, const Told& told,
                      const std::string& name = "f.las") {
  const Folder folder;
  const auto reader = open_bytes({file.begin(), file.end()}, name);
  WriterOptions options;
  options.added = told.added;
  if (!told.keep.empty())
    options.width = static_cast<std::uint64_t>(std::count(told.keep.begin(), told.keep.end(), 1));
  Writer writer(folder.file("out.las"), reader->header(), options);
  Chunk chunk;
  while (reader->read(chunk, kChunkPoints)) writer.write(chunk, told.keep, told.values);
  writer.finish();
  return testing::read_text(folder.file("out.las"));
}

/// The bytes of a header that may change when extra bytes are added.
std::set<std::size_t> places_of_layout() {
  std::set<std::size_t> places;
  for (const auto& [begin, bytes] : {std::pair{96, 8}, std::pair{105, 2}, std::pair{227, 16}})
    for (int i = 0; i < bytes; ++i) places.insert(static_cast<std::size_t>(begin + i));
  return places;
}

void expect_same_bytes(const std::string& before, const std::string& after,
                       const std::set<std::size_t>& but) {
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i)
    if (but.count(i) == 0) {
      ASSERT_EQ(before[i], after[i]) << "at byte " << i;
    }
}

void expect_same_records(const std::vector<LasRecord>& before,
                         const std::vector<LasRecord>& after) {
  ASSERT_LE(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool extended = before[i].user() == "LASF_Spec" && before[i].id() == 4;
    expect_same_bytes(before[i].head, after[i].head,
                      extended ? std::set<std::size_t>{20, 21} : std::set<std::size_t>{});
    EXPECT_EQ(after[i].payload.substr(0, before[i].payload.size()), before[i].payload);
    if (!extended) {
      EXPECT_EQ(after[i].payload.size(), before[i].payload.size());
    }
  }
}

/// Everything of `before` is in `after`, but for the places that a longer record changes.
void expect_only_extra_bytes(const LasParts& before, const LasParts& after) {
  expect_same_bytes(before.header, after.header, places_of_layout());
  expect_same_records(before.records, after.records);
  EXPECT_EQ(before.gap, after.gap);
  ASSERT_EQ(before.points.size(), after.points.size());
  for (std::size_t i = 0; i < before.points.size(); ++i)
    ASSERT_EQ(after.points[i].substr(0, before.points[i].size()), before.points[i]);
  ASSERT_EQ(before.extended.size(), after.extended.size());
  expect_same_records(before.extended, after.extended);
  EXPECT_EQ(before.tail, after.tail);
}

std::vector<LasRecipe> recipes() {
  std::vector<LasRecipe> list;
  for (int minor = 0; minor <= 4; ++minor)
    for (int format = 0; format <= 10; ++format)
      for (const bool extra : {false, true}) {
        LasRecipe recipe;
        recipe.minor = minor;
        recipe.format = format;
        recipe.points = 12;
        recipe.extra_bytes = extra;
        recipe.undescribed = (minor + format) % 3 == 0 ? 300 : 0;
        recipe.surroundings = format % 2 == 0 || extra;
        list.push_back(recipe);
      }
  return list;
}

std::string title(const LasRecipe& recipe) {
  return "LAS 1." + std::to_string(recipe.minor) + " format " + std::to_string(recipe.format) +
         (recipe.extra_bytes ? " extra bytes" : "") + " undescribed " +
         std::to_string(recipe.undescribed);
}

TEST(LasWriter, ARewrittenFileIsTheSameFile) {
  for (const LasRecipe& recipe : recipes()) {
    SCOPED_TRACE(title(recipe));
    const std::string file = make_las(recipe);
    ASSERT_TRUE(rewritten(file, {}) == file);
  }
}

TEST(LasWriter, AScoreChangesNothingButItsExtraBytesAndTheirDescription) {
  for (const LasRecipe& recipe : recipes()) {
    SCOPED_TRACE(title(recipe));
    const std::string file = make_las(recipe);
    Told told{{{"outlier_score", Scalar::f32}}, {}, {}};
    for (std::uint32_t i = 0; i < recipe.points; ++i) told.values.push_back(i / 64.0);
    const std::string scored = rewritten(file, told);
    const LasParts before = cut_las(file);
    const LasParts after = cut_las(scored);
    expect_only_extra_bytes(before, after);
    for (std::size_t i = 0; i < after.points.size(); ++i) {
      const std::string& point = after.points[i];
      ASSERT_EQ(point.size(), before.points[i].size() + 4);
      EXPECT_EQ(number_at<float>(point, point.size() - 4), static_cast<float>(told.values[i]));
    }
    const std::string last = after.extra_bytes().substr(after.extra_bytes().size() - 192);
    EXPECT_EQ(last[2], 9);  // float
    EXPECT_EQ(last[3], 0);
    EXPECT_STREQ(last.c_str() + 4, "outlier_score");
    const Cloud cloud = testing::read_bytes(scored, "f.las");
    EXPECT_EQ(value(cloud.chunk.record(3), cloud.header.at("outlier_score")), 3 / 64.0);
  }
}

TEST(LasWriter, AScoreThatIsThereIsReplacedInItsPlace) {
  const std::string file = make_las({});
  const Told first{{{"outlier_score", Scalar::f32}}, std::vector<double>(50, 0.25), {}};
  const Told second{{{"outlier_score", Scalar::f32}}, std::vector<double>(50, 0.75), {}};
  EXPECT_EQ(rewritten(rewritten(file, first), second), rewritten(file, second));
}

TEST(LasWriter, AClassChangesItsBitsAlone) {
  for (int format = 0; format <= 10; ++format) {
    SCOPED_TRACE(format);
    LasRecipe recipe;
    recipe.format = format;
    const std::string file = make_las(recipe);
    Told told{{{"classification", Scalar::u8}}, {}, {}};
    for (std::uint32_t i = 0; i < recipe.points; ++i) told.values.push_back(i % 32);
    const std::size_t byte = format < 6 ? 15 : 16;
    std::string expected = file;
    const std::uint32_t begin = number_at<std::uint32_t>(file, 96);
    const auto length = static_cast<std::uint32_t>(testing::las_point_bytes(format));
    for (std::uint32_t i = 0; i < recipe.points; ++i) {
      char& place = expected[begin + i * length + byte];
      place = static_cast<char>(format < 6 ? (static_cast<unsigned>(place) & 0xE0U) | (i % 32)
                                           : i % 32);
    }
    EXPECT_TRUE(rewritten(file, told) == expected);
  }
}

TEST(LasWriter, AFlagChangesItsBitAlone) {
  for (const auto& [format, bit] : {std::pair{3, 7}, std::pair{7, 2}}) {
    LasRecipe recipe;
    recipe.format = format;
    const LasParts before = cut_las(make_las(recipe));
    const Told told{{{"withheld", Scalar::u8}}, std::vector<double>(recipe.points, 1), {}};
    const LasParts after = cut_las(rewritten(make_las(recipe), told));
    for (std::size_t i = 0; i < before.points.size(); ++i) {
      std::string expected = before.points[i];
      expected[15] = static_cast<char>(static_cast<unsigned>(expected[15]) | 1U << bit);
      EXPECT_EQ(after.points[i], expected);
    }
  }
}

TEST(LasWriter, AClassAbove31IsRefusedInOldFormats) {
  LasRecipe recipe;
  recipe.format = 3;
  recipe.points = 1;
  try {
    rewritten(make_las(recipe), {{{"classification", Scalar::u8}}, {32}, {}});
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_NE(
        std::string(error.what())
            .find("out.las: classification 32 does not fit: point format 3 has room for 0 to 31"),
        std::string::npos)
        << error.what();
  }
}

void expect_counts_and_bounds(const LasParts& cleaned, const std::vector<std::uint32_t>& kept,
                              bool old_counts) {
  const std::string& header = cleaned.header;
  EXPECT_EQ(number_at<std::uint32_t>(header, 107), old_counts ? kept.size() : 0U);
  std::uint64_t returns[5] = {};
  double low[3] = {1e9, 1e9, 1e9};
  double high[3] = {-1e9, -1e9, -1e9};
  for (const std::uint32_t i : kept) {
    ++returns[i % 5];
    for (int a = 0; a < 3; ++a) {
      const double x = testing::las_axis(i, a) * testing::kLasScale + testing::kLasOffset[a];
      low[a] = std::min(low[a], x);
      high[a] = std::max(high[a], x);
    }
  }
  for (std::size_t r = 0; r < 5; ++r) {
    EXPECT_EQ(number_at<std::uint32_t>(header, 111 + 4 * r), old_counts ? returns[r] : 0U);
    if (header.size() >= 375) {
      EXPECT_EQ(number_at<std::uint64_t>(header, 255 + 8 * r), returns[r]);
    }
  }
  for (std::size_t a = 0; a < 3; ++a) {
    EXPECT_EQ(number_at<double>(header, 179 + 16 * a), high[a]);
    EXPECT_EQ(number_at<double>(header, 187 + 16 * a), low[a]);
  }
}

TEST(LasWriter, ACleanedFileHasItsCountsAndBoundsAndTheSamePoints) {
  for (const LasRecipe& recipe : recipes()) {
    SCOPED_TRACE(title(recipe));
    const std::string file = make_las(recipe);
    Told told;
    std::vector<std::uint32_t> kept;
    for (std::uint32_t i = 0; i < recipe.points; ++i) {
      told.keep.push_back(i % 3 != 0);
      if (i % 3 != 0) kept.push_back(i);
    }
    const LasParts before = cut_las(file);
    const LasParts after = cut_las(rewritten(file, told));
    ASSERT_EQ(after.points.size(), kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i)
      EXPECT_EQ(after.points[i], before.points[kept[i]]);
    std::set<std::size_t> counts = places_of_layout();
    for (std::size_t i = 107; i < 131; ++i) counts.insert(i);
    for (std::size_t i = 179; i < 227; ++i) counts.insert(i);
    for (std::size_t i = 247; i < 375; ++i) counts.insert(i);
    expect_same_bytes(before.header, after.header, counts);
    expect_same_records(before.records, after.records);
    expect_same_records(before.extended, after.extended);
    EXPECT_EQ(before.gap, after.gap);
    EXPECT_EQ(before.tail, after.tail);
    expect_counts_and_bounds(after, kept, recipe.minor < 4 || recipe.format < 6);
  }
}

TEST(LasWriter, NoPointsLeaveAReadableFile) {
  const std::string empty = rewritten(make_las({}), {{}, {}, std::vector<unsigned char>(50, 0)});
  EXPECT_EQ(testing::read_bytes(empty, "f.las").header.points, 0U);
  EXPECT_EQ(number_at<double>(empty, 179), 0.0);
}

TEST(LasWriter, OtherFormatsTakeTheValuesWithoutTheRecord) {
  const Folder folder;
  const std::string file = make_las({});
  const auto reader = open_bytes({file.begin(), file.end()}, "f.las");
  WriterOptions options;
  options.format = Format::ply;
  Writer writer(folder.file("out.ply"), reader->header(), options);
  Chunk chunk;
  while (reader->read(chunk, kChunkPoints)) writer.write(chunk);
  writer.finish();
  const Cloud cloud = testing::read_all(folder.file("out.ply"));
  EXPECT_EQ(cloud.header.find("_"), nullptr);
  EXPECT_EQ(value(cloud.chunk.record(1), cloud.header.at("x")),
            testing::las_axis(1, 0) * testing::kLasScale + testing::kLasOffset[0]);
}

TEST(LasWriter, RefusesWhatLasCannotHold) {
  const Folder folder;
  const std::string file = make_las({});
  const Header las = open_bytes({file.begin(), file.end()}, "f.las")->header();
  const auto refused = [&](const Header& source, const WriterOptions& options) {
    try {
      Writer(folder.file("out.las"), source, options);
    } catch (const InvalidArgument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const auto ends = [](const std::string& text, const std::string& end) {
    EXPECT_TRUE(text.size() >= end.size() && text.substr(text.size() - end.size()) == end) << text;
  };
  WriterOptions blank;
  blank.removed = Removed::blank;
  ends(
      refused(las, blank),
      "out.las: removed points cannot be blanked: LAS has whole numbers as coordinates, so no NaN");
  WriterOptions to_las;
  to_las.format = Format::las;
  const Header pcd = make_header(Format::pcd, Encoding::binary, {{"x"}, {"y"}, {"z"}}, 1);
  ends(refused(pcd, to_las),
       "out.las: LAS is written from LAS files only; write PCD or PLY instead");
  WriterOptions axis;
  axis.added = {{"x", Scalar::f64}};
  ends(refused(las, axis), "out.las: field x is no plain value and cannot be replaced");
  WriterOptions name;
  name.added = {{std::string(33, 'n'), Scalar::f32}};
  ends(refused(las, name), "has a name longer than the 32 bytes LAS allows");
  WriterOptions many;
  for (int i = 0; i < 342; ++i) many.added.push_back({"f" + std::to_string(i), Scalar::u8});
  ends(refused(las, many),
       "out.las: the Extra Bytes record is full, no further field can be described");
  EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace equicloud::io
