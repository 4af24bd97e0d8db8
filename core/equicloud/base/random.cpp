// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>

#include <cmath>

namespace equicloud {

std::uint64_t Random::bits() noexcept {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

double Random::normal() noexcept {
  constexpr double two_pi = 6.283185307179586;
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));  // 1 - u is in (0, 1]
  return radius * std::cos(two_pi * uniform());
}

Random Random::fork(std::uint64_t number) const noexcept {
  Random stream(state_ ^ (0xd1342543de82ef95ULL * (number + 1)));
  stream.bits();
  return Random(stream.bits());
}

}  // namespace equicloud
