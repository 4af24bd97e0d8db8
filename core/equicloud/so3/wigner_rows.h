// SPDX-License-Identifier: BSD-3-Clause
// The rows d^l_mn(beta_j), l = m .. b - 1, of every orbit: kept as a table, or computed from their
// starts when they are asked for. A table of b^4 / 3 numbers loses to the recurrence as soon as it
// leaves the cache. Internal to the room.
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/base/span.h>
#include <equicloud/kernels/three_term.h>
#include <equicloud/so3/orbits.h>

#include <cstddef>
#include <vector>

namespace equicloud::so3 {

template <typename T>
class WignerRows {
 public:
  /// @param beta    angles of the rings, in the order of the rows' entries
  /// @param stored  as a table
  WignerRows(int bandwidth, Span<const double> beta, bool stored);

  /// Bytes that an object of this size keeps.
  static std::size_t bytes(int bandwidth, std::size_t rings, bool stored) noexcept;

  Span<const Orbit> orbits() const noexcept { return orbits_; }
  std::size_t rings() const noexcept { return cosine_.size(); }
  /// Numbers of scratch memory that rows() needs; 0 for a table.
  std::size_t scratch_size() const noexcept;
  /// b - m rows of rings() numbers each: in the table, or in `scratch`.
  const T* rows(std::size_t orbit, T* scratch) const noexcept;

 private:
  int bandwidth_;
  std::vector<Orbit> orbits_;
  std::vector<double> cosine_;
  std::vector<std::size_t> first_row_;  // of each orbit, counted over all orbits
  AlignedVector<T> table_;
  // Where rows are computed: the first row of each orbit (numbers below 2^-900 as 0: below degree
  // 256 they never grow beyond 1e-40), and a step for each further row.
  AlignedVector<double> starts_;
  std::vector<kernels::ThreeTerm> steps_;
};

}  // namespace equicloud::so3
