// SPDX-License-Identifier: BSD-3-Clause
// equicloud view: the viewer in this program's place.
#include "cli/inputs.h"
#include "cli/usage_error.h"
#include "cli/verbs.h"

#include <equicloud/base/error.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace equicloud::cli {

int run(const ViewOptions& options) {
  const InputList inputs = find_inputs(options.inputs);
  if (!inputs.problems.empty()) throw UsageError(inputs.problems.front());
  std::error_code error;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string viewer = (own.parent_path() / "equicloud_viewer").string();
  if (error || !std::filesystem::exists(viewer, error))
    throw IoError("the viewer is not beside this program (" + viewer +
                  "); build it with: make viewer");
  std::vector<std::string> words = {viewer};
  for (const InputFile& file : inputs.files) words.push_back(file.path);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execv(viewer.c_str(), arguments.data());
  throw IoError(viewer + ": cannot be started: " + std::strerror(errno));
}

}  // namespace equicloud::cli
