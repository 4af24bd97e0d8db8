// SPDX-License-Identifier: BSD-3-Clause
#include <train/benchmark.h>
#include <train/density.h>
#include <train/statistics_examples.h>

#include <cmath>

namespace equicloud::train {
namespace {

constexpr std::uint64_t kTrainingSeeds = (std::uint64_t{1} << 62) - 1;
constexpr std::size_t kScenePoints = 30000;
constexpr double kNoSensorNoise = 0.0;
constexpr double kCrownShare = 0.25;
constexpr double kRingShare = 0.15;
constexpr std::size_t kDrawnKinds = 4;  // of outliers in one cloud, at most

double log_uniform(double low, double high, Random& random) {
  return std::exp(random.uniform(std::log(low), std::log(high)));
}

Dirt wide_dirt(Random& random) {
  Dirt dirt;
  dirt.jitter = random.uniform() < 0.6 ? log_uniform(0.01, 0.7, random) : random.uniform(0.03, 0.7);
  dirt.local_clearance = random.uniform() < 0.5 ? 0.0 : 1.5;
  const double mode = random.uniform();
  if (mode < 0.12) return dirt;
  dirt.share = mode < 0.56 ? random.uniform(0.0, 0.45) : log_uniform(0.003, 0.45, random);
  const std::size_t kinds = random.uniform() < 0.5 ? 1 : 2 + random.below(kDrawnKinds - 1);
  for (std::size_t k = 0; k < kinds; ++k)
    dirt.kinds.push_back(static_cast<OutlierKind>(random.below(kTrainedKinds)));
  return dirt;
}

/// Points of an evenly sampled cloud left along lines 3 to 9 spacings apart.
std::vector<float> rings_of(const std::vector<float>& clean, std::size_t count, Random& random) {
  const double spacing = Surface(clean).spacing();
  const double gap = random.uniform(3.0, 9.0) * spacing;
  return random_subset(in_rings(clean, gap, random.uniform(0.2, 1.0) * spacing, random), count,
                       random);
}

CloudWithTruth dirty(const Surface& surface, const Dirt& dirt, Random& random) {
  const LabelledCloud cloud = corrupt(surface, dirt, random);
  const auto outliers = static_cast<double>(cloud.size() - surface.size());
  return {cloud.xyz,
          {dirt.jitter * surface.spacing(), surface.spacing(),
           outliers / static_cast<double>(cloud.size())},
          0};
}

statistics::CloudFeatures thinned(statistics::CloudFeatures features, std::size_t limit) {
  constexpr auto kRow = static_cast<std::ptrdiff_t>(statistics::kSampleFeatures);
  const std::size_t sampled = features.sampled();
  if (sampled <= limit) return features;
  std::vector<float> sample, weights;
  for (std::size_t i = 0; i < limit; ++i) {
    const std::size_t row = i * sampled / limit;
    const auto from = features.sample.begin() + static_cast<std::ptrdiff_t>(row) * kRow;
    sample.insert(sample.end(), from, from + kRow);
    weights.push_back(features.weights[row]);
  }
  features.sample = std::move(sample);
  features.weights = std::move(weights);
  return features;
}

}  // namespace

CloudWithTruth StatisticsSource::cloud(std::uint64_t number) const {
  Random random = Random(seed_).fork(number);
  const bool scene = shapes_.empty() || random.uniform() < scene_share_;
  std::vector<float> generated;
  std::size_t family = 0;
  if (scene) {
    const std::uint64_t seed = random.bits() & kTrainingSeeds;
    generated = simulate::training_cloud(seed, kScenePoints, kNoSensorNoise);
    family = shapes_.size() + static_cast<std::size_t>(simulate::training_kind(seed));
  } else {
    family = random.below(shapes_.size());
  }
  const std::vector<float>& clean = scene ? generated : shapes_[family].xyz;
  const auto count = static_cast<std::size_t>(log_uniform(600.0, 16000.0, random));
  std::vector<float> sampled = !scene && random.uniform() < kRingShare
                                   ? rings_of(clean, count, random)
                                   : random_density(clean, count, random);
  if (random.uniform() < kCrownShare) {
    const double spacing = Surface(sampled).spacing();
    sampled = with_crowns(std::move(sampled), spacing, random);
  }
  const Surface surface(std::move(sampled));
  CloudWithTruth cloud = dirty(surface, wide_dirt(random), random);
  cloud.family = family;
  return cloud;
}

StatisticsExample StatisticsSource::example(std::uint64_t number,
                                            const outlier::OutlierScorer& scorer,
                                            std::size_t limit) const {
  const CloudWithTruth cloud = this->cloud(number);
  const PointsView points{Span<const float>(cloud.xyz)};
  return {thinned(statistics::compute_features(points, scorer.score(points).probability), limit),
          cloud.truth, cloud.family};
}

CloudWithTruth statistics_case(const CleanCloud& shape, std::size_t cell,
                               std::size_t clean_points) {
  constexpr std::uint64_t kFirstCell = 1000;  // beside those of the outlier benchmark
  Random random = validation_stream(shape, kFirstCell + cell);
  Dirt dirt;
  dirt.jitter = kJudgedNoises[cell / kJudgedFractions.size()];
  dirt.share = kJudgedFractions[cell % kJudgedFractions.size()];
  if (dirt.share > 0.0) dirt.kinds = {kJudgedKinds[random.below(kJudgedKinds.size())]};
  return dirty(Surface(random_subset(shape.xyz, clean_points, random)), dirt, random);
}

}  // namespace equicloud::train
