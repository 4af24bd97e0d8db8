// SPDX-License-Identifier: BSD-3-Clause
// Wigner's D: the irreducible representations of SO(3). With R = Rz(alpha) Ry(beta) Rz(gamma),
//   D^l_mn(R) = e^{i m alpha} d^l_mn(beta) e^{i n gamma},
// so that D(R1 R2) = D(R1) D(R2) and Y^l(R x) = D^l(R) Y^l(x). The plus signs make this the complex
// conjugate of the D of quantum-mechanics texts; core/CONVENTIONS.md says why.
#pragma once

#include <equicloud/so3/rotation.h>

#include <complex>
#include <vector>

namespace equicloud::so3 {

/// D^l(R): (2l+1) x (2l+1) numbers, row-major, entry (m, n) at (m+l)(2l+1) + n+l.
/// Throws InvalidArgument for l < 0. Cost: O(l^3).
std::vector<std::complex<double>> wigner_D(int l, const EulerAngles& R);

/// D^0(R) .. D^{b-1}(R), in the layout of index.h. Throws InvalidArgument. Cost: O(b^3).
std::vector<std::complex<double>> wigner_D_blocks(int bandwidth, const EulerAngles& R);

}  // namespace equicloud::so3
