// SPDX-License-Identifier: BSD-3-Clause
#include "cli/model_file.h"

#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/nn/weights_file.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

// A build has its program in build/NAME/bin, an installation in bin.
std::vector<fs::path> model_folders() {
  std::vector<fs::path> folders;
  std::error_code error;
  const fs::path bin = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (!error) {
    folders.push_back(bin.parent_path() / "share/equicloud/models");
    folders.push_back(bin.parent_path().parent_path().parent_path() / "data/models");
  }
  folders.emplace_back("data/models");
  return folders;
}

fs::path file_of(const fs::path& folder, const std::string& name) {
  return folder / ("classifier-" + name + ".safetensors");
}

std::string find_file(const std::string& name) {
  if (is_file(name)) return name;
  std::vector<std::string> places;
  for (const fs::path& folder : model_folders()) {
    const fs::path path = file_of(folder, name);
    if (is_file(path)) return path.string();
    places.push_back(path.string());
  }
  throw UsageError("--model '" + name +
                   "' is neither a file nor a classifier at hand; looked for " + joined(places));
}

}  // namespace

std::shared_ptr<const classify::Model> load_classifier(const std::string& name) {
  try {
    return classify::Model::load(find_file(name));
  } catch (const Error& what) {
    throw UsageError(what.what());
  }
}

bool is_classifier(const std::string& name) {
  if (is_file(name)) {
    try {
      return nn::load_weights(name).meta("kind") == "shape-classifier";
    } catch (const Error&) {
      return false;  // the reader of the other kind says what is wrong with it
    }
  }
  const std::vector<fs::path> folders = model_folders();
  return std::any_of(folders.begin(), folders.end(),
                     [&](const fs::path& folder) { return is_file(file_of(folder, name)); });
}

}  // namespace equicloud::cli
