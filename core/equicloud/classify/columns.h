// SPDX-License-Identifier: BSD-3-Clause
// Points with their coordinates apart, as the distance kernels read them.
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/kernels/distances.h>

#include <cstddef>
#include <vector>

namespace equicloud::classify {

struct Columns {
  AlignedVector<float> x, y, z;

  std::size_t size() const noexcept { return x.size(); }
  /// The first `count` points.
  kernels::PointColumns view(std::size_t count) const noexcept {
    return {x.data(), y.data(), z.data(), count};
  }
  /// Takes n x 3 packed coordinates; memory is kept.
  void assign(const std::vector<float>& xyz) {
    const std::size_t n = xyz.size() / 3;
    x.resize(n);
    y.resize(n);
    z.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = xyz[3 * i];
      y[i] = xyz[3 * i + 1];
      z[i] = xyz[3 * i + 2];
    }
  }
};

}  // namespace equicloud::classify
