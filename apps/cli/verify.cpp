// SPDX-License-Identifier: BSD-3-Clause
// equicloud verify: does a model keep what it promises?
#include "cli/cloud_file.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/model_file.h"
#include "cli/scoring.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/base/random.h>
#include <equicloud/classify/classifier.h>
#include <equicloud/outlier/certificate.h>
#include <equicloud/statistics/cloud_statistics.h>

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

// A noisy table: what the laws are tried on of a model that classifies.
std::vector<float> generated_shape() {
  Random random(1);
  std::vector<float> xyz;
  for (int i = 0; i < kGeneratedPoints / 4; ++i) {
    const bool leg = i % 3 == 0;
    const double side[] = {i % 2 == 0 ? -1.0 : 1.0, i % 4 < 2 ? -1.0 : 1.0};
    for (const double s : side) {
      const double across =
          leg ? 0.55 * s + random.uniform(-0.04, 0.04) : random.uniform(-0.6, 0.6);
      xyz.push_back(static_cast<float>(across + 0.003 * random.normal()));
    }
    xyz.push_back(
        static_cast<float>((leg ? random.uniform(0.0, 0.7) : 0.7) + 0.003 * random.normal()));
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

// A model with its answers, and what they are called.
struct Subject {
  std::string name;
  std::vector<std::string> promises;
  outlier::Scoring answers;
  outlier::CertificateOptions options;
  const char* what;
  std::vector<float> (*generated)();
};

// Estimates without a unit: lengths in spacings.
std::vector<float> shares_of(const statistics::Estimates& estimates) {
  const auto& [status, reason, finite, distinct, noise, spacing, fraction, unlike] = estimates;
  std::vector<float> shares;
  for (const double length : {noise.value, noise.low, noise.high, spacing.low, spacing.high})
    shares.push_back(static_cast<float>(length / spacing.value));
  for (const double share : {fraction.value, fraction.low, fraction.high})
    shares.push_back(static_cast<float>(share));
  return shares;
}

Subject subject_of(const std::string& model) {
  if (is_classifier(model)) {
    const auto classifier = std::make_shared<classify::ShapeClassifier>(load_classifier(model));
    const classify::ModelInfo& info = classifier->model().info();
    outlier::CertificateOptions options;
    options.answers = outlier::Answers::of_cloud;
    return {info.name + " " + info.version,
            info.promises,
            [classifier](PointsView points, const Executor& executor) {
              return classifier->classify(points, executor).probabilities;
            },
            options,
            "probabilities",
            generated_shape};
  }
  if (is_estimator(model)) {
    const auto estimator = std::make_shared<statistics::CloudStatistics>(load_estimator(model));
    const nn::ModelCard& info = estimator->model().info();
    outlier::CertificateOptions options;
    options.answers = outlier::Answers::of_cloud;
    return {info.name + " " + info.version,
            info.promises,
            [estimator](PointsView points, const Executor& executor) {
              return shares_of(estimator->estimate(points, executor));
            },
            options,
            "estimates",
            generated_cloud};
  }
  const auto scorer = std::make_shared<outlier::OutlierScorer>(load_model(model));
  const outlier::ModelInfo& info = scorer->model().info();
  return {info.name + " " + info.version,
          info.promises,
          [scorer](PointsView points, const Executor& executor) {
            return scorer->score(points, executor).probability;
          },
          {},
          "scores",
          generated_cloud};
}

}  // namespace

int run(const VerifyOptions& options) {
  const Subject subject = subject_of(options.run.model);
  const std::vector<float> xyz =
      options.data.empty() ? subject.generated() : read_cloud(options.data);
  if (xyz.empty()) {
    complain(options.data + ": holds no points to try the laws on");
    return 1;
  }
  const ThreadPool pool(options.run.threads);
  const std::vector<outlier::LawFinding> findings = outlier::certify(
      [&](PointsView points, const Executor& executor) {
        stop_if_interrupted();
        return subject.answers(points, executor);
      },
      PointsView(xyz), subject.promises, pool, subject.options);
  const std::vector<std::string> broken = broken_laws(findings);
  const std::string data = options.data.empty() ? "a generated cloud" : options.data;
  if (options.run.json)
    print(to_line({{"model", subject.name},
                   {"data", data},
                   {"points", xyz.size() / 3},
                   {"laws", to_json(findings)},
                   {"broken", broken}}) +
          "\n");
  else
    print("The " + std::string(subject.what) + " of " + subject.name + " on " + data + " (" +
          counted(xyz.size() / 3, "point") + "), changed by what must not change them:\n" +
          to_text(findings) + (broken.empty() ? "Every promise holds.\n" : ""));
  if (!broken.empty()) complain(subject.name + ": breaks its promise on " + joined(broken));
  return broken.empty() ? 0 : 1;
}

}  // namespace equicloud::cli
