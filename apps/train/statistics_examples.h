// SPDX-License-Identifier: BSD-3-Clause
// Clouds whose noise, spacing and share of outliers are known: what the estimator of
// equicloud/statistics learns from, and what it is judged by.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/outlier/scorer.h>
#include <equicloud/statistics/cloud_features.h>
#include <simulate/training_scene.h>
#include <train/corrupt.h>
#include <train/examples.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::train {

/// Lengths in the cloud's unit.
struct StatisticsTruth {
  double noise = 0.0;     ///< sigma an axis
  double spacing = 0.0;   ///< of the clean cloud: Surface::spacing()
  double fraction = 0.0;  ///< of outliers, of all points
};

struct CloudWithTruth {
  std::vector<float> xyz;
  StatisticsTruth truth;
  std::size_t family = 0;  ///< which shape it was made from, or which kind of scene
};

struct StatisticsExample {
  statistics::CloudFeatures features;
  StatisticsTruth truth;
  std::size_t family = 0;
};

/// Training examples from clean shapes and generated scenes: random density (one in seven in
/// rings), 600-16,000 points, crowns on a quarter, noise of 0.01-0.7 spacings, 0-45 % outliers of
/// up to four kinds. Scenes are taken through sensors without noise of their own, so that the noise
/// is known.
class StatisticsSource {
 public:
  /// @param scene_share  part of the examples that are generated scenes; all of them if there are
  /// no
  ///                     shapes
  StatisticsSource(std::vector<CleanCloud> shapes, double scene_share, std::uint64_t seed)
      : shapes_(std::move(shapes)), scene_share_(scene_share), seed_(seed) {}

  /// Example `number` of a seed is always the same cloud. May be called from several threads.
  CloudWithTruth cloud(std::uint64_t number) const;
  /// Its features: the numbers of the cloud from as many sampled points as a user's cloud gets, of
  /// which then `limit` are kept. With fewer, a cloud would seem harder to judge than it is.
  StatisticsExample example(std::uint64_t number, const outlier::OutlierScorer& scorer,
                            std::size_t limit) const;
  std::size_t shapes() const { return shapes_.size(); }
  /// Families are numbered below this: the shapes, then the kinds of scenes.
  std::size_t families() const { return shapes_.size() + simulate::kTrainingKinds; }

 private:
  std::vector<CleanCloud> shapes_;
  double scene_share_;
  std::uint64_t seed_;
};

/// What a held-out shape is judged at: every noise x every share, the kinds of outliers by turns.
constexpr std::array<double, 5> kJudgedNoises = {0.05, 0.1, 0.2, 0.35, 0.5};  // spacings
constexpr std::array<double, 6> kJudgedFractions = {0.0, 0.02, 0.1, 0.2, 0.3, 0.4};
constexpr std::size_t kStatisticsCells = kJudgedNoises.size() * kJudgedFractions.size();

/// Depends on the shape's name and points, the cell and the number of clean points only.
CloudWithTruth statistics_case(const CleanCloud& shape, std::size_t cell, std::size_t clean_points);

}  // namespace equicloud::train
