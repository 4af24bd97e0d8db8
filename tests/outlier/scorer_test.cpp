// SPDX-License-Identifier: BSD-3-Clause
// What a score promises, held against the embedded model.
#include <equicloud/base/error.h>
#include <equicloud/kernels/simd.h>
#include <equicloud/outlier/embedded_model.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/scorer.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "laws/clouds.h"

namespace equicloud::outlier {
namespace {

std::vector<float> score(const laws::Cloud& cloud, const Executor& executor = serial_executor()) {
  static const OutlierScorer scorer;
  return scorer.score(PointsView(cloud), executor).probability;
}

std::vector<laws::Cloud> clouds() {
  laws::Cloud with_copies = laws::sheet_with_outliers(1000, 1);
  with_copies.insert(with_copies.end(), with_copies.begin(), with_copies.begin() + 900);
  return {laws::sheet_with_outliers(3000, 2),
          laws::rings(20, 100, 3),
          laws::lattice(10),
          laws::line(60),
          laws::flat_plane(500, 4),
          with_copies};
}

TEST(OutlierScore, PermutingPointsPermutesScoresToTheLastBit) {
  Random random(5);
  for (const laws::Cloud& cloud : clouds()) {
    const std::vector<float> scores = score(cloud);
    const auto order = laws::random_permutation(cloud.size() / 3, random);
    const std::vector<float> of_permuted = score(laws::permuted(cloud, order));
    for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(of_permuted[i], scores[order[i]]);
  }
}

TEST(OutlierScore, SameBitsForAnyNumberOfThreads) {
  const laws::Cloud cloud = laws::sheet_with_outliers(20000, 6);
  const std::vector<float> serial = score(cloud);
  for (const int threads : {2, 4}) EXPECT_EQ(score(cloud, ThreadPool(threads)), serial);
}

// The project's bound: 20 motions, shifts up to a diameter, applied in double and rounded to float
// once.
TEST(OutlierScore, MotionsLeaveScoresUnchanged) {
  Random random(7);
  for (const laws::Cloud& cloud :
       {laws::sheet_with_outliers(4000, 8), laws::rings(24, 150, 9), laws::lattice(12)}) {
    const std::vector<float> scores = score(cloud);
    double largest = 0.0;
    double sum = 0.0;
    for (int motion = 0; motion < 20; ++motion) {
      const std::vector<float> moved =
          score(laws::moved(cloud, laws::random_motion(random, laws::diameter(cloud))));
      for (std::size_t i = 0; i < scores.size(); ++i) {
        const double change = std::fabs(static_cast<double>(moved[i]) - scores[i]);
        largest = std::max(largest, change);
        sum += change;
      }
    }
    EXPECT_LE(largest, 1e-3);
    EXPECT_LE(sum / (20.0 * static_cast<double>(scores.size())), 1e-5);
  }
}

// Clouds that shrink, grow, have too few points or none leave no trace in the next one's scores.
TEST(OutlierScore, AWorkspaceThatIsUsedAgainChangesNoBit) {
  const OutlierScorer scorer;
  const ThreadPool pool(2);
  Workspace workspace;
  Scores scores;
  std::vector<laws::Cloud> sequence = clouds();
  for (const laws::Cloud& extra : {laws::line(5), laws::Cloud(), laws::sheet_with_outliers(5000, 3),
                                   laws::sheet_with_outliers(700, 4)})
    sequence.push_back(extra);
  for (const laws::Cloud& cloud : sequence) {
    scorer.score(PointsView(cloud), pool, workspace, scores);
    const Scores fresh = scorer.score(PointsView(cloud));
    EXPECT_EQ(scores.probability, fresh.probability);
    EXPECT_EQ(scores.status, fresh.status);
    EXPECT_EQ(scores.finite_points, fresh.finite_points);
    EXPECT_EQ(scores.distinct_points, fresh.distinct_points);
  }
}

TEST(OutlierScore, ScalingByAPowerOfTwoChangesNoBitAndByAnyFactorLittle) {
  const laws::Cloud cloud = laws::sheet_with_outliers(2000, 10);
  const std::vector<float> scores = score(cloud);
  for (const float factor : {0x1p-90F, 0.25F, 0x1p80F}) {
    laws::Cloud scaled = cloud;
    for (float& v : scaled) v *= factor;
    EXPECT_EQ(score(scaled), scores) << factor;
  }
  laws::Cloud scaled = cloud;
  for (float& v : scaled) v *= 1000.0F / 3.0F;
  const std::vector<float> of_scaled = score(scaled);
  for (std::size_t i = 0; i < scores.size(); ++i) EXPECT_NEAR(of_scaled[i], scores[i], 1e-3);
}

TEST(OutlierScore, ExactCopiesCountAsOnePosition) {
  const laws::Cloud once = laws::sheet_with_outliers(1000, 11);
  laws::Cloud twice = once;
  twice.insert(twice.end(), once.begin(), once.end());
  const std::vector<float> scores = score(once);
  const std::vector<float> of_twice = score(twice);
  for (std::size_t i = 0; i < of_twice.size(); ++i)
    EXPECT_EQ(of_twice[i], scores[i % scores.size()]);
}

TEST(OutlierScore, NonFinitePointsScoreNaNAreRemovedAndDoNotMatterToOthers) {
  const laws::Cloud clean = laws::sheet_with_outliers(500, 12);
  laws::Cloud cloud = {std::numeric_limits<float>::quiet_NaN(), 0, 0};
  cloud.insert(cloud.end(), clean.begin(), clean.end());
  laws::add_point(cloud, 1.0, std::numeric_limits<double>::infinity(), 0.0);
  const Scores scores = OutlierScorer().score(PointsView(cloud));
  const std::vector<float> of_clean = score(clean);
  EXPECT_TRUE(std::isnan(scores.probability.front()));
  EXPECT_TRUE(std::isnan(scores.probability.back()));
  EXPECT_EQ(std::vector<float>(scores.probability.begin() + 1, scores.probability.end() - 1),
            of_clean);
  EXPECT_EQ(scores.finite_points, 500U);
  EXPECT_TRUE(removed(scores, 1.0F).front()) << "even at threshold 1";
}

TEST(OutlierScore, TooFewPointsAreKeptAndSaidToBe) {
  for (int n = 1; n <= 16; ++n) {
    const laws::Cloud few = laws::line(n);
    const Scores scores = OutlierScorer().score(PointsView(few));
    EXPECT_EQ(scores.status, Status::too_few_points) << n;
    for (const bool gone : removed(scores, 0.5F)) EXPECT_FALSE(gone);
  }
  EXPECT_EQ(OutlierScorer().score(PointsView(laws::line(17))).status, Status::scored);
  EXPECT_EQ(OutlierScorer().score(PointsView()).status, Status::empty);
}

TEST(OutlierScore, TwoHundredThousandIdenticalPointsAreOnePosition) {
  laws::Cloud cloud;
  for (int i = 0; i < 200000; ++i) laws::add_point(cloud, 1, 2, 3);
  const Scores scores = OutlierScorer().score(PointsView(cloud));
  EXPECT_EQ(scores.distinct_points, 1U);
  EXPECT_EQ(scores.status, Status::too_few_points);
}

TEST(OutlierScore, ObviousOutliersScoreHighAndTheSheetLow) {
  const laws::Cloud cloud = laws::sheet_with_outliers(4000, 13);
  const std::vector<float> scores = score(cloud);
  double of_sheet = 0.0;
  double of_blob = 0.0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (i % 20 == 1) of_blob += scores[i] / (0.05 * static_cast<double>(scores.size()));
    if (i % 20 > 1) of_sheet += scores[i] / (0.90 * static_cast<double>(scores.size()));
  }
  EXPECT_LT(of_sheet, 0.05);
  EXPECT_TRUE(std::isfinite(of_blob));
}

TEST(OutlierScore, SimdTargetsAgree) {
  const laws::Cloud cloud = laws::sheet_with_outliers(2000, 14);
  const std::vector<float> best = score(cloud);
  for (const std::string& target : kernels::simd_targets()) {
    kernels::force_simd_target(target);
    const std::vector<float> forced = score(cloud);
    for (std::size_t i = 0; i < best.size(); ++i) EXPECT_NEAR(forced[i], best[i], 1e-4) << target;
  }
  kernels::force_simd_target("best");
}

TEST(OutlierScore, ThresholdsOutsideZeroToOneAreRefused) {
  const Scores scores;
  EXPECT_THROW(removed(scores, -0.1F), InvalidArgument);
  EXPECT_THROW(removed(scores, 1.1F), InvalidArgument);
  EXPECT_THROW(removed(scores, std::numeric_limits<float>::quiet_NaN()), InvalidArgument);
}

TEST(Model, TheEmbeddedOneIsTheShippedFile) {
  const std::string path =
      std::string(EQUICLOUD_SOURCE_DIR) + "/data/models/outlier-general.safetensors";
  const ModelInfo file = Model::load(path)->info();
  const ModelInfo& embedded = Model::embedded()->info();
  EXPECT_EQ(file.name, embedded.name);
  EXPECT_EQ(file.weights, embedded.weights);
  EXPECT_GT(embedded.multiply_adds, 0U);
}

TEST(Model, FilesThatAreNoModelAreRefusedWithTheirName) {
  const unsigned char nothing[16] = {};
  try {
    Model::parse(nothing, sizeof nothing, "weights.bin");
    FAIL();
  } catch (const FormatError& error) {
    EXPECT_EQ(std::string(error.what()).rfind("weights.bin: ", 0), 0U) << error.what();
  }
  EXPECT_THROW(Model::load("no/such/file.safetensors"), IoError);
}

TEST(Model, EveryTruncationAndManyMutationsAreRefusedOrHarmless) {
  const unsigned char* bytes = embedded_outlier_general;
  for (std::size_t size = 0; size < embedded_outlier_general_size; size += 97)
    EXPECT_THROW(Model::parse(bytes, size, "cut"), FormatError) << size;
  Random random(15);
  for (int i = 0; i < 500; ++i) {
    std::vector<unsigned char> mutated(bytes, bytes + embedded_outlier_general_size);
    mutated[random.below(3000)] = static_cast<unsigned char>(random.bits());
    try {
      Model::parse(mutated.data(), mutated.size(), "mutated");
    } catch (const FormatError&) {
    }
  }
}

}  // namespace
}  // namespace equicloud::outlier
