// SPDX-License-Identifier: BSD-3-Clause
// equicloud models: the models at hand.
#include "cli/console.h"
#include "cli/json.h"
#include "cli/model_file.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/outlier/model.h>

namespace equicloud::cli {
namespace {

// What --model calls it, and what a person would take it for.
constexpr const char* kName = "general";
constexpr const char* kPurpose = "outliers in any scan: objects, rooms, streets";

std::string to_text(const outlier::ModelInfo& model) {
  return std::string("score, clean --model ") + kName + " (the default): " + kPurpose +
         "\n  name               " + model.name + ", version " + model.version +
         "\n  weights            " + grouped(model.weights) + "\n  multiply-adds      " +
         grouped(model.multiply_adds) + " a point" + "\n  licence            " + model.licence +
         "\n  default threshold  " + fixed(static_cast<double>(model.default_threshold), 3) +
         "\n  promises           " + joined(model.promises) + "\n  trained on         " +
         model.training_data + "\n";
}

std::string to_text(const ModelAtHand& at_hand) {
  const nn::ModelCard& card = at_hand.card;
  return at_hand.verb + " --model " + at_hand.model + "\n  name               " + card.name +
         ", version " + card.version + "\n  weights            " + grouped(card.weights) +
         "\n  licence            " + card.licence + "\n  promises           " +
         joined(card.promises) + "\n  trained on         " + card.training_data + "\n";
}

Json to_json(const outlier::ModelInfo& model) {
  return {{"verb", "score"},
          {"model", kName},
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

Json to_json(const ModelAtHand& at_hand) {
  const nn::ModelCard& card = at_hand.card;
  return {{"verb", at_hand.verb},      {"model", at_hand.model},
          {"name", card.name},         {"version", card.version},
          {"weights", card.weights},   {"licence", card.licence},
          {"promises", card.promises}, {"training_data", card.training_data}};
}

}  // namespace

int run(const ModelsOptions& options) {
  const auto model = outlier::Model::embedded();
  print(options.json ? to_line(to_json(model->info())) + "\n" : to_text(model->info()));
  for (const ModelAtHand& at_hand : models_at_hand())
    print(options.json ? to_line(to_json(at_hand)) + "\n" : to_text(at_hand));
  if (!options.json)
    print("Any other model file: --model FILE.safetensors (equicloud_train makes them)\n");
  return 0;
}

}  // namespace equicloud::cli
