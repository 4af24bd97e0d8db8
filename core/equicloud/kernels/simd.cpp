// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/simd.h>
#include <hwy/highway.h>

namespace equicloud::kernels {
namespace {

// Targets compiled into the kernels and supported by this processor: lower bits are better targets.
std::int64_t usable_targets() {
  static const std::int64_t targets = hwy::SupportedTargets() & HWY_TARGETS;
  return targets;
}

}  // namespace

std::vector<std::string> simd_targets() {
  std::vector<std::string> names;
  for (std::int64_t rest = usable_targets(); rest != 0; rest &= rest - 1)
    names.emplace_back(hwy::TargetName(rest & -rest));
  return names;
}

std::string simd_target() {
  usable_targets();  // remember the full set before anything restricts it
  const std::int64_t now = hwy::SupportedTargets() & HWY_TARGETS;
  return hwy::TargetName(now & -now);
}

void force_simd_target(const std::string& name) {
  const std::int64_t usable = usable_targets();
  std::string names;
  for (std::int64_t rest = usable; rest != 0; rest &= rest - 1) {
    const std::int64_t target = rest & -rest;
    names += std::string(names.empty() ? "" : ", ") + hwy::TargetName(target);
    if (name != hwy::TargetName(target)) continue;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    return;
  }
  if (name != "best")
    throw InvalidArgument("SIMD target '" + name + "' is not to be had here; use best or one of " +
                          names);
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(usable);
}

}  // namespace equicloud::kernels
