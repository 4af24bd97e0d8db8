// SPDX-License-Identifier: BSD-3-Clause
// Small versions of the sample scans keep the laws that their README states.
#include <simulate/sample_scans.h>

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace equicloud::simulate {
namespace {

const StreetScan& small_street() {
  static const StreetScan scan = street_scan(16, 200);
  return scan;
}

const RoomScan& small_room() {
  static const RoomScan scan = room_scan(80);
  return scan;
}

// Without the tree: the nearest of all surfaces.
double distance_to_scene(const Scene& scene, Vec3 p) {
  double nearest = kNever;
  for (const Primitive& q : scene.primitives()) nearest = std::min(nearest, distance(q, p));
  return nearest;
}

// Every `stride`-th inlier and every outlier.
void expect_truth_by_distance(const Scene& scene, const Beam& beam,
                              const std::vector<Return>& returns, std::size_t stride) {
  std::size_t outliers = 0;
  std::size_t inliers = 0;
  for (std::size_t i = 0; i < returns.size(); ++i) {
    const Return& r = returns[i];
    if (r.distance == kNever || (r.truth == 0 && i % stride != 0)) continue;
    const bool far = distance_to_scene(scene, r.position) > truth_bound(beam, r.distance);
    EXPECT_EQ(r.truth, far ? 1 : 0) << "return " << i << " at " << r.distance << " m";
    ++(far ? outliers : inliers);
  }
  EXPECT_GE(outliers, 10U);
  EXPECT_GE(inliers, 50U);
}

TEST(StreetScan, TruthIsOneExactlyBeyondTheBound) {
  const StreetScan& scan = small_street();
  expect_truth_by_distance(scan.scene, scan.lidar.beam, scan.returns, 20);
}

TEST(RoomScan, TruthIsOneExactlyBeyondTheBound) {
  const RoomScan& scan = small_room();
  expect_truth_by_distance(scan.scene, scan.camera.beam, scan.image, 20);
}

template <typename Sensor>
void expect_on_rays(const Sensor& sensor, const std::vector<Return>& returns) {
  constexpr double rounding = 1e-9;  // coordinates up to 100 m
  for (const Return& r : returns) {
    if (r.distance == kNever) continue;
    const Vec3 expected = sensor.ray(r.row, r.column).at(r.distance);
    EXPECT_LE(norm(r.position - expected), rounding) << "ray " << r.row << ", " << r.column;
  }
}

TEST(StreetScan, EveryPointLiesOnItsRay) {
  expect_on_rays(small_street().lidar, small_street().returns);
}
TEST(RoomScan, EveryPointLiesOnItsRay) { expect_on_rays(small_room().camera, small_room().image); }

TEST(RoomScan, ImageIsOrganisedAndInvalidPixelsAreNaN) {
  const RoomScan& scan = small_room();
  ASSERT_EQ(scan.image.size(), std::size_t{80} * 60);
  std::size_t invalid = 0;
  for (std::size_t i = 0; i < scan.image.size(); ++i) {
    const Return& r = scan.image[i];
    EXPECT_EQ(r.row * 80 + r.column, i);
    const bool nan =
        std::isnan(r.position.x) && std::isnan(r.position.y) && std::isnan(r.position.z);
    EXPECT_EQ(nan, r.distance == kNever);
    EXPECT_FALSE(nan && r.truth == 1);
    invalid += nan ? 1 : 0;
  }
  EXPECT_GT(invalid, scan.image.size() / 20);
  EXPECT_LT(invalid, scan.image.size() / 2);
}

bool same_bytes(const std::vector<Return>& a, const std::vector<Return>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::memcmp(&a[i].position, &b[i].position, sizeof(Vec3)) != 0) return false;
    if (a[i].truth != b[i].truth || a[i].intensity != b[i].intensity || a[i].rgb != b[i].rgb)
      return false;
  }
  return true;
}

TEST(StreetScan, SameCallGivesTheSameBytes) {
  EXPECT_TRUE(same_bytes(small_street().returns, street_scan(16, 200).returns));
}
TEST(RoomScan, SameCallGivesTheSameBytes) {
  EXPECT_TRUE(same_bytes(small_room().image, room_scan(80).image));
}

TEST(StreetScan, WithoutArtefactsEverythingLiesWithinTheBound) {
  const StreetScan& street = small_street();
  for (const Return& r : scan(street.scene, street.lidar, {}, Random(3))) {
    EXPECT_LE(street.scene.distance(r.position), truth_bound(street.lidar.beam, r.distance));
  }
}

}  // namespace
}  // namespace equicloud::simulate
