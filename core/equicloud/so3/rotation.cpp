// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/rotation.h>

#include <cmath>
#include <string>

namespace equicloud::so3 {
namespace {

constexpr double kPi = 3.14159265358979323846;
// Below this sine of beta the entries that hold alpha are rounding noise.
constexpr double kPole = 1e-15;
// What a matrix that was rounded to float and multiplied a few times may be off.
constexpr double kOrthogonal = 1e-6;

Matrix3 product(const Matrix3& a, const Matrix3& b) {
  Matrix3 c{};
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 3; ++k)
      for (int j = 0; j < 3; ++j) c[3 * i + k] += a[3 * i + j] * b[3 * j + k];
  return c;
}

double determinant(const Matrix3& a) {
  return a[0] * (a[4] * a[8] - a[5] * a[7]) - a[1] * (a[3] * a[8] - a[5] * a[6]) +
         a[2] * (a[3] * a[7] - a[4] * a[6]);
}

void check_rotation(const Matrix3& R) {
  double off = std::abs(determinant(R) - 1.0);
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 3; ++k) {
      double dot = i == k ? -1.0 : 0.0;
      for (int j = 0; j < 3; ++j) dot += R[3 * i + j] * R[3 * k + j];
      off += std::abs(dot);  // a sum, because a maximum would let a NaN pass
    }
  if (!(off <= kOrthogonal))
    throw InvalidArgument("not a rotation matrix: R R^T and det R are off by " +
                          std::to_string(off) + "; expected at most 1e-6");
}

}  // namespace

Matrix3 rotation_matrix(const EulerAngles& R) {
  const double ca = std::cos(R.alpha);
  const double sa = std::sin(R.alpha);
  const double cb = std::cos(R.beta);
  const double sb = std::sin(R.beta);
  const double cg = std::cos(R.gamma);
  const double sg = std::sin(R.gamma);
  return {ca * cb * cg - sa * sg,
          -ca * cb * sg - sa * cg,
          ca * sb,
          sa * cb * cg + ca * sg,
          -sa * cb * sg + ca * cg,
          sa * sb,
          -sb * cg,
          sb * sg,
          cb};
}

EulerAngles euler_angles(const Matrix3& R) {
  check_rotation(R);
  const double sine = std::hypot(R[2], R[5]);
  const double beta = std::atan2(sine, R[8]);
  if (sine <= kPole) return {std::atan2(-R[1], R[4]), beta, 0.0};
  // gamma from Rz(-alpha) R, whose middle row is (sin gamma, cos gamma, 0): near the poles alpha is
  // poorly determined, and this way gamma makes up for what alpha is off.
  const double alpha = std::atan2(R[5], R[2]);
  const double c = std::cos(alpha);
  const double s = std::sin(alpha);
  return {alpha, beta, std::atan2(c * R[3] - s * R[0], c * R[4] - s * R[1])};
}

EulerAngles compose(const EulerAngles& first, const EulerAngles& second) {
  return euler_angles(product(rotation_matrix(first), rotation_matrix(second)));
}

EulerAngles inverse(const EulerAngles& R) { return {kPi - R.gamma, R.beta, kPi - R.alpha}; }

Vector3 rotate(const EulerAngles& R, const Vector3& x) {
  const Matrix3 a = rotation_matrix(R);
  return {a[0] * x[0] + a[1] * x[1] + a[2] * x[2], a[3] * x[0] + a[4] * x[1] + a[5] * x[2],
          a[6] * x[0] + a[7] * x[1] + a[8] * x[2]};
}

EulerAngles random_rotation(Random& random) {
  const double alpha = random.uniform(-kPi, kPi);
  const double beta = std::acos(random.uniform(-1.0, 1.0));
  return {alpha, beta, random.uniform(-kPi, kPi)};
}

}  // namespace equicloud::so3
