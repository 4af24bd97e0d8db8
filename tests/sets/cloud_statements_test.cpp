// SPDX-License-Identifier: BSD-3-Clause
// What holds for images (tests/group/image_test.cpp), for clouds: the class of a cloud is invariant
// under translation and permutation; its mask, one bit a point, moves along with the points.
// Weights and coordinates are small whole numbers over 16, so all sums are exact and so are the
// statements.
#include <equicloud/sets/deep_sets.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "laws/clouds.h"

namespace equicloud::sets {
namespace {

constexpr std::size_t kPoints = 16;  // a power of two: the mean is exact

std::vector<float> whole_numbers(std::size_t n, Random& random) {
  std::vector<float> values(n);
  for (float& value : values) value = static_cast<float>(random.below(9)) - 4.0F;
  return values;
}

nn::Dense random_dense(int in, int out, nn::Activation activation, Random& random) {
  return nn::Dense({in, out, activation}, whole_numbers(static_cast<std::size_t>(in * out), random),
                   whole_numbers(static_cast<std::size_t>(out), random));
}

laws::Cloud translated(laws::Cloud cloud, const std::vector<float>& by) {
  for (std::size_t i = 0; i < cloud.size(); ++i) cloud[i] += by[i % 3];
  return cloud;
}

// About its mean: what makes any network of points invariant under translation.
laws::Cloud centred(const laws::Cloud& cloud) {
  std::vector<float> mean(3, 0.0F);
  for (std::size_t i = 0; i < cloud.size(); ++i)
    mean[i % 3] -= cloud[i] / static_cast<float>(kPoints);
  return translated(cloud, mean);
}

struct Network {
  EquivariantLayer first;
  EquivariantLayer second;
  DeepSets classifier;

  std::vector<bool> mask(const laws::Cloud& cloud) const {
    const auto scores = second.forward(first.forward(centred(cloud)));
    std::vector<bool> result;
    for (const float score : scores) result.push_back(score > 0.0F);
    return result;
  }
  std::size_t label(const laws::Cloud& cloud) const {
    const auto scores = classifier.forward(centred(cloud));
    return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) -
                                    scores.begin());
  }
};

// The last layer takes the mean of its channels away, w . (h_i - mean h): scores of both signs.
EquivariantLayer about_the_mean(int in, Random& random) {
  const auto w = whole_numbers(static_cast<std::size_t>(in), random);
  std::vector<float> minus_w;
  for (const float value : w) minus_w.push_back(-value);
  return {nn::Dense({in, 1, nn::Activation::none}, w, std::vector<float>(1)), minus_w,
          Pooling::mean};
}

Network random_network(Random& random) {
  using nn::Activation;
  return {EquivariantLayer(random_dense(3, 6, Activation::relu, random), whole_numbers(18, random),
                           Pooling::mean),
          about_the_mean(6, random),
          DeepSets(nn::Mlp({random_dense(3, 8, Activation::relu, random)}), Pooling::sum,
                   nn::Mlp({random_dense(8, 4, Activation::none, random)}))};
}

laws::Cloud elongated(laws::Cloud cloud, std::size_t axis) {
  for (std::size_t i = axis; i < cloud.size(); i += 3) cloud[i] *= 8.0F;
  return cloud;
}

TEST(Clouds, TranslatingAndPermutingLeavesTheClass) {
  Random random(3);
  const Network network = random_network(random);
  std::vector<bool> seen(4, false);
  for (std::size_t trial = 0; trial < 20; ++trial) {
    const laws::Cloud cloud = elongated(whole_numbers(3 * kPoints, random), trial % 3);
    const std::size_t label = network.label(cloud);
    seen[label] = true;
    EXPECT_EQ(network.label(translated(cloud, {32, -7, 100})), label);
    EXPECT_EQ(network.label(laws::permuted(cloud, laws::random_permutation(kPoints, random))),
              label);
  }
  EXPECT_GT(std::count(seen.begin(), seen.end(), true), 1);  // it tells clouds apart
}

TEST(Clouds, TheMaskMovesWithThePoints) {
  Random random(2);
  const Network network = random_network(random);
  bool mixed = false;
  for (int trial = 0; trial < 20; ++trial) {
    const laws::Cloud cloud = whole_numbers(3 * kPoints, random);
    const std::vector<bool> mask = network.mask(cloud);
    mixed = mixed || std::count(mask.begin(), mask.end(), true) % kPoints != 0;
    EXPECT_EQ(network.mask(translated(cloud, {32, -7, 100})), mask);
    const auto order = laws::random_permutation(kPoints, random);
    std::vector<bool> expected;
    for (const std::size_t i : order) expected.push_back(mask[i]);
    EXPECT_EQ(network.mask(laws::permuted(cloud, order)), expected);
  }
  EXPECT_TRUE(mixed);  // else nothing would be shown
}

}  // namespace
}  // namespace equicloud::sets
