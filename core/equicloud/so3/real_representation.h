// SPDX-License-Identifier: BSD-3-Clause
// The representations of SO(3) over the real harmonics S (sphere/harmonics.h): with U the unitary
// map from complex coefficients to real ones (sphere/coefficients.h),
//   Delta^l(R) = U conj(D^l(R)) U^H,    S^l(R x) = Delta^l(R) S^l(x),
// orthogonal (2l+1) x (2l+1) matrices; Delta^1 is R itself in the order y, z, x. A function on the
// sphere in real form a turns as (L_R f)^l = Delta^l(R) a^l. A real function on SO(3) reads
//   g(R) = sum_l (2l+1) sum_mn G^l_mn Delta^l_mn(R),    G^l = U ghat^l U^H,
// with G real, laid out as so3/index.h says. Both correlations keep their form:
//   G^l = sum_k F_k^l (Psi_k^l)^T    (correlation.h),
// and powers keep theirs: sum_mn (G^l_mn)^2 = sum_mn |ghat^l_mn|^2.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/so3/rotation.h>

#include <complex>
#include <vector>

namespace equicloud::so3 {

/// Delta^l(R), row-major, entry (m, n) at (m+l)(2l+1) + n+l. Throws InvalidArgument for l < 0.
/// Cost: O(l^3).
std::vector<double> real_wigner_D(int l, const EulerAngles& R);

/// Delta^0(R) .. Delta^{b-1}(R), in the layout of index.h. Throws InvalidArgument. Cost: O(b^3).
std::vector<double> real_wigner_D_blocks(int bandwidth, const EulerAngles& R);

/// The real form G of real functions on SO(3) from their coefficients ghat, one function after the
/// other. Reads orders (m, n) and (m, -n) with m >= 0 alone.
/// @param complex, real  b (4 b^2 - 1) / 3 numbers each a function; throws InvalidArgument for
/// other sizes. T: float or double. Cost: O(1) a coefficient.
template <typename T>
void real_from_complex(int bandwidth, Span<const std::complex<T>> complex, Span<T> real);

/// The inverse; all orders are written. complex and real must not overlap.
template <typename T>
void complex_from_real(int bandwidth, Span<const T> real, Span<std::complex<T>> complex);

}  // namespace equicloud::so3
