// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/sampling.h>

#include <algorithm>
#include <limits>

namespace equicloud::classify {
namespace {

constexpr float kUnseen = std::numeric_limits<float>::max();
constexpr float kChosen = -1.0F;

}  // namespace

const std::vector<std::uint32_t>& FarthestPointOrder::order(const std::vector<float>& xyz) {
  const std::size_t n = xyz.size() / 3;
  columns_.assign(n, 0.0F);
  for (std::size_t i = 0; i < n; ++i) columns_.set(i, xyz.data() + 3 * i);
  order_.clear();
  if (n == 0) return order_;
  const float origin[3] = {0.0F, 0.0F, 0.0F};
  squared_.assign(n, kUnseen);
  std::size_t next = kernels::lower_distances(columns_.view(), origin, squared_.data());
  squared_.assign(n, kUnseen);
  for (std::size_t chosen = std::min(kSamplePoints, n); chosen > 0; --chosen) {
    order_.push_back(static_cast<std::uint32_t>(next));
    squared_[next] = kChosen;
    next = kernels::lower_distances(columns_.view(), xyz.data() + 3 * next, squared_.data());
  }
  for (std::size_t i = 0; i < n; ++i)
    if (squared_[i] != kChosen) order_.push_back(static_cast<std::uint32_t>(i));
  return order_;
}

void FarthestPointOrder::reorder(std::vector<float>& xyz) {
  order(xyz);
  old_ = xyz;
  for (std::size_t i = 0; i < order_.size(); ++i)
    std::copy_n(old_.data() + 3 * order_[i], 3, xyz.data() + 3 * i);
}

}  // namespace equicloud::classify
