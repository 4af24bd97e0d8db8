// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/pairs.h>
#include <equicloud/classify/set_features.h>

#include <array>
#include <cmath>

namespace equicloud::classify {
namespace {

using Vector = std::array<float, 3>;

float dot(const float* a, const float* b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector cross(const float* a, const float* b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vector between(const float* from, const float* to) {
  return {to[0] - from[0], to[1] - from[1], to[2] - from[2]};
}

float inverse(float length) { return length > 0.0F ? 1.0F / length : 0.0F; }

// Two vectors of one length that make a right-handed frame with the unit vector n. Which way they
// point shows in no turning step.
struct Tangents {
  Vector first, second;

  explicit Tangents(const float* n) {
    float away[3] = {0.0F, 0.0F, 0.0F};
    const auto smaller = [n](int a, int b) { return std::fabs(n[b]) < std::fabs(n[a]) ? b : a; };
    away[smaller(smaller(0, 1), 2)] = 1.0F;
    first = cross(n, away);
    second = cross(n, first.data());
  }
};

// From `before` to `angle` the positive way round, in units of pi, in [0, 2).
float turning_step(float before, float angle, bool wraps) {
  constexpr float inverse_pi = 0.318309886F;
  const float step = (angle - before) * inverse_pi + (wraps ? 2.0F : 0.0F);
  return step < 2.0F ? step : 0.0F;
}

}  // namespace

// The neighbours of one centre by turning angle.
struct Pairs::Fan {
  float angle[kMaxNeighbors];
  std::uint32_t slot[kMaxNeighbors];
  std::size_t count = 0;

  // Insertion keeps equal angles in the order they come, nearest first.
  void insert(float value, std::size_t j) {
    std::size_t at = count++;
    for (; at > 0 && angle[at - 1] > value; --at) {
      angle[at] = angle[at - 1];
      slot[at] = slot[at - 1];
    }
    angle[at] = value;
    slot[at] = static_cast<std::uint32_t>(j);
  }
};

void Pairs::assign(const Shape& shape, const Axes& axes) {
  points_.resize(shape.size());
  for (std::size_t i = 0; i < points_.size(); ++i) {
    Point& point = points_[i];
    for (std::size_t a = 0; a < 3; ++a) {
      point.p[a] = shape.xyz[3 * i + a];
      point.axis[a] = axes.axis[3 * i + a];
    }
    point.radius = axes.numbers[kPointNumbers * i + kRadius];
    point.inverse_radius = point.radius < kNoRay ? 0.0F : 1.0F / point.radius;
  }
}

void Pairs::numbers(std::size_t center, const std::uint32_t* neighbors, std::size_t k,
                    float* out) const noexcept {
  const Point& p = points_[center];
  const Tangents tangents(p.axis);
  Fan fan;
  for (std::size_t j = 0; j < k; ++j) {
    const Point& q = points_[neighbors[j]];
    float* pair = out + j * kPairNumbers;
    const Vector e = between(p.p, q.p);
    const float r = std::sqrt(dot(e.data(), e.data()));
    const float inverse_r = inverse(r);
    const Vector u = {e[0] * inverse_r, e[1] * inverse_r, e[2] * inverse_r};
    pair[kDistance] = r;
    pair[kHeight] = dot(u.data(), p.axis);
    pair[kHeightThere] = dot(u.data(), q.axis);
    pair[kAxisCosine] = dot(p.axis, q.axis);
    pair[kTwist] = dot(cross(p.axis, q.axis).data(), u.data());
    const float along_p = dot(u.data(), p.p);
    pair[kAlongRay] = along_p * p.inverse_radius;
    // (|q|^2 - |p|^2) / (|q| + |p|) = e.(p + q) / (|q| + |p|): no difference of near equals.
    pair[kRadiusStep] = (along_p + dot(u.data(), q.p)) * inverse(p.radius + q.radius);
    pair[kRayCosine] = dot(p.p, q.p) * (p.inverse_radius * q.inverse_radius);
    fan.insert(
        std::atan2(dot(e.data(), tangents.second.data()), dot(e.data(), tangents.first.data())), j);
  }
  const float inverse_reach = inverse(out[(k - 1) * kPairNumbers + kDistance]);
  for (std::size_t j = 0; j < k; ++j)
    out[j * kPairNumbers + kShare] = out[j * kPairNumbers + kDistance] * inverse_reach;
  turns(fan, neighbors, out);
}

void Pairs::turns(const Fan& fan, const std::uint32_t* neighbors, float* out) const noexcept {
  std::size_t before = fan.count - 1;
  for (std::size_t at = 0; at < fan.count; before = at++) {
    const Point& q = points_[neighbors[fan.slot[at]]];
    const Point& previous = points_[neighbors[fan.slot[before]]];
    float* pair = out + fan.slot[at] * kPairNumbers;
    const Vector w = between(previous.p, q.p);
    const float inverse_length = inverse(std::sqrt(dot(w.data(), w.data())));
    pair[kTurn] = turning_step(fan.angle[before], fan.angle[at], at == 0);
    pair[kTurnHeight] = dot(w.data(), q.axis) * inverse_length;
    pair[kTurnCosine] = dot(q.axis, previous.axis);
  }
}

}  // namespace equicloud::classify
