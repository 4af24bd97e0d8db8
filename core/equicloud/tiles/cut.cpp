// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/tiles/cut.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace equicloud::tiles {
namespace {

constexpr int kKeyBits = 63;
constexpr int kFirstBits = 21;    // 128 cells an axis
constexpr int kFurtherBits = 15;  // 32
constexpr std::int32_t kNone = -1;
constexpr std::int32_t kCubes = -2;  // kCubes - n: cube n

}  // namespace

void Corners::add(const float* p) noexcept {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    low[axis] = std::min(low[axis], p[axis]);
    high[axis] = std::max(high[axis], p[axis]);
  }
}

Curve Corners::curve() const {
  const std::array<float, 6> both = {low[0], low[1], low[2], high[0], high[1], high[2]};
  return Curve(PointsView(both.data(), 2));
}

Cut::Cut(const Corners& corners, const PointStream& stream, std::uint64_t most, double longest) {
  cubes_.emplace_back();
  cubes_.front().corners = corners;
  open(cubes_.front());
  bool is_over = false;
  while (!is_over) {
    stream([this](Span<const float> xyz) {
      for (std::size_t i = 0; i < xyz.size(); i += 3) take(xyz.data() + i);
    });
    is_over = settle(most, longest);
  }
}

void Cut::open(Cube& cube) {
  cube.bits = &cube == &cubes_.front() ? kFirstBits : kFurtherBits;
  cube.curve = cube.corners.curve();
  cube.next.assign(std::size_t{1} << static_cast<unsigned>(cube.bits), kNone);
  cube.counts.assign(cube.next.size(), 0);
  cube.state = Cube::State::counting;
}

Cut::Place Cut::place_of(const float* p) const noexcept {
  Place place{0, 0};
  while (true) {
    const Cube& cube = cubes_[place.cube];
    if (!cube.curve) return place;
    place.cell =
        static_cast<std::size_t>(cube.curve->key(p) >> static_cast<unsigned>(kKeyBits - cube.bits));
    const std::int32_t next = cube.next[place.cell];
    if (next > kCubes) return place;
    place.cube = static_cast<std::size_t>(kCubes - next);
  }
}

std::size_t Cut::tile_of(const float* p) const noexcept {
  const Place place = place_of(p);
  const std::int32_t tile = cubes_[place.cube].next[place.cell];
  return tile < 0 ? tiles() : static_cast<std::size_t>(tile);
}

void Cut::take(const float* p) {
  const Place place = place_of(p);
  Cube& cube = cubes_[place.cube];
  if (cube.state == Cube::State::finding_corners) cube.corners.add(p);
  if (cube.state == Cube::State::counting) ++cube.counts[place.cell];
}

// What a pass over the points has found of the cubes that waited for it. True: none waits.
bool Cut::settle(std::uint64_t most, double longest) {
  bool is_over = true;
  const std::size_t known = cubes_.size();
  for (std::size_t c = 0; c < known; ++c) {
    Cube& cube = cubes_[c];
    if (cube.state == Cube::State::cut) continue;
    if (cube.state == Cube::State::counting) {
      assign(c, 0, cube.next.size(), 0, most, longest);
      cube.counts = {};
      cube.state = Cube::State::cut;
    } else if (cube.corners.is_one_point()) {
      // Copies of one point cannot be told apart: the cell is a tile whatever it holds.
      cubes_[cube.parent].next[cube.parent_cell] = add_tile(cube.points);
      cube.state = Cube::State::cut;
    } else {
      open(cube);
      is_over = false;
    }
  }
  return is_over && cubes_.size() == known;
}

std::int32_t Cut::add_tile(std::uint64_t points) {
  counts_.push_back(points);
  return static_cast<std::int32_t>(counts_.size()) - 1;
}

void Cut::assign(std::size_t c, std::size_t first, std::size_t last, int depth, std::uint64_t most,
                 double longest) {
  Cube& cube = cubes_[c];
  const std::uint64_t points =
      std::accumulate(cube.counts.begin() + static_cast<std::ptrdiff_t>(first),
                      cube.counts.begin() + static_cast<std::ptrdiff_t>(last), std::uint64_t{0});
  if (points == 0) return;
  double extent = 0.0;
  for (std::size_t axis = 0; axis < 3; ++axis)
    extent = std::max(extent, static_cast<double>(cube.corners.high[axis]) -
                                  static_cast<double>(cube.corners.low[axis]));
  // The first halving of the key is along z, the second along y, the third along x.
  const bool is_long = longest > 0.0 && std::ldexp(extent, -(depth / 3)) > longest;
  if (points <= most && (!is_long || last - first == 1)) {
    std::fill(cube.next.begin() + static_cast<std::ptrdiff_t>(first),
              cube.next.begin() + static_cast<std::ptrdiff_t>(last), add_tile(points));
    return;
  }
  if (last - first == 1) {
    cube.next[first] = kCubes - static_cast<std::int32_t>(cubes_.size());
    Cube further;
    further.parent = c;
    further.parent_cell = first;
    further.points = points;
    cubes_.push_back(std::move(further));
    return;
  }
  const std::size_t middle = first + (last - first) / 2;
  assign(c, first, middle, depth + 1, most, longest);
  assign(c, middle, last, depth + 1, most, longest);
}

}  // namespace equicloud::tiles
