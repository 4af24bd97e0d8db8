// SPDX-License-Identifier: BSD-3-Clause
// Functions of a small bandwidth on the grid of a larger one, and what that is for: products.
#include <equicloud/base/error.h>
#include <equicloud/so3/transform.h>
#include <gtest/gtest.h>

#include "so3/conversions.h"
#include "so3/function_reference.h"

namespace equicloud::so3 {
namespace {

using reference::Coefficients;
using reference::Function;

constexpr int kBandwidth = 4;

struct Transform {
  SO3Transform<double> plan;
  TransformWorkspace<double> workspace;
  explicit Transform(const Grid& grid) : plan(grid), workspace(plan.workspace()) {}

  std::vector<double> synthesis(const Coefficients& fhat) {
    std::vector<double> f(plan.samples());
    plan.synthesis(fhat, Span<double>(f), workspace);
    return f;
  }
  Coefficients analysis(const std::vector<double>& f) {
    Coefficients fhat(plan.coefficients());
    plan.analysis(f, Span<reference::Complex>(fhat), workspace);
    return fhat;
  }
};

TEST(Oversampling, KeepsSynthesisAndItsInverse) {
  const Coefficients fhat = reference::random_real_coefficients(kBandwidth, 1);
  for (const Grid& grid : {band_limited(gauss_legendre(7, 15), kBandwidth),
                           band_limited(soft(6), kBandwidth), band_limited(soft(4), 4)}) {
    Transform transform(grid);
    const std::vector<double> f = transform.synthesis(fhat);
    EXPECT_LE(reference::relative_gap(f, reference::inverse(grid, fhat)), kPromised<double>);
    EXPECT_LE(reference::relative_gap(transform.analysis(f), fhat), kPromised<double>);
  }
}

// f^2 has degree 2 (b - 1); with c rings, analysis below b' is exact where 2 (b - 1) + b' <= 2c:
// the square on a grid just large enough has the coefficients it has on a far larger one.
TEST(Oversampling, MakesSquaresExact) {
  const Coefficients fhat = reference::random_real_coefficients(kBandwidth, 2);
  const auto square = [&](int c) {
    std::vector<double> f = Transform(band_limited(gauss_legendre(c), kBandwidth)).synthesis(fhat);
    for (double& value : f) value *= value;
    return Transform(band_limited(gauss_legendre(c), kBandwidth)).analysis(f);
  };
  EXPECT_LE(reference::relative_gap(square(5), square(12)), kPromised<double>);
  EXPECT_GT(reference::relative_gap(square(4), square(12)), 1e-3) << "the bound is no bound";
}

TEST(Oversampling, RefusesWhatAGridCannotHold) {
  EXPECT_THROW(band_limited(gauss_legendre(4), 5), InvalidArgument);
  EXPECT_THROW(band_limited(gauss_legendre(4), 0), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::so3
