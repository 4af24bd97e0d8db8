// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/layout.h>
#include <equicloud/so3/transform.h>
#include <equicloud/so3/wigner_rows.h>

#include <cmath>

namespace equicloud::so3 {
namespace {

// Multiplications and additions a second that one core of a server of 2020 keeps up on these
// transforms, in double; in float it is twice that.
constexpr double kFlopsPerSecond = 1.2e10;

double product_flops(const Layout& layout) {
  const auto b = static_cast<double>(layout.bandwidth);
  const double rows = b * (b + 1) * (b + 2) / 6;
  return 2.0 * rows * static_cast<double>(layout.rows() * kOrbitWidth);
}

double dft_flops(const Layout& layout) {
  const auto size = static_cast<double>(layout.plane());
  return static_cast<double>(layout.pairs) * 5.0 * size * std::log2(size);
}

}  // namespace

template <typename T>
Cost transform_cost(const Grid& grid, const TransformOptions& options) {
  const Layout layout = layout_of<T>(grid, options.table);
  Cost cost;
  cost.table_bytes = WignerRows<T>::bytes(layout.bandwidth, layout.rows(), layout.stored);
  cost.workspace_bytes =
      sizeof(T) * (layout.columns_size() + layout.block_size() + 2 * layout.plane() +
                   (layout.stored ? 0 : layout.rows() * static_cast<std::size_t>(grid.bandwidth)));
  cost.flops = product_flops(layout) + dft_flops(layout);
  cost.seconds = cost.flops / kFlopsPerSecond * sizeof(T) / sizeof(double);
  return cost;
}

template Cost transform_cost<float>(const Grid&, const TransformOptions&);
template Cost transform_cost<double>(const Grid&, const TransformOptions&);

}  // namespace equicloud::so3
