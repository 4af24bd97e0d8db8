// SPDX-License-Identifier: BSD-3-Clause
// The axes and numbers of points against their formulas in double with Eigen.
#include <equicloud/base/error.h>
#include <equicloud/classify/axes.h>
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <memory>

#include "classify/clouds.h"

namespace equicloud::classify {
namespace {

// Eigenvalues of local_frame() are good to 1e-8 l2 and numbers are rounded to float; a spread is
// the root of an eigenvalue sum.
constexpr double kTolerance = 1e-6;

struct Scale {
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  Eigen::Vector3d l;

  Scale(const std::vector<Eigen::Vector3d>& e, const std::vector<double>& w) {
    double total = 0.0;
    for (std::size_t j = 0; j < e.size(); ++j) {
      mean += w[j] * e[j];
      total += w[j];
    }
    mean /= total;
    for (std::size_t j = 0; j < e.size(); ++j)
      covariance += w[j] / total * (e[j] - mean) * (e[j] - mean).transpose();
    l = Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(covariance).eigenvalues();
  }
};

class Reference {
 public:
  Reference(const Shape& shape, const Axes& axes, std::size_t i)
      : p_(at(shape.xyz, i)), n_(at(axes.axis, i)) {
    std::vector<Eigen::Vector3d> e = {Eigen::Vector3d::Zero()};
    for (int j = 0; j < 24; ++j)
      e.push_back(at(shape.xyz, axes.neighbors[24 * i + static_cast<std::size_t>(j)]) - p_);
    d24_ = e.back().norm();
    std::vector<double> w;
    for (const auto& offset : e) w.push_back(std::pow(1 - std::pow(offset.norm() / d24_, 2), 2));
    wide_ = std::make_unique<Scale>(e, w);
    e.resize(9);
    near_ = std::make_unique<Scale>(e, std::vector<double>(9, 1.0));
  }

  std::vector<double> numbers() const {
    const double tr8 = near_->l.sum(), tr24 = wide_->l.sum();
    return {p_.norm(),
            n_.dot(p_.normalized()),
            near_->l[0] / tr8,
            near_->l[1] / tr8,
            wide_->l[0] / tr24,
            wide_->l[1] / tr24,
            std::sqrt(tr24),
            d24_,
            wide_->mean.dot(n_) / d24_,
            wide_->mean.norm() / d24_};
  }
  // An eigenvector may turn freely where two eigenvalues meet, so the equation is tested.
  double axis_residual() const {
    return (wide_->covariance * n_ - wide_->l[0] * n_).norm() / wide_->l[2];
  }

 private:
  static Eigen::Vector3d at(const std::vector<float>& xyz, std::size_t i) {
    return {xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]};
  }
  Eigen::Vector3d p_, n_;
  double d24_ = 0.0;
  std::unique_ptr<Scale> wide_, near_;
};

TEST(Axes, EqualTheirFormulas) {
  AxisFinder finder;
  for (const std::size_t n : {64U, 300U, 1024U}) {
    const Shape shape = make_shape(PointsView(goblet(n, n)));
    const Axes& axes = finder.find(shape);
    ASSERT_EQ(axes.points, n);
    for (std::size_t i = 0; i < n; ++i) {
      const Reference reference(shape, axes, i);
      const std::vector<double> expected = reference.numbers();
      EXPECT_LT(reference.axis_residual(), kTolerance) << i;
      for (std::size_t c = 0; c < kPointNumbers; ++c)
        ASSERT_NEAR(axes.numbers[kPointNumbers * i + c], expected[c], kTolerance)
            << "point " << i << ", number " << c;
    }
  }
}

TEST(Axes, AreUnitVectorsThatPointOutward) {
  for (const auto& [name, cloud] : awkward_clouds()) {
    const Shape shape = make_shape(PointsView(cloud));
    AxisFinder finder;
    const Axes& axes = finder.find(shape);
    for (std::size_t i = 0; i < shape.size(); ++i) {
      const float* n = axes.axis.data() + 3 * i;
      const float* p = shape.xyz.data() + 3 * i;
      EXPECT_NEAR(std::hypot(n[0], n[1], n[2]), 1.0, kTolerance) << name;
      EXPECT_GE(axes.numbers[kPointNumbers * i + kFacing], 0.0F) << name;
      const double along = double{n[0]} * p[0] + double{n[1]} * p[1] + double{n[2]} * p[2];
      EXPECT_GE(along, -kTolerance * std::hypot(p[0], p[1], p[2])) << name;
    }
  }
}

TEST(Axes, OfASphereAreItsRays) {
  Random random(1);
  Cloud cloud;
  for (int i = 0; i < 1000; ++i) {
    const double x = random.normal(), y = random.normal(), z = random.normal();
    const double r = std::hypot(x, y, z);
    laws::add_point(cloud, x / r, y / r, z / r);
  }
  AxisFinder finder;
  const Axes& axes = finder.find(make_shape(PointsView(cloud)));
  double facing = 0.0;
  for (std::size_t i = 0; i < 1000; ++i) {
    facing += axes.numbers[kPointNumbers * i + kFacing] / 1000;
    EXPECT_LT(axes.numbers[kPointNumbers * i + kOutward], 0.0F) << "a sphere bends inward";
  }
  EXPECT_GT(facing, 0.99);
}

TEST(Axes, RefuseAShapeThatIsTooSmall) {
  AxisFinder finder;
  EXPECT_THROW(finder.find(make_shape(PointsView(goblet(63, 1)))), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::classify
