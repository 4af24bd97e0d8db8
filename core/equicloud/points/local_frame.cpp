// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/points/local_frame.h>

#include <algorithm>
#include <cmath>

namespace equicloud {
namespace {

using Vector = std::array<double, 3>;

double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

// Symmetric 3 x 3: xx, xy, xz, yy, yz, zz.
using Symmetric = std::array<double, 6>;

Symmetric covariance(const Moments& m) {
  const Vector& a = m.mean;
  return {m.second[0] - a[0] * a[0], m.second[1] - a[0] * a[1], m.second[2] - a[0] * a[2],
          m.second[3] - a[1] * a[1], m.second[4] - a[1] * a[2], m.second[5] - a[2] * a[2]};
}

double determinant(const Symmetric& c) {
  return c[0] * (c[3] * c[5] - c[4] * c[4]) - c[1] * (c[1] * c[5] - c[4] * c[2]) +
         c[2] * (c[1] * c[4] - c[3] * c[2]);
}

// The null vector of C - l I: the longest cross product of two of its rows.
Vector null_vector(const Symmetric& c, double l) {
  const Vector rows[3] = {{c[0] - l, c[1], c[2]}, {c[1], c[3] - l, c[4]}, {c[2], c[4], c[5] - l}};
  const Vector candidates[3] = {cross(rows[0], rows[1]), cross(rows[0], rows[2]),
                                cross(rows[1], rows[2])};
  const Vector* best = &candidates[0];
  for (const Vector& candidate : candidates)
    if (dot(candidate, candidate) > dot(*best, *best)) best = &candidate;
  const double length = std::sqrt(dot(*best, *best));
  if (!(length > 0.0)) return {0.0, 0.0, 1.0};
  return {(*best)[0] / length, (*best)[1] / length, (*best)[2] / length};
}

}  // namespace

LocalFrame local_frame(const Moments& moments) noexcept {
  constexpr double third_turn = 2.0943951023931953;  // 2 pi / 3
  Symmetric c = covariance(moments);
  const double trace = c[0] + c[3] + c[5];
  LocalFrame frame;
  frame.normal = {0.0, 0.0, 1.0};
  if (!(trace > 0.0)) return frame;
  for (double& entry : c) entry /= trace;  // products of six entries must not underflow
  const double q = (c[0] + c[3] + c[5]) / 3.0;
  const double off = c[1] * c[1] + c[2] * c[2] + c[4] * c[4];
  const double p2 =
      (c[0] - q) * (c[0] - q) + (c[3] - q) * (c[3] - q) + (c[5] - q) * (c[5] - q) + 2.0 * off;
  const double p = std::sqrt(p2 / 6.0);
  if (!(p > 0.0)) {
    frame.l0 = frame.l1 = frame.l2 = q * trace;
    return frame;
  }
  const Symmetric b = {(c[0] - q) / p, c[1] / p, c[2] / p,
                       (c[3] - q) / p, c[4] / p, (c[5] - q) / p};
  const double angle = std::acos(std::clamp(determinant(b) / 2.0, -1.0, 1.0)) / 3.0;
  const double largest = q + 2.0 * p * std::cos(angle);
  const double smallest = q + 2.0 * p * std::cos(angle + third_turn);
  frame.normal = null_vector(c, smallest);
  frame.l0 = std::max(smallest, 0.0) * trace;
  frame.l2 = std::max(largest, 0.0) * trace;
  frame.l1 = std::clamp(3.0 * q - smallest - largest, std::max(smallest, 0.0), largest) * trace;
  return frame;
}

}  // namespace equicloud
