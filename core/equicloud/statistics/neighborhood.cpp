// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/statistics/neighborhood.h>

#include <algorithm>
#include <cmath>

namespace equicloud::statistics {
namespace {

using Vector = std::array<double, 3>;
constexpr std::size_t kTerms = 6;
using Terms = std::array<double, kTerms>;

// Keeps the normal equations of points on a line or a lattice solvable; the residual of a true
// quadric grows by less than 1e-4 of its height.
constexpr double kRidge = 1e-9;
constexpr double kPlaneParameters = 3.0;
constexpr double kQuadricParameters = 6.0;

struct Total {
  double weight = 0.0, squared = 0.0;

  void add(double w) {
    weight += w;
    squared += w * w;
  }
  /// m / (m - parameters), at most m.
  double correction(double parameters) const {
    const double m = weight * weight / squared;
    return m / std::max(m - parameters, 1.0);
  }
};

double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

/// Axes across the normal. Their turn about it is arbitrary: the space of quadrics does not see it.
struct Tangent {
  Vector normal, u{}, v{};

  explicit Tangent(const Vector& n) : normal(n) {
    u = cross(n, std::abs(n[0]) < 0.7 ? Vector{1.0, 0.0, 0.0} : Vector{0.0, 1.0, 0.0});
    const double length = std::sqrt(dot(u, u));
    for (double& c : u) c /= length;
    v = cross(n, u);
  }
  /// The quadric's terms at an offset in units of `length`.
  Terms terms(const Vector& offset, double length) const {
    const double a = dot(u, offset) / length, b = dot(v, offset) / length;
    return {1.0, a, b, a * a, a * b, b * b};
  }
};

/// The weighted normal equations G c = r of a fit, solved by Cholesky's factorisation G = L L^T.
struct NormalEquations {
  std::array<Terms, kTerms> gram{};  // the lower triangle; then L
  Terms right{};

  void add(const Terms& t, double height, double weight) {
    for (std::size_t i = 0; i < kTerms; ++i) {
      const double scaled = weight * t[i];
      for (std::size_t j = 0; j <= i; ++j) gram[i][j] += scaled * t[j];
      right[i] += scaled * height;
    }
  }
  /// @param ridge  > 0, added to the diagonal
  Terms solve(double ridge) {
    Terms c = right;
    for (std::size_t i = 0; i < kTerms; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        for (std::size_t k = 0; k < j; ++k) gram[i][j] -= gram[i][k] * gram[j][k];
        gram[i][j] /= gram[j][j];
        c[i] -= gram[i][j] * c[j];
      }
      double rest = gram[i][i] + ridge;
      for (std::size_t k = 0; k < i; ++k) rest -= gram[i][k] * gram[i][k];
      gram[i][i] = std::sqrt(std::max(rest, ridge));
      c[i] /= gram[i][i];
    }
    for (std::size_t i = kTerms; i-- > 0;) {
      for (std::size_t k = i + 1; k < kTerms; ++k) c[i] -= gram[k][i] * c[k];
      c[i] /= gram[i][i];
    }
    return c;
  }
};

Moments moments_of(const Neighborhood& set, Total& total) {
  Moments sum;
  total.add(set.own_weight);
  for (std::size_t j = 0; j < set.size; ++j) {
    const std::array<double, 3>& d = set.offsets[j];
    const double w = set.weights[j];
    total.add(w);
    std::size_t entry = 0;
    for (std::size_t a = 0; a < 3; ++a) {
      sum.mean[a] += w * d[a];
      for (std::size_t b = a; b < 3; ++b) sum.second[entry++] += w * d[a] * d[b];
    }
  }
  for (double& m : sum.mean) m /= total.weight;
  for (double& m : sum.second) m /= total.weight;
  return sum;
}

/// Fits the heights over the tangent plane and fills in what is left of them.
void fit_quadric(const Neighborhood& set, const Total& total, Fit& fit) {
  const Tangent tangent(fit.frame.normal);
  const Vector& farthest = set.offsets[set.size - 1];
  const double length = std::sqrt(dot(farthest, farthest));
  NormalEquations equations;
  equations.add(tangent.terms({}, length), 0.0, set.own_weight);
  double squares = 0.0;
  for (std::size_t j = 0; j < set.size; ++j) {
    const double height = dot(tangent.normal, set.offsets[j]);
    equations.add(tangent.terms(set.offsets[j], length), height, set.weights[j]);
    squares += set.weights[j] * height * height;
  }
  const Terms coefficients = equations.solve(kRidge * total.weight);
  double explained = 0.0;
  for (std::size_t i = 0; i < kTerms; ++i) explained += equations.right[i] * coefficients[i];
  const double left = std::max(squares - explained, 0.0);
  fit.quadric = std::sqrt(left / total.weight * total.correction(kQuadricParameters));
  fit.own_residual = std::abs(coefficients[0]);
}

}  // namespace

Fit fit(const Neighborhood& neighborhood) noexcept {
  Fit fit;
  Total total;
  fit.frame = local_frame(moments_of(neighborhood, total));
  fit.plane = std::sqrt(fit.frame.l0 * total.correction(kPlaneParameters));
  fit_quadric(neighborhood, total, fit);
  return fit;
}

}  // namespace equicloud::statistics
