// SPDX-License-Identifier: BSD-3-Clause
// A trained classifier as it lies in a file: the weights of its two branches in safetensors, and in
// the metadata the names of the classes, what the model promises, how its logits become
// probabilities, and below which score a shape is none of its classes.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/nn/model_card.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::classify {

/// Which of the two networks speak.
enum class Branch {
  fused,     ///< both: their logits are added
  set,       ///< points as a set, set_network.h
  spherical  ///< signals on the sphere, spherical_network.h
};
constexpr std::size_t kBranches = 3;

/// "fused", "set", "spherical".
const char* name_of(Branch branch) noexcept;

/// What the known score is made of, p_unknown being the probability of the class "unknown".
enum class UnknownRule {
  probability,  ///< 1 - p_unknown
  embedding,    ///< (1 - p_unknown) (1 + cosine to the nearest class mean) / 2
  refusal       ///< refusal.h, of both branches; of one alone: 1 - p_unknown
};

/// Below it a shape is unknown to one branch alone where the model's rule is `refusal`: junk is
/// then its most probable explanation.
constexpr float kBranchThreshold = 0.5F;

/// What is known of a model without running it. Promises are of: permutation-invariant,
/// motion-invariant, scale-invariant.
struct ModelInfo : nn::ModelCard {
  std::vector<std::string> classes;            ///< names; the last one is "unknown"
  std::array<float, kBranches> temperature{};  ///< of the softmax, by Branch; > 0
  float unknown_threshold = 0.0F;              ///< a known score below it: none of the classes
  UnknownRule unknown_rule = UnknownRule::probability;

  /// The threshold that holds where `branch` is asked.
  float threshold_of(Branch branch) const noexcept {
    const bool alone = branch != Branch::fused && unknown_rule == UnknownRule::refusal;
    return alone ? kBranchThreshold : unknown_threshold;
  }
};

class Refusal;
class SetNetwork;
class SphericalNetwork;

class Model {
 public:
  /// Throws IoError if the file cannot be read, FormatError (naming it) if it is no classifier: an
  /// outlier model, a tensor that does not fit, a missing key.
  static std::shared_ptr<const Model> load(const std::string& path);
  /// The same of a file in memory; `name` is used in error messages.
  static std::shared_ptr<const Model> from(const nn::WeightsFile& file, const std::string& name);

  ~Model();
  const ModelInfo& info() const noexcept { return info_; }
  const SetNetwork& set_network() const noexcept { return *set_; }
  const SphericalNetwork& spherical_network() const noexcept { return *spherical_; }
  /// Mean embeddings of the known classes, [classes - 1, embedding size] row-major.
  Span<const float> class_means() const noexcept { return class_means_; }
  /// Null unless the rule is UnknownRule::refusal.
  const Refusal* refusal() const noexcept { return refusal_.get(); }

 private:
  Model();
  void read(const nn::WeightsFile& file);

  ModelInfo info_;
  std::unique_ptr<SetNetwork> set_;
  std::unique_ptr<SphericalNetwork> spherical_;
  std::vector<float> class_means_;
  std::unique_ptr<Refusal> refusal_;
};

}  // namespace equicloud::classify
