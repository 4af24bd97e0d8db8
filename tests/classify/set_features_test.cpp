// SPDX-License-Identifier: BSD-3-Clause
// Levels and pair numbers against their formulas in double with Eigen.
#include <equicloud/base/error.h>
#include <equicloud/classify/set_features.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "classify/clouds.h"

namespace equicloud::classify {
namespace {

// A dozen roundings to float of numbers around 1 are 1e-6; a turning angle divides that by the sine
// between the neighbour and the axis, which is above 0.02 in these clouds.
constexpr double kTolerance = 1e-5;
constexpr double kPi = 3.141592653589793;

using Vector = Eigen::Vector3d;

class Reference {
 public:
  Reference(const Shape& shape, const Axes& axes) {
    for (std::size_t i = 0; i < shape.xyz.size(); i += 3) {
      x_.emplace_back(shape.xyz[i], shape.xyz[i + 1], shape.xyz[i + 2]);
      axis_.emplace_back(axes.axis[i], axes.axis[i + 1], axes.axis[i + 2]);
    }
  }

  std::vector<std::uint32_t> nearest(std::size_t i, std::size_t k, std::size_t sources) const {
    std::vector<std::pair<double, std::uint32_t>> others;
    for (std::uint32_t j = 0; j < sources; ++j)
      if (j != i) others.emplace_back((x_[j] - x_[i]).norm(), j);
    std::sort(others.begin(), others.end());
    std::vector<std::uint32_t> ids;
    for (std::size_t j = 0; j < k; ++j) ids.push_back(others[j].second);
    return ids;
  }

  // k x 12.
  std::vector<double> pairs(std::size_t i, const std::vector<std::uint32_t>& neighbors) const {
    const Vector &p = x_[i], &n = axis_[i];
    const double reach = (x_[neighbors.back()] - p).norm();
    std::vector<double> all;
    for (const std::uint32_t id : neighbors) {
      const Vector &q = x_[id], &m = axis_[id];
      const double r = (q - p).norm();
      const Vector u = (q - p) / r;
      const auto [before, step] = predecessor(i, neighbors, id);
      const Vector w = (q - x_[before]).normalized();
      const double numbers[] = {r,
                                r / reach,
                                u.dot(n),
                                u.dot(m),
                                n.dot(m),
                                n.cross(m).dot(u),
                                u.dot(p.normalized()),
                                (q.norm() - p.norm()) / r,
                                p.normalized().dot(q.normalized()),
                                step / kPi,
                                w.dot(m),
                                m.dot(axis_[before])};
      all.insert(all.end(), std::begin(numbers), std::end(numbers));
    }
    return all;
  }

 private:
  // The neighbour that is passed last when turning about the axis up to `id`, and how far back.
  std::pair<std::uint32_t, double> predecessor(std::size_t i,
                                               const std::vector<std::uint32_t>& neighbors,
                                               std::uint32_t id) const {
    std::pair<std::uint32_t, double> best = {id, 2 * kPi};
    for (const std::uint32_t other : neighbors) {
      if (other == id) continue;
      double back = angle(i, id) - angle(i, other);
      if (back < 0) back += 2 * kPi;
      if (back < best.second) best = {other, back};
    }
    return best;
  }
  double angle(std::size_t i, std::uint32_t id) const {
    const Vector first = axis_[i].unitOrthogonal();
    const Vector e = x_[id] - x_[i];
    return std::atan2(e.dot(axis_[i].cross(first)), e.dot(first));
  }

  std::vector<Vector> x_, axis_;
};

struct Size {
  std::size_t centres, k, sources;
};

TEST(SetFeatures, EqualTheirFormulas) {
  FeatureExtractor extractor;
  for (const std::size_t n : {64U, 200U, 1024U}) {
    const Shape shape = make_shape(PointsView(goblet(n, n)));
    const SetFeatures& features = extractor.extract(shape);
    EXPECT_EQ(features.points, n);
    EXPECT_EQ(features.point, extractor.axes().numbers);
    const Reference reference(shape, extractor.axes());
    const std::size_t first = std::min<std::size_t>(512, n), second = std::min<std::size_t>(128, n);
    const Size sizes[] = {{first, 16, n}, {second, 32, first}, {32, 32, second}};
    for (std::size_t l = 0; l < kLevels; ++l) {
      const SetFeatures::Level& level = features.level[l];
      ASSERT_EQ(level.centres, sizes[l].centres);
      ASSERT_EQ(level.k, sizes[l].k);
      ASSERT_EQ(level.neighbors.size(), level.centres * level.k);
      ASSERT_EQ(level.pairs.size(), level.centres * level.k * kPairNumbers);
      for (std::size_t i = 0; i < level.centres; ++i) {
        const auto ids = reference.nearest(i, level.k, sizes[l].sources);
        const auto row = level.neighbors.begin() + static_cast<std::ptrdiff_t>(i * level.k);
        ASSERT_TRUE(std::equal(ids.begin(), ids.end(), row)) << "level " << l << ", centre " << i;
        const std::vector<double> pairs = reference.pairs(i, ids);
        for (std::size_t c = 0; c < pairs.size(); ++c)
          ASSERT_NEAR(level.pairs[i * pairs.size() + c], pairs[c], kTolerance)
              << n << " points, level " << l << ", centre " << i << ", neighbour "
              << c / kPairNumbers << ", number " << c % kPairNumbers;
      }
    }
  }
}

TEST(SetFeatures, AreFiniteAndInRangeWhateverTheCloud) {
  FeatureExtractor extractor;
  for (const auto& [name, cloud] : awkward_clouds()) {
    const SetFeatures& features = extractor.extract(make_shape(PointsView(cloud)));
    for (const float value : features.point) ASSERT_TRUE(std::isfinite(value)) << name;
    for (const SetFeatures::Level& level : features.level)
      for (std::size_t i = 0; i < level.pairs.size(); ++i) {
        const float value = level.pairs[i];
        const int number = static_cast<int>(i % kPairNumbers);
        ASSERT_TRUE(std::isfinite(value)) << name;
        if (number == kTurn) {
          ASSERT_TRUE(value >= 0.0F && value < 2.0F) << name << ", turn " << value;
        } else if (number != kDistance) {
          ASSERT_LE(std::fabs(value), 1.0F + kTolerance) << name << ", number " << number;
        }
      }
  }
}

TEST(SetFeatures, TurningStepsOfACentreMakeOneTurn) {
  FeatureExtractor extractor;
  const SetFeatures& features = extractor.extract(make_shape(PointsView(goblet(800, 3))));
  for (const SetFeatures::Level& level : features.level)
    for (std::size_t i = 0; i < level.centres; ++i) {
      double turn = 0.0;
      for (std::size_t j = 0; j < level.k; ++j)
        turn += level.pairs[(i * level.k + j) * kPairNumbers + kTurn];
      EXPECT_NEAR(turn, 2.0, kTolerance);
    }
}

TEST(FeatureExtractor, RefusesAShapeThatIsTooSmall) {
  FeatureExtractor extractor;
  EXPECT_THROW(extractor.extract(Shape{}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::classify
