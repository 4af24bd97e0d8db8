// SPDX-License-Identifier: BSD-3-Clause
// The features against their formulas, computed again in the plainest way, and their laws.
#include <equicloud/outlier/features.h>
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "laws/clouds.h"

namespace equicloud::outlier {
namespace {

// Everything in double from coordinates, one point at a time, with Eigen: slow and obvious.
class Reference {
 public:
  explicit Reference(const laws::Cloud& cloud) {
    for (std::size_t i = 0; i < cloud.size(); i += 3)
      x_.emplace_back(cloud[i], cloud[i + 1], cloud[i + 2]);
    for (std::size_t i = 0; i < x_.size(); ++i) list(i);
    std::vector<double> h8;
    for (const Point& p : p_) h8.push_back(p.h8);
    std::sort(h8.begin(), h8.end());
    s_ = h8[h8.size() / 2];
    moments_[1] = hop(moments_[0]);
    moments_[2] = hop(moments_[1]);
  }

  std::vector<double> point_features(std::size_t i) const {
    const Point& p = p_[i];
    const Shape a = shape(0, i), b = shape(1, i), c = shape(2, i);
    const auto log_h = [this](std::size_t j) { return std::log(p_[j].h / s_); };
    const auto log_h2 = [&](std::size_t j) { return log_h(j) * log_h(j); };
    const auto flat = [this](std::size_t j) { return shape(0, j).flat; };
    const auto twice = [this](const auto& q, std::size_t at) {
      return average([&](std::size_t j) { return average(q, j); }, at);
    };
    const double own_t1 = a.trace;
    const double t2 = b.trace + 0.3 * own_t1, t3 = c.trace + 0.3 * own_t1;
    const double mean_log = twice(log_h, i);
    double total = 0.5;
    for (const double w : p.weight) total += w;
    return {std::log(p.h4 / s_),
            std::log(p.h8 / s_),
            log_h(i),
            std::log(p.h8 / p.h),
            std::log1p(a.gap * a.residual / std::sqrt(own_t1)),
            a.flat,
            a.gap,
            a.ratio,
            std::log1p(a.offset / std::sqrt(own_t1)),
            total / 15,
            average(log_h, i) - log_h(i),
            mean_log - log_h(i),
            std::min(std::max(twice(log_h2, i) - mean_log * mean_log, 0.0), 4.0),
            b.flat,
            b.ratio,
            std::log1p(b.gap * b.residual / std::sqrt(t2)),
            std::log(t2 / own_t1),
            c.flat,
            c.ratio,
            std::log1p(c.gap * c.residual / std::sqrt(t3)),
            std::log(t3 / t2),
            average(flat, i),
            twice(flat, i)};
  }

  std::vector<double> set_features(std::size_t i, std::size_t slot) const {
    const Point& p = p_[i];
    const std::size_t j = p.neighbor[slot];
    const Point& q = p_[j];
    const Shape a = shape(0, i), b = shape(0, j);
    const double d = (x_[j] - x_[i]).norm();
    const double r = std::fabs(b.normal.dot(x_[i] - x_[j] - moments_[0][j].mean));
    return {d / p.d16,
            std::log(q.h8 / p.h8),
            b.gap * std::log1p(r / q.h),
            b.gap * std::log1p(r / p.h),
            a.gap * b.gap * std::fabs(a.normal.dot(b.normal)),
            std::log((d + 0.1 * p.h) / q.d16),
            b.flat,
            std::log((d + 0.1 * p.h) / s_),
            b.gap};
  }

  std::size_t size() const { return x_.size(); }

 private:
  struct Point {
    std::vector<std::size_t> neighbor;
    std::vector<double> weight;
    double h, h4, h8, d16;
  };
  struct Moment {
    Eigen::Vector3d mean;
    Eigen::Matrix3d second;
  };
  struct Shape {
    double trace, flat, ratio, gap, residual, offset;
    Eigen::Vector3d normal;
  };

