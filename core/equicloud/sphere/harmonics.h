// SPDX-License-Identifier: BSD-3-Clause
// Spherical harmonics at one point, all degrees l < b. Angles in radians: theta in [0, pi] from +z,
// phi any. Signs and scales: core/CONVENTIONS.md, "Harmonics".
//   Y_lm, complex, orthonormal on the surface (total 4 pi), with the Condon-Shortley sign;
//   Z_lm = sqrt(4 pi / (2l+1)) Y_lm, the group form, |Z| <= 1;
//   S_lm, real, orthonormal; S_1,-1, S_10, S_11 = sqrt(3 / 4 pi) (y, z, x).
// For many points use scattered.h.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/sphere/index.h>

#include <complex>

namespace equicloud::sphere {

/// out[full_index(l, m)] = Z_lm (group) or Y_lm (orthonormal). @param out  full_size(b) numbers
/// Throws InvalidArgument for b < 1, theta outside [0, pi], another size. Cost: O(b^2).
void complex_harmonics(int b, double theta, double phi, Normalisation normalisation,
                       Span<std::complex<double>> out);

/// out[full_index(l, m)] = S_lm; same arguments.
void real_harmonics(int b, double theta, double phi, Span<double> out);

}  // namespace equicloud::sphere
