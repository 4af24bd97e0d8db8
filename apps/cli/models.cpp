// SPDX-License-Identifier: BSD-3-Clause
// equicloud models: the models at hand.
#include "cli/console.h"
#include "cli/json.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/outlier/model.h>

namespace equicloud::cli {
namespace {

// What --model calls it, and what a person would take it for.
constexpr const char* kName = "general";
constexpr const char* kPurpose = "outliers in any scan: objects, rooms, streets";

std::string to_text(const outlier::ModelInfo& model) {
  return std::string("--model ") + kName + " (the default): " + kPurpose +
         "\n  name               " + model.name + ", version " + model.version +
         "\n  weights            " + grouped(model.weights) + "\n  multiply-adds      " +
         grouped(model.multiply_adds) + " a point" + "\n  licence            " + model.licence +
         "\n  default threshold  " + fixed(static_cast<double>(model.default_threshold), 3) +
         "\n  promises           " + joined(model.promises) + "\n  trained on         " +
         model.training_data +
         "\nAny other model file: --model FILE.safetensors (equicloud_train makes them)\n";
}

Json to_json(const outlier::ModelInfo& model) {
  return {{"model", kName},
          {"name", model.name},
          {"version", model.version},
          {"purpose", kPurpose},
          {"weights", model.weights},
          {"multiply_adds_per_point", model.multiply_adds},
          {"licence", model.licence},
          {"default_threshold", model.default_threshold},
          {"promises", model.promises},
          {"training_data", model.training_data}};
}

}  // namespace

int run(const ModelsOptions& options) {
  const auto model = outlier::Model::embedded();
  print(options.json ? to_line(to_json(model->info())) + "\n" : to_text(model->info()));
  return 0;
}

}  // namespace equicloud::cli
