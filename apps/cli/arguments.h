// SPDX-License-Identifier: BSD-3-Clause
// From the words of a command line to the options of a verb. CLI11 is known behind this only.
#pragma once

#include "cli/options.h"

namespace equicloud::cli {

/// Throws UsageError: one sentence, with the nearest verb or option where there is one.
Command parse_arguments(int argc, const char* const* argv);

}  // namespace equicloud::cli
