// SPDX-License-Identifier: BSD-3-Clause
// equicloud --version, and --help.
#include "cli/console.h"
#include "cli/json.h"
#include "cli/verbs.h"

#include <equicloud/kernels/simd.h>
#include <equicloud/outlier/model.h>

namespace equicloud::cli {
namespace {

Json to_json(const outlier::ModelInfo& model) {
  const Json models =
      Json::array({{{"name", model.name}, {"version", model.version}, {"licence", model.licence}}});
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
