// SPDX-License-Identifier: BSD-3-Clause
// --dry-run: what would be done, by the headers of the inputs; nothing is written.
#pragma once

#include "cli/batch.h"

#include <vector>

namespace equicloud::cli {

/// Prints each job and totals, or with --json an object a job. @param resumes  leave out what is
/// done. @returns the exit status: 1 if an argument names no file, an input cannot be opened.
int dry_run(const InputList& inputs, const std::vector<Job>& jobs, const BatchOptions& options,
            bool resumes);

}  // namespace equicloud::cli
