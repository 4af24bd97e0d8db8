// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/tiles/point_store.h>

#include <algorithm>
#include <cmath>
#include <queue>
#include <utility>

namespace equicloud::tiles {
namespace {

constexpr std::size_t kChunk = 1024;
constexpr std::size_t kFan = 16;

double squared_distance(const float* p, const float* q) {
  double sum = 0.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double d = static_cast<double>(p[axis]) - static_cast<double>(q[axis]);
    sum += d * d;
  }
  return sum;
}

double squared_distance(const float* p, const Corners& box) {
  double sum = 0.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double below = static_cast<double>(box.low[axis]) - static_cast<double>(p[axis]);
    const double above = static_cast<double>(p[axis]) - static_cast<double>(box.high[axis]);
    const double d = std::max({below, above, 0.0});
    sum += d * d;
  }
  return sum;
}

}  // namespace

Region Region::around(const Corners& corners, double margin) {
  Region region;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    region.low[axis] = static_cast<double>(corners.low[axis]) - margin;
    region.high[axis] = static_cast<double>(corners.high[axis]) + margin;
  }
  return region;
}

bool Region::holds(const float* p) const noexcept {
  bool inside = true;
  for (std::size_t axis = 0; axis < 3; ++axis)
    inside = inside && static_cast<double>(p[axis]) >= low[axis] &&
             static_cast<double>(p[axis]) <= high[axis];
  return inside;
}

bool Region::touches(const Corners& corners) const noexcept {
  bool touching = true;
  for (std::size_t axis = 0; axis < 3; ++axis)
    touching = touching && static_cast<double>(corners.high[axis]) >= low[axis] &&
               static_cast<double>(corners.low[axis]) <= high[axis];
  return touching;
}

void PointStore::add(Span<const float> xyz) {
  file_->write(rows_ * kRowBytes, xyz.data(), xyz.size() * sizeof(float));
  const std::size_t points = xyz.size() / 3;
  for (std::size_t begin = 0; begin < points; begin += kChunk) {
    const std::size_t end = std::min(begin + kChunk, points);
    Corners box;
    for (std::size_t i = begin; i < end; ++i) box.add(xyz.data() + 3 * i);
    levels_.front().push_back(box);
    chunks_.push_back({rows_ + begin, static_cast<std::uint32_t>(end - begin)});
  }
  rows_ += points;
}

void PointStore::finish() {
  while (levels_.back().size() > 1) {
    const std::vector<Corners>& below = levels_.back();
    std::vector<Corners> above((below.size() + kFan - 1) / kFan);
    for (std::size_t i = 0; i < below.size(); ++i) {
      above[i / kFan].add(below[i].low.data());
      above[i / kFan].add(below[i].high.data());
    }
    levels_.push_back(std::move(above));
  }
}

void PointStore::read(std::uint64_t first, std::size_t count, float* xyz) const {
  file_->read(first * kRowBytes, xyz, count * kRowBytes);
}

template <typename Touches, typename Visit>
void PointStore::visit(const Touches& touches, const Visit& visit) const {
  std::vector<std::size_t> boxes = {0};
  std::vector<std::size_t> below;
  for (std::size_t level = levels_.size(); level-- > 0;) {
    below.clear();
    for (const std::size_t box : boxes) {
      if (!touches(levels_[level][box])) continue;
      if (level == 0) {
        visit(box);
        continue;
      }
      const std::size_t end = std::min((box + 1) * kFan, levels_[level - 1].size());
      for (std::size_t child = box * kFan; child < end; ++child) below.push_back(child);
    }
    std::swap(boxes, below);
  }
}

std::uint64_t PointStore::count_near(const Region& region) const {
  std::uint64_t points = 0;
  visit([&](const Corners& box) { return region.touches(box); },
        [&](std::size_t chunk) { points += chunks_[chunk].count; });
  return points;
}

void PointStore::within(const Region& region, std::uint64_t first, std::uint64_t last,
                        std::vector<std::uint32_t>& rows, std::vector<float>& xyz) const {
  std::vector<float> points(3 * kChunk);
  visit([&](const Corners& box) { return region.touches(box); },
        [&](std::size_t c) {
          const Chunk& chunk = chunks_[c];
          if (chunk.first >= first && chunk.first < last) return;  // chunks end where tiles do
          read(chunk.first, chunk.count, points.data());
          for (std::uint32_t i = 0; i < chunk.count; ++i) {
            const float* p = points.data() + 3 * std::size_t{i};
            if (!region.holds(p)) continue;
            rows.push_back(static_cast<std::uint32_t>(chunk.first + i));
            xyz.insert(xyz.end(), p, p + 3);
          }
        });
}

void PointStore::nearest(std::uint32_t row, const float* p, std::size_t k, double bound,
                         std::uint32_t* neighbors, float* distances) const {
  // Boxes nearest first, whatever their level.
  struct Near {
    double squared;
    std::size_t level, box;
    bool operator<(const Near& other) const { return squared > other.squared; }
  };
  std::priority_queue<Near> near;
  std::vector<std::pair<double, std::uint32_t>> found;  // sorted, at most k
  double farthest = bound * bound * (1.0 + 1e-6);       // that is of use
  const auto consider = [&](std::size_t level, std::size_t box) {
    const double squared = squared_distance(p, levels_[level][box]);
    if (squared <= farthest) near.push({squared, level, box});
  };
  consider(levels_.size() - 1, 0);
  std::vector<float> points(3 * kChunk);
  while (!near.empty()) {
    const Near next = near.top();
    near.pop();
    if (next.squared > farthest) break;
    if (next.level > 0) {
      const std::size_t end = std::min((next.box + 1) * kFan, levels_[next.level - 1].size());
      for (std::size_t child = next.box * kFan; child < end; ++child)
        consider(next.level - 1, child);
      continue;
    }
    const Chunk& chunk = chunks_[next.box];
    read(chunk.first, chunk.count, points.data());
    for (std::uint32_t i = 0; i < chunk.count; ++i) {
      const auto other = static_cast<std::uint32_t>(chunk.first + i);
      const double squared = squared_distance(p, points.data() + 3 * std::size_t{i});
      if (other == row || squared > farthest) continue;
      const std::pair<double, std::uint32_t> candidate{squared, other};
      found.insert(std::upper_bound(found.begin(), found.end(), candidate), candidate);
      if (found.size() < k) continue;
      found.resize(k);
      farthest = found.back().first;
    }
  }
  for (std::size_t j = 0; j < k; ++j) {
    neighbors[j] = found[j].second;
    distances[j] = static_cast<float>(std::sqrt(found[j].first));
  }
}

}  // namespace equicloud::tiles
