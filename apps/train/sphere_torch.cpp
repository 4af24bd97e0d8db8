// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/grid.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/wigner_d.h>
#include <train/sphere_torch.h>

#include <algorithm>
#include <cmath>
#include <complex>

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr double kVarianceFloor = 1e-5;
constexpr double kMomentum = 0.1;  // of running averages
constexpr double kDropout = 0.2;

// Order n at place i of 0 .. b-1, -(b-1) .. -1.
int order_at(int i, int b) { return i < b ? i : i - (2 * b - 1); }

/// d^l_mn(beta_j) as [m, n, l, beta] for l, |m|, |n| < b, orders as everywhere here.
Tensor wigner_table(const so3::Grid& grid, int b) {
  const auto planes = static_cast<std::int64_t>(grid.planes());
  Tensor table = torch::zeros({b, 2 * b - 1, b, planes}, torch::kFloat64);
  const so3::WignerRecurrence recurrence(grid.beta);
  for (int m = 0; m < b; ++m)
    for (int i = 0; i < 2 * b - 1; ++i) {
      const int n = order_at(i, b), first = std::max(m, std::abs(n));
      recurrence.fill(m, n, b,
                      table.data_ptr<double>() + (((m * (2 * b - 1)) + i) * b + first) * planes);
    }
  return table.flatten(0, 1);
}

Tensor complex_tensor(const std::vector<std::complex<double>>& values, at::IntArrayRef shape) {
  return torch::from_blob(const_cast<std::complex<double>*>(values.data()), shape,
                          torch::kComplexDouble)
      .to(torch::kComplexFloat);
}

/// Unit masses on the sphere as [n, l, point], 0 where |n| > l, orders n as everywhere here.
Tensor s2_basis(int b, const std::vector<so3::SpherePoint>& points) {
  const auto masses = so3::s2_unit_masses(b, points);
  const std::size_t count = points.size();
  std::vector<std::complex<double>> basis(static_cast<std::size_t>((2 * b - 1) * b) * count);
  for (int i = 0; i < 2 * b - 1; ++i)
    for (int l = std::abs(order_at(i, b)); l < b; ++l)
      for (std::size_t p = 0; p < count; ++p)
        basis[static_cast<std::size_t>(i * b + l) * count + p] =
            masses[p * sphere::full_size(b) + sphere::full_index(l, order_at(i, b))];
  return complex_tensor(basis, {2 * b - 1, b, static_cast<std::int64_t>(count)});
}

/// Unit masses on SO(3) as [l: n, c][point], degrees one after the other, orders n and c of degree
/// l as 0 .. l, -l .. -1.
Tensor so3_basis(int b, const std::vector<so3::EulerAngles>& points) {
  const auto masses = so3::so3_unit_masses(b, points);
  const std::size_t count = points.size(), size = so3::coefficient_count(b);
  std::vector<std::complex<double>> basis(size * count);
  std::size_t row = 0;
  for (int l = 0; l < b; ++l)
    for (int i = 0; i < 2 * l + 1; ++i)
      for (int k = 0; k < 2 * l + 1; ++k, ++row)
        for (std::size_t p = 0; p < count; ++p)
          basis[row * count + p] =
              masses[p * size + so3::coefficient_index(l, order_at(i, l + 1), order_at(k, l + 1))];
  return complex_tensor(basis, {static_cast<std::int64_t>(size), static_cast<std::int64_t>(count)});
}

/// Orders 0 .. l, -l .. -1 out of 0 .. b-1, -(b-1) .. -1 along a dimension, and back with zeros.
Tensor lowest_orders(const Tensor& x, std::int64_t dim, std::int64_t l) {
  const std::int64_t size = x.size(dim);
  return torch::cat({x.narrow(dim, 0, l + 1), x.narrow(dim, size - l, l)}, dim);
}
Tensor spread_orders(const Tensor& x, std::int64_t dim, std::int64_t size) {
  const std::int64_t l = (x.size(dim) - 1) / 2;
  std::vector<std::int64_t> shape = x.sizes().vec();
  shape[static_cast<std::size_t>(dim)] = size - x.size(dim);
  return torch::cat(
      {x.narrow(dim, 0, l + 1), torch::zeros(shape, x.options()), x.narrow(dim, l + 1, l)}, dim);
}

/// table [pairs, rows, depth] times x [m, n, depth, batch, channel], both parts of x alike.
Tensor by_pairs(const Tensor& table, const Tensor& x) {
  const std::int64_t pairs = table.size(0), rows = table.size(1);
  const Tensor parts = torch::view_as_real(x).reshape({pairs, table.size(2), -1});
  return torch::view_as_complex(
      torch::bmm(table, parts).view({x.size(0), x.size(1), rows, x.size(3), x.size(4), 2}));
}

