// SPDX-License-Identifier: BSD-3-Clause
// A cloud larger than memory, cut into boxes of a bounded number of points each: halves of halves
// of its bounding cube along the space-filling curve, down to where few enough points are left.
// Internal to the room.
#pragma once

#include <equicloud/points/canonical_order.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace equicloud::tiles {

/// Opposite corners; of nothing until something is added.
struct Corners {
  std::array<float, 3> low{HUGE_VALF, HUGE_VALF, HUGE_VALF};
  std::array<float, 3> high{-HUGE_VALF, -HUGE_VALF, -HUGE_VALF};

  void add(const float* p) noexcept;
  bool is_one_point() const noexcept { return low == high; }
  /// The curve through the cube around them.
  Curve curve() const;
};

/// Passes finite points, packed x y z, block after block; may be called again.
using PointStream = std::function<void(const std::function<void(Span<const float> xyz)>& take)>;

class Cut {
 public:
  /// @param corners  of the cloud
  /// @param most     points a tile, as long as they are not all at one place
  /// @param longest  side of a tile along x and y, down to 1/128 of the cloud; 0: any
  /// Reads the stream once for a cloud of even extent, and twice more wherever very many points lie
  /// in a tiny part of what is left.
  Cut(const Corners& corners, const PointStream& stream, std::uint64_t most, double longest);

  std::size_t tiles() const noexcept { return counts_.size(); }
  /// Points of a tile, copies included.
  std::uint64_t points(std::size_t tile) const noexcept { return counts_[tile]; }
  /// The tile of a point of the stream; another point may have none, which is tiles().
  std::size_t tile_of(const float* p) const noexcept;

 private:
  // A cube cut into cells along its curve; a cell belongs to a tile, or is a cube of its own.
  struct Cube {
    enum class State { finding_corners, counting, cut };
    State state = State::finding_corners;
    Corners corners;
    std::optional<Curve> curve;  // none while its corners are being found
    int bits = 0;
    std::vector<std::int32_t> next;     // of a cell: a tile, or kCubes - number of the cube
    std::vector<std::uint64_t> counts;  // while points are being counted
    std::size_t parent = 0, parent_cell = 0;
    std::uint64_t points = 0;  // in that cell
  };
  struct Place {
    std::size_t cube;
    std::size_t cell;
  };

  Place place_of(const float* p) const noexcept;
  void take(const float* p);
  bool settle(std::uint64_t most, double longest);
  void open(Cube& cube);
  void assign(std::size_t cube, std::size_t first, std::size_t last, int depth, std::uint64_t most,
              double longest);
  std::int32_t add_tile(std::uint64_t points);

  std::deque<Cube> cubes_;  // which stay where they are
  std::vector<std::uint64_t> counts_;
};

}  // namespace equicloud::tiles
