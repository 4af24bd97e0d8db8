// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/integer_rows.h>

#include <numeric>
#include <string>

namespace equicloud::group {
namespace {

[[noreturn]] void overflow() {
  throw Error("IntegerRows: an entry does not fit 64 bits, expected smaller matrices or entries");
}

std::int64_t times(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) overflow();
  return result;
}

std::int64_t plus(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_add_overflow(a, b, &result)) overflow();
  return result;
}

void divide_by_common_divisor(IntegerRows::Row& row) {
  std::int64_t divisor = 0;
  for (const auto& entry : row) divisor = std::gcd(divisor, entry.second);
  if (divisor > 1)
    for (auto& entry : row) entry.second /= divisor;
}

// a row - b other, with a, b such that the first entry of `row` vanishes.
void eliminate(IntegerRows::Row& row, const IntegerRows::Row& other) {
  const std::int64_t first = row.begin()->second;
  const std::int64_t pivot = other.begin()->second;
  const std::int64_t divisor = std::gcd(first, pivot);
  const std::int64_t a = pivot / divisor;
  const std::int64_t b = times(-1, first / divisor);
  for (auto& entry : row) entry.second = times(entry.second, a);
  for (const auto& [column, value] : other) {
    const auto at = row.emplace(column, 0).first;
    at->second = plus(at->second, times(b, value));
    if (at->second == 0) row.erase(at);
  }
  divide_by_common_divisor(row);
}

// Solves row . x = 0 for the row's first column, scaling x so that it stays integer.
void solve_first(const IntegerRows::Row& row, std::vector<std::int64_t>& x) {
  std::int64_t rest = 0;
  for (const auto& [column, value] : row) rest = plus(rest, times(value, x[column]));
  const std::int64_t pivot = row.begin()->second;
  const std::int64_t divisor = pivot < 0 ? -std::gcd(rest, pivot) : std::gcd(rest, pivot);
  const std::int64_t scale = pivot / divisor;
  if (scale != 1)
    for (std::int64_t& value : x) value = times(value, scale);
  x[row.begin()->first] = times(-1, rest / divisor);
}

}  // namespace

bool IntegerRows::insert(Row row) {
  for (auto at = row.begin(); at != row.end();)
    at = at->second == 0 ? row.erase(at) : std::next(at);
  if (!row.empty() && row.rbegin()->first >= columns_)
    throw InvalidArgument("IntegerRows: column " + std::to_string(row.rbegin()->first) +
                          " in rows of " + std::to_string(columns_));
  divide_by_common_divisor(row);
  while (!row.empty()) {
    const auto other = echelon_.find(row.begin()->first);
    if (other == echelon_.end()) {
      echelon_.emplace(row.begin()->first, std::move(row));
      return true;
    }
    eliminate(row, other->second);
  }
  return false;
}

bool IntegerRows::insert(const std::vector<std::int64_t>& row) {
  if (row.size() != columns_)
    throw InvalidArgument("IntegerRows: a row of " + std::to_string(row.size()) +
                          " entries, expected " + std::to_string(columns_));
  Row sparse;
  for (std::size_t c = 0; c < columns_; ++c)
    if (row[c] != 0) sparse.emplace(c, row[c]);
  return insert(std::move(sparse));
}

std::vector<std::vector<std::int64_t>> IntegerRows::null_space() const {
  std::vector<std::vector<std::int64_t>> basis;
  for (std::size_t free = 0; free < columns_; ++free) {
    if (echelon_.count(free) != 0) continue;
    std::vector<std::int64_t> x(columns_, 0);
    x[free] = 1;
    for (auto row = echelon_.rbegin(); row != echelon_.rend(); ++row) solve_first(row->second, x);
    std::int64_t divisor = 0;
    for (const std::int64_t value : x) divisor = std::gcd(divisor, value);
    for (std::int64_t& value : x) value /= divisor;
    basis.push_back(std::move(x));
  }
  return basis;
}

}  // namespace equicloud::group