Tensor complex_product(const Tensor& basis, const Tensor& values) {
  return torch::complex(torch::matmul(torch::real(basis), values),
                        torch::matmul(torch::imag(basis), values));
}

/// How often order m of a real function counts in its energy: m stands for -m too.
Tensor order_weights(std::int64_t b, const Tensor& like) {
  Tensor weights = torch::full({b}, 2.0, like.options().dtype(torch::kFloat32));
  weights[0] = 1.0;
  return weights;
}

nn::Tensor plain(const Tensor& tensor) {
  const Tensor values = tensor.detach().to(torch::kCPU).to(torch::kFloat32).contiguous();
  nn::Tensor result;
  result.shape.assign(values.sizes().begin(), values.sizes().end());
  result.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
  return result;
}

}  // namespace

Tensor coefficient_tensor(const SphereBatch& batch) {
  const int b = batch.bandwidth;
  const auto rows = static_cast<std::int64_t>(batch.digits) * batch.channels;
  Tensor full = torch::zeros({rows, b, b}, torch::kComplexFloat);
  const Tensor half = torch::from_blob(const_cast<std::complex<float>*>(batch.coefficients.data()),
                                       {rows, static_cast<std::int64_t>(sphere::half_size(b))},
                                       torch::kComplexFloat);
  for (int l = 0; l < b; ++l)
    full.select(1, l)
        .narrow(1, 0, l + 1)
        .copy_(half.narrow(1, static_cast<std::int64_t>(sphere::half_index(l, 0)), l + 1));
  return full.view({static_cast<std::int64_t>(batch.digits), batch.channels, b, b});
}

SampledReluImpl::SampledReluImpl(int in, int grid, int out)
    : in_(in), columns_(2 * grid), out_(out) {
  const so3::Grid points = so3::gauss_legendre(grid);
  const Tensor w = 0.5 * torch::tensor(points.weights, torch::kFloat64);
  const Tensor degrees = 2.0 * torch::arange(in, torch::kFloat64) + 1.0;
  synthesis_ = (wigner_table(points, in) * degrees.view({1, in, 1})).transpose(1, 2);
  analysis_ = wigner_table(points, out) * w;
  synthesis_ = register_buffer("synthesis", synthesis_.to(torch::kFloat32).contiguous());
  analysis_ = register_buffer("analysis", analysis_.to(torch::kFloat32).contiguous());
  weights_ = register_buffer("weights", w.to(torch::kFloat32));
}

Tensor SampledReluImpl::samples(const Tensor& spectrum, const Tensor& bias) const {
  Tensor x = by_pairs(synthesis_, spectrum).permute({3, 4, 2, 1, 0});
  x = spread_orders(x, 3, columns_);
  x = torch::fft::ifft(x, columns_, 3, "forward");
  x = torch::fft::irfft(x, columns_, 4, "forward");
  return x.add_(bias.view({1, -1, 1, 1, 1})).relu_();  // in place: the largest tensors there are
}

Tensor SampledReluImpl::analysis(const Tensor& samples) const {
  Tensor x = torch::fft::rfft(samples, columns_, 4, "forward").narrow(4, 0, out_);
  x = torch::fft::fft(x, columns_, 3, "forward");
  x = lowest_orders(x, 3, out_ - 1).permute({4, 3, 2, 0, 1}).contiguous();
  return by_pairs(analysis_, x);
}

Tensor SampledReluImpl::integrate(const Tensor& samples) const {
  return torch::matmul(samples.mean({3, 4}), weights_);
}

FunctionNormImpl::FunctionNormImpl(int channels) {
  deviation_ = register_parameter("deviation", torch::ones(channels));
  offset_ = register_parameter("offset", torch::zeros(channels));
  running_mean_ = register_buffer("mean", torch::zeros(channels));
  running_variance_ = register_buffer("variance", torch::ones(channels));
}

FunctionNormImpl::Affine FunctionNormImpl::operator()(const Tensor& mean, const Tensor& square) {
  if (!is_training()) return folded();
  const Tensor variance = torch::relu(square - mean * mean);
  {
    const torch::NoGradGuard no_gradient;
    running_mean_.mul_(1 - kMomentum).add_(kMomentum * mean);
    running_variance_.mul_(1 - kMomentum).add_(kMomentum * variance);
  }
  const Tensor scale = deviation_ * torch::rsqrt(variance + kVarianceFloor);
  return {scale, offset_ - scale * mean};
}

