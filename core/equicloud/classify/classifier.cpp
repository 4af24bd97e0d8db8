// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/axes.h>
#include <equicloud/classify/classifier.h>
#include <equicloud/classify/fusion.h>
#include <equicloud/classify/refusal.h>
#include <equicloud/classify/set_features.h>
#include <equicloud/classify/set_network.h>
#include <equicloud/classify/shape.h>
#include <equicloud/classify/spherical_features.h>
#include <equicloud/classify/spherical_network.h>
#include <equicloud/classify/spherical_points.h>
#include <equicloud/outlier/scorer.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <mutex>
#include <optional>

namespace equicloud::classify {
namespace {

constexpr float kOutlier = 0.5F;  // a probability above it is left out

// Numbers a person reads: "0.123", "1e-09".
std::string short_number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

Verdict verdict_of(ShapeStatus status) noexcept {
  switch (status) {
    case ShapeStatus::too_few_points:
      return Verdict::too_few_points;
    case ShapeStatus::line:
      return Verdict::line;
    case ShapeStatus::flat:
      return Verdict::flat;
    case ShapeStatus::empty:
      return Verdict::empty;
    case ShapeStatus::ok:
      break;
  }
  return Verdict::known;
}

std::string reason_of(Verdict verdict, const Classification& result) {
  switch (verdict) {
    case Verdict::empty:
      return result.removed_points == 0
                 ? "no finite point"
                 : "no finite point is left (" + std::to_string(result.removed_points) +
                       " left out, outliers or not finite)";
    case Verdict::too_few_points:
      return "too few points: " + std::to_string(result.distinct_points) + " distinct, at least " +
             std::to_string(kMinPoints) + " are needed" +
             (result.removed_points > 0
                  ? " (" + std::to_string(result.removed_points) + " left out as outliers)"
                  : "");
    case Verdict::line:
      return "all points lie on one line";
    case Verdict::flat:
      return "all points lie in one plane";
    default:
      return {};
  }
}

/// The most probable class but "unknown", the last.
std::size_t best_known(const Classification& result) {
  const auto begin = result.probabilities.begin();
  return static_cast<std::size_t>(std::max_element(begin, result.probabilities.end() - 1) - begin);
}

// Workspaces for as many clouds as are at work at once.
class Shelf {
 public:
  std::unique_ptr<Workspace> take() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty()) return std::make_unique<Workspace>();
    std::unique_ptr<Workspace> workspace = std::move(free_.back());
    free_.pop_back();
    return workspace;
  }
  void put_back(std::unique_ptr<Workspace> workspace) {
    const std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(std::move(workspace));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Workspace>> free_;
};

}  // namespace

// What the networks say of a shape; zeros of a branch that is not asked.
struct ShapeClassifier::Voices {
  std::vector<float> set_logits, spherical_logits;
  std::vector<float> set_embedding, spherical_embedding;
};

struct Workspace::Memory {
  outlier::Workspace scoring;
  outlier::Scores scores;
  std::vector<float> kept;  // packed x y z
  ShapeBuilder builder;
  FeatureExtractor extractor;
  AxisFinder finder;  // where the set branch is not asked
  SphericalFeatures signals;
  SetNetwork::Workspace set;
  std::optional<SphericalNetwork::Workspace> spherical;
  std::shared_ptr<const Model> model;  // whose sizes `spherical` has

  // The points without outliers; all of them where none can be told.
  PointsView filtered(const outlier::OutlierScorer& scorer, PointsView points,
                      const Executor& executor);
  SphericalNetwork::Workspace& spherical_of(const std::shared_ptr<const Model>& asked);
};

PointsView Workspace::Memory::filtered(const outlier::OutlierScorer& scorer, PointsView points,
                                       const Executor& executor) {
  scorer.score(points, executor, scoring, scores);
  if (scores.status != outlier::Status::scored) return points;
  kept.clear();
  for (std::size_t i = 0; i < points.size; ++i)
    if (scores.probability[i] <= kOutlier) kept.insert(kept.end(), points[i], points[i] + 3);
  return PointsView(kept);
}

SphericalNetwork::Workspace& Workspace::Memory::spherical_of(
    const std::shared_ptr<const Model>& asked) {
  if (model != asked) spherical.emplace(asked->spherical_network().workspace());
  model = asked;
  return *spherical;
}

Workspace::Workspace() : memory_(std::make_unique<Memory>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

const char* name_of(Verdict verdict) noexcept {
  constexpr std::array<const char*, 7> names = {"known", "empty", "too_few_points", "line",
                                                "flat",  "junk",  "unsure"};
  return names[static_cast<std::size_t>(verdict)];
}

std::vector<Guess> Classification::top(std::size_t k) const {
  std::vector<Guess> guesses;
  for (std::size_t label = 0; label < probabilities.size(); ++label)
    guesses.push_back({label, probabilities[label]});
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const Guess& a, const Guess& b) { return a.probability > b.probability; });
  guesses.resize(std::min(k, guesses.size()));
  return guesses;
}

