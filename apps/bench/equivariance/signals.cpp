// SPDX-License-Identifier: BSD-3-Clause
#include <bench/equivariance/signals.h>
#include <equicloud/so3/real_representation.h>
#include <equicloud/sphere/coefficients.h>

#include <cmath>

namespace equicloud::bench {

Coefficients random_functions(const Space& space, double scale, double exponent, Random& random) {
  const double root_three = std::sqrt(3.0);  // of the uniform distribution: limit over deviation
  std::vector<float> real;
  for (std::size_t channel = 0; channel < space.channels; ++channel)
    for (int l = 0; l < space.bandwidth; ++l) {
      const double limit = root_three * scale * std::pow(2 * l + 1, -exponent);
      const std::size_t count =
          so3::coefficients_below(space.domain, l + 1) - so3::coefficients_below(space.domain, l);
      for (std::size_t i = 0; i < count; ++i)
        real.push_back(static_cast<float>(random.uniform(-limit, limit)));
    }
  Coefficients complex(real.size());
  if (space.domain == so3::Domain::sphere)
    sphere::full_from_real<float>(space.bandwidth, real, complex);
  else
    so3::complex_from_real<float>(space.bandwidth, real, complex);
  return complex;
}

Coefficients random_signal(const Space& space, Random& random) {
  const double exponent = space.domain == so3::Domain::sphere ? 1.0 : 1.5;
  return random_functions(space, 1 / std::sqrt(space.bandwidth), exponent, random);
}

double distance(const Space& space, const Coefficients& a, const Coefficients& b) {
  double sum = 0;
  const std::size_t size = so3::coefficients_below(space.domain, space.bandwidth);
  for (std::size_t first = 0; first < a.size(); first += size)
    for (int l = space.bandwidth > 1 ? 1 : 0; l < space.bandwidth; ++l)
      for (std::size_t i = first + so3::coefficients_below(space.domain, l);
           i < first + so3::coefficients_below(space.domain, l + 1); ++i)
        sum += (2 * l + 1) * static_cast<double>(std::norm(a[i] - b[i]));
  return std::sqrt(sum);
}

}  // namespace equicloud::bench