FunctionNormImpl::Affine FunctionNormImpl::folded() const {
  const Tensor scale = deviation_ * torch::rsqrt(running_variance_ + kVarianceFloor);
  return {scale, offset_ - scale * running_mean_};
}

SphereTorchNetImpl::SphereTorchNetImpl(const SphereArchitecture& architecture) : a_(architecture) {
  const auto s2_points = a_.s2_grid();
  s2_basis_ = register_buffer("s2_basis", s2_basis(a_.bandwidth[0], s2_points));
  const auto points = static_cast<std::int64_t>(s2_points.size());
  s2_kernel_ = register_parameter(
      "s2_kernel", torch::randn({a_.channels[0], a_.inputs, points}) / std::sqrt(points));
  for (std::size_t level = 0; level < SphereArchitecture::kLevels; ++level) {
    const std::string name = std::to_string(level);
    relu_.push_back(register_module("relu" + name, SampledRelu(a_.bandwidth[level], a_.grid[level],
                                                               a_.bandwidth_after(level))));
    norm_.push_back(register_module("norm" + name, FunctionNorm(a_.channels[level])));
    if (level == 0) continue;
    const auto grid = a_.so3_grid(level);
    const auto size = static_cast<std::int64_t>(grid.size());
    const int inputs = a_.channels[level - 1];
    so3_basis_.push_back(register_buffer("so3_basis" + name, so3_basis(a_.bandwidth[level], grid)));
    so3_kernel_.push_back(register_parameter(
        "so3_kernel" + name, torch::randn({inputs, a_.rank, size}) / std::sqrt(size)));
    so3_mix_.push_back(register_parameter(
        "so3_mix" + name,
        torch::randn({a_.channels[level], inputs, a_.rank}) / std::sqrt(inputs * a_.rank)));
  }
  invariants_ = register_module("invariants", torch::nn::BatchNorm1d(a_.invariants()));
  dropout_ = register_module("dropout", torch::nn::Dropout(kDropout));
  hidden_ = register_module("hidden", torch::nn::Linear(a_.invariants(), a_.hidden));
  answer_ = register_module("answer", torch::nn::Linear(a_.hidden, a_.classes));
}

// fhat^l psihat^l^dagger, one channel of the picture after the other. The normalisation's scale
// goes into the kernels, which are few; mean and square come from Gram matrices, since sum_mn |f_m
// conj(psi_n)|^2 is a product of sums.
SphereTorchNetImpl::Functions SphereTorchNetImpl::lifted(const Tensor& coefficients) {
  const std::int64_t b = a_.bandwidth[0];
  Tensor psi = complex_product(s2_basis_, s2_kernel_.permute({2, 0, 1}).flatten(1, 2))
                   .view({2 * b - 1, b, a_.channels[0], a_.inputs});  // n, l, output, input
  psi = torch::conj_physical(psi);
  const Tensor f = coefficients.permute({3, 2, 0, 1});  // m, l, batch, input
  Tensor mean, square;
  if (is_training()) {
    const Tensor by_degree = f.permute({1, 3, 0, 2}).flatten(2, 3);  // l, input, m and batch
    const Tensor weights =
        order_weights(b, f).repeat_interleave(f.size(2)) / static_cast<double>(f.size(2));
    const Tensor gram_f = torch::matmul(by_degree * weights, by_degree.mH());
    const Tensor rows = psi.permute({1, 2, 3, 0});  // l, output, input, n
    const Tensor gram_psi = torch::matmul(rows, rows.mH());
    const Tensor degrees = 2.0 * torch::arange(b, weights.options()) + 1.0;
    square = (torch::real(gram_f.unsqueeze(1) * gram_psi) * degrees.view({b, 1, 1, 1}))
                 .sum(at::IntArrayRef{0, 2, 3});
    mean = torch::real((f[0][0].mean(0) * psi[0][0]).sum(1));
  }
  const FunctionNormImpl::Affine norm = (*norm_[0])(mean, square);
  psi = psi * norm.scale.view({1, 1, -1, 1});
  Tensor product;
  for (std::int64_t k = 0; k < a_.inputs; ++k) {
    const Tensor term =
        f.select(3, k).view({b, 1, b, f.size(2), 1}) * psi.select(3, k).unsqueeze(0).unsqueeze(3);
    product = k == 0 ? term : product + term;
  }
  return {product, norm.bias};
}

