// SPDX-License-Identifier: BSD-3-Clause
#include <bench/transforms/cases.h>

#include <tuple>

namespace equicloud::bench {

bool operator<(const Line& a, const Line& b) {
  return std::tie(a.transform, a.type, a.bandwidth, a.map) <
         std::tie(b.transform, b.type, b.bandwidth, b.map);
}

std::string name_of(const Case& c) {
  const std::string role = c.role == Role::ours        ? "ours"
                           : c.role == Role::dft_floor ? "dft"
                                                       : "product";
  return c.line.transform + "/b=" + std::to_string(c.line.bandwidth) + "/" + c.line.type + "/" +
         c.line.map + "/" + role + "/batch=" + std::to_string(c.batch) +
         "/threads=" + std::to_string(c.threads) + (c.variant.empty() ? "" : "/" + c.variant);
}

}  // namespace equicloud::bench
