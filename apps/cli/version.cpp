// SPDX-License-Identifier: BSD-3-Clause
// equicloud --version, and --help.
#include "cli/console.h"
#include "cli/json.h"
#include "cli/model_file.h"
#include "cli/verbs.h"

#include <equicloud/kernels/simd.h>
#include <equicloud/outlier/model.h>

namespace equicloud::cli {
namespace {

Json to_json(const outlier::ModelInfo& model) {
  Json models = Json::array();
  const auto add = [&](const nn::ModelCard& card) {
    models.push_back({{"name", card.name}, {"version", card.version}, {"licence", card.licence}});
  };
  add(model);
  for (const ModelAtHand& at_hand : models_at_hand()) add(at_hand.card);
  return {{"version", EQUICLOUD_VERSION},
          {"licence", "BSD-3-Clause"},
          {"models", models},
          {"simd_target", kernels::simd_target()},
          {"optional_parts", Json::array()}};
}

}  // namespace

int run(const VersionOptions& options) {
  print(options.json ? to_line(to_json(outlier::Model::embedded()->info())) + "\n"
                     : "equicloud " EQUICLOUD_VERSION "\n");
  return 0;
}

int run(const HelpText& help) {
  print(help.text);
  return 0;
}

}  // namespace equicloud::cli
