// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/surface.h>

#include <algorithm>
#include <cmath>
#include <nanoflann.hpp>
#include <string>

namespace equicloud::train {
namespace {

constexpr std::size_t kNearest = 6;

// What nanoflann asks of a data set.
struct Packed {
  const std::vector<float>& xyz;

  std::size_t kdtree_get_point_count() const { return xyz.size() / 3; }
  float kdtree_get_pt(std::size_t i, std::size_t axis) const { return xyz[3 * i + axis]; }
  template <typename AnyBox>
  bool kdtree_get_bbox(AnyBox&) const {
    return false;
  }
};

using Index = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<float, Packed>,
                                                  Packed, 3, std::uint32_t>;

Box box_of(const std::vector<float>& xyz) {
  Box box{point_of(xyz, 0), point_of(xyz, 0)};
  for (std::size_t i = 0; i < xyz.size(); ++i) {
    box.low[i % 3] = std::min(box.low[i % 3], xyz[i]);
    box.high[i % 3] = std::max(box.high[i % 3], xyz[i]);
  }
  return box;
}

}  // namespace

std::array<double, 3> random_direction(Random& random) {
  const double z = random.uniform(-1.0, 1.0);
  const double azimuth = random.uniform(0.0, 2.0 * M_PI);
  const double r = std::sqrt(1.0 - z * z);
  return {r * std::cos(azimuth), r * std::sin(azimuth), z};
}

Point along(const Point& from, const std::array<double, 3>& direction, double length) {
  Point p;
  for (std::size_t a = 0; a < 3; ++a) p[a] = static_cast<float>(from[a] + length * direction[a]);
  return p;
}

double Box::diagonal() const {
  return std::hypot(double(high[0]) - low[0], double(high[1]) - low[1], double(high[2]) - low[2]);
}

Point Box::centre() const {
  return {(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2};
}

Box Box::enlarged(double margin) const {
  Box larger = *this;
  for (std::size_t a = 0; a < 3; ++a) {
    larger.low[a] = static_cast<float>(low[a] - margin);
    larger.high[a] = static_cast<float>(high[a] + margin);
  }
  return larger;
}

Point Box::random_point(Random& random) const {
  Point p;
  for (std::size_t a = 0; a < 3; ++a) p[a] = static_cast<float>(random.uniform(low[a], high[a]));
  return p;
}

struct Surface::Tree {
  Packed packed;
  Index index;

  explicit Tree(const std::vector<float>& xyz) : packed{xyz}, index(3, packed) {}
};

Surface::Surface(std::vector<float> xyz) : xyz_(std::move(xyz)) {
  const bool finite =
      std::all_of(xyz_.begin(), xyz_.end(), [](float v) { return std::isfinite(v); });
  if (size() < kNearest + 2 || !finite) {
    throw InvalidArgument("a clean cloud needs at least 8 points, all finite; got " +
                          std::to_string(size()));
  }
  box_ = box_of(xyz_);
  tree_ = std::make_unique<Tree>(xyz_);
  local_.resize(size());
  for (std::size_t i = 0; i < size(); ++i) {
    std::array<std::uint32_t, kNearest + 1> ids{};
    std::array<float, kNearest + 1> squared{};
    tree_->index.knnSearch(&xyz_[3 * i], kNearest + 1, ids.data(), squared.data());
    double sum = 0.0;  // the first is the point itself, at distance 0
    for (const float s : squared) sum += std::sqrt(s);
    local_[i] = static_cast<float>(sum / kNearest);
  }
  std::vector<float> sorted = local_;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  spacing_ = *middle > 0.0F ? *middle : std::max(1e-3 * box_.diagonal(), 1e-6);
}

Surface::~Surface() = default;

Surface::Nearest Surface::nearest(const Point& place) const {
  std::uint32_t id = 0;
  float squared = 0.0F;
  tree_->index.knnSearch(place.data(), 1, &id, &squared);
  return {std::sqrt(squared), local_[id]};
}

}  // namespace equicloud::train
