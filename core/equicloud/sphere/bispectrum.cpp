// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/bispectrum.h>
#include <equicloud/sphere/clebsch_gordan.h>

#include <algorithm>
#include <string>

namespace equicloud::sphere {
namespace {

using Complex = std::complex<double>;

template <typename T>
Complex coupled(const DegreeTriple& t, Span<const std::complex<T>> c) {
  Complex sum;
  for (int m = -t.l; m <= t.l; ++m) {
    const ClebschGordan coefficients = clebsch_gordan(t.l1, t.l2, t.l, m);
    Complex product;
    int m1 = coefficients.first;
    for (const double value : coefficients.values) {
      product += value * Complex(c[full_index(t.l1, m1)]) * Complex(c[full_index(t.l2, m - m1)]);
      ++m1;
    }
    sum += product * std::conj(Complex(c[full_index(t.l, m)]));
  }
  return sum;
}

}  // namespace

std::vector<DegreeTriple> bispectrum_triples(int b) {
  if (b < 1) throw InvalidArgument("a bispectrum needs bandwidth >= 1; got " + std::to_string(b));
  std::vector<DegreeTriple> triples;
  for (int l1 = 0; l1 < b; ++l1)
    for (int l2 = l1; l2 < b; ++l2)
      for (int l = l2 - l1; l <= std::min(l1 + l2, b - 1); ++l) triples.push_back({l1, l2, l});
  return triples;
}

template <typename T>
std::vector<Complex> bispectrum(int b, Span<const std::complex<T>> coefficients) {
  const std::vector<DegreeTriple> triples = bispectrum_triples(b);
  if (coefficients.size() != full_size(b))
    throw InvalidArgument("bandwidth " + std::to_string(b) + " has " +
                          std::to_string(full_size(b)) + " coefficients; got " +
                          std::to_string(coefficients.size()));
  std::vector<Complex> values;
  values.reserve(triples.size());
  for (const DegreeTriple& triple : triples) values.push_back(coupled(triple, coefficients));
  return values;
}

template std::vector<Complex> bispectrum(int, Span<const std::complex<float>>);
template std::vector<Complex> bispectrum(int, Span<const std::complex<double>>);

}  // namespace equicloud::sphere
