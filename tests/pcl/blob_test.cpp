// SPDX-License-Identifier: BSD-3-Clause
// The filter for PCLPointCloud2 against its contract: what the typed filter decides, and every byte
// of every field, padding included.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <gtest/gtest.h>
#include <pcl/console/print.h>

#include <algorithm>

#include "laws/clouds.h"
#include "pcl/clouds.h"

namespace equicloud {
namespace {

using Blob = pcl::PCLPointCloud2;
using BlobFilter = EquivariantOutlierRemoval<Blob>;
using plugin_tests::kNaN;

constexpr std::uint32_t kWidth = 32;
constexpr std::uint32_t kHeight = 24;

struct Place {
  const char* name;
  std::uint8_t type;
  std::uint32_t offset;
};

// How the fields of a message may lie.
struct Layout {
  const char* name;
  std::vector<Place> fields;
  std::uint32_t point_step;
  std::uint32_t row_padding;
};

constexpr auto kF32 = pcl::PCLPointField::FLOAT32;
constexpr auto kF64 = pcl::PCLPointField::FLOAT64;
constexpr auto kU32 = pcl::PCLPointField::UINT32;

const std::vector<Layout>& layouts() {
  static const std::vector<Layout> all = {
      {"as PCL writes PointXYZRGB",
       {{"x", kF32, 0}, {"y", kF32, 4}, {"z", kF32, 8}, {"rgb", kF32, 16}},
       32,
       0},
      {"label first", {{"label", kU32, 0}, {"x", kF32, 4}, {"y", kF32, 8}, {"z", kF32, 12}}, 16, 0},
      {"z before x, apart", {{"z", kF32, 0}, {"x", kF32, 8}, {"y", kF32, 20}}, 24, 0},
      {"unaligned",
       {{"ring", pcl::PCLPointField::UINT8, 0}, {"x", kF32, 1}, {"y", kF32, 5}, {"z", kF32, 9}},
       13,
       0},
      {"doubles", {{"x", kF64, 0}, {"y", kF64, 8}, {"z", kF64, 16}, {"i", kF32, 24}}, 28, 0},
      {"mixed", {{"x", kF64, 0}, {"y", kF32, 8}, {"z", kF64, 12}}, 20, 0},
      {"padded rows", {{"x", kF32, 0}, {"y", kF32, 4}, {"z", kF32, 8}}, 16, 52},
  };
  return all;
}

std::size_t place_of(const Blob& blob, std::size_t i) {
  return i / blob.width * blob.row_step + i % blob.width * blob.point_step;
}

void put(Blob& blob, std::size_t i, const pcl::PCLPointField& field, float value) {
  unsigned char* at = blob.data.data() + place_of(blob, i) + field.offset;
  const double wide = value;
  if (field.datatype == kF64)
    std::memcpy(at, &wide, 8);
  else
    std::memcpy(at, &value, 4);
}

// The depth image in this layout, all other bytes random.
Blob::Ptr blob_of(const Layout& layout, const pcl::PointCloud<pcl::PointXYZ>& cloud) {
  Blob::Ptr blob(new Blob);
  Random random(31);
  for (const Place& place : layout.fields) {
    pcl::PCLPointField field;
    field.name = place.name;
    field.datatype = place.type;
    field.offset = place.offset;
    field.count = 1;
    blob->fields.push_back(field);
  }
  blob->header = cloud.header;
  blob->width = cloud.width;
  blob->height = cloud.height;
  blob->point_step = layout.point_step;
  blob->row_step = blob->width * blob->point_step + layout.row_padding;
  blob->is_dense = cloud.is_dense ? 1 : 0;
  blob->data.resize(std::size_t{blob->row_step} * blob->height);
  for (auto& byte : blob->data) byte = static_cast<std::uint8_t>(random.bits());
  for (std::size_t i = 0; i < cloud.size(); ++i)
    for (const pcl::PCLPointField& field : blob->fields) {
      if (field.name == "x") put(*blob, i, field, cloud[i].x);
      if (field.name == "y") put(*blob, i, field, cloud[i].y);
      if (field.name == "z") put(*blob, i, field, cloud[i].z);
    }
  return blob;
}

struct Options {
  bool negative, keep_organized, with_indices, own_value;
};

template <typename Filter>
void set_up(Filter& filter, const Options& options, std::size_t points) {
  filter.setNegative(options.negative);
  filter.setKeepOrganized(options.keep_organized);
  if (options.with_indices) filter.setIndices(plugin_tests::half_of(points));
  if (options.own_value) filter.setUserFilterValue(-3.25F);
}

// What the contract says the output is, from the verdicts of the typed filter.
Blob expected_output(const Blob& input, const Options& options, const pcl::Indices& kept,
                     const pcl::Indices& removed) {
  Blob output = input;
  if (options.keep_organized) {
    const float value = options.own_value ? -3.25F : kNaN;
    for (const pcl::index_t i : removed)
      for (const pcl::PCLPointField& field : input.fields)
        if (field.name == "x" || field.name == "y" || field.name == "z")
          put(output, static_cast<std::size_t>(i), field, value);
    if (!options.own_value) output.is_dense = 0;
    return output;
  }
  output.width = static_cast<pcl::uindex_t>(kept.size());
  output.height = 1;
  output.row_step = output.width * output.point_step;
  output.data.clear();
  for (const pcl::index_t i : kept) {
    const auto from = input.data.begin() +
                      static_cast<std::ptrdiff_t>(place_of(input, static_cast<std::size_t>(i)));
    output.data.insert(output.data.end(), from,
                       from + static_cast<std::ptrdiff_t>(input.point_step));
  }
  return output;
}

void expect_same(const Blob& a, const Blob& b) {
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.height, b.height);
  EXPECT_EQ(a.point_step, b.point_step);
  EXPECT_EQ(a.row_step, b.row_step);
  EXPECT_EQ(a.is_dense, b.is_dense);
  EXPECT_EQ(a.is_bigendian, b.is_bigendian);
  EXPECT_EQ(a.header.frame_id, b.header.frame_id);
  EXPECT_EQ(a.header.stamp, b.header.stamp);
  ASSERT_EQ(a.fields.size(), b.fields.size());
  for (std::size_t f = 0; f < a.fields.size(); ++f) {
    EXPECT_EQ(a.fields[f].name, b.fields[f].name);
    EXPECT_EQ(a.fields[f].offset, b.fields[f].offset);
    EXPECT_EQ(a.fields[f].datatype, b.fields[f].datatype);
  }
  EXPECT_TRUE(a.data == b.data);
}

class BlobContract : public testing::TestWithParam<std::size_t> {};

TEST_P(BlobContract, HoldsInAll16CombinationsOfOptions) {
  pcl::console::setVerbosityLevel(pcl::console::L_ALWAYS);
  const auto cloud = plugin_tests::depth_image<pcl::PointXYZ>({kWidth, kHeight, true, true});
  const Blob::Ptr blob = blob_of(layouts()[GetParam()], *cloud);
  for (int bits = 0; bits < 16; ++bits) {
    SCOPED_TRACE(bits);
    const Options options{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0};
    EquivariantOutlierRemoval<pcl::PointXYZ> typed(true);
    typed.setInputCloud(cloud);
    set_up(typed, options, cloud->size());
    pcl::Indices kept;
    typed.filter(kept);
    ASSERT_GT(kept.size(), 0U);
    ASSERT_GT(typed.getRemovedIndices()->size(), 0U);

    BlobFilter filter(true);
    filter.setInputCloud(blob);
    set_up(filter, options, cloud->size());
    pcl::Indices kept_of_blob{9};
    filter.filter(kept_of_blob);
    EXPECT_EQ(kept_of_blob, kept);
    EXPECT_EQ(*filter.getRemovedIndices(), *typed.getRemovedIndices());
    EXPECT_TRUE(plugin_tests::same_scores(filter.getScores(), typed.getScores()));

    const Blob expected = expected_output(*blob, options, kept, *typed.getRemovedIndices());
    Blob output;
    output.data.resize(100);  // a used message
    filter.filter(output);
    expect_same(output, expected);
    const Blob::Ptr in_place(new Blob(*blob));
    filter.setInputCloud(in_place);
    filter.filter(*in_place);
    expect_same(*in_place, expected);
  }
  pcl::console::setVerbosityLevel(pcl::console::L_INFO);
}

INSTANTIATE_TEST_SUITE_P(Layouts, BlobContract, testing::Range<std::size_t>(0, 7));

TEST(BlobFilter, UtmCoordinatesInDoublesKeepTheirScores) {
  laws::Cloud xyz = laws::sheet_with_outliers(3000, 8);
  const auto cloud = plugin_tests::cloud_of(xyz);
  const Blob::Ptr near_zero = blob_of(layouts()[4], *cloud);
  const Blob::Ptr far_away(new Blob(*near_zero));
  for (std::size_t i = 0; i < cloud->size(); ++i)
    for (std::size_t a = 0; a < 3; ++a) {
      const double value = (a == 1 ? 5.4e6 : 5e5) + (*cloud)[i].data[a];
      std::memcpy(far_away->data.data() + 28 * i + 8 * a, &value, 8);
    }
  BlobFilter filter;
  filter.setInputCloud(near_zero);
  pcl::Indices kept;
  filter.filter(kept);
  const std::vector<float> before = filter.getScores();
  filter.setInputCloud(far_away);
  filter.filter(kept);
  for (std::size_t i = 0; i < before.size(); ++i)
    EXPECT_NEAR(filter.getScores()[i], before[i], 1e-3);  // the bound of a motion
}

TEST(BlobFilter, ExtractionIsSwitchedOnWithAWarningWhereTheOrganisationIsKept) {
  const auto cloud = plugin_tests::depth_image<pcl::PointXYZ>();
  BlobFilter filter;
  filter.setInputCloud(blob_of(layouts()[0], *cloud));
  filter.setKeepOrganized(true);
  testing::internal::CaptureStderr();
  Blob output;
  filter.filter(output);
  EXPECT_NE(testing::internal::GetCapturedStderr().find("extract_removed_indices_ was set"),
            std::string::npos);
  EXPECT_FALSE(filter.getRemovedIndices()->empty());
}

// What is said about a message that `spoil` has changed; the output must be empty.
template <typename Spoil>
std::string said_about(const Spoil& spoil) {
  const auto cloud = plugin_tests::depth_image<pcl::PointXYZ>();
  const Blob::Ptr blob = blob_of(layouts()[0], *cloud);
  spoil(*blob);
  std::string said;
  for (const bool keep_organized : {false, true}) {
    BlobFilter filter(true);
    filter.setKeepOrganized(keep_organized);
    filter.setInputCloud(blob);
    testing::internal::CaptureStderr();
    Blob output;
    output.data.resize(3);
    filter.filter(output);
    said = testing::internal::GetCapturedStderr();
    EXPECT_TRUE(output.data.empty());
    EXPECT_EQ(output.width * output.height, 0U);
    pcl::Indices kept{1, 2};
    testing::internal::CaptureStderr();
    filter.filter(kept);
    testing::internal::GetCapturedStderr();
    EXPECT_TRUE(kept.empty());
    EXPECT_TRUE(filter.getScores().empty());
  }
  return said;
}

TEST(BlobFilter, HostileMessagesAreRefusedWithTheReason) {
  const auto expect_said = [](const std::string& said, const char* what) {
    EXPECT_NE(said.find(what), std::string::npos) << said;
  };
  expect_said(said_about([](Blob& b) { b.fields[1].name = "why"; }),
              "the cloud has no field y; fields are: x, why, z, rgb");
  expect_said(said_about([](Blob& b) { b.fields[2].datatype = kU32; }),
              "field z of the cloud is of an integer type; expected FLOAT32 or FLOAT64");
  expect_said(said_about([](Blob& b) { b.fields[0].offset = 30; }),
              "field x of the cloud ends beyond its 32 bytes a point");
  expect_said(said_about([](Blob& b) { b.data.resize(b.data.size() - 1); }),
              "the cloud declares 768 points (24576 bytes), its data has 24575 bytes");
  expect_said(said_about([](Blob& b) { b.row_step = 31; }), "the cloud's row_step is 31");
  expect_said(said_about([](Blob& b) { b.is_bigendian = 1; }), "in the other byte order");
  // Their product does not fit 32 bits, in which PCL counts.
  expect_said(said_about([](Blob& b) { b.width = b.height = 65536U; }),
              "the cloud's row_step is 1024, its width of 65536 points needs 2097152");
}

TEST(BlobFilter, AMessageWithoutPointsGivesOneWithoutPoints) {
  pcl::PointCloud<pcl::PointXYZ> none;
  const Blob::Ptr blob = blob_of(layouts()[0], none);
  BlobFilter filter;
  filter.setInputCloud(blob);
  Blob output;
  filter.filter(output);
  EXPECT_TRUE(output.data.empty());
  EXPECT_EQ(output.fields.size(), 4U);
}

}  // namespace
}  // namespace equicloud
