// SPDX-License-Identifier: BSD-3-Clause
// rho(sum phi) can be any continuous invariant function of a set, if phi is wide enough (Zaheer et
// al. 2017, theorem 2; Wagstaff et al. 2019, "On the limitations of representing functions on
// sets", ICML: as wide as the set is large). Fitted here to four functions, width by width.
#pragma once

#include <torch/torch.h>

namespace equicloud::train {

enum class SetFunction { largest, median, second_largest, box_volume };
constexpr int kSetFunctions = 4;
const char* name_of(SetFunction function) noexcept;

/// Numbers, or points of the cube for box_volume, uniform in [0, 1].
struct SetSamples {
  torch::Tensor members;  ///< [B, n, 1 or 3]
  torch::Tensor values;   ///< [B]
};
/// @param members  n >= 2; the median of an even number is the lower of the middle two
SetSamples draw_sets(SetFunction function, std::int64_t sets, std::int64_t members);

struct UniversalitySettings {
  std::int64_t members = 16;
  std::int64_t steps = 4000, batch = 128;
  double learning_rate = 4e-3;
};

/// Fits phi: R^d -> R^width and rho by Adam on fresh sets. @returns the root mean square error on
/// fresh sets, in standard deviations of the function's values
double fit_error(SetFunction function, std::int64_t width, const UniversalitySettings& settings);

}  // namespace equicloud::train
