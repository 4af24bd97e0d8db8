// SPDX-License-Identifier: BSD-3-Clause
// Rank and null space of integer matrices, exactly: a statement about dimensions is true or false,
// never "to within 1e-9".
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace equicloud::group {

/// Rows in echelon form over the integers, each divided by the common divisor of its entries. Every
/// operation is checked: an entry that would not fit 64 bits throws Error, nothing is ever rounded.
class IntegerRows {
 public:
  /// The entries that are not 0, by column.
  using Row = std::map<std::size_t, std::int64_t>;

  /// @param columns  length of the rows
  explicit IntegerRows(std::size_t columns) : columns_(columns) {}

  /// Adds a row; false if it is a combination of those before (then nothing changes). Throws
  /// InvalidArgument for a column outside. Cost: O(entries x rank) at most.
  bool insert(Row row);
  /// The same for a row written out, `columns` long.
  bool insert(const std::vector<std::int64_t>& row);

  std::size_t rank() const noexcept { return echelon_.size(); }
  std::size_t columns() const noexcept { return columns_; }

  /// A basis of {x : row . x = 0 for every row}: columns() - rank() integer vectors without common
  /// divisor, the last entry that is not 0 positive.
  std::vector<std::vector<std::int64_t>> null_space() const;

 private:
  std::size_t columns_;
  std::map<std::size_t, Row> echelon_;  // by the first column that is not 0
};

}  // namespace equicloud::group
