// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/grid.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/real_representation.h>
#include <train/shape_networks.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr int kBandwidth = 8, kInnerBandwidth = 4;
constexpr double kEnergyFloor = 1e-3;
constexpr double kDropout = 0.3;

Tensor degree_block(const Tensor& f, int l) {
  return f.slice(-1, static_cast<std::int64_t>(so3::block_offset(l)),
                 static_cast<std::int64_t>(so3::block_offset(l + 1)));
}

/// [coefficients, samples]: Delta^l_mn, times 2l+1 if asked.
Tensor wigner_samples(int bandwidth, const so3::Grid& grid, bool with_dimension) {
  const auto coefficients = static_cast<std::int64_t>(so3::coefficient_count(bandwidth));
  const auto samples = static_cast<std::int64_t>(grid.samples());
  Tensor table = torch::empty({samples, coefficients}, torch::kFloat64);
  auto* row = table.data_ptr<double>();
  for (std::size_t plane = 0; plane < grid.planes(); ++plane) {
    for (int i = 0; i < grid.columns; ++i) {
      for (int k = 0; k < grid.columns; ++k, row += coefficients) {
        const std::vector<double> blocks =
            so3::real_wigner_D_blocks(bandwidth, grid.rotation(plane, i, k));
        std::copy(blocks.begin(), blocks.end(), row);
      }
    }
  }
  if (with_dimension) {
    for (int l = 0; l < bandwidth; ++l) degree_block(table, l).mul_(2.0 * l + 1.0);
  }
  return table.t().contiguous();
}

Tensor sample_weights(const so3::Grid& grid) {
  Tensor weights = torch::empty({static_cast<std::int64_t>(grid.samples())}, torch::kFloat64);
  auto* out = weights.data_ptr<double>();
  for (std::size_t plane = 0; plane < grid.planes(); ++plane) {
    for (std::size_t i = 0; i < grid.plane_size(); ++i) *out++ = grid.sample_weight(plane);
  }
  return weights;
}

}  // namespace

SphericalTables spherical_tables() {
  // x + x^2/2 has degrees to 14, and is analysed to degree 3: nine rings and 18 columns are exact.
  const so3::Grid fine = so3::gauss_legendre(9, 18);
  const so3::Grid pooling = so3::gauss_legendre(8, 16);
  const auto as_float = [](const Tensor& t) { return t.to(torch::kFloat32).contiguous(); };
  return {as_float(wigner_samples(kBandwidth, fine, true)),
          as_float((wigner_samples(kInnerBandwidth, fine, false) * sample_weights(fine)).t()),
          as_float(wigner_samples(kInnerBandwidth, pooling, true)),
          as_float(sample_weights(pooling))};
}

Tensor energy_per_degree(const Tensor& f, int bandwidth) {
  std::vector<Tensor> energies;
  for (int l = 0; l < bandwidth; ++l) {
    energies.push_back((2.0 * l + 1.0) * degree_block(f, l).square().sum(-1, true));
  }
  return torch::cat(energies, -1);
}

SphericalNetworkImpl::SphericalNetworkImpl(std::int64_t c1, std::int64_t c2, std::int64_t classes,
                                           const ShapeScales& scales)
    : tables_(spherical_tables()) {
  tables_.synthesis = register_buffer("synthesis", tables_.synthesis);
  tables_.analysis = register_buffer("analysis", tables_.analysis);
  tables_.pool = register_buffer("pool", tables_.pool);
  tables_.pool_weights = register_buffer("pool_weights", tables_.pool_weights);
  input_scale = register_buffer("input_scale", scales.spherical.clone());
  const std::int64_t channels = scales.spherical.size(0);
  s2_filter = register_parameter(
      "s2_filter", torch::randn({c1, channels, kBandwidth * kBandwidth}) /
                       std::sqrt(static_cast<double>(channels * kBandwidth * kBandwidth)));
  so3_filter = register_parameter(
      "so3_filter",
      torch::randn({c2, c1, static_cast<std::int64_t>(so3::coefficient_count(kInnerBandwidth))}) /
          std::sqrt(static_cast<double>(c1) * 16.0));
  norm1 = register_module("norm1", Norm(c1));
  norm2 = register_module("norm2", Norm(c2));
  const std::int64_t invariants = c1 + c1 * kBandwidth + c2 * kInnerBandwidth + 2 * c2;
  input_norm = register_module("input_norm", Norm(invariants));
  head0 = register_module("head0", torch::nn::Linear(invariants, 128));
  last = register_module("last", torch::nn::Linear(128, classes));
}

