// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/clusters/plane.h>
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <cmath>
#include <vector>

namespace equicloud::clusters {
namespace {

constexpr double kPi = 3.141592653589793;

PlaneSearch search_of(double thickness) {
  PlaneSearch search;
  search.thickness = thickness;
  return search;
}

// `on` noisy points on the plane normal . x = offset, then `off` points in a box around it.
std::vector<Vec3> plane_in_clutter(const Eigen::Vector3d& normal, double offset, int on, int off,
                                   double noise, std::uint64_t seed) {
  Random random(seed);
  const Eigen::Vector3d u = normal.unitOrthogonal();
  const Eigen::Vector3d v = normal.cross(u);
  std::vector<Vec3> points;
  for (int i = 0; i < on + off; ++i) {
    Eigen::Vector3d p(random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0),
                      random.uniform(-1.0, 1.0));
    if (i < on) p = p.x() * u + p.y() * v + (offset + noise * random.normal()) * normal;
    points.push_back({p.x(), p.y(), p.z()});
  }
  return points;
}

// The total least squares plane of the points within the thickness of `plane`, by Eigen.
Plane fit_by_eigen(const std::vector<Vec3>& points, const Plane& plane, double thickness) {
  std::vector<Eigen::Vector3d> near;
  for (const Vec3& p : points)
    if (std::fabs(plane.height(p)) <= thickness) near.emplace_back(p[0], p[1], p[2]);
  Eigen::Vector3d mean(0.0, 0.0, 0.0);
  for (const Eigen::Vector3d& p : near) mean += p / static_cast<double>(near.size());
  Eigen::Matrix3d second = Eigen::Matrix3d::Zero();
  for (const Eigen::Vector3d& p : near) second += (p - mean) * (p - mean).transpose();
  Eigen::Vector3d n = Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(second).eigenvectors().col(0);
  if (n.z() < 0.0) n = -n;
  return {{n.x(), n.y(), n.z()}, n.dot(mean)};
}

TEST(FindPlane, IsTheLeastSquaresPlaneOfItsOwnSupporters) {
  constexpr double closed_form = 1e-6;  // of the eigenvector, see local_frame()
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    Random random(seed);
    const Eigen::Vector3d normal =
        Eigen::Vector3d(random.normal(), random.normal(), random.normal()).normalized();
    const auto points = plane_in_clutter(normal, 0.3, 2000, 3000, 0.005, seed);
    const PlaneFound found = find_plane(points, search_of(0.02));
    EXPECT_GE(found.support, 1990U);
    const Plane expected = fit_by_eigen(points, found.plane, 0.02);
    for (std::size_t axis = 0; axis < 3; ++axis)
      EXPECT_NEAR(found.plane.normal[axis], expected.normal[axis], closed_form);
    EXPECT_NEAR(found.plane.offset, expected.offset, closed_form);
    EXPECT_NEAR(std::fabs(normal.dot(Eigen::Vector3d(found.plane.normal.data()))), 1.0, 1e-4);
  }
}

TEST(FindPlane, KeepsToTheTiltAllowed) {
  // A wall with three times the points of a floor.
  std::vector<Vec3> points = plane_in_clutter({1.0, 0.0, 0.0}, 0.5, 3000, 0, 0.002, 6);
  const std::vector<Vec3> floor = plane_in_clutter({0.0, 0.0, 1.0}, -0.5, 1000, 0, 0.002, 7);
  points.insert(points.end(), floor.begin(), floor.end());
  PlaneSearch search = search_of(0.01);
  EXPECT_GE(find_plane(points, search).support, 2900U);
  search.max_tilt_rad = kPi / 6.0;
  const PlaneFound found = find_plane(points, search);
  EXPECT_NEAR(found.plane.normal[2], 1.0, 1e-3);
  EXPECT_NEAR(found.plane.offset, -0.5, 1e-3);
}

TEST(FindPlane, PutsItsNormalOnTheSideOfUp) {
  const auto points = plane_in_clutter({0.0, 0.0, 1.0}, 0.2, 500, 100, 0.001, 8);
  PlaneSearch search = search_of(0.01);
  search.up = {0.0, 0.6, -0.8};
  EXPECT_LT(find_plane(points, search).plane.normal[2], -0.99);
}

TEST(FindPlane, FindsNoneInPointsAloneOrOnALine) {
  EXPECT_EQ(find_plane({}, search_of(0.1)).support, 0U);
  const std::vector<Vec3> two = {{0, 0, 0}, {1, 0, 0}};
  EXPECT_EQ(find_plane(two, search_of(0.1)).support, 0U);
  std::vector<Vec3> line;
  for (int i = 0; i < 100; ++i) line.push_back({0.1 * i, 0.2 * i, -0.3 * i});
  EXPECT_EQ(find_plane(line, search_of(0.1)).support, 0U);
}

TEST(FindPlane, SameBitsForAnyNumberOfThreads) {
  const auto points = plane_in_clutter({0.6, 0.0, 0.8}, 0.1, 20000, 20000, 0.01, 9);
  const PlaneFound found = find_plane(points, search_of(0.03));
  for (const int threads : {2, 4}) {
    const PlaneFound threaded = find_plane(points, search_of(0.03), ThreadPool(threads));
    EXPECT_EQ(threaded.plane.normal, found.plane.normal);
    EXPECT_EQ(threaded.plane.offset, found.plane.offset);
  }
}

}  // namespace
}  // namespace equicloud::clusters
