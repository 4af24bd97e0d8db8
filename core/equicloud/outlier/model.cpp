// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <equicloud/nn/weights_file.h>
#include <equicloud/outlier/embedded_model.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/network.h>

#include <cstdlib>
#include <sstream>

namespace equicloud::outlier {
namespace {

constexpr const char* kFormatVersion = "1";
constexpr const char* kKind = "outlier-scorer";

float read_threshold(const std::string& text) {
  char* end = nullptr;
  const float value = std::strtof(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(value >= 0.0F && value <= 1.0F))
    throw FormatError("metadata 'default_threshold' is '" + text +
                      "', expected a number from 0 to 1");
  return value;
}

// Comma-separated; each must be one this library knows how to keep.
std::vector<std::string> read_promises(const std::string& text) {
  std::vector<std::string> promises;
  std::istringstream stream(text);
  for (std::string promise; std::getline(stream, promise, ',');) {
    if (promise != "permutation-equivariant" && promise != "motion-invariant" &&
        promise != "scale-invariant")
      throw FormatError("promises '" + promise + "', which this version cannot keep");
    promises.push_back(promise);
  }
  return promises;
}

ModelInfo read_info(const nn::WeightsFile& file) {
  if (file.meta("kind") != kKind)
    throw FormatError("is a model of kind '" + file.meta("kind") + "', expected " + kKind);
  if (file.meta("format_version") != kFormatVersion)
    throw FormatError("has format version " + file.meta("format_version") +
                      ", this program reads " + kFormatVersion);
  ModelInfo info;
  info.name = file.meta("name");
  info.version = file.meta("version");
  info.licence = file.meta("licence");
  info.training_data = file.meta("training_data");
  info.promises = read_promises(file.meta("promises"));
  info.default_threshold = read_threshold(file.meta("default_threshold"));
  for (const auto& [name, tensor] : file.tensors) info.weights += tensor.values.size();
  return info;
}

}  // namespace

Model::Model() = default;
Model::~Model() = default;

std::shared_ptr<const Model> Model::parse(const unsigned char* bytes, std::size_t size,
                                          const std::string& name) {
  const nn::WeightsFile file = nn::parse_weights(bytes, size, name);
  try {
    const std::shared_ptr<Model> model(new Model);
    model->info_ = read_info(file);
    const std::vector<LayerSpec> layers = parse_layers(file.meta("layers"));
    model->info_.multiply_adds = multiply_adds(layers);
    model->network_ = std::make_unique<Network>(file, layers);
    return model;
  } catch (const FormatError& error) {
    throw FormatError(name + ": " + error.what());
  }
}

std::shared_ptr<const Model> Model::load(const std::string& path) {
  const std::vector<unsigned char> bytes = read_whole_file(path);
  return parse(bytes.data(), bytes.size(), path);
}

std::shared_ptr<const Model> Model::embedded() {
  static const std::shared_ptr<const Model> model = parse(
      embedded_outlier_general, embedded_outlier_general_size, "embedded model outlier-general");
  return model;
}

}  // namespace equicloud::outlier
