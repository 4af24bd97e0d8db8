// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/executor.h>
#include <equicloud/classify/spherical_network.h>
#include <gtest/gtest.h>

#include <cmath>

#include "classify/spherical_reference.h"
#include "classify/spherical_weights.h"

namespace equicloud::classify {
namespace {

using reference::Reals;

// Relative to the largest of the numbers compared: float's rounding through two correlations, a
// square and a logarithm. Trainer and library are to agree to this.
constexpr double kTolerance = 1e-5;

Reals widened(Span<const float> values) { return Reals(values.begin(), values.end()); }

double gap(const Reals& got, const Reals& expected) {
  double most = 0;
  double off = got.size() == expected.size() ? 0 : INFINITY;
  for (std::size_t i = 0; i < expected.size() && i < got.size(); ++i) {
    most = std::fmax(most, std::abs(expected[i]));
    off = std::fmax(off, std::abs(got[i] - expected[i]));
  }
  return off / most;
}

// Numbers [begin, end).
Reals part(const Reals& all, std::size_t begin, std::size_t end) {
  return Reals(all.begin() + static_cast<std::ptrdiff_t>(begin),
               all.begin() + static_cast<std::ptrdiff_t>(end));
}

struct Result {
  Reals invariants, embedding, logits;
};

Result run(const SphericalNetwork& network, const std::vector<float>& x,
           SphericalNetwork::Workspace& workspace) {
  const SphericalOutput out = network.forward(x, workspace);
  return {widened(out.invariants), widened(out.embedding), widened(out.logits)};
}
Result run(const SphericalNetwork& network, const std::vector<float>& x) {
  SphericalNetwork::Workspace workspace = network.workspace();
  return run(network, x, workspace);
}

std::string refusal(const nn::WeightsFile& file) {
  try {
    const SphericalNetwork network(file);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "none";
}

TEST(SphericalNetwork, EqualsItsFormulasInDouble) {
  const SphericalSizes n;
  const nn::WeightsFile file = random_spherical_weights(n, 1);
  const reference::Network slow{file};
  const std::vector<float> x = random_signals(2);
  const Result fast = run(SphericalNetwork(file), x);
  const Reals v = slow.invariants(x);
  ASSERT_EQ(fast.invariants.size(), v.size());
  // Means of H; powers; means of relu: each kind by itself, they differ in size.
  const std::size_t ends[] = {0, n.c1, v.size() - 2 * n.c2, v.size() - n.c2, v.size()};
  for (std::size_t kind = 0; kind < 4; ++kind)
    EXPECT_LE(
        gap(part(fast.invariants, ends[kind], ends[kind + 1]), part(v, ends[kind], ends[kind + 1])),
        kTolerance)
        << "invariants of kind " << kind;
  const Reals embedding = slow.dense("head.0", v, true);
  EXPECT_LE(gap(fast.embedding, embedding), kTolerance);
  EXPECT_LE(gap(fast.logits, slow.dense("head.1", embedding, false)), kTolerance);
}

TEST(SphericalNetwork, InvariantsOfPolynomialsDoNotTurn) {
  const SphericalSizes n{40, 48, 128, 41};
  const SphericalNetwork network(random_spherical_weights(n, 3));
  const std::vector<float> x = random_signals(4);
  const std::size_t exact = n.invariants() - 2 * n.c2;
  const Reals before = part(run(network, x).invariants, 0, exact);
  Random random(5);
  for (int turn = 0; turn < 5; ++turn) {
    const Result turned = run(network, turned_signals(x, so3::random_rotation(random)));
    EXPECT_LE(gap(part(turned.invariants, 0, exact), before), kTolerance);
  }
}

// relu is no polynomial: on 2048 rotations the means of relu(G) move by up to 3e-3 of the largest
// mean, those of its square by up to 1.3e-3 (5 networks, 3 turns each). ReluMeans,
// ConvergeWithTheGrid says that it is the grid.
TEST(SphericalNetwork, MeansOfReluTurnByTheirQuadratureAlone) {
  constexpr double kQuadrature = 1e-2;
  const SphericalSizes n{40, 48, 128, 41};
  const SphericalNetwork network(random_spherical_weights(n, 6));
  const std::vector<float> x = random_signals(7);
  const Reals before = run(network, x).invariants;
  Random random(8);
  for (int turn = 0; turn < 5; ++turn) {
    const Reals after = run(network, turned_signals(x, so3::random_rotation(random))).invariants;
    for (const std::size_t kind : {2, 1}) {
      const std::size_t first = before.size() - kind * n.c2;
      EXPECT_LE(gap(part(after, first, first + n.c2), part(before, first, first + n.c2)),
                kQuadrature);
    }
  }
}

// Without what the means of relu add, which the test before bounds.
TEST(SphericalNetwork, LogitsDoNotTurn) {
  constexpr double kInvariance = 1e-4;
  const SphericalSizes n{40, 48, 128, 41};
  nn::WeightsFile file = random_spherical_weights(n, 9);
  std::vector<float>& weight = file.tensors["spherical.head.0.weight"].values;
  for (std::size_t i = 0; i < weight.size(); ++i)
    if (i % n.invariants() >= n.invariants() - 2 * n.c2) weight[i] = 0.0F;
  const SphericalNetwork network(file);
  const std::vector<float> x = random_signals(10);
  const Result before = run(network, x);
  Random random(11);
  for (int turn = 0; turn < 5; ++turn) {
    const Result after = run(network, turned_signals(x, so3::random_rotation(random)));
    EXPECT_LE(gap(after.embedding, before.embedding), kInvariance);
    EXPECT_LE(gap(after.logits, before.logits), kInvariance);
  }
}

TEST(SphericalNetwork, TellsSignalsApart) {
  const SphericalNetwork network(random_spherical_weights({}, 12));
  EXPECT_GT(gap(run(network, random_signals(13)).logits, run(network, random_signals(14)).logits),
            0.01);
}

TEST(SphericalNetwork, GivesTheSameBitsInEveryCallAndThread) {
  const SphericalNetwork network(random_spherical_weights({}, 15));
  const ThreadPool pool(3);
  std::vector<Reals> alone(6);
  std::vector<Reals> together(6);
  SphericalNetwork::Workspace workspace = network.workspace();
  for (std::size_t i = 0; i < alone.size(); ++i)
    alone[i] = run(network, random_signals(20 + i), workspace).logits;
  pool.run(alone.size(),
           [&](std::size_t i) { together[i] = run(network, random_signals(20 + i)).logits; });
  EXPECT_EQ(together, alone);
}

TEST(SphericalNetwork, ReadsItsSizesFromTheTensors) {
  const SphericalSizes n{1, 2, 3, 4};
  const SphericalNetwork network(random_spherical_weights(n, 16));
  EXPECT_EQ(network.classes(), n.classes);
  EXPECT_EQ(network.embedding_size(), n.hidden);
  const Result result = run(network, random_signals(17));
  EXPECT_EQ(result.invariants.size(), n.invariants());
  EXPECT_EQ(result.embedding.size(), n.hidden);
  EXPECT_EQ(result.logits.size(), n.classes);
}

TEST(SphericalNetwork, RefusesTensorsThatDoNotFit) {
  const nn::WeightsFile whole = random_spherical_weights({}, 18);
  for (const auto& [name, tensor] : whole.tensors) {
    nn::WeightsFile file = whole;
    file.tensors.erase(name);
    EXPECT_NE(refusal(file).find(name), std::string::npos) << name << " missing";
    file.tensors[name] = {{2, 2, 2, 2}, std::vector<float>(16)};
    EXPECT_NE(refusal(file).find(name), std::string::npos) << name << " of four sides";
    file.tensors[name] = {{0}, {}};
    EXPECT_NE(refusal(file).find(name), std::string::npos) << name << " empty";
    file.tensors[name] = tensor;
    std::vector<std::size_t>& shape = file.tensors[name].shape;
    shape.back() += 1;
    file.tensors[name].values.resize(tensor.values.size() / tensor.shape.back() * shape.back());
    EXPECT_NE(refusal(file), "none") << name << " with one more";
  }
}

TEST(SphericalNetwork, RefusesFeaturesOfAnotherSize) {
  const SphericalNetwork network(random_spherical_weights({}, 19));
  SphericalNetwork::Workspace workspace = network.workspace();
  EXPECT_THROW(network.forward(std::vector<float>(28 * 63), workspace), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::classify
