// SPDX-License-Identifier: BSD-3-Clause
// What the benchmarks' main() functions have in common.
#pragma once

namespace equicloud::bench {

/// The program's exit status: that of run(argc, argv), or 1 after "NAME: what went wrong" on
/// standard error.
int exit_status(const char* name, int (*run)(int, char**), int argc, char** argv);

}  // namespace equicloud::bench
