// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/layout.h>
#include <equicloud/so3/wigner_rows.h>

namespace equicloud::so3 {
namespace {

// A table that stays in a last-level cache beside the columns; a larger one is slower than the
// recurrence: b = 32, double (2.8 MB), took 1.27 ms a function with the table, 1.12 without.
constexpr std::size_t kCachedTable = std::size_t{2} << 20;
// More read the table, or run the recurrence, less often, and push the columns out of the cache: 1,
// 2, 4 and 8 are within 5 % up to b = 64, and a complex function needs 2.
constexpr std::size_t kFunctionsTogether = 2;

}  // namespace

template <typename T>
Layout layout_of(const Grid& grid, WignerTable table) noexcept {
  const std::size_t pairs = (grid.planes() + 1) / 2;
  const bool fits = WignerRows<T>::bytes(grid.bandwidth, 2 * pairs, true) <= kCachedTable;
  const bool stored = table == WignerTable::automatic ? fits : table == WignerTable::stored;
  return {grid.bandwidth,
          stored,
          kFunctionsTogether,
          grid.planes(),
          static_cast<std::size_t>(grid.columns),
          pairs};
}

template Layout layout_of<float>(const Grid&, WignerTable) noexcept;
template Layout layout_of<double>(const Grid&, WignerTable) noexcept;

}  // namespace equicloud::so3
