// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/layout.h>
#include <equicloud/so3/wigner_rows.h>

namespace equicloud::so3 {
namespace {

// A table that stays in a last-level cache beside the columns.
constexpr std::size_t kCachedTable = std::size_t{4} << 20;

std::size_t functions_together(int) { return 2; }

}  // namespace

template <typename T>
Layout layout_of(const Grid& grid, WignerTable table) noexcept {
  const std::size_t pairs = (grid.planes() + 1) / 2;
  const bool fits = WignerRows<T>::bytes(grid.bandwidth, 2 * pairs, true) <= kCachedTable;
  const bool stored = table == WignerTable::automatic ? fits : table == WignerTable::stored;
  return {grid.bandwidth,
          stored,
          functions_together(grid.bandwidth),
          grid.planes(),
          static_cast<std::size_t>(grid.columns),
          pairs};
}

template Layout layout_of<float>(const Grid&, WignerTable) noexcept;
template Layout layout_of<double>(const Grid&, WignerTable) noexcept;

}  // namespace equicloud::so3
