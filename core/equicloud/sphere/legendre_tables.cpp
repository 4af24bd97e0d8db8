// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/sphere/legendre.h>
#include <equicloud/sphere/legendre_tables.h>

#include <cmath>
#include <limits>

namespace equicloud::sphere {
namespace {

// d below this adds nothing to a sum of b terms of which some are of order 1 / b.
template <typename T>
constexpr double kNegligible = std::numeric_limits<T>::epsilon() / 256;

// d^l_m0 of all northern rings, [ring][l - m].
std::vector<double> order_table(const Grid& grid, std::size_t rings, int m) {
  const LegendreOrder legendre(grid.bandwidth, m);
  std::vector<double> table(rings * legendre.size());
  for (std::size_t j = 0; j < rings; ++j)
    legendre.evaluate(grid.cosine[j], std::sin(grid.theta[j]), table.data() + j * legendre.size());
  return table;
}

std::size_t first_ring(const std::vector<double>& table, std::size_t degrees, double negligible) {
  std::size_t i = 0;
  while (i < table.size() && std::abs(table[i]) < negligible) ++i;
  return i / degrees;
}

}  // namespace

template <typename T>
LegendreTables<T>::LegendreTables(const Grid& grid) {
  const std::size_t rings = (grid.rings() + 1) / 2;
  std::vector<std::size_t> places;
  for (int m = 0; m < grid.bandwidth; ++m) {
    const std::vector<double> table = order_table(grid, rings, m);
    const auto all = static_cast<std::size_t>(grid.bandwidth - m);
    for (std::size_t parity = 0; parity < 2; ++parity) {
      LegendreBlock<T> block;
      block.degrees = (all + 1 - parity) / 2;
      block.first = first_ring(table, all, kNegligible<T>);
      block.step = block.degrees;
      places.push_back(tables_.size());
      for (std::size_t j = block.first; j < rings; ++j)
        for (std::size_t i = 0; i < block.degrees; ++i)
          tables_.push_back(static_cast<T>(table[j * all + parity + 2 * i]));
      blocks_.push_back(block);
    }
  }
  tables_.shrink_to_fit();
  for (std::size_t i = 0; i < blocks_.size(); ++i) blocks_[i].table = tables_.data() + places[i];
}

template class LegendreTables<float>;
template class LegendreTables<double>;

}  // namespace equicloud::sphere
