// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/graph_average.h>
#include <train/network.h>

#include <algorithm>
#include <cmath>

namespace equicloud::train {
namespace {

using outlier::Activation;
using outlier::kPointFeatures;
using outlier::kSetFeatures;
using outlier::kSetSize;
using outlier::LayerSpec;
using outlier::Pooling;
using torch::Tensor;

Tensor to_tensor(const std::vector<float>& values, at::IntArrayRef shape) {
  return torch::from_blob(const_cast<float*>(values.data()), shape, torch::kFloat32).clone();
}

Tensor activated(Tensor x, Activation activation) {
  return activation == Activation::relu ? torch::relu(std::move(x)) : x;
}

/// @param a  [n, 15, width] >= 0
Tensor pooled(Pooling pooling, const Tensor& a, const Batch& batch) {
  const Tensor w = batch.weights.unsqueeze(2);
  switch (pooling) {
    case Pooling::mean:
      return (a * batch.shares.unsqueeze(2)).sum(1);
    case Pooling::max:
      return std::get<0>((a * w).max(1));
    case Pooling::sum:
      return (a * w).sum(1);
    case Pooling::pnorm:
      // The root's slope is infinite at 0, where the true value is 0 too.
      return (a.pow(3) * w).sum(1).clamp_min(1e-12).pow(1.0 / 3.0);
  }
  return {};
}

/// Mean and 1 / deviation of a row-major table's columns, summed in double.
void column_statistics(const std::vector<const std::vector<float>*>& tables, std::size_t channels,
                       std::vector<float>& mean, std::vector<float>& scale) {
  std::vector<double> sum(channels, 0.0), squares(channels, 0.0);
  double rows = 0.0;
  for (const std::vector<float>* table : tables) {
    for (std::size_t i = 0; i < table->size(); ++i) {
      const double v = (*table)[i];
      sum[i % channels] += v;
      squares[i % channels] += v * v;
    }
    rows += static_cast<double>(table->size() / channels);
  }
  if (rows == 0.0) throw InvalidArgument("no features to take the standardisation from");
  for (std::size_t c = 0; c < channels; ++c) {
    const double average = sum[c] / rows;
    const double variance = std::max(0.0, squares[c] / rows - average * average);
    mean.push_back(static_cast<float>(average));
    scale.push_back(static_cast<float>(1.0 / (std::sqrt(variance) + 1e-3)));
  }
}

}  // namespace

Batch make_batch(const outlier::Features& features, torch::Device device) {
  const auto n = static_cast<std::int64_t>(features.points);
  Batch batch;
  batch.point = to_tensor(features.point_features, {n, kPointFeatures}).to(device);
  batch.set = to_tensor(features.set_features, {n * kSetSize, kSetFeatures}).to(device);
  batch.weights = to_tensor(features.set_weights, {n, kSetSize}).to(device);
  const Tensor inverse = 1.0 / (0.5 + batch.weights.sum(1, /*keepdim=*/true));
  batch.shares = batch.weights * inverse;
  batch.own_share = 0.5 * inverse;
  batch.neighbors = torch::empty({n, kSetSize}, torch::kInt64);
  std::copy(features.neighbors.begin(), features.neighbors.end(),
            batch.neighbors.data_ptr<std::int64_t>());
  batch.neighbors = batch.neighbors.to(device);
  return batch;
}

Standardisation standardisation_of(const std::vector<outlier::Features>& clouds) {
  std::vector<const std::vector<float>*> point, set;
  for (const outlier::Features& cloud : clouds) {
    point.push_back(&cloud.point_features);
    set.push_back(&cloud.set_features);
  }
  Standardisation s;
  column_statistics(point, kPointFeatures, s.point_mean, s.point_scale);
  column_statistics(set, kSetFeatures, s.set_mean, s.set_scale);
  return s;
}

NetworkImpl::NetworkImpl(const std::string& layers, const Standardisation& standardisation)
    : layers_text_(layers),
      layers_(outlier::parse_layers(layers)),
      standardisation_(standardisation) {
  point_mean_ =
      register_buffer("point_mean", to_tensor(standardisation.point_mean, {kPointFeatures}));
  point_scale_ =
      register_buffer("point_scale", to_tensor(standardisation.point_scale, {kPointFeatures}));
  set_mean_ = register_buffer("set_mean", to_tensor(standardisation.set_mean, {kSetFeatures}));
  set_scale_ = register_buffer("set_scale", to_tensor(standardisation.set_scale, {kSetFeatures}));
  for (const LayerSpec& spec : layers_) add_layer(spec);
}

void NetworkImpl::add_weights(const std::string& name, std::vector<std::int64_t> shape,
                              int inputs) {
  // Uniform in +-1/sqrt(inputs), as torch::nn::Linear starts. Torch's own names must not hold dots.
  std::string registered = name;
  std::replace(registered.begin(), registered.end(), '.', '/');
  const double bound = 1.0 / std::sqrt(inputs);
  weights_.emplace_back(
      name, register_parameter(registered, torch::empty(shape).uniform_(-bound, bound)));
}

void NetworkImpl::add_layer(const LayerSpec& spec) {
  const std::string& name = spec.name;
  for (std::size_t i = 0; i < spec.phi.size(); ++i) {
    const auto [in, out, activation] = spec.phi[i];
    const std::string part = name + "." + std::to_string(i);
    add_weights(part + ".weight", {out, in}, in);
    add_weights(part + ".bias", {out}, in);
  }
  if (spec.type == LayerSpec::Type::set_pool) return;
  const auto [in, out, activation] = spec.shape;
  if (spec.type == LayerSpec::Type::dense) {
    add_weights(name + ".weight", {out, in}, in);
  } else {
    add_weights(name + ".own", {out, in}, in);
    add_weights(name + ".neighbors", {out, in}, in);
  }
  add_weights(name + ".bias", {out}, in);
  if (spec.context > 0) add_weights(name + ".context", {out, spec.context}, spec.context);
}

Tensor NetworkImpl::get(const std::string& name) const {
  const auto found = std::find_if(weights_.begin(), weights_.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  return found->second;
}

Batch NetworkImpl::standardised(const Batch& batch) const {
  const double clip = standardisation_.clip;
  Batch ready = batch;
  ready.point = ((batch.point - point_mean_) * point_scale_).clamp(-clip, clip);
  ready.set = ((batch.set - set_mean_) * set_scale_).clamp(-clip, clip);
  return ready;
}

Tensor NetworkImpl::set_pool(const LayerSpec& spec, const Tensor& x, const Batch& batch) const {
  Tensor a = batch.set;
  for (std::size_t i = 0; i < spec.phi.size(); ++i) {
    const std::string part = spec.name + "." + std::to_string(i);
    a = activated(torch::addmm(get(part + ".bias"), a, get(part + ".weight").t()),
                  spec.phi[i].activation);
  }
  a = a.view({x.size(0), kSetSize, a.size(1)});
  std::vector<Tensor> parts = {x};
  for (const Pooling pooling : spec.pooling) parts.push_back(pooled(pooling, a, batch));
  return torch::cat(parts, 1);
}

Tensor NetworkImpl::affine(const LayerSpec& spec, const Tensor& product,
                           const Tensor& context) const {
  Tensor constant = get(spec.name + ".bias");
  if (spec.context > 0) constant = constant + get(spec.name + ".context").mv(context);
  return activated(product + constant, spec.shape.activation);
}

Tensor NetworkImpl::forward(const Batch& batch) {
  const Tensor context = batch.point.mean(0);
  Tensor x = batch.point;
  for (const LayerSpec& spec : layers_) {
    if (spec.type == LayerSpec::Type::set_pool) {
      x = set_pool(spec, x, batch);
    } else if (spec.type == LayerSpec::Type::dense) {
      x = affine(spec, x.mm(get(spec.name + ".weight").t()), context);
    } else {
      const Tensor average = graph_average(x, batch.own_share, batch.shares, batch.neighbors);
      x = x +
          affine(spec,
                 x.mm(get(spec.name + ".own").t()) + average.mm(get(spec.name + ".neighbors").t()),
                 context);
    }
  }
  return x.squeeze(1);
}

nn::WeightsFile NetworkImpl::to_file() const {
  nn::WeightsFile file;
  const auto add = [&file](const std::string& name, const Tensor& tensor) {
    const Tensor plain = tensor.detach().to(torch::kCPU).contiguous();
    nn::Tensor& entry = file.tensors[name];
    entry.shape.assign(plain.sizes().begin(), plain.sizes().end());
    entry.values.assign(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
  };
  for (const auto& [name, tensor] : weights_) add(name, tensor);
  add("point.mean", point_mean_);
  add("point.scale", point_scale_);
  add("set.mean", set_mean_);
  add("set.scale", set_scale_);
  std::string clip = std::to_string(standardisation_.clip);
  file.metadata = {{"layers", layers_text_}, {"clip", clip}};
  return file;
}

void NetworkImpl::load(const nn::WeightsFile& file) {
  const torch::NoGradGuard no_gradient;
  for (auto& [name, tensor] : weights_) {
    const std::vector<std::size_t> shape(tensor.sizes().begin(), tensor.sizes().end());
    tensor.copy_(to_tensor(file.tensor(name, shape).values, tensor.sizes()));
  }
}

Network network_from_file(const nn::WeightsFile& file) {
  Standardisation s;
  s.point_mean = file.tensor("point.mean", {kPointFeatures}).values;
  s.point_scale = file.tensor("point.scale", {kPointFeatures}).values;
  s.set_mean = file.tensor("set.mean", {kSetFeatures}).values;
  s.set_scale = file.tensor("set.scale", {kSetFeatures}).values;
  s.clip = std::stof(file.meta("clip"));
  Network network(file.meta("layers"), s);
  network->load(file);
  return network;
}

}  // namespace equicloud::train
