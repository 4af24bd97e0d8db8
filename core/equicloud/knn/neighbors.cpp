// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/knn/neighbors.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nanoflann.hpp>
#include <string>
#include <vector>

namespace equicloud::knn {
namespace {

constexpr std::size_t kSpan = 1024;
constexpr std::size_t kLeaf = 10;

// What nanoflann asks of a data set. Coordinates are handed out as double: differences of floats
// are then exact, so distances order points as the real numbers do.
struct Dataset {
  PointsView points;

  std::size_t kdtree_get_point_count() const { return points.size; }
  double kdtree_get_pt(std::size_t i, std::size_t axis) const { return points[i][axis]; }
  template <typename Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};

using Metric = nanoflann::L2_Simple_Adaptor<double, Dataset, double>;
using Index = nanoflann::KDTreeSingleIndexAdaptor<Metric, Dataset, 3, std::uint32_t>;

// Keeps the k nearest other points, sorted, in the caller's rows.
class OthersOnly {
 public:
  using DistanceType = double;

  OthersOnly(std::uint32_t self, std::size_t k, std::uint32_t* ids, double* squared)
      : self_(self), k_(k), ids_(ids), squared_(squared) {}

  std::size_t size() const { return count_; }
  bool full() const { return count_ == k_; }
  double worstDist() const {
    return full() ? squared_[k_ - 1] : std::numeric_limits<double>::max();
  }

  bool addPoint(double squared, std::uint32_t id) {
    // nanoflann reads worstDist() once a leaf, so a late candidate may be farther than the list's
    // end.
    if (id == self_ || (full() && squared >= squared_[k_ - 1])) return true;
    std::size_t at = full() ? k_ - 1 : count_++;
    for (; at > 0 && squared_[at - 1] > squared; --at) {
      squared_[at] = squared_[at - 1];
      ids_[at] = ids_[at - 1];
    }
    squared_[at] = squared;
    ids_[at] = id;
    return true;
  }

 private:
  std::uint32_t self_;
  std::size_t k_;
  std::uint32_t* ids_;
  double* squared_;
  std::size_t count_ = 0;
};

}  // namespace

struct SelfJoin::Tree {
  Dataset dataset;
  Index index;

  explicit Tree(PointsView points)
      : dataset{points}, index(3, dataset, nanoflann::KDTreeSingleIndexAdaptorParams(kLeaf)) {}
};

SelfJoin::SelfJoin(PointsView points) : tree_(std::make_unique<Tree>(points)) {}
SelfJoin::~SelfJoin() = default;

void SelfJoin::nearest(std::size_t begin, std::size_t end, int k, Span<std::uint32_t> neighbors,
                       Span<float> distances) const {
  const PointsView& points = tree_->dataset.points;
  if (k < 1 || static_cast<std::size_t>(k) >= points.size)
    throw InvalidArgument("knn: k is " + std::to_string(k) + ", the cloud has " +
                          std::to_string(points.size) +
                          " distinct points; k must be 1 to one less than that");
  const auto width = static_cast<std::size_t>(k);
  std::vector<double> squared(width);
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t row = (i - begin) * width;
    const std::array<double, 3> query = {points[i][0], points[i][1], points[i][2]};
    OthersOnly result(static_cast<std::uint32_t>(i), width, neighbors.data() + row, squared.data());
    tree_->index.findNeighbors(result, query.data(), nanoflann::SearchParams());
    for (std::size_t j = 0; j < width; ++j)
      distances[row + j] = static_cast<float>(std::sqrt(squared[j]));
  }
}

void all_nearest(PointsView points, int k, Span<std::uint32_t> neighbors, Span<float> distances,
                 const Executor& executor) {
  const SelfJoin join(points);
  const auto width = static_cast<std::size_t>(std::max(k, 0));
  for_spans(executor, points.size, kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    join.nearest(begin, end, k, neighbors.subspan(begin * width, (end - begin) * width),
                 distances.subspan(begin * width, (end - begin) * width));
  });
}

}  // namespace equicloud::knn
