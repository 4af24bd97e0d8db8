// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/refusal.h>

#include <cmath>
#include <string>
#include <vector>

namespace equicloud::classify {
namespace {

nn::Mlp load(const nn::WeightsFile& file, std::size_t embedding_size) {
  nn::Dense hidden = nn::load_dense(file, "refusal.0", nn::Activation::relu);
  if (static_cast<std::size_t>(hidden.in()) != embedding_size)
    throw FormatError("refusal.0 takes " + std::to_string(hidden.in()) +
                      " numbers, the embedding has " + std::to_string(embedding_size));
  const nn::DenseSpec last = {hidden.out(), 1, nn::Activation::none};
  std::vector<nn::Dense> layers;
  layers.push_back(std::move(hidden));
  layers.push_back(nn::load_dense(file, "refusal.1", last));
  return nn::Mlp(std::move(layers));
}

}  // namespace

Refusal::Refusal(const nn::WeightsFile& file, std::size_t embedding_size)
    : network_(load(file, embedding_size)) {}

float Refusal::known(Span<const float> embedding) const {
  if (embedding.size() != static_cast<std::size_t>(network_.in()))
    throw InvalidArgument("Refusal: got an embedding of " + std::to_string(embedding.size()) +
                          " numbers, expected " + std::to_string(network_.in()));
  std::vector<float> scratch(network_.scratch_size(1));
  const float logit = *network_.forward(embedding.data(), embedding.size(), 1, scratch);
  return static_cast<float>(1.0 / (1.0 + std::exp(-static_cast<double>(logit))));
}

}  // namespace equicloud::classify
