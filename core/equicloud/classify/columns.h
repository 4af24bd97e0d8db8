// SPDX-License-Identifier: BSD-3-Clause
// Points with their coordinates apart, as the distance kernels read them.
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/kernels/distances.h>

#include <cstddef>

namespace equicloud::classify {

struct Columns {
  AlignedVector<float> x, y, z;

  kernels::PointColumns view() const noexcept { return {x.data(), y.data(), z.data(), x.size()}; }
  /// n points with all coordinates `value`; memory is kept.
  void assign(std::size_t n, float value) {
    x.assign(n, value);
    y.assign(n, value);
    z.assign(n, value);
  }
  void set(std::size_t i, const float* p) noexcept {
    x[i] = p[0];
    y[i] = p[1];
    z[i] = p[2];
  }
};

}  // namespace equicloud::classify
