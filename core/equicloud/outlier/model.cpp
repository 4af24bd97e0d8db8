// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <equicloud/nn/weights_file.h>
#include <equicloud/outlier/embedded_model.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/network.h>

namespace equicloud::outlier {
namespace {

ModelInfo read_info(const nn::WeightsFile& file) {
  ModelInfo info{nn::read_card(file, "outlier-scorer",
                               {"permutation-equivariant", "motion-invariant", "scale-invariant"})};
  info.default_threshold = nn::read_number(file, "default_threshold", 0.0F, 1.0F);
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
