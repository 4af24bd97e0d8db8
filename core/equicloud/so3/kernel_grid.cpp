// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/kernel_grid.h>
#include <equicloud/so3/representation.h>
#include <equicloud/sphere/harmonics.h>

#include <algorithm>
#include <string>

namespace equicloud::so3 {
namespace {

constexpr double kPi = 3.14159265358979323846;

void check_count(const char* name, int count) {
  if (count < 1)
    throw InvalidArgument(std::string("a kernel's grid has ") + name + " = " +
                          std::to_string(count) + "; expected at least 1");
}

void check_angle(const char* name, double angle, bool fits, const char* range) {
  if (!fits)
    throw InvalidArgument(std::string("a kernel's grid has ") + name + " = " +
                          std::to_string(angle) + "; expected it in " + range);
}

std::vector<SpherePoint> rings(const std::vector<double>& theta, int n_alpha) {
  std::vector<SpherePoint> points;
  for (const double t : theta)
    for (int k = 0; k < n_alpha; ++k) points.push_back({t, 2.0 * kPi * k / n_alpha});
  return points;
}

}  // namespace

std::vector<SpherePoint> s2_near_identity_grid(double max_beta, int n_alpha, int n_beta) {
  check_angle("max_beta", max_beta, max_beta > 0.0 && max_beta <= kPi, "(0, pi]");
  check_count("n_alpha", n_alpha);
  check_count("n_beta", n_beta);
  std::vector<double> theta;
  for (int i = 1; i <= n_beta; ++i) theta.push_back(max_beta * i / n_beta);
  return rings(theta, n_alpha);
}

std::vector<SpherePoint> s2_equatorial_grid(double max_beta, int n_alpha, int n_beta) {
  check_angle("max_beta", max_beta, max_beta >= 0.0 && max_beta < kPi / 2, "[0, pi/2)");
  check_count("n_alpha", n_alpha);
  check_count("n_beta", n_beta);
  std::vector<double> theta;
  for (int i = 0; i < n_beta; ++i)
    theta.push_back(kPi / 2 + (n_beta == 1 ? 0.0 : max_beta * (2.0 * i / (n_beta - 1) - 1.0)));
  return rings(theta, n_alpha);
}

std::vector<EulerAngles> so3_near_identity_grid(double max_beta, double max_gamma, int n_alpha,
                                                int n_beta, int n_gamma) {
  check_angle("max_gamma", max_gamma, max_gamma > 0.0 && max_gamma <= 2 * kPi, "(0, 2 pi]");
  check_count("n_gamma", n_gamma);
  std::vector<EulerAngles> grid;
  for (const SpherePoint& axis : s2_near_identity_grid(max_beta, n_alpha, n_beta))
    for (int k = 0; k < n_gamma; ++k)
      grid.push_back({axis.phi, axis.theta, max_gamma * k / n_gamma - axis.phi});
  return grid;
}

std::vector<std::complex<double>> s2_unit_masses(int bandwidth, Span<const SpherePoint> points) {
  check_count("bandwidth", bandwidth);
  const std::size_t size = sphere::full_size(bandwidth);
  std::vector<std::complex<double>> masses(points.size() * size);
  for (std::size_t i = 0; i < points.size(); ++i)
    sphere::complex_harmonics(bandwidth, points[i].theta, points[i].phi,
                              sphere::Normalisation::group, {masses.data() + i * size, size});
  for (std::complex<double>& value : masses) value = std::conj(value);
  return masses;
}

std::vector<std::complex<double>> so3_unit_masses(int bandwidth, Span<const EulerAngles> points) {
  check_count("bandwidth", bandwidth);
  std::vector<std::complex<double>> masses;
  masses.reserve(points.size() * coefficient_count(bandwidth));
  for (const EulerAngles& Q : points)
    for (const std::complex<double>& value : wigner_D_blocks(bandwidth, Q))
      masses.push_back(std::conj(value));
  return masses;
}

}  // namespace equicloud::so3
