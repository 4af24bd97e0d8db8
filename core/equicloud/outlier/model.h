// SPDX-License-Identifier: BSD-3-Clause
// A trained scorer as it lies in a file: weights in safetensors, and in the metadata the layer list
// (the one source of the architecture), what the model promises, and where it comes from. The
// embedded default goes through the same reader as a user's file.
#pragma once

#include <equicloud/nn/model_card.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::outlier {

/// What is known of a model without running it. Promises are of: permutation-equivariant,
/// motion-invariant, scale-invariant.
struct ModelInfo : nn::ModelCard {
  float default_threshold = 0.5F;  ///< remove above this probability
  std::size_t multiply_adds = 0;   ///< of the network, a point
};

class Network;

class Model {
 public:
  /// Throws IoError if the file cannot be read, FormatError (naming it) if it is not a model of
  /// this program.
  static std::shared_ptr<const Model> load(const std::string& path);
  /// From the bytes of a file; `name` is used in error messages.
  static std::shared_ptr<const Model> parse(const unsigned char* bytes, std::size_t size,
                                            const std::string& name);
  /// The default model, embedded in the library ("general").
  static std::shared_ptr<const Model> embedded();

  ~Model();
  const ModelInfo& info() const noexcept { return info_; }
  const Network& network() const noexcept { return *network_; }

 private:
  Model();
  ModelInfo info_;
  std::unique_ptr<Network> network_;
};

}  // namespace equicloud::outlier
