// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "io/clouds.h"
#include "io/sample_files.h"

namespace equicloud::io {
namespace {

using testing::Folder;

constexpr double kUtm[3] = {512345.678, 5403987.123, 412.5};

/// Points within 100 m of a place in UTM coordinates, as doubles behind a label.
struct UtmCloud {
  Header header = make_header(
      Format::pcd, Encoding::binary,
      {{"label", Scalar::u8}, {"x", Scalar::f64}, {"y", Scalar::f64}, {"z", Scalar::f64}}, 500);
  std::vector<double> xyz;
  std::vector<unsigned char> records;

  UtmCloud() : records(500 * 25) {
    Random random(3);
    for (std::size_t i = 0; i < 500; ++i) {
      for (std::size_t a = 0; a < 3; ++a) xyz.push_back(kUtm[a] + random.uniform(-100, 100));
      std::memcpy(&records[i * 25 + 1], &xyz[3 * i], 24);
    }
  }
};

TEST(Positions, AUtmSizedDoubleCloudLosesNothing) {
  const Folder folder;
  const UtmCloud cloud;
  write_cloud(folder.file("u.pcd"), cloud.header, cloud.records);
  EXPECT_EQ(testing::read_all(folder.file("u.pcd")).chunk.records, cloud.records);
  for (const std::size_t chunk_points : {1U, 7U, 500U}) {
    ChunkPositions builder(cloud.header);
    const auto reader = open(folder.file("u.pcd"));
    for (Chunk chunk; reader->read(chunk, chunk_points);) builder.append(chunk);
    const Positions positions = builder.take();
    ASSERT_EQ(positions.xyz.size(), cloud.xyz.size());
    for (std::size_t i = 3; i < cloud.xyz.size(); ++i) {
      const double before = cloud.xyz[i] - cloud.xyz[i % 3];
      const double after = double{positions.xyz[i]} - double{positions.xyz[i % 3]};
      ASSERT_NEAR(after, before, 1e-4);  // 200 m in float: steps of 1.5e-5, twice
    }
    for (const double origin : positions.origin) EXPECT_EQ(origin, std::round(origin));
    EXPECT_EQ(positions.origin[2], 0.0) << "412 m is near enough";
  }
}

TEST(Positions, OneStrayFirstPointDoesNotMoveTheOrigin) {
  UtmCloud cloud;
  const double stray[3] = {1e9, -1e9, 1e9};
  std::memcpy(&cloud.records[1], stray, 24);
  Chunk chunk;
  chunk.points = 500;
  chunk.record_bytes = 25;
  chunk.records = cloud.records;
  ChunkPositions builder(cloud.header);
  builder.append(chunk);
  EXPECT_NEAR(builder.positions().origin[0], kUtm[0], 100);
  EXPECT_NEAR(builder.positions().origin[1], kUtm[1], 100);
}

TEST(Positions, SmallFloatCloudsAreTakenAsTheyAre) {
  const std::string file = testing::valid_files().at("binary.pcd");
  const auto reader = open_bytes({file.begin(), file.end()}, "f.pcd");
  const Positions positions = read_positions(*reader);
  ASSERT_EQ(positions.view().size, 50U);
  EXPECT_EQ(positions.origin, (std::array<double, 3>{0, 0, 0}));
  EXPECT_EQ(positions.view()[49][0], 49.25F);
  EXPECT_EQ(positions.view()[49][1], -49.5F);
}

TEST(Positions, FloatCoordinatesKeepTheirBitsHoweverFarAway) {
  const Header header =
      make_header(Format::pcd, Encoding::binary,
                  {{"x", Scalar::f32}, {"y", Scalar::f32}, {"z", Scalar::f32}}, 3);
  // In millimetres: the median is beyond 1000, a point near zero has bits that a shift would round.
  const float xyz[] = {0.1F, 2500.3F, 1e6F, 5000.7F, 0.2F, 1e6F, 5001.1F, 2600.9F, 0.3F};
  Chunk chunk;
  chunk.points = 3;
  chunk.record_bytes = 12;
  chunk.records.resize(sizeof xyz);
  std::memcpy(chunk.records.data(), xyz, sizeof xyz);
  ChunkPositions positions(header);
  positions.append(chunk);
  EXPECT_EQ(positions.positions().xyz, std::vector<float>(std::begin(xyz), std::end(xyz)));
}

TEST(Positions, NonFinitePointsStayInTheirPlaceAndDoNotDecide) {
  const std::string file = "nan nan nan\n5000000.25 1 2\ninf 1 2\n5000001.75 1 2\n";
  const auto reader = open_bytes({file.begin(), file.end()}, "f.xyz");
  ChunkPositions builder(reader->header());
  for (Chunk chunk; reader->read(chunk, 1);) builder.append(chunk);
  const Positions positions = builder.take();
  EXPECT_EQ(positions.origin[0], 5000000.0);
  EXPECT_TRUE(std::isnan(positions.xyz[0]));
  EXPECT_EQ(positions.xyz[3], 0.25F);
  EXPECT_TRUE(std::isinf(positions.xyz[6]));
  EXPECT_EQ(positions.xyz[9], 1.75F);
}

TEST(Positions, TheOriginOfAWholeCloudDoesNotDependOnItsOrder) {
  const UtmCloud cloud;
  Chunk chunk;
  chunk.points = 500;
  chunk.record_bytes = 25;
  chunk.records = cloud.records;
  ChunkPositions forward(cloud.header);
  forward.append(chunk);
  for (std::size_t i = 0; i < 250; ++i)
    std::swap_ranges(chunk.records.begin() + static_cast<std::ptrdiff_t>(25 * i),
                     chunk.records.begin() + static_cast<std::ptrdiff_t>(25 * i + 25),
                     chunk.records.begin() + static_cast<std::ptrdiff_t>(25 * (499 - i)));
  ChunkPositions backward(cloud.header);
  backward.append(chunk);
  EXPECT_EQ(forward.positions().origin, backward.positions().origin);
  EXPECT_EQ(forward.positions().xyz[0], backward.positions().xyz[3 * 499]);
}

TEST(Positions, ValuesOfAFieldComeAsDoubles) {
  const UtmCloud cloud;
  Chunk chunk;
  chunk.points = 500;
  chunk.record_bytes = 25;
  chunk.records = cloud.records;
  chunk.records[25] = 200;
  std::vector<double> labels;
  append_values(chunk, cloud.header.at("label"), labels);
  ASSERT_EQ(labels.size(), 500U);
  EXPECT_EQ(labels[1], 200.0);
}

}  // namespace
}  // namespace equicloud::io
