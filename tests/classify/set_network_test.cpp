// SPDX-License-Identifier: BSD-3-Clause
// The set network against its formulas, term by term in double, and what it must not depend on.
#include <equicloud/base/error.h>
#include <equicloud/classify/set_network.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "classify/random_model.h"
#include "laws/clouds.h"

namespace equicloud::classify {
namespace {

using classify_tests::ModelWidths;
using classify_tests::random_model;

// Ten layers of float sums over at most 45 terms of size about 1, each rounded by 2^-24, against
// sums in double: about 10 * sqrt(45) * 2^-24 * the largest logit (below 10).
constexpr double kRounding = 5e-5;

// Random numbers in place of a shape's: the network asks nothing of them.
SetFeatures random_features(std::size_t points, const std::array<std::size_t, 3>& centres,
                            const std::array<std::size_t, 3>& k, std::uint64_t seed) {
  Random random(seed);
  SetFeatures features;
  features.points = points;
  features.point = laws::normals(points * kPointNumbers, random);
  std::size_t sources = points;
  for (std::size_t i = 0; i < 3; ++i) {
    SetFeatures::Level& level = features.level[i];
    level.centres = centres[i];
    level.k = k[i];
    level.pairs = laws::normals(centres[i] * k[i] * kPairNumbers, random);
    level.neighbors.resize(centres[i] * k[i]);
    for (std::uint32_t& neighbor : level.neighbors)
      neighbor = static_cast<std::uint32_t>(random.below(sources));
    sources = centres[i];
  }
  return features;
}

SetFeatures small_features(std::uint64_t seed) {
  return random_features(71, {40, 23, 9}, {5, 7, 7}, seed);
}

using Row = std::vector<double>;

// act(W x), and with a bias act(W x + b), by two loops.
Row dense(const nn::WeightsFile& file, const std::string& name, const Row& x, bool bias = true) {
  const nn::Tensor& weight = file.matrix(name + ".weight");
  Row y(weight.shape[0]);
  for (std::size_t o = 0; o < y.size(); ++o) {
    y[o] = bias ? static_cast<double>(file.tensor(name + ".bias", {y.size()}).values[o]) : 0.0;
    for (std::size_t i = 0; i < x.size(); ++i)
      y[o] += static_cast<double>(weight.values[o * x.size() + i]) * x[i];
  }
  return y;
}

Row relu(Row x) {
  for (double& value : x) value = std::max(value, 0.0);
  return x;
}

Row sum(Row a, const Row& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

Row maximum(const std::vector<Row>& rows) {
  Row result = rows.front();
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) result[i] = std::max(result[i], row[i]);
  return result;
}

Row joined(Row a, const Row& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::vector<Row> level(const nn::WeightsFile& file, int number, const SetFeatures::Level& sets,
                       const std::vector<Row>& features) {
  const std::string name = "set.l" + std::to_string(number);
  std::vector<Row> result;
  for (std::size_t c = 0; c < sets.centres; ++c) {
    std::vector<Row> members;
    for (std::size_t j = c * sets.k; j < (c + 1) * sets.k; ++j) {
      const float* pair = sets.pairs.data() + j * kPairNumbers;
      const Row h1 = relu(sum(dense(file, name + ".pair", Row(pair, pair + kPairNumbers)),
                              dense(file, name + ".source", features[sets.neighbors[j]], false)));
      members.push_back(relu(dense(file, name + ".edge", h1)));
    }
    result.push_back(relu(dense(file, name + ".out", joined(maximum(members), features[c]))));
  }
  return result;
}

struct Result {
  Row logits, embedding;
};

Result reference(const nn::WeightsFile& file, const SetFeatures& features) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < features.points; ++i) {
    const float* numbers = features.point.data() + i * kPointNumbers;
    rows.emplace_back(numbers, numbers + kPointNumbers);
  }
  for (int i = 1; i <= 3; ++i)
    rows = level(file, i, features.level[static_cast<std::size_t>(i - 1)], rows);
  const Row of_all = dense(file, "set.mix.max", maximum(rows), false);
  std::vector<Row> tokens;
  for (const Row& row : rows)
    tokens.push_back(
        relu(dense(file, "set.token", relu(sum(dense(file, "set.mix.own", row), of_all)))));
  Row mean(tokens.front().size(), 0.0);
  for (const Row& token : tokens) mean = sum(mean, token);
  for (double& value : mean) value /= static_cast<double>(tokens.size());
  const Row x = relu(dense(file, "set.head.0", joined(maximum(tokens), mean)));
  const Row embedding = relu(dense(file, "set.head.1", x));
  return {dense(file, "set.head.2", embedding), embedding};
}

Result run(const SetNetwork& network, const SetFeatures& features,
           SetNetwork::Workspace& workspace) {
  const auto [logits, embedding] = network.forward(features, workspace);
  return {Row(logits.begin(), logits.end()), Row(embedding.begin(), embedding.end())};
}

Result run(const SetNetwork& network, const SetFeatures& features) {
  SetNetwork::Workspace workspace;
  return run(network, features, workspace);
}

void expect_near(const Row& found, const Row& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], kRounding) << i;
}

