// SPDX-License-Identifier: BSD-3-Clause
// The laws of the set layers, and each against the slowest possible version of itself.
#include <equicloud/base/error.h>
#include <equicloud/sets/deep_sets.h>
#include <equicloud/sets/graph_layer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "laws/clouds.h"

namespace equicloud::sets {
namespace {

using nn::Activation;

// Sums of some 30 terms of size 1 in another order.
constexpr float kSumTolerance = 2e-5F;

nn::Dense random_dense(int in, int out, Activation activation, Random& random) {
  return nn::Dense({in, out, activation}, laws::normals(static_cast<std::size_t>(in * out), random),
                   laws::normals(static_cast<std::size_t>(out), random));
}

std::vector<float> permute_rows(const std::vector<float>& x, std::size_t width,
                                const std::vector<std::size_t>& order) {
  std::vector<float> y;
  for (const std::size_t r : order)
    y.insert(y.end(), x.begin() + static_cast<std::ptrdiff_t>(r * width),
             x.begin() + static_cast<std::ptrdiff_t>((r + 1) * width));
  return y;
}

void expect_near(const std::vector<float>& a, const std::vector<float>& b, float tolerance) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    EXPECT_NEAR(a[i], b[i], tolerance * std::max(1.0F, std::fabs(b[i]))) << i;
}

class EveryPooling : public testing::TestWithParam<Pooling> {};

TEST_P(EveryPooling, EqualsItsFormula) {
  Random random(2);
  const std::size_t count = 15;
  std::vector<float> members = laws::normals(count * 3, random);
  for (float& m : members) m = std::fabs(m);
  std::vector<float> weights(count);
  for (float& w : weights) w = static_cast<float>(random.uniform());
  std::vector<float> pooled(3);
  pool(GetParam(), members.data(), 3, count, 3, weights.data(), 0.5F, pooled.data());
  const double total = std::accumulate(weights.begin(), weights.end(), 0.5);
  for (std::size_t c = 0; c < 3; ++c) {
    double sum = 0.0, cubes = 0.0, largest = 0.0;
    for (std::size_t j = 0; j < count; ++j) {
      const double a = members[j * 3 + c];
      sum += weights[j] * a;
      cubes += weights[j] * a * a * a;
      largest = std::max(largest, weights[j] * a);
    }
    const double expected = GetParam() == Pooling::mean  ? sum / total
                            : GetParam() == Pooling::max ? largest
                            : GetParam() == Pooling::sum ? sum
                                                         : std::cbrt(cubes);
    EXPECT_NEAR(pooled[c], expected, kSumTolerance * std::max(1.0, expected));
  }
}

TEST_P(EveryPooling, DeepSetsDoNotDependOnTheOrderOfTheSet) {
  Random random(3);
  const DeepSets f(nn::Mlp({random_dense(3, 8, Activation::relu, random),
                            random_dense(8, 8, Activation::relu, random)}),
                   GetParam(), nn::Mlp({random_dense(8, 4, Activation::none, random)}));
  const std::vector<float> x = laws::normals(30 * 3, random);
  const std::vector<float> y = f.forward(x);
  ASSERT_EQ(y.size(), 4U);
  for (int trial = 0; trial < 5; ++trial)
    expect_near(f.forward(permute_rows(x, 3, laws::random_permutation(30, random))), y,
                kSumTolerance);
}

TEST_P(EveryPooling, PermutingTheRowsPermutesTheEquivariantLayer) {
  Random random(4);
  const EquivariantLayer layer(random_dense(5, 7, Activation::relu, random),
                               laws::normals(35, random), GetParam());
  const std::vector<float> x = laws::normals(20 * 5, random);
  const std::vector<float> y = layer.forward(x);
  for (int trial = 0; trial < 5; ++trial) {
    const std::vector<std::size_t> order = laws::random_permutation(20, random);
    expect_near(layer.forward(permute_rows(x, 5, order)), permute_rows(y, 7, order), kSumTolerance);
  }
}

INSTANTIATE_TEST_SUITE_P(Sets, EveryPooling,
                         testing::Values(Pooling::mean, Pooling::max, Pooling::sum,
                                         Pooling::pnorm));

// One channel: y = sigma(lambda x + gamma (1^T x) 1), the form of the paper, with numbers done by
// hand.
TEST(EquivariantLayer, InOneChannelIsLambdaXPlusGammaSum) {
  const nn::Dense lambda({1, 1, Activation::relu}, std::vector<float>{2}, std::vector<float>{0});
  const EquivariantLayer with_sum(lambda, {-0.5F}, Pooling::sum);
  EXPECT_EQ(with_sum.forward(std::vector<float>{1, 2, 3}), (std::vector<float>{0, 1, 3}));
  const EquivariantLayer with_max(lambda, {-1.0F}, Pooling::max);
  EXPECT_EQ(with_max.forward(std::vector<float>{1, 2, 3}), (std::vector<float>{0, 1, 3}));
}

TEST(EquivariantLayer, BadSizesAreRefused) {
  const nn::Dense lambda({2, 2, Activation::none}, std::vector<float>(4), std::vector<float>(2));
  EXPECT_THROW(EquivariantLayer(lambda, std::vector<float>(3), Pooling::sum), InvalidArgument);
  const EquivariantLayer layer(lambda, std::vector<float>(4), Pooling::sum);
  EXPECT_THROW(layer.forward(std::vector<float>{}), InvalidArgument);
  EXPECT_THROW(layer.forward(std::vector<float>(3)), InvalidArgument);
}

// A random graph of n points with 4 weighted neighbours each.
struct Graph {
  std::vector<std::uint32_t> neighbors;
  std::vector<float> weights;
  NeighborSets sets() const { return {neighbors.data(), weights.data(), 4, 0.5F}; }
};

Graph random_graph(std::size_t n, Random& random) {
  Graph graph;
  for (std::size_t i = 0; i < 4 * n; ++i) {
    graph.neighbors.push_back(static_cast<std::uint32_t>(random.below(n)));
    graph.weights.push_back(static_cast<float>(random.uniform()));
  }
  return graph;
}

std::vector<float> forward(const GraphLayer& layer, const Graph& graph, const std::vector<float>& x,
                           std::size_t n) {
  std::vector<float> scratch(layer.scratch_size(n));
  std::vector<float> y(n * layer.padded_width());
  layer.forward(graph.sets(), x.data(), layer.dense().bias().data(), 0, n, scratch, y.data());
  return y;
}

TEST(GraphLayer, RelabellingGraphAndPointsRelabelsTheResult) {  // f(P A P^T, P x) = P f(A, x)
  Random random(5);
  const std::size_t n = 25;
  const GraphLayer layer(16, Activation::relu, laws::normals(256, random),
                         laws::normals(256, random), laws::normals(16, random));
  const Graph graph = random_graph(n, random);
  const std::vector<float> x = laws::normals(n * 16, random);
  const std::vector<std::size_t> order = laws::random_permutation(n, random);
  std::vector<std::uint32_t> new_name(n);
  for (std::size_t i = 0; i < n; ++i) new_name[order[i]] = static_cast<std::uint32_t>(i);
  Graph relabelled;
  for (const std::size_t old : order)
    for (std::size_t j = 0; j < 4; ++j) {
      relabelled.neighbors.push_back(new_name[graph.neighbors[4 * old + j]]);
      relabelled.weights.push_back(graph.weights[4 * old + j]);
    }
  EXPECT_EQ(forward(layer, relabelled, permute_rows(x, 16, order), n),
            permute_rows(forward(layer, graph, x, n), 16, order));
}

TEST(GraphLayer, EqualsItsFormula) {
  Random random(6);
  const std::size_t n = 10;
  const std::vector<float> own = laws::normals(16 * 16, random);
  const std::vector<float> others = laws::normals(16 * 16, random);
  const std::vector<float> bias = laws::normals(16, random);
  const GraphLayer layer(16, Activation::relu, own, others, bias);
  const Graph graph = random_graph(n, random);
  const std::vector<float> x = laws::normals(n * 16, random);
  const std::vector<float> y = forward(layer, graph, x, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t o = 0; o < 16; ++o) {
      double sum = bias[o];
      double total = 0.5;
      for (std::size_t j = 0; j < 4; ++j) total += graph.weights[4 * i + j];
      for (std::size_t c = 0; c < 16; ++c) {
        double average = 0.5 * x[i * 16 + c];
        for (std::size_t j = 0; j < 4; ++j)
          average += graph.weights[4 * i + j] * x[graph.neighbors[4 * i + j] * 16 + c];
        sum += own[o * 16 + c] * x[i * 16 + c] + others[o * 16 + c] * average / total;
      }
      EXPECT_NEAR(y[i * 16 + o], x[i * 16 + o] + std::max(sum, 0.0), 20 * kSumTolerance);
    }
}

}  // namespace
}  // namespace equicloud::sets
