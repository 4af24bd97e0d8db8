// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/nearest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace equicloud::classify {
namespace {

// A guess that finds a few too many costs less than a second look.
constexpr float kMargin = 1.3F;
constexpr float kGrowth = 2.5F;
constexpr float kSmallestBound = 1e-12F;  // so that growing from 0 ends
constexpr std::size_t kSortAll = 2;       // times k: beyond, the k smallest are put apart first

// Non-negative floats order as their bits do.
std::uint64_t key_of(float squared, std::uint32_t index) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &squared, sizeof bits);
  return std::uint64_t{bits} << 32 | index;
}

float squared_of(std::uint64_t key) {
  const auto bits = static_cast<std::uint32_t>(key >> 32);
  float squared = 0.0F;
  std::memcpy(&squared, &bits, sizeof squared);
  return squared;
}

}  // namespace

void NearestSearch::assign(const std::vector<float>& xyz) {
  columns_.assign(xyz);
  near_.resize(columns_.size() + kernels::kFindsPadding);
  squared_.resize(near_.size());
}

std::size_t NearestSearch::candidates(std::size_t sources, std::uint32_t self, std::size_t k) {
  const float q[3] = {columns_.x[self], columns_.y[self], columns_.z[self]};
  const std::size_t wanted = self < sources ? k + 1 : k;
  float bound = kMargin * last_;
  for (;;) {
    const std::size_t found =
        kernels::within(columns_.view(sources), q, bound, near_.data(), squared_.data());
    if (found >= wanted) return found;
    bound = std::max(kGrowth * bound, kSmallestBound);
  }
}

void NearestSearch::find(std::size_t sources, std::uint32_t self, Span<std::uint32_t> ids,
                         Span<float> distances) {
  const std::size_t k = ids.size();
  const std::size_t found = candidates(sources, self, k);
  keys_.clear();
  for (std::size_t i = 0; i < found; ++i)
    if (near_[i] != self) keys_.push_back(key_of(squared_[i], near_[i]));
  const auto end = keys_.begin() + static_cast<std::ptrdiff_t>(k);
  if (keys_.size() > kSortAll * k) {
    std::nth_element(keys_.begin(), end - 1, keys_.end());
    std::sort(keys_.begin(), end);
  } else {
    std::sort(keys_.begin(), keys_.end());
  }
  for (std::size_t i = 0; i < k; ++i) {
    ids[i] = static_cast<std::uint32_t>(keys_[i]);
    distances[i] = std::sqrt(squared_of(keys_[i]));
  }
  last_ = squared_of(keys_[k - 1]);
}

}  // namespace equicloud::classify
