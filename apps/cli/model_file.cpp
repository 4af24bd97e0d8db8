// SPDX-License-Identifier: BSD-3-Clause
#include "cli/model_file.h"

#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/nn/weights_file.h>

#include <algorithm>
#include <filesystem>
#include <map>
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

constexpr const char* kExtension = ".safetensors";

// What models of one kind are called.
struct Kind {
  const char* noun;      // "a classifier"
  const char* metadata;  // what their files say they are
  const char* prefix;    // of their file names
};

constexpr Kind kClassifier = {"a classifier", "shape-classifier", "classifier-"};
constexpr Kind kEstimator = {"an estimator", "cloud-statistics", ""};

fs::path file_of(const fs::path& folder, const Kind& kind, const std::string& name) {
  return folder / (kind.prefix + name + kExtension);
}

std::string find_file(const Kind& kind, const std::string& name) {
  if (is_file(name)) return name;
  std::vector<std::string> places;
  for (const fs::path& folder : model_folders()) {
    const fs::path path = file_of(folder, kind, name);
    if (is_file(path)) return path.string();
    places.push_back(path.string());
  }
  throw UsageError("--model '" + name + "' is neither a file nor " + kind.noun +
                   " at hand; looked for " + joined(places));
}

template <typename Model>
std::shared_ptr<const Model> load(const Kind& kind, const std::string& name) {
  try {
    return Model::load(find_file(kind, name));
  } catch (const Error& what) {
    throw UsageError(what.what());
  }
}

bool says_it_is(const Kind& kind, const std::string& path) {
  try {
    return nn::load_weights(path).meta("kind") == kind.metadata;
  } catch (const Error&) {
    return false;  // the reader of another kind says what is wrong with it
  }
}

bool is_of(const Kind& kind, const std::string& name) {
  if (is_file(name)) return says_it_is(kind, name);
  const std::vector<fs::path> folders = model_folders();
  return std::any_of(folders.begin(), folders.end(), [&](const fs::path& folder) {
    const fs::path path = file_of(folder, kind, name);
    return is_file(path) && says_it_is(kind, path.string());
  });
}

// What --model calls a file of this kind; "" if its name is not one.
std::string name_of(const Kind& kind, const fs::path& file) {
  const std::string stem = file.stem().string(), prefix = kind.prefix;
  const bool named = file.extension() == kExtension && stem.compare(0, prefix.size(), prefix) == 0;
  return named ? stem.substr(prefix.size()) : "";
}

template <typename Model>
std::vector<ModelAtHand> all_of(const Kind& kind, const char* verb) {
  std::map<std::string, ModelAtHand> models;
  for (const fs::path& folder : model_folders()) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
      const std::string name = name_of(kind, entry.path());
      if (name.empty() || models.count(name) != 0 || !says_it_is(kind, entry.path().string()))
        continue;
      try {
        models[name] = {verb, name, Model::load(entry.path().string())->info()};
      } catch (const Error&) {
        continue;  // whoever asks for it hears what is wrong with it
      }
    }
  }
  std::vector<ModelAtHand> list;
  for (auto& [name, model] : models) list.push_back(std::move(model));
  return list;
}

}  // namespace

std::shared_ptr<const classify::Model> load_classifier(const std::string& name) {
  return load<classify::Model>(kClassifier, name);
}

bool is_classifier(const std::string& name) { return is_of(kClassifier, name); }

std::shared_ptr<const statistics::Model> load_estimator(const std::string& name) {
  return load<statistics::Model>(kEstimator, name);
}

bool is_estimator(const std::string& name) { return is_of(kEstimator, name); }

std::vector<ModelAtHand> models_at_hand() {
  std::vector<ModelAtHand> models = all_of<classify::Model>(kClassifier, "classify");
  for (ModelAtHand& estimator : all_of<statistics::Model>(kEstimator, "estimate"))
    models.push_back(std::move(estimator));
  return models;
}

}  // namespace equicloud::cli
