// SPDX-License-Identifier: BSD-3-Clause
// What the mathematics sees of a cloud: positions in float, x y z adjacent, any stride, any order,
// non-finite points included. Nothing is copied: PCL's padded points (stride 4 and more) are viewed
// as they lie.
#pragma once

#include <equicloud/base/span.h>

#include <cmath>
#include <cstddef>

namespace equicloud {

/// N points; point i has its x, y, z at data[i * stride + 0 .. 2].
struct PointsView {
  const float* data = nullptr;
  std::size_t size = 0;    ///< N
  std::size_t stride = 3;  ///< floats from one point to the next, >= 3

  PointsView() = default;
  PointsView(const float* first, std::size_t count, std::size_t stride_in_floats = 3)
      : data(first), size(count), stride(stride_in_floats) {}
  /// Packed x y z x y z ...; the size must be a multiple of 3 (the remainder is not seen).
  explicit PointsView(Span<const float> xyz) : data(xyz.data()), size(xyz.size() / 3) {}

  const float* operator[](std::size_t i) const noexcept { return data + i * stride; }
};

/// True if x, y and z are all finite.
inline bool is_finite(const float* p) noexcept {
  return std::isfinite(p[0]) && std::isfinite(p[1]) && std::isfinite(p[2]);
}

}  // namespace equicloud
