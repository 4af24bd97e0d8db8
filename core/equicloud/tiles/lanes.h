// SPDX-License-Identifier: BSD-3-Clause
// A stream of floats for each tile, all in one file. Internal to the room.
#pragma once

#include <equicloud/base/scratch_file.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::tiles {

/// Of all buffers together, about.
constexpr std::uint64_t kLaneBytes = std::uint64_t{24} << 20U;

/// Values of every tile written or read in order, each tile at its place in a file, through buffers
/// that all together stay small.
class Lanes {
 public:
  // @param begins  first value of each tile, and the end of the last one's
  Lanes(const ScratchFile& file, const std::vector<std::uint64_t>& begins)
      : file_(file), begins_(begins), lanes_(begins.size() - 1) {
    capacity_ = std::clamp<std::size_t>(
                    kLaneBytes / sizeof(float) / std::max<std::size_t>(lanes_.size(), 1),
                    std::size_t{255}, std::size_t{16383}) /
                3 * 3;
  }

  void put(std::size_t tile, const float* values, std::size_t count) {
    Lane& lane = lanes_[tile];
    lane.buffer.insert(lane.buffer.end(), values, values + count);
    if (lane.buffer.size() >= capacity_) flush(tile);
  }
  void flush() {
    for (std::size_t tile = 0; tile < lanes_.size(); ++tile) flush(tile);
  }
  // False if there are no more of this tile.
  bool get(std::size_t tile, float& value) {
    Lane& lane = lanes_[tile];
    if (lane.next == lane.buffer.size()) refill(tile);
    if (lane.next == lane.buffer.size()) return false;
    value = lane.buffer[lane.next++];
    return true;
  }

 private:
  struct Lane {
    std::uint64_t done = 0;
    std::size_t next = 0;
    std::vector<float> buffer;
  };

  void flush(std::size_t tile) {
    Lane& lane = lanes_[tile];
    file_.write((begins_[tile] + lane.done) * sizeof(float), lane.buffer.data(),
                lane.buffer.size() * sizeof(float));
    lane.done += lane.buffer.size();
    lane.buffer.clear();
  }
  void refill(std::size_t tile) {
    Lane& lane = lanes_[tile];
    const std::uint64_t left = begins_[tile + 1] - begins_[tile] - lane.done;
    lane.buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, capacity_)));
    file_.read((begins_[tile] + lane.done) * sizeof(float), lane.buffer.data(),
               lane.buffer.size() * sizeof(float));
    lane.done += lane.buffer.size();
    lane.next = 0;
  }

  const ScratchFile& file_;
  const std::vector<std::uint64_t> begins_;
  std::vector<Lane> lanes_;
  std::size_t capacity_ = 0;
};

}  // namespace equicloud::tiles
