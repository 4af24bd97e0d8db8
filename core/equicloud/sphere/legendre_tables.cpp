// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/sphere/legendre.h>
#include <equicloud/sphere/legendre_tables.h>

#include <cmath>
#include <limits>

namespace equicloud::sphere {
namespace {

// Rings are left out in groups, so that rows of the tables begin where vectors do.
constexpr std::size_t kRingGroup = 4;

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
  return i / degrees / kRingGroup * kRingGroup;
}

}  // namespace

template <typename T>
LegendreTables<T>::LegendreTables(const Grid& grid) : rings_((grid.rings() + 1) / 2) {
  struct Place {
    std::size_t by_ring, by_degree;
  };
  std::vector<Place> places;
  for (int m = 0; m < grid.bandwidth; ++m) {
    const std::vector<double> table = order_table(grid, rings_, m);
    const std::size_t all = static_cast<std::size_t>(grid.bandwidth - m);
    const std::size_t first = first_ring(table, all, kNegligible<T>);
    for (std::size_t parity = 0; parity < 2; ++parity) {
      LegendreBlock<T> block;
      block.degrees = (all + 1 - parity) / 2;
      block.first = first;
      block.degree_step = whole_lines<T>(block.degrees);
      block.ring_step = whole_lines<T>(rings_ - first);
      const Place place{tables_.size(), tables_.size() + (rings_ - first) * block.degree_step};
      tables_.resize(place.by_degree + block.degrees * block.ring_step);
      for (std::size_t j = first; j < rings_; ++j)
        for (std::size_t i = 0; i < block.degrees; ++i) {
          const T d = static_cast<T>(table[j * all + parity + 2 * i]);
          tables_[place.by_ring + (j - first) * block.degree_step + i] = d;
          tables_[place.by_degree + i * block.ring_step + j - first] = d;
        }
      blocks_.push_back(block);
      places.push_back(place);
    }
  }
  tables_.shrink_to_fit();
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    blocks_[i].by_ring = tables_.data() + places[i].by_ring;
    blocks_[i].by_degree = tables_.data() + places[i].by_degree;
  }
}

template class LegendreTables<float>;
template class LegendreTables<double>;

}  // namespace equicloud::sphere