  void list(std::size_t i) {
    std::vector<std::pair<double, std::size_t>> all;
    for (std::size_t j = 0; j < x_.size(); ++j)
      if (j != i) all.emplace_back((x_[j] - x_[i]).norm(), j);
    std::sort(all.begin(), all.end());
    const auto mean = [&](int k) {
      double sum = 0;
      for (int j = 0; j < k; ++j) sum += all[static_cast<std::size_t>(j)].first;
      return sum / k;
    };
    Point p{{}, {}, mean(16), mean(4) + 0.1 * mean(16), mean(8) + 0.05 * mean(16), all[15].first};
    Moment m{Eigen::Vector3d::Zero(), Eigen::Matrix3d::Zero()};
    double total = 0.5;
    for (std::size_t j = 0; j < 15; ++j) {
      p.neighbor.push_back(all[j].second);
      p.weight.push_back(1 - std::pow(all[j].first / p.d16, 4));
      const Eigen::Vector3d d = x_[all[j].second] - x_[i];
      m.mean += p.weight[j] * d;
      m.second += p.weight[j] * d * d.transpose();
      total += p.weight[j];
    }
    moments_[0].push_back({m.mean / total, m.second / total});
    p_.push_back(p);
  }

  std::vector<Moment> hop(const std::vector<Moment>& of) const {
    std::vector<Moment> result;
    for (std::size_t i = 0; i < x_.size(); ++i) {
      Moment sum{0.5 * of[i].mean, 0.5 * of[i].second};
      double total = 0.5;
      for (std::size_t k = 0; k < 15; ++k) {
        const std::size_t j = p_[i].neighbor[k];
        const double w = p_[i].weight[k] / (1 + std::pow(p_[j].h / p_[i].h, 2) / 4);
        const Eigen::Vector3d d = x_[j] - x_[i];
        const Eigen::Vector3d m = of[j].mean;
        sum.mean += w * (m + d);
        sum.second +=
            w * (of[j].second + m * d.transpose() + d * m.transpose() + d * d.transpose());
        total += w;
      }
      result.push_back({sum.mean / total, sum.second / total});
    }
    return result;
  }

  template <typename Quantity>
  double average(const Quantity& q, std::size_t i) const {
    double sum = 0.5 * q(i), total = 0.5;
    for (std::size_t k = 0; k < 15; ++k) {
      sum += p_[i].weight[k] * q(p_[i].neighbor[k]);
      total += p_[i].weight[k];
    }
    return sum / total;
  }

  Shape shape(std::size_t hops, std::size_t i) const {
    const Moment& m = moments_[hops][i];
    const Eigen::Matrix3d covariance = m.second - m.mean * m.mean.transpose();
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(covariance);
    const Eigen::Vector3d l = solver.eigenvalues();
    const double guard = 1e-4 * p_[i].d16 * p_[i].d16;
    const double trace = l.sum() + guard;
    const Eigen::Vector3d normal = solver.eigenvectors().col(0);
    return {trace,
            l[0] / trace,
            l[1] / (l[2] + guard),
            (l[1] - l[0]) / (l[1] + 0.15 * trace),
            std::fabs(normal.dot(m.mean)),
            m.mean.norm(),
            normal};
  }

