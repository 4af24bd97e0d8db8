// SPDX-License-Identifier: BSD-3-Clause
// Seeded random numbers with the same sequence on every platform (the distributions of <random> are
// not).
#pragma once

#include <cstdint>

namespace equicloud {

/// SplitMix64 (Steele, Lea & Flood 2014): 64 bits of state, full period, passes BigCrush.
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept : state_(seed) {}

  std::uint64_t bits() noexcept;
  /// Uniform in [0, 1), 53 bits.
  double uniform() noexcept { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
  /// Uniform in [low, high).
  double uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }
  /// Uniform in 0 .. n - 1; n >= 1.
  std::uint64_t below(std::uint64_t n) noexcept {
    return static_cast<std::uint64_t>(uniform() * static_cast<double>(n));
  }
  /// Standard normal (Box-Muller; each call draws two uniforms and keeps one value).
  double normal() noexcept;
  /// An independent stream: same parent and number, same stream.
  Random fork(std::uint64_t number) const noexcept;

 private:
  std::uint64_t state_;
};

}  // namespace equicloud
