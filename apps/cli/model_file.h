// SPDX-License-Identifier: BSD-3-Clause
// Where the classifiers lie: files classifier-NAME.safetensors beside the program, too large to be
// compiled into it.
#pragma once

#include <equicloud/classify/model.h>

#include <memory>
#include <string>

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

}  // namespace equicloud::cli