ShapeClassifier::ShapeClassifier(std::shared_ptr<const Model> model,
                                 const ClassifierOptions& options)
    : model_(std::move(model)), options_(options) {
  if (!model_) throw InvalidArgument("ShapeClassifier: no model given");
  if (!(options_.min_probability >= 0.0F && options_.min_probability <= 1.0F))
    throw InvalidArgument("min_probability is " + std::to_string(options_.min_probability) +
                          "; a probability from 0 to 1 is expected");
}

ShapeClassifier::ShapeClassifier(const std::string& path, const ClassifierOptions& options)
    : ShapeClassifier(Model::load(path), options) {}

Classification ShapeClassifier::classify(PointsView points, const Executor& executor) const {
  Workspace workspace;
  return classify(points, executor, workspace);
}

Classification ShapeClassifier::classify(PointsView points, const Executor& executor,
                                         Workspace& workspace) const {
  Workspace::Memory& memory = *workspace.memory_;
  const PointsView kept = options_.filter ? memory.filtered(scorer_, points, executor) : points;
  const Shape& shape = memory.builder.build(kept, executor);
  Classification result;
  result.distinct_points = shape.distinct_points;
  result.removed_points = points.size - kept.size;
  result.verdict = verdict_of(shape.status);
  result.label = model_->info().classes.size() - 1;
  const bool flat = shape.status == ShapeStatus::flat;
  if (shape.status == ShapeStatus::ok || flat) judge(listen(shape, workspace), result);
  if (shape.status == ShapeStatus::ok) {
    settle(result);
  } else {
    result.reason = reason_of(result.verdict, result);
    if (flat) result.probability = result.probabilities[best_known(result)];
  }
  result.name = model_->info().classes[result.label];
  return result;
}

ShapeClassifier::Voices ShapeClassifier::listen(const Shape& shape, Workspace& workspace) const {
  Workspace::Memory& memory = *workspace.memory_;
  const SetNetwork& set = model_->set_network();
  const SphericalNetwork& spherical = model_->spherical_network();
  Voices voices{std::vector<float>(set.classes()), std::vector<float>(spherical.classes()),
                std::vector<float>(set.embedding_size()),
                std::vector<float>(spherical.embedding_size())};
  const bool asks_set = options_.branch != Branch::spherical;
  if (asks_set) {
    const SetOutput said = set.forward(memory.extractor.extract(shape), memory.set);
    voices.set_logits.assign(said.logits.begin(), said.logits.end());
    voices.set_embedding.assign(said.embedding.begin(), said.embedding.end());
  }
  if (options_.branch != Branch::set) {
    const Axes& axes = asks_set ? memory.extractor.axes() : memory.finder.find(shape);
    const SphericalOutput said = spherical.forward(
        memory.signals.extract(spherical_points(shape, axes)), memory.spherical_of(model_));
    voices.spherical_logits.assign(said.logits.begin(), said.logits.end());
    voices.spherical_embedding.assign(said.embedding.begin(), said.embedding.end());
  }
  return voices;
}

void ShapeClassifier::judge(const Voices& voices, Classification& result) const {
  const ModelInfo& info = model_->info();
  std::vector<float> logits = voices.set_logits;
  for (std::size_t i = 0; i < logits.size(); ++i) logits[i] += voices.spherical_logits[i];
  result.probabilities =
      softmax(logits, info.temperature[static_cast<std::size_t>(options_.branch)]);
  result.embedding = joined_embedding(voices.set_embedding, voices.spherical_embedding);
  double known = 1.0 - static_cast<double>(result.probabilities.back());
  if (info.unknown_rule == UnknownRule::embedding) {
    const std::size_t half = voices.set_embedding.size();
    const std::size_t first = options_.branch == Branch::spherical ? half : 0;
    const std::size_t last = options_.branch == Branch::set ? half : result.embedding.size();
    known *=
        0.5 * (1.0 + nearest_cosine(result.embedding, model_->class_means(), first, last - first));
  }
  if (info.unknown_rule == UnknownRule::refusal && options_.branch == Branch::fused)
    known = static_cast<double>(model_->refusal()->known(result.embedding));
  result.known_score = static_cast<float>(known);
}

void ShapeClassifier::settle(Classification& result) const {
  const ModelInfo& info = model_->info();
  const float threshold = info.threshold_of(options_.branch);
  if (result.known_score < threshold) {
    result.verdict = Verdict::junk;
    result.probability = 1.0F - result.known_score;
    result.reason = "like none of the classes: known score " + short_number(result.known_score) +
                    ", below " + short_number(threshold);
    return;
  }
  const std::size_t label = best_known(result);
  result.probability = result.probabilities[label];
  if (result.probability < options_.min_probability) {
    result.verdict = Verdict::unsure;
    result.reason = "not sure: at best " + info.classes[label] + " with probability " +
                    short_number(result.probability) + ", below " +
                    short_number(options_.min_probability);
    return;
  }
  result.verdict = Verdict::known;
  result.label = label;
}

std::vector<Classification> ShapeClassifier::classify(Span<const PointsView> clouds,
                                                      const Executor& executor) const {
  std::vector<Classification> results(clouds.size());
  Shelf shelf;
  executor.run(clouds.size(), [&](std::size_t i) {
    std::unique_ptr<Workspace> workspace = shelf.take();
    results[i] = classify(clouds[i], executor, *workspace);
    shelf.put_back(std::move(workspace));
  });
  return results;
}

}  // namespace equicloud::classify
