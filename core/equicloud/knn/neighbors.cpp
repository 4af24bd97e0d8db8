// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/nearby.h>
#include <equicloud/kernels/ranks.h>
#include <equicloud/knn/block_tree.h>
#include <equicloud/knn/neighbors.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace equicloud::knn {
namespace {

using kernels::kBlockPoints;

constexpr std::size_t kSpan = 1024;
constexpr float kFar = std::numeric_limits<float>::infinity();
constexpr std::size_t kMostRanked = 120;  // keys; beyond, counting loses to sorting

// A squared distance in float differs from the true one by a few parts in 2^24, and by less than
// the least normal number where it underflows: what may be as near as `squared` is within this.
float with_rounding(float squared) {
  return std::min(squared * (1.0F + 2e-6F) + std::numeric_limits<float>::min(),
                  std::numeric_limits<float>::max());
}

// Searches the neighbours of points, block after block, in memory of its own.
class Search {
 public:
  Search(const BlockTree& tree, std::size_t k) : tree_(tree), k_(k) {}

  // The neighbours of the point in this slot.
  void find(std::size_t slot, std::uint32_t* ids, float* distances) {
    const std::size_t block = slot / kBlockPoints;
    if (block != block_) enter(block);
    const std::array<float, 3> q = place(slot);
    const std::size_t found = kernels::boxes_within(low_.view(), high_.view(), q.data(),
                                                    radius_[slot % kBlockPoints], near_.data());
    for (std::size_t i = 0; i < found; ++i) near_[i] = boxes_[near_[i]];
    keys_.resize(found * kBlockPoints + 1 + kernels::kRanksPadding);
    std::size_t count =
        kernels::within(tree_.columns.view(), tree_.rows.data(), near_.data(), found, q.data(),
                        radius_[slot % kBlockPoints], keys_.data());
    drop_far_keys(count);
    sort_keys(count);
    exact(tree_.rows[slot], ids, distances);
  }

 private:
  std::array<float, 3> place(std::size_t slot) const {
    return {tree_.columns.axis[0][slot], tree_.columns.axis[1][slot], tree_.columns.axis[2][slot]};
  }

  // How far each point of the block must look, and the blocks that are near enough to it.
  void enter(std::size_t block) {
    block_ = block;
    bound_radii();
    float largest = 0.0F;
    for (std::size_t i = 0; i < in_block(); ++i) largest = std::max(largest, radius_[i]);
    collect_boxes(largest);
    low_.resize(boxes_.size());
    high_.resize(boxes_.size());
    near_.resize(boxes_.size() + kBlockPoints + 1);
    const Boxes& all = tree_.levels.front();
    for (std::size_t axis = 0; axis < 3; ++axis)
      for (std::size_t i = 0; i < boxes_.size(); ++i) {
        low_.axis[axis][i] = all.low.axis[axis][boxes_[i]];
        high_.axis[axis][i] = all.high.axis[axis][boxes_[i]];
      }
  }

  std::size_t in_block() const {
    return std::min(kBlockPoints, tree_.points.size - block_ * kBlockPoints);
  }

  // From the points of the blocks before and behind along the curve: k others lie among them.
  void bound_radii() {
    const std::size_t around = (k_ + 1 + kBlockPoints - 1) / kBlockPoints;
    const std::size_t width = std::min(2 * around + 1, tree_.blocks());
    const std::size_t first = std::min(block_ - std::min(block_, around), tree_.blocks() - width);
    const kernels::PointColumns window =
        tree_.columns.view(first * kBlockPoints, width * kBlockPoints);
    squared_.resize(window.count);
    float known = kFar;
    std::array<float, 3> before{};
    for (std::size_t i = 0; i < in_block(); ++i) {
      const std::array<float, 3> q = place(block_ * kBlockPoints + i);
      // Neighbours within r of a point are within r + |q - p| of q.
      if (i > 0) known = reach(radius_[i - 1], before, q);
      radius_[i] =
          with_rounding(kernels::radius_of(window, q.data(), k_ + 1, known, squared_.data()));
      before = q;
    }
  }

  static float reach(float squared, const std::array<float, 3>& p, const std::array<float, 3>& q) {
    const float step = std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    const float radius = std::sqrt(squared) + step;
    return with_rounding(radius * radius);
  }

  // Blocks within the radius of the block's box, from the coarsest boxes down.
  void collect_boxes(float bound) {
    const Boxes& blocks = tree_.levels.front();
    std::array<float, 6> box{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box[axis] = blocks.low.axis[axis][block_];
      box[axis + 3] = blocks.high.axis[axis][block_];
    }
    boxes_.assign(1, 0U);
    for (std::size_t level = tree_.levels.size(); level-- > 0;) {
      const Boxes& there = tree_.levels[level];
      next_.resize(boxes_.size() * kBlockPoints + 1);
      const std::size_t found =
          kernels::boxes_near_box(there.low.view(), there.high.view(), boxes_.data(), boxes_.size(),
                                  box.data(), bound, next_.data());
      boxes_.assign(next_.begin(), next_.begin() + static_cast<std::ptrdiff_t>(found));
    }
  }

