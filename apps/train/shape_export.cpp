// SPDX-License-Identifier: BSD-3-Clause
#include <train/shape_export.h>

#include <string>

namespace equicloud::train {
namespace {

using torch::Tensor;

Tensor scale_of(const NormImpl& norm) {
  return norm.gamma / (norm.variance + NormImpl::kEpsilon).sqrt();
}

Tensor shift_of(const NormImpl& norm) { return norm.beta - norm.mean * scale_of(norm); }

/// A layer without bias, followed by a normalisation, as one layer.
void add_folded(nn::WeightsFile& file, const std::string& name, const Tensor& weight,
                const NormImpl& norm) {
  add_tensor(file, name + ".weight", weight * scale_of(norm).unsqueeze(1));
  add_tensor(file, name + ".bias", shift_of(norm));
}

void add_linear(nn::WeightsFile& file, const std::string& name, const torch::nn::Linear& layer) {
  add_tensor(file, name + ".weight", layer->weight);
  add_tensor(file, name + ".bias", layer->bias);
}

void add_set(nn::WeightsFile& file, const SetNetworkImpl& net) {
  Tensor source_scale = net.point_scale;
  for (std::size_t i = 0; i < net.level.size(); ++i) {
    const SetNetworkImpl::Level& l = net.level[i];
    const std::string name = "set.l" + std::to_string(i + 1);
    add_folded(file, name + ".pair", l.pair * net.pair_scale[i], *l.pair_norm);
    Tensor source = l.source, out = l.out;
    if (i == 0) {  // the points' own numbers are scaled on their way in
      source = source * source_scale;
      const std::int64_t edge = l.edge.size(0);
      out = torch::cat({out.slice(1, 0, edge), out.slice(1, edge) * source_scale}, 1);
    }
    add_tensor(file, name + ".source.weight", source * scale_of(*l.pair_norm).unsqueeze(1));
    add_folded(file, name + ".edge", l.edge, *l.edge_norm);
    add_folded(file, name + ".out", out, *l.out_norm);
  }
  add_folded(file, "set.mix.own", net.mix_own, *net.mix_norm);
  add_tensor(file, "set.mix.max.weight", net.mix_max * scale_of(*net.mix_norm).unsqueeze(1));
  add_folded(file, "set.token", net.token, *net.token_norm);
  add_folded(file, "set.head.0", net.head0, *net.norm0);
  add_folded(file, "set.head.1", net.head1, *net.norm1);
  add_linear(file, "set.head.2", net.last);
}

void add_spherical(nn::WeightsFile& file, const SphericalNetworkImpl& net) {
  std::vector<Tensor> degrees;
  for (std::int64_t l = 0; l < net.input_scale.size(1); ++l) {
    degrees.push_back(net.s2_filter.slice(2, l * l, (l + 1) * (l + 1)) *
                      net.input_scale.select(1, l).view({1, -1, 1}));
  }
  add_tensor(file, "spherical.s2.filter",
             torch::cat(degrees, 2) * scale_of(*net.norm1).view({-1, 1, 1}));
  add_tensor(file, "spherical.s2.bias", shift_of(*net.norm1));
  add_tensor(file, "spherical.so3.filter", net.so3_filter * scale_of(*net.norm2).view({-1, 1, 1}));
  add_tensor(file, "spherical.so3.bias", shift_of(*net.norm2));
  const Tensor weight = net.head0->weight;
  add_tensor(file, "spherical.head.0.weight", weight * scale_of(*net.input_norm));
  add_tensor(file, "spherical.head.0.bias", net.head0->bias + weight.mv(shift_of(*net.input_norm)));
  add_linear(file, "spherical.head.1", net.last);
}

}  // namespace

void add_tensor(nn::WeightsFile& file, const std::string& name, const Tensor& tensor) {
  const Tensor plain = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  nn::Tensor& entry = file.tensors[name];
  entry.shape.assign(plain.sizes().begin(), plain.sizes().end());
  entry.values.assign(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
}

nn::WeightsFile folded(const SetNetworkImpl& set, const SphericalNetworkImpl& spherical) {
  const torch::NoGradGuard no_gradient;
  nn::WeightsFile file;
  add_set(file, set);
  add_spherical(file, spherical);
  return file;
}

}  // namespace equicloud::train
