// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/sphere/harmonic_rows.h>
#include <equicloud/sphere/harmonics.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace equicloud::sphere {
namespace {

// Relative to the largest harmonic, sqrt((2l+1) / 4 pi): b steps, each rounded to 6e-8.
constexpr double kTolerance = 2e-6;

// The poles, the equator, then anywhere; more than a chunk of directions and no multiple of one.
struct Directions {
  std::vector<double> theta{0.0, std::acos(-1.0), std::acos(0.0)};
  std::vector<double> phi{0.0, 0.0, 1.0};
  std::vector<float> x, y, z;
  explicit Directions(std::size_t n) {
    Random random(1);
    while (theta.size() < n) {
      theta.push_back(std::acos(random.uniform(-1.0, 1.0)));
      phi.push_back(random.uniform(-3.0, 3.0));
    }
    for (std::size_t i = 0; i < n; ++i) {
      x.push_back(static_cast<float>(std::sin(theta[i]) * std::cos(phi[i])));
      y.push_back(static_cast<float>(std::sin(theta[i]) * std::sin(phi[i])));
      z.push_back(static_cast<float>(std::cos(theta[i])));
    }
  }
};

TEST(HarmonicRows, EqualTheHarmonicsOfEachDirection) {
  constexpr std::size_t n = 151;
  constexpr std::size_t stride = 160;
  const Directions u(n);
  for (const int b : {1, 2, 8, 12}) {
    std::vector<float> rows(full_size(b) * stride, 7.0F);
    HarmonicRows(b).evaluate(u.x.data(), u.y.data(), u.z.data(), n, rows.data(), stride);
    std::vector<double> S(full_size(b));
    double gap = 0;
    for (std::size_t i = 0; i < n; ++i) {
      real_harmonics(b, u.theta[i], u.phi[i], Span<double>(S));
      for (std::size_t lm = 0; lm < S.size(); ++lm)
        gap = std::fmax(gap, std::abs(rows[lm * stride + i] - S[lm]));
    }
    EXPECT_LE(gap / std::sqrt((2 * b - 1) / (4 * std::acos(-1.0))), kTolerance * b);
    EXPECT_EQ(rows[n], 7.0F) << "writes beyond its directions";
  }
}

TEST(HarmonicRows, RefuseNoBandwidth) { EXPECT_THROW(HarmonicRows(0), InvalidArgument); }

}  // namespace
}  // namespace equicloud::sphere
