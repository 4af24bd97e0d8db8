// SPDX-License-Identifier: BSD-3-Clause
// Which instruction set the kernels run on. The best one the processor has is picked on first use;
// a call can force a weaker one (tests run each, programs offer --simd). Results have the same bits
// for a given target.
#pragma once

#include <string>
#include <vector>

namespace equicloud::kernels {

/// Name of the target in use, e.g. "AVX3", "AVX2", "SSE4", "SCALAR".
std::string simd_target();
/// Targets compiled in that this processor can run, best first.
std::vector<std::string> simd_targets();
/// Uses the named target from now on in the whole process; "best" undoes it. Not to be called while
/// kernels run. Throws InvalidArgument naming the targets that can be had.
void force_simd_target(const std::string& name);

}  // namespace equicloud::kernels
