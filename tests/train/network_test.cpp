// SPDX-License-Identifier: BSD-3-Clause
// libtorch's network and the library's agree, through the file that joins them.
#include <equicloud/base/error.h>
#include <equicloud/outlier/network.h>
#include <gtest/gtest.h>
#include <train/corrupt.h>
#include <train/examples.h>
#include <train/graph_average.h>
#include <train/network.h>

#include <cmath>

#include "train/surfaces.h"

namespace equicloud::train {
namespace {

// Sums of some hundred float products in another order; logits of random weights are below 10.
constexpr double kLogitTolerance = 1e-4, kProbabilityTolerance = 1e-5;

Example example_of(std::vector<float> clean) {
  Random random(9);
  const LabelledCloud cloud =
      corrupt(Surface(std::move(clean)),
              {0.2, 0.2, {OutlierKind::near, OutlierKind::cluster, OutlierKind::far}, 0.0}, random);
  Example example{outlier::compute_features(PointsView(cloud.xyz)), {}};
  example.labels = row_labels(example.features, cloud.outlier);
  return example;
}

std::vector<float> torch_logits(Network& network, const outlier::Features& features) {
  const torch::NoGradGuard no_gradient;
  const torch::Tensor z = network->forward(network->standardised(make_batch(features)));
  return {z.data_ptr<float>(), z.data_ptr<float>() + z.numel()};
}

void expect_agreement(const std::string& layers) {
  const outlier::Features features = example_of(sphere(2000, 1)).features;
  torch::manual_seed(3);
  Network network(layers, standardisation_of({features}));
  const nn::WeightsFile saved = network->to_file();
  const std::vector<unsigned char> bytes = nn::serialise_weights(saved);
  const nn::WeightsFile read = nn::parse_weights(bytes.data(), bytes.size(), "random");
  const outlier::Network core(read, outlier::parse_layers(read.meta("layers")));
  const std::vector<float> expected = core.logits(outlier::network_input(features));
  const std::vector<float> got = torch_logits(network, features);
  ASSERT_EQ(got.size(), expected.size());
  double spread = 0.0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(got[i], expected[i], kLogitTolerance);
    EXPECT_NEAR(1 / (1 + std::exp(-got[i])), 1 / (1 + std::exp(-expected[i])),
                kProbabilityTolerance);
    spread = std::max(spread, std::abs(double(got[i]) - got[0]));
  }
  EXPECT_GT(spread, 1e-2);  // not a constant that agrees by being one
}

TEST(TorchNetwork, DefaultArchitectureAgreesWithTheLibrary) {
  expect_agreement(outlier::default_layers());
}

TEST(TorchNetwork, EveryPoolingAndLayersWithoutContextAgree) {
  expect_agreement(
      R"([{"type":"set_pool","name":"p","layers":[{"in":9,"out":5,"activation":"relu"}],)"
      R"("pooling":["mean","max","sum","pnorm"]},)"
      R"({"type":"dense","name":"a","in":43,"out":7,"activation":"none"},)"
      R"({"type":"graph","name":"g","in":7,"out":7,"activation":"none"},)"
      R"({"type":"dense","name":"h","in":7,"out":1,"context":23}])");
}

TEST(TorchNetwork, FileAndBackIsTheSameNetwork) {
  const outlier::Features features = example_of(plate(500, 1)).features;
  torch::manual_seed(4);
  Network network(outlier::default_layers(), standardisation_of({features}));
  Network again = network_from_file(network->to_file());
  EXPECT_EQ(torch_logits(network, features), torch_logits(again, features));
}

TEST(TorchNetwork, TensorOfAnotherShapeIsRefused) {
  const outlier::Features features = example_of(plate(500, 1)).features;
  Network network(outlier::default_layers(), standardisation_of({features}));
  nn::WeightsFile file = network->to_file();
  file.tensors["head.weight"].shape = {1, 31};
  file.tensors["head.weight"].values.resize(31);
  EXPECT_THROW(network_from_file(file), FormatError);
  EXPECT_THROW(Network("[]", Standardisation()), FormatError);
}

TEST(TorchNetwork, GraphAverageHasTheGradientOfItsFormula) {
  const outlier::Features features = example_of(sphere(100, 1)).features;
  const Batch batch = make_batch(features);
  torch::manual_seed(5);
  const torch::Tensor x = torch::randn({batch.point.size(0), 3}).requires_grad_();
  const torch::Tensor y = torch::randn({batch.point.size(0), 3});
  const torch::Tensor gathered = x.index_select(0, batch.neighbors.flatten());
  const torch::Tensor plain =
      batch.own_share * x +
      (batch.shares.unsqueeze(2) * gathered.view({x.size(0), outlier::kSetSize, 3})).sum(1);
  const torch::Tensor ours = graph_average(x, batch.own_share, batch.shares, batch.neighbors);
  const torch::Tensor expected = torch::autograd::grad({(plain * y).sum()}, {x})[0];
  const torch::Tensor got = torch::autograd::grad({(ours * y).sum()}, {x})[0];
  EXPECT_LT((plain - ours).abs().max().item<float>(), 1e-5F);
  EXPECT_LT((expected - got).abs().max().item<float>(), 1e-5F);
}

}  // namespace
}  // namespace equicloud::train
