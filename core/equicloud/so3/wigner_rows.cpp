// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/wigner_d.h>
#include <equicloud/so3/wigner_rows.h>

#include <algorithm>

namespace equicloud::so3 {
namespace {

// Sum over the orbits of b - m.
std::size_t row_count(int bandwidth) noexcept {
  const auto b = static_cast<std::size_t>(bandwidth);
  return b * (b + 1) * (b + 2) / 6;
}

}  // namespace

template <typename T>
WignerRows<T>::WignerRows(int bandwidth, Span<const double> beta, bool stored)
    : bandwidth_(bandwidth), orbits_(so3::orbits(bandwidth)), cosine_(beta.size()) {
  const WignerRecurrence recurrence(beta);
  std::copy(recurrence.cosines().begin(), recurrence.cosines().end(), cosine_.begin());
  std::size_t row = 0;
  for (const Orbit& orbit : orbits_) {
    first_row_.push_back(row);
    row += static_cast<std::size_t>(bandwidth - orbit.m);
  }
  if (stored) {
    table_.resize(row * rings());
    std::vector<double> exact(static_cast<std::size_t>(bandwidth) * rings());
    for (std::size_t o = 0; o < orbits_.size(); ++o) {
      recurrence.fill(orbits_[o].m, orbits_[o].n, bandwidth, exact.data());
      const std::size_t count = static_cast<std::size_t>(bandwidth - orbits_[o].m) * rings();
      std::transform(exact.begin(), exact.begin() + static_cast<std::ptrdiff_t>(count),
                     table_.begin() + static_cast<std::ptrdiff_t>(first_row_[o] * rings()),
                     [](double value) { return static_cast<T>(value); });
    }
    return;
  }
  starts_.resize(orbits_.size() * rings());
  for (std::size_t o = 0; o < orbits_.size(); ++o) {
    const auto [m, n] = orbits_[o];
    recurrence.start(m, n, starts_.data() + o * rings());
    for (int l = m + 1; l <= bandwidth; ++l) steps_.push_back(degree_step(l, m, n));
  }
}

template <typename T>
std::size_t WignerRows<T>::bytes(int bandwidth, std::size_t rings, bool stored) noexcept {
  if (stored) return row_count(bandwidth) * rings * sizeof(T);
  return orbit_count(bandwidth) * rings * sizeof(double) +
         row_count(bandwidth) * sizeof(kernels::ThreeTerm);
}

template <typename T>
std::size_t WignerRows<T>::scratch_size() const noexcept {
  return table_.empty() ? static_cast<std::size_t>(bandwidth_) * rings() : 0;
}

template <typename T>
const T* WignerRows<T>::rows(std::size_t orbit, T* scratch) const noexcept {
  if (!table_.empty()) return table_.data() + first_row_[orbit] * rings();
  // One step an orbit is never taken: it keeps the steps in line with the rows.
  kernels::three_term(
      rings(), cosine_.data(), starts_.data() + orbit * rings(), steps_.data() + first_row_[orbit],
      static_cast<std::size_t>(bandwidth_ - orbits_[orbit].m - 1), scratch, rings());
  return scratch;
}

template class WignerRows<float>;
template class WignerRows<double>;

}  // namespace equicloud::so3