  // Most of the keys were found by a radius that was too large: those beyond a better one go.
  void drop_far_keys(std::size_t& count) {
    const std::size_t least = k_ + 1;
    if (count < least + kBlockPoints / 2) return;
    const float better = with_rounding(kernels::radius_of_keys(keys_.data(), count, least));
    nearer_.resize(count + 1 + kernels::kRanksPadding);
    count = kernels::keys_within(keys_.data(), count, better, nearer_.data());
    std::swap(keys_, nearer_);
  }

  // keys_ -> sorted_.
  void sort_keys(std::size_t count) {
    sorted_.resize(count);
    if (count > kMostRanked) {
      std::copy_n(keys_.begin(), count, sorted_.begin());
      std::sort(sorted_.begin(), sorted_.end());
      return;
    }
    ranks_.resize(count + kernels::kRanksPadding);
    kernels::ranks_of(keys_.data(), count, ranks_.data());
    for (std::size_t i = 0; i < count; ++i) sorted_[static_cast<std::size_t>(ranks_[i])] = keys_[i];
  }

  // The nearest keys again, in double: floats only chose them.
  void exact(std::uint32_t self, std::uint32_t* ids, float* distances) {
    const float last = with_rounding(kernels::squared_of_key(sorted_[k_]));  // one is the point
    exact_.resize(k_ + 1);
    const float* own = tree_.points[self];
    const std::array<double, 3> here = {own[0], own[1], own[2]};
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sorted_.size() && kernels::squared_of_key(sorted_[i]) <= last;
         ++i) {
      const std::uint32_t id = kernels::name_of_key(sorted_[i]);
      if (id == self) continue;
      const double squared = squared_distance(here, tree_.points[id]);
      std::size_t at = kept;
      for (; at > 0 && exact_[at - 1].first > squared; --at) exact_[at] = exact_[at - 1];
      exact_[at] = {squared, id};
      kept = std::min(kept + 1, k_);
    }
    for (std::size_t j = 0; j < k_; ++j) {
      ids[j] = exact_[j].second;
      distances[j] = static_cast<float>(std::sqrt(exact_[j].first));
    }
  }

  // Differences of floats are exact in double, so these order points as the real numbers do.
  static double squared_distance(const std::array<double, 3>& a, const float* b) {
    double sum = 0.0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double d = a[axis] - static_cast<double>(b[axis]);
      sum += d * d;
    }
    return sum;
  }

  const BlockTree& tree_;
  const std::size_t k_;
  std::size_t block_ = std::numeric_limits<std::size_t>::max();
  std::array<float, kBlockPoints> radius_{};  // squared, of each point of the block
  std::vector<std::uint32_t> boxes_, next_;   // blocks near the block
  Columns low_, high_;                        // their corners
  std::vector<std::uint32_t> near_;           // those near one point
  std::vector<float> squared_;                // of the window's points
  std::vector<std::int64_t> keys_, nearer_, sorted_, ranks_;
  std::vector<std::pair<double, std::uint32_t>> exact_;
};

}  // namespace

struct SelfJoin::Tree : BlockTree {};

SelfJoin::SelfJoin() : tree_(std::make_unique<Tree>()) {}
SelfJoin::SelfJoin(PointsView points) : SelfJoin() { build(points); }
SelfJoin::SelfJoin(SelfJoin&&) noexcept = default;
SelfJoin& SelfJoin::operator=(SelfJoin&&) noexcept = default;
SelfJoin::~SelfJoin() = default;

void SelfJoin::build(PointsView points) { tree_->build(points); }

void SelfJoin::nearest(std::size_t begin, std::size_t end, int k, Span<std::uint32_t> neighbors,
                       Span<float> distances) const {
  if (k < 1 || static_cast<std::size_t>(k) >= tree_->points.size)
    throw InvalidArgument("knn: k is " + std::to_string(k) + ", the cloud has " +
                          std::to_string(tree_->points.size) +
                          " distinct points; k must be 1 to one less than that");
  const auto width = static_cast<std::size_t>(k);
  Search search(*tree_, width);
  const auto find = [&](std::size_t row, std::size_t slot) {
    search.find(slot, neighbors.data() + (row - begin) * width,
                distances.data() + (row - begin) * width);
  };
  if (!tree_->in_order()) {
    for (std::size_t row = begin; row < end; ++row) find(row, tree_->slot_of_row[row]);
    return;
  }
  // Block by block: the chunks that hold the rows hold others only at both ends.
  const std::size_t last = std::min(tree_->points.size, (end + kChunk - 1) / kChunk * kChunk);
  for (std::size_t slot = begin / kChunk * kChunk; slot < last; ++slot)
    if (tree_->rows[slot] >= begin && tree_->rows[slot] < end) find(tree_->rows[slot], slot);
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
