// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/product.h>
#include <equicloud/so3/rotate.h>
#include <equicloud/so3/wigner_d.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace equicloud::so3 {
namespace {

template <typename T>
std::vector<std::complex<T>> conjugate_phases(int bandwidth, double angle) {
  std::vector<std::complex<T>> phases;
  for (int m = 1 - bandwidth; m < bandwidth; ++m)
    phases.emplace_back(static_cast<T>(std::cos(m * angle)), static_cast<T>(-std::sin(m * angle)));
  return phases;
}

}  // namespace

template <typename T>
CoefficientRotation<T>::CoefficientRotation(int bandwidth, const EulerAngles& R)
    : bandwidth_(bandwidth) {
  const std::vector<double> d = wigner_d_blocks(bandwidth, R.beta);
  d_.resize(d.size());
  std::transform(d.begin(), d.end(), d_.begin(),
                 [](double value) { return static_cast<T>(value); });
  alpha_ = conjugate_phases<T>(bandwidth, R.alpha);
  gamma_ = conjugate_phases<T>(bandwidth, R.gamma);
}

// conj(D) = e^{-i m alpha} d e^{-i n gamma}: d is real, so that a block takes one real product
// between two passes of phases.
template <typename T>
void CoefficientRotation<T>::apply(Domain domain, Span<const Complex> fhat,
                                   Span<Complex> rotated) const {
  const std::size_t size = coefficients_below(domain, bandwidth_);
  const std::size_t functions = fhat.size() / size;
  if (fhat.size() != functions * size || rotated.size() != fhat.size())
    throw InvalidArgument("a rotation of bandwidth " + std::to_string(bandwidth_) + " got " +
                          std::to_string(fhat.size()) + " coefficients and room for " +
                          std::to_string(rotated.size()) + "; a function has " +
                          std::to_string(size));
  const std::size_t most = order_count(bandwidth_ - 1);
  AlignedVector<T> in(2 * most * functions * columns_of(domain, bandwidth_ - 1));
  AlignedVector<T> out(in.size());
  for (int l = 0; l < bandwidth_; ++l) {
    const std::size_t rows = order_count(l);
    const std::size_t columns = columns_of(domain, l);
    const std::size_t width = 2 * functions * columns;
    const auto lowest = static_cast<std::size_t>(bandwidth_ - 1 - l);
    const auto for_numbers = [&](const auto& visit) {
      for (std::size_t m = 0; m < rows; ++m)
        for (std::size_t f = 0; f < functions; ++f)
          for (std::size_t c = 0; c < columns; ++c)
            visit(f * size + coefficients_below(domain, l) + m * columns + c, lowest + m,
                  m * width + 2 * (f * columns + c));
    };
    for_numbers([&](std::size_t coefficient, std::size_t order, std::size_t place) {
      const Complex turned = gamma_[order] * fhat[coefficient];
      in[place] = turned.real();
      in[place + 1] = turned.imag();
    });
    kernels::product<T>(rows, rows, width, {d_.data() + block_offset(l), rows, 1}, in.data(), width,
                        out.data(), width);
    for_numbers([&](std::size_t coefficient, std::size_t order, std::size_t place) {
      rotated[coefficient] = alpha_[order] * Complex(out[place], out[place + 1]);
    });
  }
}

template class CoefficientRotation<float>;
template class CoefficientRotation<double>;

}  // namespace equicloud::so3
