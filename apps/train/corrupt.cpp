// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/corrupt.h>
#include <train/density.h>

#include <cmath>
#include <string>

namespace equicloud::train {
namespace {

constexpr double kCrownShare = 0.25;

void add_outliers(const Surface& surface, const Dirt& dirt, LabelledCloud& cloud, Random& random) {
  std::size_t left = dirt.kinds.empty() ? 0 : outlier_count(surface.size(), dirt.share);
  for (std::size_t k = 0; k < dirt.kinds.size(); ++k) {
    // Shares of several kinds are uneven: each takes a random part of what is left, the last the
    // rest.
    const bool last = k + 1 == dirt.kinds.size();
    const auto part =
        last ? left : static_cast<std::size_t>(random.uniform() * static_cast<double>(left));
    const std::vector<float> group =
        make_outliers(surface, dirt.kinds[k], part, dirt.local_clearance, random);
    cloud.xyz.insert(cloud.xyz.end(), group.begin(), group.end());
    cloud.outlier.insert(cloud.outlier.end(), part, 1);
    left -= part;
  }
}

void shuffle(LabelledCloud& cloud, Random& random) {
  for (std::size_t i = cloud.size(); i > 1; --i) {
    const std::size_t j = random.below(i);
    std::swap(cloud.outlier[i - 1], cloud.outlier[j]);
    for (std::size_t a = 0; a < 3; ++a) std::swap(cloud.xyz[3 * (i - 1) + a], cloud.xyz[3 * j + a]);
  }
}

}  // namespace

std::size_t outlier_count(std::size_t clean_points, double share) {
  if (!(share >= 0.0 && share < 1.0)) {
    throw InvalidArgument("the share of outliers must be in [0, 1), got " + std::to_string(share));
  }
  return static_cast<std::size_t>(
      std::llround(static_cast<double>(clean_points) * share / (1.0 - share)));
}

LabelledCloud corrupt(const Surface& surface, const Dirt& dirt, Random& random) {
  LabelledCloud cloud{surface.xyz(), std::vector<std::uint8_t>(surface.size(), 0)};
  const double sigma = dirt.jitter * surface.spacing();
  for (float& c : cloud.xyz) c = static_cast<float>(c + sigma * random.normal());
  add_outliers(surface, dirt, cloud, random);
  shuffle(cloud, random);
  return cloud;
}

Dirt random_dirt(Random& random) {
  Dirt dirt;
  dirt.jitter = random.uniform(0.0, 0.35);
  dirt.local_clearance = 1.5;
  if (random.uniform() < 0.08) return dirt;
  dirt.share = std::exp(random.uniform(std::log(0.01), std::log(0.4)));
  const std::size_t kinds = random.uniform() < 0.5 ? 1 : 2 + random.below(3);
  for (std::size_t k = 0; k < kinds; ++k) {
    dirt.kinds.push_back(static_cast<OutlierKind>(random.below(kTrainedKinds)));
  }
  return dirt;
}

LabelledCloud random_example(const std::vector<float>& clean, Random& random) {
  const std::size_t count = 4000 + random.below(10001);
  const Surface bare(random_density(clean, count, random));
  // Airborne scans see through foliage: loose volumes that are no outliers, beside blobs that are.
  if (random.uniform() >= kCrownShare) return corrupt(bare, random_dirt(random), random);
  const Surface grown(with_crowns(bare.xyz(), bare.spacing(), random));
  return corrupt(grown, random_dirt(random), random);
}

}  // namespace equicloud::train
