// SPDX-License-Identifier: BSD-3-Clause
// Random real functions by their coefficients, and how far two of them are apart.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/so3/domain.h>

#include <complex>
#include <cstddef>
#include <vector>

namespace equicloud::bench {

using Complex = std::complex<float>;
using Coefficients = std::vector<Complex>;

/// What a layer takes or gives: `channels` functions, one after the other.
struct Space {
  so3::Domain domain;
  int bandwidth;
  std::size_t channels;
};

/// Independent coefficients whose sizes fall as (2l+1)^-exponent times `scale`, of real functions.
/// Uniform; those of degree l have standard deviation scale (2l+1)^-exponent in real form.
Coefficients random_functions(const Space& space, double scale, double exponent, Random& random);

/// As above, every degree with the same power and variance 1 in all.
Coefficients random_signal(const Space& space, Random& random);

/// sqrt(sum (2l+1) |a - b|^2) over all but degree 0, which is the standard deviation of a - b; with
/// degree 0 where there is no other.
double distance(const Space& space, const Coefficients& a, const Coefficients& b);

}  // namespace equicloud::bench
