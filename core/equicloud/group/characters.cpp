// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/characters.h>

#include <string>

namespace equicloud::group {
namespace {

void check_sizes(const char* what, std::size_t values, std::size_t elements) {
  if (values != elements || values == 0)
    throw InvalidArgument(std::string(what) + ": a character of " + std::to_string(values) +
                          " values for " + std::to_string(elements) + " elements");
}

}  // namespace

Character trivial_character(const FiniteGroup& g) { return Character(g.order(), 1.0); }

Character permutation_character(const GSpace& x) {
  Character chi(x.group().order(), 0.0);
  for (Element u = 0; u < chi.size(); ++u)
    for (Point p = 0; p < x.size(); ++p)
      if (x.act(u, p) == p) chi[u] += 1.0;
  return chi;
}

Character standard_character(const GSpace& x) {
  Character chi = permutation_character(x);
  for (auto& value : chi) value -= 1.0;
  return chi;
}

std::complex<double> inner(const Character& a, const Character& b) {
  check_sizes("inner", a.size(), b.size());
  std::complex<double> sum = 0.0;
  for (Element u = 0; u < a.size(); ++u) sum += a[u] * std::conj(b[u]);
  return sum / static_cast<double>(a.size());
}

std::vector<std::complex<double>> isotypic_projection(const GSpace& x, const Character& chi) {
  check_sizes("isotypic_projection", chi.size(), x.group().order());
  std::vector<std::complex<double>> projection(x.size() * x.size(), 0.0);
  const std::complex<double> scale = chi[0] / static_cast<double>(chi.size());
  for (Element u = 0; u < chi.size(); ++u)
    for (Point p = 0; p < x.size(); ++p)
      projection[x.act(u, p) * x.size() + p] += scale * std::conj(chi[u]);
  return projection;
}

}  // namespace equicloud::group
