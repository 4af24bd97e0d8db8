// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/corrupt.h>
#include <train/density.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "train/surfaces.h"

namespace equicloud::train {
namespace {

constexpr OutlierKind kAllKinds[] = {
    OutlierKind::uniform, OutlierKind::far,   OutlierKind::near,
    OutlierKind::cluster, OutlierKind::mixed, OutlierKind::blob,
    OutlierKind::sheet,   OutlierKind::line,  OutlierKind::floater};

std::size_t outliers_in(const LabelledCloud& cloud) {
  return static_cast<std::size_t>(std::count(cloud.outlier.begin(), cloud.outlier.end(), 1));
}

double distance(const Point& a, const Point& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// Smallest and largest distance of outliers of a kind from the surface, in spacings.
std::pair<double, double> distance_range(const Surface& surface, OutlierKind kind,
                                         std::size_t count) {
  Random random(3);
  const std::vector<float> xyz = make_outliers(surface, kind, count, 0.0, random);
  double low = 1e30, high = 0.0;
  for (std::size_t i = 0; i < xyz.size() / 3; ++i) {
    const double d = surface.nearest(point_of(xyz, i)).distance / surface.spacing();
    low = std::min(low, d);
    high = std::max(high, d);
  }
  return {low, high};
}

TEST(Corrupt, OutliersAreTheShareAskedFor) {
  const Surface surface(sphere(3000, 1));
  for (const OutlierKind kind : kAllKinds) {
    for (const double share : {0.01, 0.1, 0.4}) {
      Random random(5);
      const LabelledCloud cloud = corrupt(surface, {0.2, share, {kind}, 1.5}, random);
      EXPECT_EQ(cloud.xyz.size(), 3 * cloud.size());
      EXPECT_EQ(cloud.size() - outliers_in(cloud), surface.size());
      EXPECT_NEAR(static_cast<double>(outliers_in(cloud)) / static_cast<double>(cloud.size()),
                  share, 1.0 / static_cast<double>(cloud.size()))
          << name_of(kind);
    }
  }
}

TEST(Corrupt, ShareOutsideItsRangeIsRefused) {
  EXPECT_THROW(outlier_count(100, 1.0), InvalidArgument);
  EXPECT_THROW(outlier_count(100, -0.1), InvalidArgument);
}

TEST(Corrupt, NoKindsMeansNoOutliers) {
  Random random(5);
  const LabelledCloud cloud = corrupt(Surface(sphere(500, 1)), {0.1, 0.3, {}, 0.0}, random);
  EXPECT_EQ(cloud.size(), 500U);
  EXPECT_EQ(outliers_in(cloud), 0U);
}

TEST(Corrupt, SameSeedGivesSameBitsAndAnotherSeedOthers) {
  const std::vector<float> clean = sphere(6000, 1);
  const auto make = [&](std::uint64_t seed) {
    Random random(seed);
    return random_example(clean, random);
  };
  const LabelledCloud a = make(7), b = make(7), c = make(8);
  EXPECT_EQ(a.xyz, b.xyz);
  EXPECT_EQ(a.outlier, b.outlier);
  EXPECT_NE(a.xyz, c.xyz);
}

TEST(Corrupt, JitterIsInSpacings) {
  const Surface surface(plate(4000, 2));
  Random random(1);
  const LabelledCloud cloud = corrupt(surface, {0.25, 0.0, {}, 0.0}, random);
  double squares = 0.0;  // the plate lies in z = 0
  for (std::size_t i = 2; i < cloud.xyz.size(); i += 3) squares += cloud.xyz[i] * cloud.xyz[i];
  const double sigma = std::sqrt(squares / static_cast<double>(cloud.size()));
  EXPECT_NEAR(sigma / surface.spacing(), 0.25, 0.02);  // 4000 samples: 1.1 % standard error
}

TEST(Corrupt, RecipeLeavesSomeCloudsCleanAndStaysBelowFortyPercent) {
  Random random(1);
  int clean = 0;
  for (int i = 0; i < 2000; ++i) {
    const Dirt dirt = random_dirt(random);
    clean += dirt.kinds.empty() ? 1 : 0;
    EXPECT_LE(dirt.share, 0.4);
    EXPECT_LE(dirt.jitter, 0.35);
  }
  EXPECT_NEAR(clean / 2000.0, 0.08, 0.025);  // four standard errors
}

TEST(Outliers, NearOnesLieTwoToFifteenSpacingsOff) {
  const auto [low, high] = distance_range(Surface(sphere(3000, 1)), OutlierKind::near, 2000);
  EXPECT_GE(low, 2.0);
  EXPECT_LE(high, 15.0 + 1e-3);
}

TEST(Outliers, UniformOnesKeepTheirClearance) {
  EXPECT_GE(distance_range(Surface(sphere(3000, 1)), OutlierKind::uniform, 2000).first, 1.5);
}

TEST(Outliers, FarOnesLieWithinTheirShell) {
  const Surface surface(plate(2000, 1));
  Random random(3);
  const std::vector<float> xyz = make_outliers(surface, OutlierKind::far, 500, 0.0, random);
  for (std::size_t i = 0; i < 500; ++i) {
    const double d = distance(point_of(xyz, i), surface.box().centre()) / surface.box().diagonal();
    EXPECT_GE(d, 0.7 - 1e-6);
    EXPECT_LE(d, 2.0 + 1e-6);
  }
}

TEST(Outliers, ClustersAreAsDenseAsTheSurfaceAndApartFromIt) {
  const Surface surface(sphere(3000, 1));
  Random random(3);
  // One blob, for the count leaves room for no second one.
  for (const std::size_t count : {std::size_t{8}, std::size_t{60}}) {
    const std::vector<float> xyz = make_outliers(surface, OutlierKind::cluster, count, 0.0, random);
    ASSERT_EQ(xyz.size(), 3 * count);
    double sum = 0.0, nearest = 1e30;
    for (std::size_t i = 0; i < count; ++i) {
      sum += distance(point_of(xyz, i), point_of(xyz, 0));
      nearest = std::min(nearest, surface.nearest(point_of(xyz, i)).distance);
    }
    EXPECT_LE(sum / static_cast<double>(count) / surface.spacing(), 12.0);  // sigma at most 2
    EXPECT_GE(nearest / surface.spacing(), 0.5);  // centre 8 off, 3 sigma at most 6 and a bit
  }
}

TEST(Outliers, ManyClustersSplitIntoBlobsOfEightToSixty) {
  const Surface surface(plate(3000, 1));
  Random random(4);
  EXPECT_EQ(make_outliers(surface, OutlierKind::cluster, 1003, 0.0, random).size(), 3009U);
}

TEST(Outliers, GroupsKeepOffTheSurface) {
  const Surface surface(sphere(3000, 1));
  for (const auto& [kind, clearance] : {std::pair<OutlierKind, double>{OutlierKind::blob, 8.0},
                                        std::pair<OutlierKind, double>{OutlierKind::floater, 8.0}})
    EXPECT_GE(distance_range(surface, kind, 1500).first, clearance - 1e-3) << name_of(kind);
}

/// Median over the points of the distance to the nearest other one, in spacings of the surface.
double median_gap(const Surface& surface, OutlierKind kind, std::size_t count) {
  Random random(5);
  const std::vector<float> xyz = make_outliers(surface, kind, count, 0.0, random);
  std::vector<double> gaps;
  for (std::size_t i = 0; i < count; ++i) {
    double gap = 1e30;
    for (std::size_t j = 0; j < count; ++j)
      if (i != j) gap = std::min<double>(gap, distance(point_of(xyz, i), point_of(xyz, j)));
    gaps.push_back(gap / surface.spacing());
  }
  std::sort(gaps.begin(), gaps.end());
  return gaps[count / 2];
}

// A surface's spacing is the mean distance to 6 others, so its nearest ones lie at about half.
TEST(Outliers, GroupsAreAboutAsDenseAsTheSurface) {
  const Surface surface(sphere(3000, 1));
  for (const OutlierKind kind :
       {OutlierKind::blob, OutlierKind::sheet, OutlierKind::line, OutlierKind::floater}) {
    const double gap = median_gap(surface, kind, 600);
    EXPECT_GT(gap, 0.25) << name_of(kind);
    EXPECT_LT(gap, 1.01) << name_of(kind);
  }
}

TEST(Outliers, GhostsAreTheSurfaceMoved) {
  const Surface surface(plate(3000, 1));
  Random random(7);
  const std::vector<float> xyz = make_outliers(surface, OutlierKind::sheet, 100, 0.0, random);
  double low = 1e30, high = -1e30;  // of z, where the plate is flat: a ghost is as flat
  for (std::size_t i = 2; i < xyz.size(); i += 3) {
    low = std::min(low, double(xyz[i]));
    high = std::max(high, double(xyz[i]));
  }
  EXPECT_LT((high - low) / surface.spacing(), 2.0);
  EXPECT_GT(std::max(std::abs(low), std::abs(high)) / surface.spacing(), 2.0);
}

TEST(Outliers, CloudThatFillsItsBoxStillGetsThem) {
  Random random(6);
  std::vector<float> solid;  // a full cube: no room 8 spacings off inside or just around it
  for (int i = 0; i < 2000; ++i) {
    for (int a = 0; a < 3; ++a) solid.push_back(static_cast<float>(random.uniform()));
  }
  const Surface surface(solid);
  for (const OutlierKind kind : kAllKinds) {
    EXPECT_EQ(make_outliers(surface, kind, 200, 1.5, random).size(), 600U) << name_of(kind);
  }
}

TEST(Outliers, LocalClearanceKeepsThemOutOfSparseRegions) {
  Random random(2);
  const Surface surface(thinned(plate(8000, 1), 37.0, random));
  const std::vector<float> xyz = make_outliers(surface, OutlierKind::near, 1000, 1.5, random);
  for (std::size_t i = 0; i < 1000; ++i) {
    const Surface::Nearest nearest = surface.nearest(point_of(xyz, i));
    EXPECT_GE(nearest.distance, 1.5 * nearest.local_spacing);
  }
}

TEST(Outliers, MixedPixelsLieBetweenFrontAndBack) {
  std::vector<float> two = plate(4000, 1);  // a small plate before a large one, z up to 1
  for (std::size_t i = 0; i < two.size(); ++i) two[i] = i % 3 == 2 ? 0.0F : 4 * two[i] - 1.5F;
  const std::vector<float> front = plate(1000, 2);
  for (std::size_t i = 0; i < front.size(); ++i) {
    two.push_back(i % 3 == 2 ? 1.0F : front[i]);
  }
  const Surface surface(two);
  Random random(3);
  const std::vector<float> xyz = make_outliers(surface, OutlierKind::mixed, 300, 0.0, random);
  ASSERT_EQ(xyz.size(), 900U);
  std::size_t between = 0;
  for (std::size_t i = 2; i < 900; i += 3) between += xyz[i] > 0.0F && xyz[i] < 1.0F ? 1 : 0;
  EXPECT_GE(between, 150U);  // the rest is of kind near where a place of the sensor sees no edge
}

TEST(Density, SubsetsHoldPointsOfTheCloudOnceEach) {
  const std::vector<float> clean = sphere(500, 1);
  Random random(1);
  const std::vector<float> subset = random_subset(clean, 200, random);
  ASSERT_EQ(subset.size(), 600U);
  std::vector<Point> points;
  for (std::size_t i = 0; i < 200; ++i) points.push_back(point_of(subset, i));
  std::sort(points.begin(), points.end());
  EXPECT_EQ(std::unique(points.begin(), points.end()), points.end());
  EXPECT_EQ(random_subset(clean, 900, random).size(), clean.size());
}

TEST(Density, OneViewHidesTheFarSideOfASphere) {
  const std::vector<float> clean = sphere(20000, 1);
  Random random(1);
  const std::vector<float> seen = seen_from(clean, 1, 0.06, random);
  Point mean = {};
  for (std::size_t i = 0; i < seen.size(); ++i) {
    mean[i % 3] += seen[i] * 3 / static_cast<float>(seen.size());
  }
  // The mean of a half sphere's projection is 2/3 towards the viewer; of a whole one it is 0.
  EXPECT_NEAR(std::hypot(mean[0], mean[1], mean[2]), 2.0 / 3.0, 0.1);
}

TEST(Density, FlatteningShortensOneAxis) {
  Random random(1);
  const Surface flat(flattened(sphere(1000, 1), 0.01, random));
  std::vector<float> sides;
  for (std::size_t a = 0; a < 3; ++a) sides.push_back(flat.box().high[a] - flat.box().low[a]);
  std::sort(sides.begin(), sides.end());
  EXPECT_LT(sides[0], 0.03F);
  EXPECT_GT(sides[1], 1.9F);
}

TEST(Density, CrownsTouchTheCloudAndKeepItsPoints) {
  const Surface surface(sphere(4000, 1));
  Random random(1);
  const std::vector<float> grown = with_crowns(surface.xyz(), surface.spacing(), random);
  EXPECT_GT(grown.size(), surface.xyz().size());
  EXPECT_LE(grown.size(), surface.xyz().size() * 3 / 2);
  EXPECT_TRUE(std::equal(surface.xyz().begin(), surface.xyz().end(), grown.begin()));
  for (std::size_t i = surface.size(); i < grown.size() / 3; ++i) {
    EXPECT_LE(surface.nearest(point_of(grown, i)).distance, 28.0 * surface.spacing());
  }
}

TEST(Surface, TooFewPointsAreRefused) { EXPECT_THROW(Surface(sphere(7, 1)), InvalidArgument); }

TEST(Surface, CoincidentPointsHaveAPositiveSpacing) {
  EXPECT_GT(Surface(std::vector<float>(30, 1.0F)).spacing(), 0.0);
}

}  // namespace
}  // namespace equicloud::train
