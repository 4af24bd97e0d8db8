// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/outlier/features.h>
#include <equicloud/tiles/closure.h>

#include <algorithm>
#include <cmath>

namespace equicloud::tiles {
namespace {

using outlier::kNeighbors;

constexpr std::size_t kSpan = 8192;
constexpr std::size_t kListBytes = kNeighbors * sizeof(std::uint32_t);
constexpr std::uint32_t kGap = 64;  // rows that are read for nothing rather than read twice

void sort_unique(std::vector<std::uint32_t>& rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

// Reads records of sorted rows, near ones together.
// @param read  read(first row, count, out)
template <typename T, typename Read>
void read_rows(const std::vector<std::uint32_t>& rows, std::size_t width, const Read& read,
               T* out) {
  std::vector<T> run;
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin + 1;
    while (end < rows.size() && rows[end] - rows[end - 1] <= kGap && end - begin < kSpan) ++end;
    const std::size_t count = rows[end - 1] - rows[begin] + std::size_t{1};
    run.resize(count * width);
    read(rows[begin], count, run.data());
    for (std::size_t i = begin; i < end; ++i)
      std::copy_n(run.data() + (rows[i] - rows[begin]) * width, width, out + i * width);
    begin = end;
  }
}

}  // namespace

void Closure::gather(std::uint64_t first, std::uint64_t last, std::size_t hops,
                     const Executor& executor) {
  first_ = first;
  last_ = last;
  others_.clear();
  lists_of_others_.clear();
  within_ = {own()};
  xyz_.resize(3 * own());
  for_spans(executor, own(), kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    store_.read(first_ + begin, end - begin, xyz_.data() + 3 * begin);
  });
  std::vector<std::uint32_t> named = named_by_own(executor);
  for (std::size_t hop = 1; hop <= hops; ++hop) {
    drop_known(named);
    add(named);
    within_.push_back(own() + others_.size());
    if (hop == hops) break;
    const std::size_t before = lists_of_others_.size();
    lists_of_others_.resize(before + named.size() * kNeighbors);
    read_rows(
        named, kNeighbors,
        [&](std::uint32_t row, std::size_t count, std::uint32_t* out) {
          lists_.read(std::uint64_t{row} * kListBytes, out, count * kListBytes);
        },
        lists_of_others_.data() + before);
    named.assign(lists_of_others_.begin() + static_cast<std::ptrdiff_t>(before),
                 lists_of_others_.end());
    sort_unique(named);
  }
}

std::vector<std::uint32_t> Closure::named_by_own(const Executor& executor) const {
  std::vector<std::vector<std::uint32_t>> of_span((own() + kSpan - 1) / kSpan);
  for_spans(executor, own(), kSpan, [&](std::size_t begin, std::size_t end, std::size_t span) {
    std::vector<std::uint32_t> rows((end - begin) * kNeighbors);
    lists_.read((first_ + begin) * kListBytes, rows.data(), rows.size() * sizeof(std::uint32_t));
    rows.erase(
        std::remove_if(rows.begin(), rows.end(), [this](std::uint32_t row) { return is_own(row); }),
        rows.end());
    sort_unique(rows);
    of_span[span] = std::move(rows);
  });
  std::vector<std::uint32_t> named;
  for (const auto& rows : of_span) named.insert(named.end(), rows.begin(), rows.end());
  sort_unique(named);
  return named;
}

void Closure::drop_known(std::vector<std::uint32_t>& rows) const {
  const auto is_known = [this](std::uint32_t row) {
    return is_own(row) ||
           std::binary_search(others_.begin(), others_.end(),
                              std::pair<std::uint32_t, std::uint32_t>{row, 0},
                              [](const auto& a, const auto& b) { return a.first < b.first; });
  };
  rows.erase(std::remove_if(rows.begin(), rows.end(), is_known), rows.end());
}

void Closure::add(const std::vector<std::uint32_t>& rows) {
  const std::size_t places = own() + others_.size();
  xyz_.resize(3 * (places + rows.size()));
  read_rows(
      rows, 3,
      [this](std::uint32_t row, std::size_t count, float* out) { store_.read(row, count, out); },
      xyz_.data() + 3 * places);
  const auto middle = static_cast<std::ptrdiff_t>(others_.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    others_.emplace_back(rows[i], static_cast<std::uint32_t>(places + i));
  std::inplace_merge(others_.begin(), others_.begin() + middle, others_.end());
}

std::uint32_t Closure::place_of(std::uint32_t row) const {
  if (is_own(row)) return row - static_cast<std::uint32_t>(first_);
  return std::lower_bound(others_.begin(), others_.end(),
                          std::pair<std::uint32_t, std::uint32_t>{row, 0})
      ->second;
}

void Closure::nearest(std::size_t begin, std::size_t end, std::uint32_t* neighbors,
                      float* distances) const {
  const std::size_t of_own = begin < own() ? std::min(end, own()) - begin : 0;
  const std::size_t other = std::max(begin, own()) - own();
  lists_.read((first_ + begin) * kListBytes, neighbors, of_own * kListBytes);
  std::copy_n(lists_of_others_.begin() + static_cast<std::ptrdiff_t>(other * kNeighbors),
              (end - begin - of_own) * kNeighbors, neighbors + of_own * kNeighbors);
  for (std::size_t i = begin; i < end; ++i) {
    const float* p = xyz_.data() + 3 * i;
    for (std::size_t j = (i - begin) * kNeighbors; j < (i - begin + 1) * kNeighbors; ++j) {
      neighbors[j] = place_of(neighbors[j]);
      const float* q = xyz_.data() + 3 * std::size_t{neighbors[j]};
      double sum = 0.0;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double d = static_cast<double>(p[axis]) - static_cast<double>(q[axis]);
        sum += d * d;
      }
      distances[j] = static_cast<float>(std::sqrt(sum));
    }
  }
}

}  // namespace equicloud::tiles