SphereTorchNetImpl::Functions SphereTorchNetImpl::so3_correlation(std::size_t level,
                                                                  const Tensor& spectrum) {
  const std::int64_t b = a_.bandwidth[level], batch = spectrum.size(3);
  const std::int64_t inputs = spectrum.size(4), outputs = a_.channels[level];
  // Kernels of all pairs: [input, output, point], then their coefficients [l: n, c][input, output].
  const Tensor values =
      torch::bmm(so3_mix_[level - 1].transpose(0, 1), so3_kernel_[level - 1]).flatten(0, 1);
  const Tensor psi = torch::conj_physical(complex_product(so3_basis_[level - 1], values.t()));
  std::vector<Tensor> degrees;
  Tensor mean, square = torch::zeros({outputs}, values.options());
  for (std::int64_t l = 0; l < b; ++l) {
    const std::int64_t orders = 2 * l + 1;
    const Tensor in = lowest_orders(spectrum.select(2, l).narrow(0, 0, l + 1), 1, l);
    const Tensor rows =
        in.permute({0, 2, 1, 3}).reshape({(l + 1) * batch, orders * inputs});  // m, batch; c, input
    const Tensor block =
        psi.narrow(0, static_cast<std::int64_t>(so3::block_offset(static_cast<int>(l))),
                   orders * orders)
            .view({orders, orders, inputs, outputs});  // n, c, input, output
    const Tensor factor = block.permute({1, 2, 0, 3}).reshape({orders * inputs, orders * outputs});
    degrees.push_back(torch::matmul(rows, factor).view({l + 1, batch, orders, outputs}));
    if (!is_training()) continue;
    const Tensor energy =
        torch::view_as_real(degrees.back()).square().sum(at::IntArrayRef{1, 2, 4});  // m, output
    square = square + torch::matmul(order_weights(l + 1, energy), energy) *
                          (static_cast<double>(orders) / static_cast<double>(batch));
    if (l == 0) mean = torch::real(degrees[0]).mean(at::IntArrayRef{0, 1, 2});
  }
  const FunctionNormImpl::Affine norm = (*norm_[level])(mean, square);
  for (Tensor& degree : degrees) {
    const Tensor wide = spread_orders((degree * norm.scale).permute({0, 2, 1, 3}), 1, 2 * b - 1);
    degree = torch::cat(
        {wide, torch::zeros({b - wide.size(0), 2 * b - 1, batch, outputs}, wide.options())}, 0);
  }
  return {torch::stack(degrees, 2), norm.bias};
}

Tensor SphereTorchNetImpl::forward(const Tensor& coefficients) {
  std::vector<Tensor> invariants;
  Functions functions = lifted(coefficients);
  for (std::size_t level = 0;; ++level) {
    const Tensor samples = relu_[level]->samples(functions.spectrum, functions.bias);
    if (level + 1 == SphereArchitecture::kLevels) {
      invariants.push_back(relu_[level]->integrate(samples));
      invariants.push_back(relu_[level]->integrate(samples.square()));
      break;
    }
    const Tensor spectrum = relu_[level]->analysis(samples);
    invariants.push_back(torch::real(spectrum[0][0][0]));  // degree 0: the mean
    functions = so3_correlation(level + 1, spectrum);
  }
  const Tensor v = invariants_(torch::cat(invariants, 1));
  return answer_(dropout_(torch::relu(hidden_(v))));
}

std::int64_t SphereTorchNetImpl::parameter_count() const {
  std::int64_t count = 0;
  for (const Tensor& parameter : parameters()) count += parameter.numel();
  return count;
}

nn::WeightsFile SphereTorchNetImpl::to_file() const {
  const torch::NoGradGuard no_gradient;
  nn::WeightsFile file;
  for (std::size_t level = 0; level < SphereArchitecture::kLevels; ++level) {
    const FunctionNormImpl::Affine norm = norm_[level]->folded();
    const Tensor scale = norm.scale.view({-1, 1, 1});
    const std::string name = level == 0 ? "s2" : "so3." + std::to_string(level - 1);
    file.tensors[name + ".bias"] = plain(norm.bias);
    if (level == 0) {
      file.tensors[name + ".kernel"] = plain(s2_kernel_ * scale);
      continue;
    }
    file.tensors[name + ".kernel"] = plain(so3_kernel_[level - 1]);
    file.tensors[name + ".mix"] = plain(so3_mix_[level - 1] * scale);
  }
  const Tensor gain =
      invariants_->weight * torch::rsqrt(invariants_->running_var + invariants_->options.eps());
  const Tensor shift = invariants_->bias - gain * invariants_->running_mean;
  file.tensors["head.0.weight"] = plain(hidden_->weight * gain);
  file.tensors["head.0.bias"] = plain(hidden_->bias + hidden_->weight.mv(shift));
  file.tensors["head.1.weight"] = plain(answer_->weight);
  file.tensors["head.1.bias"] = plain(answer_->bias);
  file.metadata["architecture"] = a_.text();
  return file;
}

}  // namespace equicloud::train