Tensor SphericalNetworkImpl::normalised(Norm& norm, const Tensor& f, int bandwidth) {
  const Tensor constant = f.select(-1, 0);  // the mean over SO(3)
  Tensor mean = norm->mean, variance = norm->variance;
  if (is_training()) {
    mean = constant.mean(0);
    variance = energy_per_degree(f, bandwidth).sum(-1).mean(0) - mean.square();
    const torch::NoGradGuard no_gradient;
    norm->mean.lerp_(mean.detach(), 0.1);
    norm->variance.lerp_(variance.detach(), 0.1);
  }
  const Tensor scale = norm->gamma / (variance + NormImpl::kEpsilon).sqrt();
  const Tensor shift = norm->beta - mean * scale;
  const Tensor scaled = f * scale.view({1, -1, 1});
  return torch::cat({scaled.slice(-1, 0, 1) + shift.view({1, -1, 1}), scaled.slice(-1, 1)}, -1);
}

SetNetworkImpl::Output SphericalNetworkImpl::forward(const ShapeBatch& batch) {
  const std::int64_t shapes = batch.spherical.size(0), channels = batch.spherical.size(1);
  const std::int64_t c1 = s2_filter.size(0), c2 = so3_filter.size(0);

  std::vector<Tensor> degrees;
  for (std::int64_t l = 0; l < kBandwidth; ++l) {
    const std::int64_t width = 2 * l + 1;
    const Tensor x = batch.spherical.slice(2, l * l, (l + 1) * (l + 1)) *
                     input_scale.select(1, l).view({1, channels, 1});
    const Tensor psi = s2_filter.slice(2, l * l, (l + 1) * (l + 1));
    // f^l_m psi^l_n summed over channels: [B m, k] [k, o n]
    const Tensor product = x.permute({0, 2, 1})
                               .reshape({shapes * width, channels})
                               .mm(psi.permute({1, 0, 2}).reshape({channels, c1 * width}));
    degrees.push_back(product.view({shapes, width, c1, width})
                          .permute({0, 2, 1, 3})
                          .reshape({shapes, c1, width * width}));
  }
  const Tensor f = normalised(norm1, torch::cat(degrees, 2), kBandwidth);
  const Tensor g = f.matmul(tables_.synthesis);
  const Tensor h = (g + 0.5 * g.square()).matmul(tables_.analysis);

  degrees.clear();
  for (int l = 0; l < kInnerBandwidth; ++l) {
    const std::int64_t width = 2 * l + 1;
    const Tensor x = degree_block(h, l).view({shapes, c1, width, width});         // [B, k, m, p]
    const Tensor psi = degree_block(so3_filter, l).view({c2, c1, width, width});  // [o, k, n, p]
    const Tensor product = x.permute({0, 2, 1, 3})
                               .reshape({shapes * width, c1 * width})
                               .mm(psi.permute({1, 3, 0, 2}).reshape({c1 * width, c2 * width}));
    degrees.push_back(product.view({shapes, width, c2, width})
                          .permute({0, 2, 1, 3})
                          .reshape({shapes, c2, width * width}));
  }
  const Tensor f2 = normalised(norm2, torch::cat(degrees, 2), kInnerBandwidth);
  const Tensor positive = torch::relu(f2.matmul(tables_.pool));

  Tensor v = torch::cat(
      {h.select(-1, 0), (kEnergyFloor + energy_per_degree(f, kBandwidth)).log().flatten(1),
       (kEnergyFloor + energy_per_degree(f2, kInnerBandwidth)).log().flatten(1),
       positive.matmul(tables_.pool_weights), positive.square().matmul(tables_.pool_weights)},
      1);
  v = torch::dropout(input_norm->forward(v), kDropout, is_training());
  const Tensor embedding = torch::relu(head0->forward(v));
  const Tensor kept = torch::dropout(embedding, kDropout, is_training());
  return {last->forward(kept), embedding};
}

}  // namespace equicloud::train
