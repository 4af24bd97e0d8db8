// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/layers.h>

#include <algorithm>
#include <string>

namespace equicloud::so3 {
namespace {

using Complex = std::complex<float>;

void check_size(const char* what, std::size_t got, std::size_t expected) {
  if (got != expected)
    throw InvalidArgument(std::string("a layer got ") + std::to_string(got) + " " + what +
                          "; expected " + std::to_string(expected));
}

std::size_t count(int n) { return static_cast<std::size_t>(std::max(n, 0)); }

/// psihat_ok = sum_i values_oki masses_i, in double. @param masses  `size` numbers a point
std::vector<Complex> kernels_of(const ConvolutionShape& shape, std::size_t points,
                                Span<const float> values,
                                const std::vector<std::complex<double>>& masses) {
  const std::size_t pairs = count(shape.outputs) * count(shape.inputs);
  check_size("kernel values", values.size(), pairs * points);
  const std::size_t size = points == 0 ? 0 : masses.size() / points;
  std::vector<Complex> kernels(pairs * size);
  std::vector<std::complex<double>> sum(size);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    std::fill(sum.begin(), sum.end(), 0.0);
    for (std::size_t i = 0; i < points; ++i)
      for (std::size_t c = 0; c < size; ++c)
        sum[c] += static_cast<double>(values[pair * points + i]) * masses[i * size + c];
    std::transform(sum.begin(), sum.end(), kernels.data() + pair * size,
                   [](std::complex<double> a) { return Complex(a); });
  }
  return kernels;
}

}  // namespace

Convolution::Convolution(const ConvolutionShape& shape, Domain domain, Span<const Complex> kernels,
                         Span<const float> bias)
    : shape_(shape),
      correlation_({shape.bandwidth, shape.inputs, shape.outputs, domain}, kernels),
      bias_(bias.begin(), bias.end()) {
  check_size("biases", bias.size(), count(shape.outputs));
}

void Convolution::apply(Span<const Complex> signals, Span<Complex> result,
                        const Executor& executor) const {
  correlation_.apply(signals, result, executor);
  const std::size_t size = coefficient_count(shape_.bandwidth);
  for (std::size_t o = 0; o * size < result.size(); ++o)
    result[o * size] += bias_[o % bias_.size()];  // degree 0: the mean
}

S2Convolution::S2Convolution(const ConvolutionShape& shape, Span<const SpherePoint> grid,
                             Span<const float> values, Span<const float> bias)
    : S2Convolution(shape,
                    kernels_of(shape, grid.size(), values, s2_unit_masses(shape.bandwidth, grid)),
                    bias) {}

SO3Convolution::SO3Convolution(const ConvolutionShape& shape, Span<const EulerAngles> grid,
                               Span<const float> values, Span<const float> bias)
    : SO3Convolution(shape,
                     kernels_of(shape, grid.size(), values, so3_unit_masses(shape.bandwidth, grid)),
                     bias) {}

void so3_integrate(const Grid& grid, Span<const float> values, Span<float> means) {
  check_size("samples", values.size(), means.size() * grid.samples());
  const float* sample = values.data();
  for (float& mean : means) {
    double sum = 0.0;
    for (std::size_t plane = 0; plane < grid.planes(); ++plane) {
      double ring = 0.0;
      for (std::size_t i = 0; i < grid.plane_size(); ++i) ring += static_cast<double>(*sample++);
      sum += grid.sample_weight(plane) * ring;
    }
    mean = static_cast<float>(sum);
  }
}

SO3ReLU::SO3ReLU(int in, const Grid& grid, int out, const TransformOptions& options)
    : in_(in), out_(out), transform_(grid, options) {
  if (in < 1 || out < 1 || std::max(in, out) > grid.bandwidth)
    throw InvalidArgument("ReLU from bandwidth " + std::to_string(in) + " to " +
                          std::to_string(out) + " on a grid of bandwidth " +
                          std::to_string(grid.bandwidth) + "; expected 1 to that of the grid");
}

SO3ReLU::Workspace SO3ReLU::workspace() const {
  return {transform_.workspace(), std::vector<Complex>(transform_.coefficients()),
          std::vector<float>(transform_.samples())};
}

// Blocks lie in order of degree: a larger bandwidth begins like a smaller one.
void SO3ReLU::rectified(const Complex* fhat, Workspace& workspace) const {
  std::vector<Complex>& all = workspace.coefficients;
  std::copy_n(fhat, coefficient_count(in_), all.begin());
  std::fill(all.begin() + static_cast<std::ptrdiff_t>(coefficient_count(in_)), all.end(), 0.0F);
  transform_.synthesis(Span<const Complex>(all), Span<float>(workspace.values),
                       workspace.transform);
  for (float& value : workspace.values) value = std::max(value, 0.0F);
}

void SO3ReLU::apply(Span<const Complex> fhat, Span<Complex> result, Workspace& workspace) const {
  const std::size_t in = coefficient_count(in_), out = coefficient_count(out_);
  const std::size_t functions = fhat.size() / in;
  check_size("coefficients", fhat.size(), functions * in);
  check_size("coefficients of the result", result.size(), functions * out);
  for (std::size_t f = 0; f < functions; ++f) {
    rectified(fhat.data() + f * in, workspace);
    transform_.analysis(Span<const float>(workspace.values), Span<Complex>(workspace.coefficients),
                        workspace.transform);
    std::copy_n(workspace.coefficients.begin(), out, result.data() + f * out);
  }
}

void SO3ReLU::integrate(Span<const Complex> fhat, Span<float> means, Span<float> squares,
                        Workspace& workspace) const {
  const std::size_t in = coefficient_count(in_);
  check_size("coefficients", fhat.size(), means.size() * in);
  check_size("squares", squares.size(), means.size());
  for (std::size_t f = 0; f < means.size(); ++f) {
    rectified(fhat.data() + f * in, workspace);
    so3_integrate(grid(), workspace.values, means.subspan(f, 1));
    for (float& value : workspace.values) value *= value;
    so3_integrate(grid(), workspace.values, squares.subspan(f, 1));
  }
}

}  // namespace equicloud::so3
