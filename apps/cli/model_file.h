// SPDX-License-Identifier: BSD-3-Clause
// Where the classifiers and the estimator of a cloud's statistics lie: files beside the program
// that are not compiled into it.
#pragma once

#include <equicloud/classify/model.h>
#include <equicloud/nn/model_card.h>
#include <equicloud/statistics/model.h>

#include <memory>
#include <string>
#include <vector>

namespace equicloud::cli {

/// What --model of the verbs that classify is if it is not given.
constexpr const char* kDefaultClassifier = "modelnet40";

/// A model file, or the NAME of one: classifier-NAME.safetensors in share/equicloud/models beside
/// the program's folder (installed), in data/models of the source tree that it was built in, or in
/// data/models below the current folder.
/// Throws UsageError: no such file (with the places searched), or not a classifier.
std::shared_ptr<const classify::Model> load_classifier(const std::string& name);

/// Whether it is a file that says of itself that it is a classifier, or the NAME of one at hand.
bool is_classifier(const std::string& name);

/// What --model of `estimate` is if it is not given.
constexpr const char* kDefaultEstimator = "statistics";

/// The same of an estimator: a model file, or the NAME of NAME.safetensors in the same folders.
/// Throws UsageError likewise.
std::shared_ptr<const statistics::Model> load_estimator(const std::string& name);
bool is_estimator(const std::string& name);

/// A model that lies beside the program.
struct ModelAtHand {
  std::string verb;   ///< whose --model it is: "classify", "estimate"
  std::string model;  ///< what --model calls it
  nn::ModelCard card;
};
/// Classifiers, then estimators, each by name; of two of one name the one that load_...() takes.
/// Files that are damaged or of another kind are left out.
std::vector<ModelAtHand> models_at_hand();

}  // namespace equicloud::cli
