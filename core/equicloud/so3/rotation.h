// SPDX-License-Identifier: BSD-3-Clause
// Rotations of space as Euler angles and as matrices. A rotation is active: R x moves the point x,
// and R = Rz(alpha) Ry(beta) Rz(gamma). Signs and ranges: core/CONVENTIONS.md.
#pragma once

#include <equicloud/base/random.h>

#include <array>

namespace equicloud::so3 {

using Vector3 = std::array<double, 3>;
/// Row-major: entry (i, k) at 3 i + k.
using Matrix3 = std::array<double, 9>;

/// R = Rz(alpha) Ry(beta) Rz(gamma), in radians; beta in [0, pi], the others of any size.
struct EulerAngles {
  double alpha = 0.0;
  double beta = 0.0;
  double gamma = 0.0;
};

Matrix3 rotation_matrix(const EulerAngles& R);

/// The angles of a rotation matrix: alpha and gamma in (-pi, pi], beta in [0, pi]. Where the axis
/// stays in place (beta = 0 or pi to rounding) only alpha + gamma or alpha - gamma is determined;
/// gamma is 0 there. @param R  orthogonal with determinant 1, to 1e-6; throws InvalidArgument
EulerAngles euler_angles(const Matrix3& R);

/// The product: first `second`, then `first` acts, as in first * second * x.
EulerAngles compose(const EulerAngles& first, const EulerAngles& second);
/// R^-1, with beta in [0, pi] again: (pi - gamma, beta, pi - alpha) up to full turns.
EulerAngles inverse(const EulerAngles& R);
/// R x.
Vector3 rotate(const EulerAngles& R, const Vector3& x);

/// Uniform over SO(3) (Haar measure): alpha and gamma uniform, cos beta uniform.
EulerAngles random_rotation(Random& random);

}  // namespace equicloud::so3
