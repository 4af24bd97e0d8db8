// SPDX-License-Identifier: BSD-3-Clause
// equicloud verify: does a model keep what it promises?
#include "cli/cloud_file.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/scoring.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/base/random.h>
#include <equicloud/outlier/certificate.h>

#include <cmath>

namespace equicloud::cli {
namespace {

constexpr int kGeneratedPoints = 12000;

// A noisy wavy sheet, a pole on it, a dense blob above it and strays: what the laws are tried on
// where no data are given.
std::vector<float> generated_cloud() {
  Random random(1);
  std::vector<float> xyz;
  const auto add = [&](double x, double y, double z) {
    for (const double v : {x, y, z}) xyz.push_back(static_cast<float>(v));
  };
  for (int i = 0; i < kGeneratedPoints; ++i) {
    const double x = random.uniform(0.0, 10.0);
    const double y = random.uniform(0.0, 10.0);
    if (i % 40 == 0)
      add(x, y, random.uniform(-4.0, 6.0));
    else if (i % 40 == 1)
      add(5.0 + 0.2 * random.normal(), 5.0 + 0.2 * random.normal(), 4.0 + 0.2 * random.normal());
    else if (i % 40 == 2)
      add(2.0 + 0.01 * random.normal(), 2.0 + 0.01 * random.normal(), random.uniform(0.0, 3.0));
    else
      add(x, y, std::sin(x) + 0.02 * random.normal());
  }
  return xyz;
}

std::string scientific(double value) {
  char text[32];
  std::snprintf(text, sizeof text, value == 0.0 ? "%.0f" : "%.1e", value);
  return text;
}

std::string verdict(const outlier::LawFinding& finding) {
  if (!finding.promised) return "not promised";
  return finding.holds() ? "holds" : "BROKEN";
}

std::string to_text(const std::vector<outlier::LawFinding>& findings) {
  std::vector<std::vector<std::string>> rows = {
      {"law", "trials", "largest change", "allowed", "mean change", "allowed", "verdict"}};
  for (const outlier::LawFinding& f : findings)
    rows.push_back({f.law, std::to_string(f.trials), scientific(f.largest_change),
                    scientific(f.largest_allowed), scientific(f.mean_change),
                    scientific(f.mean_allowed), verdict(f)});
  return table(rows);
}

Json to_json(const std::vector<outlier::LawFinding>& findings) {
  Json laws = Json::array();
  for (const outlier::LawFinding& f : findings)
    laws.push_back({{"law", f.law},
                    {"promised", f.promised},
                    {"trials", f.trials},
                    {"largest_change", f.largest_change},
                    {"largest_allowed", f.largest_allowed},
                    {"mean_change", f.mean_change},
                    {"mean_allowed", f.mean_allowed},
                    {"holds", f.holds()}});
  return laws;
}

std::vector<std::string> broken_laws(const std::vector<outlier::LawFinding>& findings) {
  std::vector<std::string> names;
  for (const outlier::LawFinding& f : findings)
    if (f.broken()) names.push_back(f.law);
  return names;
}

}  // namespace

int run(const VerifyOptions& options) {
  const auto model = load_model(options.run.model);
  const std::vector<float> xyz =
      options.data.empty() ? generated_cloud() : read_cloud(options.data);
  if (xyz.empty()) {
    complain(options.data + ": holds no points to try the laws on");
    return 1;
  }
  const outlier::OutlierScorer scorer(model);
  const ThreadPool pool(options.run.threads);
  const std::vector<outlier::LawFinding> findings = outlier::certify(
      [&](PointsView points, const Executor& executor) {
        stop_if_interrupted();
        return scorer.score(points, executor).probability;
      },
      PointsView(xyz), model->info().promises, pool);
  const std::vector<std::string> broken = broken_laws(findings);
  const std::string name = model->info().name + " " + model->info().version;
  const std::string data = options.data.empty() ? "a generated cloud" : options.data;
  if (options.run.json)
    print(to_line({{"model", name},
                   {"data", data},
                   {"points", xyz.size() / 3},
                   {"laws", to_json(findings)},
                   {"broken", broken}}) +
          "\n");
  else
    print("The scores of " + name + " on " + data + " (" + counted(xyz.size() / 3, "point") +
          "), changed by what must not change them:\n" + to_text(findings) +
          (broken.empty() ? "Every promise holds.\n" : ""));
  if (!broken.empty()) complain(name + ": breaks its promise on " + joined(broken));
  return broken.empty() ? 0 : 1;
}

}  // namespace equicloud::cli