TEST(SetNetwork, IsItsFormulas) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const nn::WeightsFile file = random_model(seed);
    const SetFeatures features = small_features(seed);
    const Result expected = reference(file, features);
    const Result found = run(SetNetwork(file), features);
    expect_near(found.logits, expected.logits);
    expect_near(found.embedding, expected.embedding);
  }
}

TEST(SetNetwork, TheOrderOfNeighboursDoesNotShowInABit) {
  const SetNetwork network(random_model(4));
  SetFeatures features = small_features(4);
  const Result before = run(network, features);
  for (SetFeatures::Level& sets : features.level)
    for (std::size_t c = 0; c < sets.centres; ++c) {
      std::swap(sets.neighbors[c * sets.k], sets.neighbors[c * sets.k + 2]);
      float* pairs = sets.pairs.data() + c * sets.k * kPairNumbers;
      std::swap_ranges(pairs, pairs + kPairNumbers, pairs + 2 * kPairNumbers);
    }
  EXPECT_EQ(run(network, features).logits, before.logits);
}

TEST(SetNetwork, AUsedWorkspaceGivesTheSameBits) {
  const SetNetwork network(random_model(5));
  SetNetwork::Workspace workspace;
  run(network, random_features(150, {100, 60, 32}, {16, 32, 32}, 6), workspace);
  const SetFeatures features = small_features(5);
  EXPECT_EQ(run(network, features, workspace).logits, run(network, features).logits);
}

TEST(SetNetwork, EveryWeightCounts) {
  const nn::WeightsFile file = random_model(6);
  const SetFeatures features = small_features(6);
  const Result before = run(SetNetwork(file), features);
  for (const auto& [name, tensor] : file.tensors) {
    if (name.rfind("set.", 0) != 0) continue;
    nn::WeightsFile changed = file;
    for (float& value : changed.tensors[name].values) value += 0.5F;
    EXPECT_NE(run(SetNetwork(changed), features).logits, before.logits) << name;
  }
}

TEST(SetNetwork, WidthsThatDoNotFitAreRefusedByName) {
  const auto refusal = [](const std::string& name, std::vector<std::size_t> shape) {
    nn::WeightsFile file = random_model(7);
    std::size_t size = 1;
    for (const std::size_t side : shape) size *= side;
    file.tensors[name] = {std::move(shape), std::vector<float>(size, 1.0F)};
    try {
      const SetNetwork network(file);
      return std::string("accepted");
    } catch (const FormatError& error) {
      return std::string(error.what());
    }
  };
  EXPECT_EQ(refusal("set.l1.source.weight", {7, 9}), "set.l1.source takes 9 numbers, 10 come in");
  EXPECT_EQ(refusal("set.l2.pair.weight", {18, 13}), "set.l2.pair takes 13 numbers, 12 come in");
  EXPECT_EQ(refusal("set.head.0.weight", {35, 20}), "set.head.0 takes 20 numbers, 38 come in");
  EXPECT_NE(refusal("set.l3.source.weight", {8, 16}).find("set.l3.source.weight"),
            std::string::npos);
  EXPECT_NE(refusal("set.mix.max.weight", {3, 3}).find("set.mix.max.weight"), std::string::npos);
  EXPECT_NE(refusal("set.token.weight", {19}).find("a matrix is needed"), std::string::npos);
}

}  // namespace
}  // namespace equicloud::classify
