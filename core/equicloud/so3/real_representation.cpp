// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/real_representation.h>
#include <equicloud/so3/representation.h>

#include <cmath>
#include <string>

namespace equicloud::so3 {
namespace {

const double kRootTwo = std::sqrt(2.0);

double parity(int k) { return k % 2 == 0 ? 1 : -1; }

// The four places (+-m, +-n) of a block of degree l; `centre` points at (0, 0). With m or n = 0 the
// places coincide in pairs, at both in all four.
struct Orders {
  std::ptrdiff_t row, column;
  Orders(int l, int m, int n) : row(static_cast<std::ptrdiff_t>(2 * l + 1) * m), column(n) {}
  std::ptrdiff_t both() const noexcept { return row + column; }
  std::ptrdiff_t mixed() const noexcept { return row - column; }
};

// G = U ghat U^H written out, with a = ghat_mn, b = ghat_{m,-n} and, because the function is real,
// ghat_{-m,-n} = (-1)^{m+n} conj(a), ghat_{-m,n} = (-1)^{m+n} conj(b).
template <typename T>
void real_block(int l, const std::complex<T>* c, T* g) {
  g[0] = c[0].real();
  for (int k = 1; k <= l; ++k) {
    const T scale = static_cast<T>(kRootTwo * parity(k));
    const Orders row(l, k, 0);
    g[k] = scale * c[k].real();
    g[-k] = scale * c[k].imag();
    g[row.row] = scale * c[row.row].real();
    g[-row.row] = -scale * c[row.row].imag();
  }
  for (int m = 1; m <= l; ++m)
    for (int n = 1; n <= l; ++n) {
      const Orders at(l, m, n);
      const std::complex<T> a = static_cast<T>(parity(m + n)) * c[at.both()];
      const std::complex<T> b = static_cast<T>(parity(m)) * c[at.mixed()];
      g[at.both()] = a.real() + b.real();
      g[-at.both()] = a.real() - b.real();
      g[at.mixed()] = a.imag() - b.imag();
      g[-at.mixed()] = -a.imag() - b.imag();
    }
}

// The same four equations, solved.
template <typename T>
void complex_block(int l, const T* g, std::complex<T>* c) {
  c[0] = g[0];
  for (int k = 1; k <= l; ++k) {
    const T scale = static_cast<T>(parity(k) / kRootTwo);
    const Orders row(l, k, 0);
    c[k] = {scale * g[k], scale * g[-k]};
    c[-k] = static_cast<T>(parity(k)) * std::conj(c[k]);
    c[row.row] = {scale * g[row.row], -scale * g[-row.row]};
    c[-row.row] = static_cast<T>(parity(k)) * std::conj(c[row.row]);
  }
  for (int m = 1; m <= l; ++m)
    for (int n = 1; n <= l; ++n) {
      const Orders at(l, m, n);
      const T sign = static_cast<T>(parity(m + n));
      const T half_both = sign / 2;
      const T half_mixed = static_cast<T>(parity(m)) / 2;
      const T *plus = g + at.both(), *minus = g - at.both();
      const T *left = g + at.mixed(), *right = g - at.mixed();
      c[at.both()] = {half_both * (*plus + *minus), half_both * (*left - *right)};
      c[at.mixed()] = {half_mixed * (*plus - *minus), -half_mixed * (*left + *right)};
      c[-at.both()] = sign * std::conj(c[at.both()]);
      c[-at.mixed()] = sign * std::conj(c[at.mixed()]);
    }
}

std::size_t functions_of(int bandwidth, std::size_t real, std::size_t complex) {
  const std::size_t each = coefficient_count(bandwidth);
  if (each == 0 || real != complex || real % each != 0)
    throw InvalidArgument("the real form at bandwidth " + std::to_string(bandwidth) + " has " +
                          std::to_string(each) + " coefficients a function; got " +
                          std::to_string(real) + " real and " + std::to_string(complex) +
                          " complex ones");
  return real / each;
}

// Calls block(l, where its coefficient (0, 0) lies) for every degree of every function.
template <typename Block>
void for_blocks(int bandwidth, std::size_t functions, const Block& block) {
  for (std::size_t f = 0; f < functions; ++f)
    for (int l = 0; l < bandwidth; ++l)
      block(l, f * coefficient_count(bandwidth) + coefficient_index(l, 0, 0));
}

// D obeys conj(D_{-m,-n}) = (-1)^{m+n} D_mn, the symmetry of a real function's coefficients: the
// same map makes it real.
void conjugate(std::vector<std::complex<double>>& D) {
  for (std::complex<double>& value : D) value = std::conj(value);
}

}  // namespace

template <typename T>
void real_from_complex(int bandwidth, Span<const std::complex<T>> complex, Span<T> real) {
  for_blocks(bandwidth, functions_of(bandwidth, real.size(), complex.size()),
             [&](int l, std::size_t at) { real_block(l, complex.data() + at, real.data() + at); });
}

template <typename T>
void complex_from_real(int bandwidth, Span<const T> real, Span<std::complex<T>> complex) {
  for_blocks(
      bandwidth, functions_of(bandwidth, real.size(), complex.size()),
      [&](int l, std::size_t at) { complex_block(l, real.data() + at, complex.data() + at); });
}

std::vector<double> real_wigner_D(int l, const EulerAngles& R) {
  std::vector<std::complex<double>> D = wigner_D(l, R);
  conjugate(D);
  std::vector<double> Delta(D.size());
  const std::size_t centre = D.size() / 2;
  real_block(l, D.data() + centre, Delta.data() + centre);
  return Delta;
}

std::vector<double> real_wigner_D_blocks(int bandwidth, const EulerAngles& R) {
  std::vector<std::complex<double>> D = wigner_D_blocks(bandwidth, R);
  conjugate(D);
  std::vector<double> Delta(D.size());
  real_from_complex<double>(bandwidth, D, Delta);
  return Delta;
}

template void real_from_complex(int, Span<const std::complex<float>>, Span<float>);
template void real_from_complex(int, Span<const std::complex<double>>, Span<double>);
template void complex_from_real(int, Span<const float>, Span<std::complex<float>>);
template void complex_from_real(int, Span<const double>, Span<std::complex<double>>);

}  // namespace equicloud::so3
