// SPDX-License-Identifier: BSD-3-Clause
// The files hold what was scanned, and those in data/clouds are what the program writes.
#include <equicloud/base/atomic_file.h>
#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>
#include <simulate/scan_files.h>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

namespace equicloud::simulate {
namespace {

std::string scratch(const char* name) { return testing::TempDir() + "/equicloud_simulate_" + name; }

struct Loaded {
  io::Header header;
  io::Chunk chunk;
};

Loaded load(const std::string& path) {
  const auto reader = io::open(path);
  Loaded loaded{reader->header(), {}};
  reader->read(loaded.chunk, static_cast<std::size_t>(loaded.header.points));
  return loaded;
}

TEST(ScanFiles, StreetComesBackAsItWasWritten) {
  const StreetScan scan = street_scan(8, 100);
  const std::string path = scratch("street.pcd");
  write_street(scan, path);
  const Loaded loaded = load(path);
  ASSERT_EQ(loaded.chunk.points, scan.returns.size());
  EXPECT_EQ(loaded.header.viewpoint[1], scan.lidar.eye.y);
  for (std::size_t i = 0; i < scan.returns.size(); ++i) {
    const auto field = [&](const char* name) {
      return io::value(loaded.chunk.record(i), loaded.header.at(name));
    };
    EXPECT_EQ(field("x"), static_cast<float>(scan.returns[i].position.x));
    EXPECT_EQ(field("intensity"), scan.returns[i].intensity);
    EXPECT_EQ(field("ring"), scan.returns[i].row);
    EXPECT_EQ(field("truth"), scan.returns[i].truth);
  }
  std::remove(path.c_str());
}

TEST(ScanFiles, RoomStaysOrganisedWithNaNWhereNothingCameBack) {
  const RoomScan scan = room_scan(40);
  const std::string path = scratch("room.pcd");
  write_room(scan, path);
  const Loaded loaded = load(path);
  EXPECT_EQ(loaded.header.width, 40U);
  EXPECT_EQ(loaded.header.height, 30U);
  for (std::size_t i = 0; i < scan.image.size(); ++i) {
    const double x = io::value(loaded.chunk.record(i), loaded.header.at("x"));
    EXPECT_EQ(std::isnan(x), scan.image[i].distance == kNever);
  }
  std::remove(path.c_str());
}

// Counts and shape hold for every C math library; bytes only for the one that wrote them.
TEST(ScanFiles, SampleStreetIsWhatItsReadmeSays) {
  const std::string path = std::string(EQUICLOUD_SOURCE_DIR) + "/data/clouds/street.pcd";
  const Loaded loaded = load(path);
  EXPECT_GE(loaded.header.points, 40000U);
  EXPECT_LE(loaded.header.points, 60000U);
  EXPECT_LT(read_whole_file(path).size(), 1200000U);
  std::vector<double> truth;
  io::append_values(loaded.chunk, loaded.header.at("truth"), truth);
  double outliers = 0;
  for (const double t : truth) outliers += t;
  EXPECT_GT(outliers, 0.01 * static_cast<double>(truth.size()));
  EXPECT_LT(outliers, 0.04 * static_cast<double>(truth.size()));
}

TEST(ScanFiles, SampleRoomIsWhatItsReadmeSays) {
  const std::string path = std::string(EQUICLOUD_SOURCE_DIR) + "/data/clouds/room.pcd";
  const Loaded loaded = load(path);
  EXPECT_EQ(loaded.header.width, 320U);
  EXPECT_EQ(loaded.header.height, 240U);
  EXPECT_LT(read_whole_file(path).size(), 1200000U);
}

}  // namespace
}  // namespace equicloud::simulate
