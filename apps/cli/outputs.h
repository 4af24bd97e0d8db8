// SPDX-License-Identifier: BSD-3-Clause
// Where each input is written, and every reason not to begin: two inputs for one output, an output
// that is an input, one that is there already.
#pragma once

#include "cli/inputs.h"
#include "cli/options.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace equicloud::cli {

/// One file to work on.
struct Job {
  std::string input;
  std::string output;                  ///< "" if the verb writes none
  std::uintmax_t bytes = 0;            ///< of the input; 0 if unknown
  std::optional<OutputFormat> format;  ///< of the output; default: the input's
  std::int64_t mtime_ns = 0;           ///< of the input, since 1970; 0 if unknown
  std::string relative;                ///< InputFile::relative of the input
};

/// What the verb gives the points beside what they have.
enum class Adds { nothing, field };

enum class Target {
  folder,          ///< -o is a folder
  file_or_folder,  ///< -o is a file if the input is one named file and -o is no folder yet
};

/// The inputs as they are, nothing written.
std::vector<Job> plan_reading(const InputList& inputs);
/// Whether outputs go into a folder, named after their inputs.
bool writes_into_folder(const InputList& inputs, const OutputOptions& output, Target target);
/// Throws UsageError, before anything is written.
std::vector<Job> plan_writing(const InputList& inputs, const OutputOptions& output, Target target,
                              Adds adds);

}  // namespace equicloud::cli
