// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/model.h>
#include <equicloud/classify/refusal.h>
#include <equicloud/classify/set_network.h>
#include <equicloud/classify/spherical_network.h>

namespace equicloud::classify {
namespace {

constexpr const char* kUnknown = "unknown";
constexpr float kLeastTemperature = 1e-3F;
constexpr float kMostTemperature = 1e3F;

UnknownRule read_rule(const nn::WeightsFile& file) {
  const std::string& rule = file.meta("unknown_rule");
  if (rule == "probability") return UnknownRule::probability;
  if (rule == "embedding") return UnknownRule::embedding;
  if (rule == "refusal") return UnknownRule::refusal;
  throw FormatError("metadata 'unknown_rule' is '" + rule +
                    "', expected probability, embedding or refusal");
}

std::vector<std::string> read_classes(const nn::WeightsFile& file) {
  std::vector<std::string> classes = nn::read_words(file, "classes");
  if (classes.size() < 2 || classes.back() != kUnknown)
    throw FormatError("metadata 'classes' is '" + file.meta("classes") +
                      "', expected names and at last 'unknown'");
  return classes;
}

ModelInfo read_info(const nn::WeightsFile& file) {
  ModelInfo info;
  static_cast<nn::ModelCard&>(info) = nn::read_card(
      file, "shape-classifier", {"permutation-invariant", "motion-invariant", "scale-invariant"});
  info.classes = read_classes(file);
  for (const Branch branch : {Branch::fused, Branch::set, Branch::spherical})
    info.temperature[static_cast<std::size_t>(branch)] = nn::read_number(
        file, std::string("temperature_") + name_of(branch), kLeastTemperature, kMostTemperature);
  info.unknown_threshold = nn::read_number(file, "unknown_threshold", 0.0F, 1.0F);
  info.unknown_rule = read_rule(file);
  return info;
}

void check_classes(const std::string& network, std::size_t found, std::size_t expected) {
  if (found != expected)
    throw FormatError("the " + network + " network tells " + std::to_string(found) +
                      " classes apart, metadata 'classes' names " + std::to_string(expected));
}

}  // namespace

const char* name_of(Branch branch) noexcept {
  switch (branch) {
    case Branch::set:
      return "set";
    case Branch::spherical:
      return "spherical";
    case Branch::fused:
      break;
  }
  return "fused";
}

Model::Model() = default;
Model::~Model() = default;

void Model::read(const nn::WeightsFile& file) {
  info_ = read_info(file);
  set_ = std::make_unique<SetNetwork>(file);
  spherical_ = std::make_unique<SphericalNetwork>(file);
  const std::size_t classes = info_.classes.size();
  check_classes("set", set_->classes(), classes);
  check_classes("spherical", spherical_->classes(), classes);
  const std::size_t width = set_->embedding_size() + spherical_->embedding_size();
  class_means_ = file.tensor("class_means", {classes - 1, width}).values;
  if (info_.unknown_rule == UnknownRule::refusal) refusal_ = std::make_unique<Refusal>(file, width);
}

std::shared_ptr<const Model> Model::from(const nn::WeightsFile& file, const std::string& name) {
  try {
    const std::shared_ptr<Model> model(new Model);
    model->read(file);
    return model;
  } catch (const FormatError& error) {
    throw FormatError(name + ": " + error.what());
  }
}

std::shared_ptr<const Model> Model::load(const std::string& path) {
  return from(nn::load_weights(path), path);
}

}  // namespace equicloud::classify
