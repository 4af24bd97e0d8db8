// SPDX-License-Identifier: BSD-3-Clause
// The points that an answer for a tile hangs on: its own, those their lists name, those the lists
// of those name, and so on, with the lists that are on disk. Internal to the room.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/large_vector.h>
#include <equicloud/tiles/point_store.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace equicloud::tiles {

class Closure {
 public:
  /// @param lists  kNeighbors row numbers a point of the store, nearest first
  Closure(const PointStore& store, const ScratchFile& lists) : store_(store), lists_(lists) {}

  /// Of points [first, last), over lists of lists ... `hops` deep.
  void gather(std::uint64_t first, std::uint64_t last, std::size_t hops, const Executor& executor);

  /// Points within so many hops, 0 to `hops` of them: they come first. All but the outermost have
  /// lists.
  std::size_t within(std::size_t hops) const { return within_[hops]; }
  Span<const float> xyz() const noexcept { return {xyz_.data(), xyz_.size()}; }
  /// As CloudPart::nearest.
  void nearest(std::size_t begin, std::size_t end, std::uint32_t* neighbors,
               float* distances) const;

 private:
  std::size_t own() const noexcept { return static_cast<std::size_t>(last_ - first_); }
  bool is_own(std::uint32_t row) const noexcept { return row >= first_ && row < last_; }
  std::vector<std::uint32_t> named_by_own(const Executor& executor) const;
  void drop_known(std::vector<std::uint32_t>& rows) const;
  void add(const std::vector<std::uint32_t>& rows);
  std::uint32_t place_of(std::uint32_t row) const;

  const PointStore& store_;
  const ScratchFile& lists_;
  std::uint64_t first_ = 0, last_ = 0;
  std::vector<std::size_t> within_;
  LargeVector<float> xyz_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> others_;  // sorted: row, place
  std::vector<std::uint32_t> lists_of_others_;
};

}  // namespace equicloud::tiles
