// SPDX-License-Identifier: BSD-3-Clause
// A cloud scored in tiles has the scores of the whole, wherever the tiles end and however narrow
// their halo is.
#include <equicloud/base/error.h>
#include <equicloud/outlier/model.h>
#include <equicloud/tiles/tiled_scorer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "laws/clouds.h"

namespace equicloud::tiles {
namespace {

// The order of sums over equally near neighbours may differ, nothing else.
constexpr double kBound = 1e-5;

struct Answer {
  TiledSummary summary;
  std::vector<float> scores;
};

Answer in_tiles(const laws::Cloud& cloud, TilingOptions options,
                const Executor& executor = serial_executor()) {
  options.folder = testing::TempDir();
  TiledScorer scorer(outlier::Model::embedded(), options);
  Answer answer;
  const std::size_t half = cloud.size() / 6;
  const PointsView first(cloud.data(), half);
  const PointsView second(cloud.data() + 3 * half, cloud.size() / 3 - half);
  for (const PointsView& points : {first, second}) scorer.append(points);
  answer.summary = scorer.score(executor);
  answer.scores.resize(cloud.size() / 3);
  scorer.scores(first, {answer.scores.data(), first.size});
  scorer.scores(second, {answer.scores.data() + half, second.size});
  return answer;
}

// Where some 27,000 points fit.
Answer in_little_memory(const laws::Cloud& cloud) {
  TilingOptions options;
  options.memory = std::uint64_t{64} << 20U;
  return in_tiles(cloud, options);
}

std::vector<float> whole(const laws::Cloud& cloud) {
  static const outlier::OutlierScorer scorer;
  return scorer.score(PointsView(cloud)).probability;
}

double largest_change(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = a.size() == b.size() ? 0.0 : HUGE_VAL;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    const double change = std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
    largest = std::isnan(change) ? HUGE_VAL : std::max(largest, change);
  }
  return largest;
}

double side_of(const laws::Cloud& cloud) { return laws::diameter(cloud) / 5.0; }

std::vector<laws::Cloud> clouds() {
  laws::Cloud with_copies = laws::sheet_with_outliers(2000, 1);
  with_copies.insert(with_copies.end(), with_copies.begin(), with_copies.begin() + 900);
  laws::Cloud with_strays = laws::sheet_with_outliers(3000, 2);
  const double far = 20.0 * laws::diameter(with_strays);
  for (int i = 0; i < 40; ++i)
    for (int axis = 0; axis < 3; ++axis)
      with_strays.push_back(static_cast<float>(far * std::cos(7.0 * i + 2.0 * axis)));
  laws::Cloud not_finite = laws::sheet_with_outliers(1500, 9);
  for (std::size_t i = 0; i < not_finite.size(); i += 300)
    not_finite[i] = std::numeric_limits<float>::quiet_NaN();
  return {laws::sheet_with_outliers(6000, 2),
          laws::rings(20, 100, 3),
          laws::lattice(12),
          laws::line(60),
          laws::flat_plane(800, 4),
          with_copies,
          with_strays,
          not_finite};
}

TEST(TiledScorer, GivesTheScoresOfTheWholeForAnyHalo) {
  for (const laws::Cloud& cloud : clouds()) {
    const std::vector<float> expected = whole(cloud);
    for (const double share : {0.0, 1e-6, 0.02, 3.0}) {
      TilingOptions options;
      options.tile = side_of(cloud);
      options.halo = share * side_of(cloud);
      const Answer answer = in_tiles(cloud, options);
      EXPECT_GT(answer.summary.tiles, 1U);
      EXPECT_EQ(answer.summary.status, outlier::Status::scored);
      EXPECT_LE(largest_change(answer.scores, expected), kBound)
          << cloud.size() / 3 << " points, halo " << share << " of a tile";
    }
  }
}

TEST(TiledScorer, ANarrowHaloAsksAgainAndAWideOneDoesNot) {
  const laws::Cloud cloud = laws::sheet_with_outliers(6000, 2);
  TilingOptions options;
  options.tile = side_of(cloud);
  options.halo = 1e-6;
  EXPECT_GT(in_tiles(cloud, options).summary.asked_again, 100U);
  options.halo = 100.0 * laws::diameter(cloud);
  EXPECT_EQ(in_tiles(cloud, options).summary.asked_again, 0U);
}

TEST(TiledScorer, SameBitsForAnyNumberOfThreads) {
  const laws::Cloud cloud = laws::sheet_with_outliers(20000, 6);
  TilingOptions options;
  options.tile = side_of(cloud);
  const std::vector<float> serial = in_tiles(cloud, options).scores;
  for (const int threads : {2, 4})
    EXPECT_EQ(in_tiles(cloud, options, ThreadPool(threads)).scores, serial);
}

// One point far out leaves all others in one cell of the first cube: it must be cut again.
TEST(TiledScorer, CutsWhatASingleStrayHasSqueezedIntoOneCell) {
  laws::Cloud cloud = laws::sheet_with_outliers(60'000, 7);
  cloud.insert(cloud.end(), {3e6F, -2e6F, 1e6F});
  const Answer answer = in_little_memory(cloud);
  EXPECT_GT(answer.summary.tiles, 2U);
  EXPECT_LE(largest_change(answer.scores, whole(cloud)), kBound);
}

TEST(TiledScorer, TellsHowFarItIs) {
  const laws::Cloud cloud = laws::sheet_with_outliers(20000, 9);
  TilingOptions options;
  options.folder = testing::TempDir();
  options.tile = side_of(cloud);
  TiledScorer scorer(outlier::Model::embedded(), options);
  scorer.append(PointsView(cloud));
  std::vector<double> shares;
  const std::size_t tiles =
      scorer.score(serial_executor(), [&](double share) { shares.push_back(share); }).tiles;
  EXPECT_GE(shares.size(), 4 * tiles);  // four passes over all tiles
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_GT(shares.front(), 0.0);
  EXPECT_DOUBLE_EQ(shares.back(), 1.0);
}

TEST(TiledScorer, CopiesBeyondMemoryAreOnePoint) {
  laws::Cloud cloud = laws::sheet_with_outliers(3000, 8);
  for (int copy = 0; copy < 60'000; ++copy)
    cloud.insert(cloud.end(), {cloud[0], cloud[1], cloud[2]});
  const Answer answer = in_little_memory(cloud);
  EXPECT_EQ(answer.summary.distinct_points, 3000U);
  EXPECT_LE(largest_change(answer.scores, whole(cloud)), kBound);
}

TEST(TiledScorer, KeepsWhatItCannotJudge) {
  const Answer none = in_tiles({}, {});
  EXPECT_EQ(none.summary.status, outlier::Status::empty);
  const Answer few = in_tiles(laws::line(9), {});
  EXPECT_EQ(few.summary.status, outlier::Status::too_few_points);
  EXPECT_EQ(few.scores, std::vector<float>(9, 0.0F));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Answer not_finite = in_tiles({nan, 0.0F, 0.0F, 0.0F, nan, 0.0F}, {});
  EXPECT_EQ(not_finite.summary.status, outlier::Status::too_few_points);
  EXPECT_TRUE(std::isnan(not_finite.scores[0]));
}

TEST(TiledScorer, SaysWhatIsWrong) {
  EXPECT_THROW(TiledScorer(nullptr, {}), InvalidArgument);
  TilingOptions little;
  little.memory = 1000;
  EXPECT_THROW(TiledScorer(outlier::Model::embedded(), little), InvalidArgument);
  TilingOptions nowhere;
  nowhere.folder = "/no/such/folder";
  EXPECT_THROW(TiledScorer(outlier::Model::embedded(), nowhere), IoError);
  TilingOptions options;
  options.folder = testing::TempDir();
  TiledScorer scorer(outlier::Model::embedded(), options);
  const laws::Cloud cloud = laws::sheet_with_outliers(100, 3);
  scorer.append(PointsView(cloud));
  scorer.score();
  std::vector<float> scores(cloud.size() / 3);
  scorer.scores(PointsView(cloud), scores);
  EXPECT_THROW(scorer.scores(PointsView(cloud), scores), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::tiles
