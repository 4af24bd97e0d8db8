// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/classifier_measure.h>
#include <train/held_out_junk.h>
#include <train/junk.h>

#include <algorithm>
#include <cmath>

namespace equicloud::train {
namespace {

using classify::Classification;
using classify::ShapeClassifier;

constexpr std::uint64_t kPoseSeed = 101;
constexpr std::uint64_t kHeldOutSeed = 201;
constexpr std::uint64_t kLearnedSeed = 301;
constexpr std::uint64_t kLeftOutSeed = 401;
constexpr std::size_t kSpan = 16;  // clouds of a task: they share the memory of one filter

/// make(i, random) for i < count, random of (seed, i) alone.
template <typename Make>
std::vector<Cloud> made(std::size_t count, std::uint64_t seed, const Executor& executor,
                        const Make& make) {
  std::vector<Cloud> clouds(count);
  const Random parent(seed);
  for_spans(executor, count, kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i) {
      Random random = parent.fork(i);
      clouds[i] = make(i, random);
    }
  });
  return clouds;
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) return 1.0F;  // one of the two was not asked
  float largest = 0.0F;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

void compare(const Classification& still, const Classification& turned, Stability& sums) {
  const Answer a = answer_of(still, 0), b = answer_of(turned, 0);
  sums.same_answer += still.label == turned.label ? 1.0 : 0.0;
  sums.same_class += a.label == b.label ? 1.0 : 0.0;
  sums.largest_change = std::max<double>(
      sums.largest_change, largest_difference(still.probabilities, turned.probabilities));
  const bool both = !still.probabilities.empty() && !turned.probabilities.empty();
  if (both) sums.mean_change += std::abs(turned.probabilities[a.label] - a.probability);
}

}  // namespace

const char* name_of(Voice voice) noexcept {
  static constexpr const char* names[kVoices] = {"fused", "set alone", "spherical alone",
                                                 "fused behind the filter"};
  return names[static_cast<std::size_t>(voice)];
}

Voices::Voices(const std::shared_ptr<const classify::Model>& model) {
  const auto make = [&](classify::Branch branch, bool filter) {
    classify::ClassifierOptions options;
    options.branch = branch;
    options.filter = filter;
    return std::make_unique<const ShapeClassifier>(model, options);
  };
  using classify::Branch;
  classifiers_ = {make(Branch::fused, false), make(Branch::set, false),
                  make(Branch::spherical, false), make(Branch::fused, true)};
}

JudgedShapes judged_shapes(const ShapeSet& shapes, const std::vector<std::string>& model_classes) {
  JudgedShapes judged;
  for (const std::size_t row : split(shapes.labels).validation) {
    const std::string& name = shapes.classes[shapes.labels[row]];
    const auto known = std::find(model_classes.begin(), model_classes.end() - 1, name);
    if (known == model_classes.end() - 1) {
      judged.left_out.push_back(row);
    } else {
      judged.rows.push_back(row);
      judged.truth.push_back(static_cast<std::size_t>(known - model_classes.begin()));
    }
  }
  if (judged.rows.empty()) {
    throw InvalidArgument("the data has " + std::to_string(judged.left_out.size()) +
                          " validation shapes, none of a class that the model knows");
  }
  return judged;
}

std::vector<Cloud> damaged_clouds(const ShapeSet& shapes, const std::vector<std::size_t>& rows,
                                  Damage damage, std::uint64_t seed, const Executor& executor) {
  std::vector<Cloud> clouds(rows.size());
  const StrayFilter shared;
  const Random parent(seed);
  for_spans(executor, rows.size(), kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    StrayFilter filter(shared);
    for (std::size_t i = begin; i < end; ++i) {
      clouds[i] = damaged(shapes.clouds[rows[i]], damage, parent.fork(rows[i]).bits(), filter);
    }
  });
  return clouds;
}

std::vector<Classification> classified(const std::vector<Cloud>& clouds,
                                       const ShapeClassifier& classifier,
                                       const Executor& executor) {
  std::vector<PointsView> views;
  for (const Cloud& cloud : clouds) views.emplace_back(cloud);
  return classifier.classify(views, executor);
}

Answer answer_of(const Classification& it, std::size_t truth) {
  Answer answer;
  answer.truth = truth;
  answer.refused = it.verdict != classify::Verdict::known;
  if (it.probabilities.empty()) return answer;
  const auto best = std::max_element(it.probabilities.begin(), it.probabilities.end() - 1);
  answer.label = static_cast<std::size_t>(best - it.probabilities.begin());
  answer.probability = *best;
  answer.known_score = it.known_score;
  return answer;
}

std::vector<Answer> answers_of(const std::vector<Classification>& results,
                               const std::vector<std::size_t>& truth) {
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < results.size(); ++i) {
    answers.push_back(answer_of(results[i], truth[i]));
  }
  return answers;
}

Stability stability(const std::vector<Cloud>& clouds, std::size_t rotations,
                    const ShapeClassifier& classifier, const Executor& executor) {
  const std::vector<Classification> still = classified(clouds, classifier, executor);
  const std::vector<Cloud> poses =
      made(clouds.size() * rotations, kPoseSeed, executor,
           [&](std::size_t i, Random& random) { return turned(clouds[i / rotations], random); });
  const std::vector<Classification> moved = classified(poses, classifier, executor);
  Stability result;
  result.clouds = clouds.size();
  result.rotations = rotations;
  for (std::size_t i = 0; i < moved.size(); ++i) compare(still[i / rotations], moved[i], result);
  const auto count = static_cast<double>(moved.size());
  result.same_answer /= count;
  result.same_class /= count;
  result.mean_change /= count;
  return result;
}

JunkScores junk_scores(std::string kind, bool learned, const std::vector<Cloud>& clouds,
                       const ShapeClassifier& classifier, const Executor& executor) {
  JunkScores scores{std::move(kind), learned};
  const std::vector<Answer> answers =
      answers_of(classified(clouds, classifier, executor), std::vector<std::size_t>(clouds.size()));
  for (const Answer& a : answers) scores.known_scores.push_back(a.known_score);
  scores.accepted = 1.0 - refused_share(answers);
  return scores;
}

std::vector<JunkScores> all_junk_scores(const ShapeSet& shapes, const JudgedShapes& judged,
                                        std::size_t each, const ShapeClassifier& classifier,
                                        const Executor& executor) {
  std::vector<JunkScores> all;
  const auto add = [&](std::string kind, bool learned, const std::vector<Cloud>& clouds) {
    all.push_back(junk_scores(std::move(kind), learned, clouds, classifier, executor));
  };
  for (std::size_t k = 0; k < kHeldOutJunkKinds; ++k) {
    const auto kind = static_cast<HeldOutJunk>(k);
    add(name_of(kind), false,
        made(each, kHeldOutSeed + k, executor,
             [&](std::size_t, Random& random) { return held_out_junk(kind, random); }));
  }
  for (std::size_t k = 0; k < kJunkKinds; ++k) {
    const auto kind = static_cast<Junk>(k);
    add(name_of(kind), true,
        made(each, kLearnedSeed + k, executor, [&](std::size_t, Random& random) {
          return training_junk(kind, shapes, judged.rows, random);
        }));
  }
  if (!judged.left_out.empty()) {
    add("classes left out", false,
        damaged_clouds(shapes, judged.left_out, Damage::clean, kLeftOutSeed, executor));
  }
  return all;
}

}  // namespace equicloud::train
