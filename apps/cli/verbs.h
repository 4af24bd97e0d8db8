// SPDX-License-Identifier: BSD-3-Clause
// The verbs. Each prints its results and returns the exit status: 0 all done, 1 some inputs failed
// (each named on standard error), 130 interrupted. Throws UsageError before any work where the
// command was wrong (status 2).
#pragma once

#include "cli/options.h"

namespace equicloud::cli {

int run(const ScoreOptions& options);
int run(const CleanOptions& options);
int run(const ClassifyOptions& options);
int run(const EvaluateScoreOptions& options);
int run(const EvaluateClassifyOptions& options);
int run(const EstimateOptions& options);
int run(const InfoOptions& options);
int run(const ModelsOptions& options);
int run(const PlanOptions& options);
int run(const MergeOptions& options);
int run(const VerifyOptions& options);
/// Becomes the viewer where it is installed.
int run(const ViewOptions& options);
int run(const VersionOptions& options);
int run(const HelpText& help);

}  // namespace equicloud::cli
