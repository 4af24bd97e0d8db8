// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/nearest.h>
#include <equicloud/kernels/ranks.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace equicloud::classify {
namespace {

using kernels::kBlockPoints;

// A guess that finds a few too many costs less than a second look.
constexpr float kMargin = 1.25F;
constexpr float kGrowth = 2.0F;
constexpr float kSmallestBound = 1e-12F;  // so that growing from 0 ends
constexpr std::size_t kFewKeys = 96;      // more are cut to k before they are ranked
constexpr float kFar = std::numeric_limits<float>::max();

struct Box {
  std::array<float, 3> low, high;

  Box(const float* xyz, const std::uint32_t* ids, std::size_t count) {
    low.fill(kFar);
    high.fill(-kFar);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const float value = xyz[3 * std::size_t{ids[i]} + axis];
        low[axis] = std::min(low[axis], value);
        high[axis] = std::max(high[axis], value);
      }
  }
  std::size_t widest() const {
    const auto width = [this](std::size_t axis) { return high[axis] - low[axis]; };
    const std::size_t xy = width(1) > width(0) ? 1 : 0;
    return width(2) > width(xy) ? 2 : xy;
  }
};

}  // namespace

void NearestSearch::assign(const std::vector<float>& xyz, std::size_t sources) {
  const std::size_t blocks = (sources + kBlockPoints - 1) / kBlockPoints;
  const std::size_t boxes = (blocks + kBlockPoints - 1) / kBlockPoints * kBlockPoints;
  order_.resize(blocks * kBlockPoints);
  std::iota(order_.begin(), order_.end(), 0U);
  sources_ = sources;
  points_.assign(blocks * kBlockPoints, kFar);
  low_.assign(boxes, kFar);
  high_.assign(boxes, kFar);
  blocks_.resize(boxes + 1);
  keys_.resize(blocks * kBlockPoints + kernels::kRanksPadding);
  ranks_.resize(kFewKeys + kernels::kRanksPadding);
  split(xyz.data(), 0, sources);
}

// Halves the points across the widest side of their box, all blocks but the last staying whole.
void NearestSearch::split(const float* xyz, std::size_t begin, std::size_t end) {
  const Box box(xyz, order_.data() + begin, end - begin);
  const std::size_t blocks = (end - begin + kBlockPoints - 1) / kBlockPoints;
  if (blocks <= 1) {
    const std::size_t block = begin / kBlockPoints;
    low_.set(block, box.low.data());
    high_.set(block, box.high.data());
    for (std::size_t at = begin; at < end; ++at) points_.set(at, xyz + 3 * std::size_t{order_[at]});
    return;
  }
  const std::size_t middle = begin + blocks / 2 * kBlockPoints;
  const float* coordinate = xyz + box.widest();
  const auto at = [this](std::size_t i) { return order_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(at(begin), at(middle), at(end), [coordinate](std::uint32_t a, std::uint32_t b) {
    return coordinate[3 * std::size_t{a}] < coordinate[3 * std::size_t{b}];
  });
  split(xyz, begin, middle);
  split(xyz, middle, end);
}

std::size_t NearestSearch::candidates(const float* q, std::size_t k) {
  float bound = kMargin * last_;
  for (;;) {
    const std::size_t blocks =
        kernels::boxes_within(low_.view(), high_.view(), q, bound, blocks_.data());
    const std::size_t found = kernels::within(points_.view(), order_.data(), blocks_.data(), blocks,
                                              q, bound, keys_.data());
    if (found > k) return found;
    bound = std::max(kGrowth * bound, kSmallestBound);
  }
}

void NearestSearch::find(const float* p, std::uint32_t self, Span<std::uint32_t> ids,
                         Span<float> distances) {
  const std::size_t k = ids.size();
  std::size_t count = candidates(p, k);
  const auto begin = keys_.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(count);
  *std::find(begin, end, kernels::distance_key(0.0F, self)) = keys_[--count];
  if (count > kFewKeys) {
    std::nth_element(begin, begin + static_cast<std::ptrdiff_t>(k), end - 1);
    count = k;
  }
  kernels::ranks_of(keys_.data(), count, ranks_.data());
  for (std::size_t i = 0; i < count; ++i) {
    const auto rank = static_cast<std::size_t>(ranks_[i]);
    if (rank >= k) continue;
    ids[rank] = kernels::name_of_key(keys_[i]);
    distances[rank] = std::sqrt(kernels::squared_of_key(keys_[i]));
    if (rank + 1 == k) last_ = kernels::squared_of_key(keys_[i]);
  }
}

}  // namespace equicloud::classify
