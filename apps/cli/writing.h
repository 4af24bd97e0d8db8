// SPDX-License-Identifier: BSD-3-Clause
// The way of the verbs that write a cloud for each cloud: which inputs, which outputs, what an
// earlier run has done of them, the work, the manifest, the closing words.
#pragma once

#include "cli/batch.h"
#include "cli/options.h"
#include "cli/outputs.h"

#include <functional>
#include <string>
#include <vector>

namespace equicloud::cli {

/// A verb, to those who run it over many files.
struct WritingVerb {
  std::string did;        ///< "Scored": how the closing sentence begins
  std::string settings;   ///< verb, model and every option that changes an output, as text
  std::string next_step;  ///< what follows the closing sentence; with a line's end
  Target target = Target::folder;
  Adds adds = Adds::nothing;
  /// Throws UsageError if the inputs do not suit the options; may be empty.
  std::function<void(const std::vector<Job>&)> check;
};

/// "version; model and its hash": the part of WritingVerb::settings that verbs share.
/// Throws IoError if the model file is gone.
std::string settings_of(const RunOptions& run, const OutputOptions& output);

/// Works on a job; called from several threads at once. Throws what the library throws.
using JobWork = std::function<FileReport(const Job& job, const Means& means)>;

/// @returns the exit status. Throws UsageError before anything is written.
int write_outputs(const WritingVerb& verb, const std::vector<std::string>& inputs,
                  const OutputOptions& output, const RunOptions& run, const JobWork& work);

}  // namespace equicloud::cli
