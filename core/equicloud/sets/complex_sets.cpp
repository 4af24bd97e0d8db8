// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sets/complex_sets.h>

#include <string>
#include <utility>

namespace equicloud::sets {
namespace {

DeepSets checked(nn::Mlp phi, nn::Mlp rho) {
  for (const int channels : {phi.out(), rho.out()})
    if (channels % 2 != 0)
      throw InvalidArgument("ComplexDeepSets: " + std::to_string(channels) +
                            " real channels are not pairs (Re, Im)");
  return DeepSets(std::move(phi), Pooling::sum, std::move(rho));
}

}  // namespace

ComplexDeepSets::ComplexDeepSets(nn::Mlp phi, nn::Mlp rho)
    : real_(checked(std::move(phi), std::move(rho))) {}

std::vector<std::complex<float>> ComplexDeepSets::forward(Span<const float> members) const {
  const std::vector<float> pairs = real_.forward(members);
  std::vector<std::complex<float>> result;
  for (std::size_t k = 0; k < pairs.size(); k += 2) result.emplace_back(pairs[k], pairs[k + 1]);
  return result;
}

}  // namespace equicloud::sets
