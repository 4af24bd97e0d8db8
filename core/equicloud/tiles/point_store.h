// SPDX-License-Identifier: BSD-3-Clause
// The distinct points of a cloud on disk, tile after tile, and in memory no more than boxes around
// each 1024 of them and boxes around those: what lies near a box or a point is read back alone.
// Internal to the room.
#pragma once

#include <equicloud/base/scratch_file.h>
#include <equicloud/base/span.h>
#include <equicloud/tiles/cut.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::tiles {

/// A box that may be wider than a cloud.
struct Region {
  std::array<double, 3> low{}, high{};

  static Region around(const Corners& corners, double margin);
  bool holds(const float* p) const noexcept;
  bool touches(const Corners& corners) const noexcept;
};

class PointStore {
 public:
  static constexpr std::uint64_t kRowBytes = 3 * sizeof(float);

  /// @param file  whose bytes before the end of the rows are this one's
  explicit PointStore(const ScratchFile& file) : file_(&file) {}

  /// Adds a tile's points, whose rows follow those before.
  void add(Span<const float> xyz);
  /// After the last tile, before anything is looked for.
  void finish();

  std::uint64_t size() const noexcept { return rows_; }
  const Corners& corners() const noexcept { return levels_.back().front(); }
  /// Points [first, first + count), packed. May be called from many threads, as what follows.
  void read(std::uint64_t first, std::size_t count, float* xyz) const;
  /// At most how many points lie in a region.
  std::uint64_t count_near(const Region& region) const;
  /// Appends rows and positions of the points in a region, but for rows [first, last).
  void within(const Region& region, std::uint64_t first, std::uint64_t last,
              std::vector<std::uint32_t>& rows, std::vector<float>& xyz) const;
  /// The k nearest of the other points, nearest first, equal distances in any order. There are k.
  /// @param bound  they are no farther than this
  void nearest(std::uint32_t row, const float* p, std::size_t k, double bound,
               std::uint32_t* neighbors, float* distances) const;

 private:
  struct Chunk {
    std::uint64_t first;
    std::uint32_t count;
  };
  template <typename Touches, typename Visit>
  void visit(const Touches& touches, const Visit& visit) const;

  const ScratchFile* file_;
  std::uint64_t rows_ = 0;
  std::vector<Chunk> chunks_;
  std::vector<std::vector<Corners>> levels_{1};  // of chunks, of 16 chunks, ...
};

}  // namespace equicloud::tiles
