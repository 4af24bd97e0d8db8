// SPDX-License-Identifier: BSD-3-Clause
#include <train/shape_networks.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr double kLeastKept = 0.6;  // of the neighbours, in training
constexpr double kDropout = 0.4, kLastDropout = 0.2;

Tensor rows(const Tensor& x) { return x.reshape({-1, x.size(-1)}); }

Tensor inverse_deviation(const Tensor& x) { return 1.0 / (x.std(0, /*unbiased=*/false) + 1e-4); }

/// x W^T for weights [out, in]; x [rows, in].
Tensor times(const Tensor& x, const Tensor& weight) { return x.mm(weight.t()); }

}  // namespace

ShapeScales scales_of(const ShapeBatch& shapes) {
  ShapeScales scales;
  scales.point = inverse_deviation(rows(shapes.point));
  for (std::size_t i = 0; i < shapes.level.size(); ++i) {
    scales.pairs[i] = inverse_deviation(rows(shapes.level[i].pairs));
  }
  const Tensor power = shapes.spherical.square().mean(0);  // [28, 64]
  std::vector<Tensor> degrees;
  for (std::int64_t l = 0; l * l < power.size(1); ++l) {
    degrees.push_back(power.slice(1, l * l, (l + 1) * (l + 1)).mean(1, true));
  }
  const Tensor rms = torch::cat(degrees, 1).sqrt();
  scales.spherical = torch::where(rms > 1e-9, 1.0 / rms.clamp_min(1e-9), torch::zeros_like(rms));
  return scales;
}

NormImpl::NormImpl(std::int64_t channels) {
  gamma = register_parameter("gamma", torch::ones({channels}));
  beta = register_parameter("beta", torch::zeros({channels}));
  mean = register_buffer("mean", torch::zeros({channels}));
  variance = register_buffer("variance", torch::ones({channels}));
}

Tensor NormImpl::forward(const Tensor& x) {
  return torch::batch_norm(x, gamma, beta, mean, variance, is_training(), /*momentum=*/0.1,
                           kEpsilon, /*cudnn_enabled=*/true);
}

Tensor SetNetworkImpl::weight(const std::string& name, std::int64_t out, std::int64_t in) {
  const double bound = std::sqrt(3.0 / static_cast<double>(in));
  return register_parameter(name, torch::empty({out, in}).uniform_(-bound, bound));
}

SetNetworkImpl::SetNetworkImpl(const SetNetworkSizes& sizes, std::int64_t classes,
                               const ShapeScales& scales) {
  point_scale = register_buffer("point_scale", scales.point.clone());
  std::int64_t in = scales.point.size(0);
  for (std::size_t i = 0; i < level.size(); ++i) {
    const std::string name = "level" + std::to_string(i + 1) + "_";
    const auto [pair, edge, out] = sizes.level[i];
    pair_scale[i] = register_buffer(name + "scale", scales.pairs[i].clone());
    Level& l = level[i];
    l.pair = weight(name + "pair", pair, scales.pairs[i].size(0));
    l.source = weight(name + "source", pair, in);
    l.edge = weight(name + "edge", edge, pair);
    l.out = weight(name + "out", out, edge + in);
    l.pair_norm = register_module(name + "pair_norm", Norm(pair));
    l.edge_norm = register_module(name + "edge_norm", Norm(edge));
    l.out_norm = register_module(name + "out_norm", Norm(out));
    in = out;
  }
  mix_own = weight("mix_own", in, in);
  mix_max = weight("mix_max", in, in);
  mix_norm = register_module("mix_norm", Norm(in));
  token = weight("token", sizes.token, in);
  token_norm = register_module("token_norm", Norm(sizes.token));
  head0 = weight("head0", sizes.hidden, 2 * sizes.token);
  norm0 = register_module("norm0", Norm(sizes.hidden));
  head1 = weight("head1", sizes.embedding, sizes.hidden);
  norm1 = register_module("norm1", Norm(sizes.embedding));
  last = register_module("last", torch::nn::Linear(sizes.embedding, classes));
}

Tensor SetNetworkImpl::forward_level(std::size_t i, const Tensor& source,
                                     const ShapeBatch::Level& features) {
  Level& l = level[i];
  Tensor pairs = features.pairs, neighbors = features.neighbors;
  if (is_training()) {  // a random part of each neighbour set, the same places for all centres
    const std::int64_t k = pairs.size(2);
    const double share = kLeastKept + (1.0 - kLeastKept) * torch::rand({1}).item<double>();
    const auto kept = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(k)));
    const Tensor places = torch::randperm(k, torch::kInt64).slice(0, 0, kept).to(pairs.device());
    pairs = pairs.index_select(2, places);
    neighbors = neighbors.index_select(2, places);
  }
  const std::int64_t batch = pairs.size(0), centres = pairs.size(1), k = pairs.size(2);
  const std::int64_t sources = source.size(1);
  const Tensor offsets =
      torch::arange(batch, neighbors.options()).mul_(sources).view({batch, 1, 1});
  const Tensor projected = times(rows(source), l.source);
  const Tensor gathered = projected.index_select(0, (neighbors + offsets).reshape({-1}));
  Tensor h =
      torch::relu(l.pair_norm->forward(times(rows(pairs), l.pair * pair_scale[i]) + gathered));
  h = torch::relu(l.edge_norm->forward(times(h, l.edge)));
  const Tensor pooled = h.view({batch, centres, k, h.size(1)}).amax(2);
  const Tensor joined = torch::cat({pooled, source.slice(1, 0, centres)}, 2);
  return torch::relu(l.out_norm->forward(times(rows(joined), l.out)))
      .view({batch, centres, l.out.size(0)});
}

SetNetworkImpl::Output SetNetworkImpl::forward(const ShapeBatch& batch) {
  Tensor x = batch.point * point_scale;
  for (std::size_t i = 0; i < level.size(); ++i) x = forward_level(i, x, batch.level[i]);
  const std::int64_t shapes = x.size(0), centres = x.size(1);
  const Tensor whole = times(x.amax(1), mix_max).unsqueeze(1);
  x = times(rows(x), mix_own).view({shapes, centres, -1}) + whole;
  x = torch::relu(mix_norm->forward(rows(x)));
  x = torch::relu(token_norm->forward(times(x, token))).view({shapes, centres, -1});
  Tensor v = torch::cat({x.amax(1), x.mean(1)}, 1);
  v = torch::dropout(v, kDropout, is_training());
  v = torch::relu(norm0->forward(times(v, head0)));
  v = torch::dropout(v, kDropout, is_training());
  const Tensor embedding = torch::relu(norm1->forward(times(v, head1)));
  const Tensor kept = torch::dropout(embedding, kLastDropout, is_training());
  return {last->forward(kept), embedding};
}

}  // namespace equicloud::train