  std::vector<Eigen::Vector3d> x_;
  std::vector<Point> p_;
  std::vector<Moment> moments_[3];
  double s_ = 0;
};

// Records are kept in float: a few units of 2^-24 after divisions by small gaps.
constexpr double kFloatRecords = 2e-4;

TEST(OutlierFeatures, EqualTheirFormulas) {
  const laws::Cloud cloud = laws::sheet_with_outliers(250, 1);
  const Reference reference(cloud);
  const Features fast = compute_features(PointsView(cloud));
  ASSERT_EQ(fast.points, reference.size());
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const auto row = static_cast<std::size_t>(fast.row_of_input[i]);
    const std::vector<double> expected = reference.point_features(i);
    for (std::size_t c = 0; c < kPointFeatures; ++c)
      EXPECT_NEAR(fast.point_features[row * kPointFeatures + c], expected[c], kFloatRecords)
          << point_feature_name(static_cast<int>(c)) << " of point " << i;
    for (std::size_t slot = 0; slot < kSetSize; ++slot) {
      const std::vector<double> member = reference.set_features(i, slot);
      for (std::size_t c = 0; c < kSetFeatures; ++c)
        EXPECT_NEAR(fast.set_features[(row * kSetSize + slot) * kSetFeatures + c], member[c],
                    kFloatRecords)
            << set_feature_name(static_cast<int>(c)) << " of neighbour " << slot << " of point "
            << i;
    }
  }
}

TEST(OutlierFeatures, WeightsFallFromOneToNearZeroAndNeverIncrease) {
  const Features f = compute_features(PointsView(laws::sheet_with_outliers(2000, 2)));
  for (std::size_t i = 0; i < f.points; ++i)
    for (std::size_t j = 0; j < kSetSize; ++j) {
      const float w = f.set_weights[i * kSetSize + j];
      EXPECT_GE(w, 0.0F);
      EXPECT_LE(w, 1.0F);
      if (j > 0) {
        EXPECT_LE(w, f.set_weights[i * kSetSize + j - 1]);
      }
    }
}

// A swap of the 16th and 17th neighbour, whose distances differ by almost nothing, must not show.
TEST(OutlierFeatures, NearlyTiedNeighboursMayBeSwappedUnseen) {
  laws::Cloud cloud = laws::sheet_with_outliers(400, 3);
  const auto with_far_pair = [&](double first, double second) {
    laws::Cloud c = {0, 0, 100};  // alone; 15 points near it, then two at nearly the same distance
    for (int k = 0; k < 15; ++k) laws::add_point(c, std::cos(k), std::sin(k), 100 + 0.1 * k);
    laws::add_point(c, first, 0, 100);
    laws::add_point(c, 0, -second, 100);
    c.insert(c.end(), cloud.begin(), cloud.end());
    return compute_features(PointsView(c));
  };
  const Features a = with_far_pair(3.0, 3.00001);
  const Features b = with_far_pair(3.00001, 3.0);
  const auto row_a = static_cast<std::size_t>(a.row_of_input[0]);
  const auto row_b = static_cast<std::size_t>(b.row_of_input[0]);
  for (std::size_t c = 0; c < kPointFeatures; ++c)
    EXPECT_NEAR(a.point_features[row_a * kPointFeatures + c],
                b.point_features[row_b * kPointFeatures + c], 1e-4)
        << point_feature_name(static_cast<int>(c));
}

TEST(OutlierFeatures, DegenerateCloudsGiveFiniteFeatures) {
  laws::Cloud duplicates = laws::sheet_with_outliers(100, 4);
  const laws::Cloud copy = duplicates;
  for (int k = 0; k < 3; ++k) duplicates.insert(duplicates.end(), copy.begin(), copy.end());
  laws::Cloud tiny_gaps = laws::lattice(4);
  for (int k = 0; k < 40; ++k) laws::add_point(tiny_gaps, 1e-42 * k, 0, 0);
  laws::Cloud far = laws::sheet_with_outliers(200, 5);
  for (float& v : far) v += 1e6F;
  laws::Cloud hostile = laws::lattice(3);
  for (int k = 0; k < 20; ++k) laws::add_point(hostile, 3e38 - 1e37 * k, -3e38, 1e38);
  for (const laws::Cloud& cloud : {laws::lattice(6), laws::line(40), laws::flat_plane(200, 6),
                                   duplicates, tiny_gaps, far, hostile}) {
    const Features f = compute_features(PointsView(cloud));
    ASSERT_GT(f.points, 0U);
    for (const float v : f.point_features) ASSERT_TRUE(std::isfinite(v));
    for (const float v : f.set_features) ASSERT_TRUE(std::isfinite(v));
  }
}

TEST(OutlierFeatures, FewerThanSeventeenDistinctPointsGiveNone) {
  EXPECT_EQ(compute_features(PointsView(laws::line(16))).points, 0U);
  EXPECT_EQ(compute_features(PointsView(laws::line(17))).points, 17U);
}

}  // namespace
}  // namespace equicloud::outlier
