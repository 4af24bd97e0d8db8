// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/outlier/metrics.h>
#include <train/shape_figures.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace equicloud::train {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Share of the elements that `holds` is true of.
template <typename T, typename Predicate>
double share(Span<const T> all, const Predicate& holds) {
  const auto count = std::count_if(all.begin(), all.end(), holds);
  return all.empty() ? kUndefined : static_cast<double>(count) / static_cast<double>(all.size());
}

/// Number of wrong answers by truth and label; those without a label left out.
std::map<std::pair<std::size_t, std::size_t>, std::size_t> mistakes(Span<const Answer> answers) {
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> counts;
  for (const Answer& a : answers) {
    if (!a.right() && a.label != kNoLabel) ++counts[{a.truth, a.label}];
  }
  return counts;
}

}  // namespace

double accuracy(Span<const Answer> answers) {
  return share(answers, [](const Answer& a) { return a.right(); });
}

double delivered_accuracy(Span<const Answer> answers) {
  return share(answers, [](const Answer& a) { return a.right() && !a.refused; });
}

double refused_share(Span<const Answer> answers) {
  return share(answers, [](const Answer& a) { return a.refused; });
}

double mean_class_accuracy(Span<const Answer> answers) {
  const std::vector<ClassFigures> classes = class_figures(answers);
  double sum = 0.0;
  for (const ClassFigures& c : classes) sum += c.accuracy;
  return classes.empty() ? kUndefined : sum / static_cast<double>(classes.size());
}

double calibration_error(Span<const Answer> answers) {
  std::vector<float> probability;
  std::vector<std::uint8_t> right;
  for (const Answer& a : answers) {
    probability.push_back(a.probability);
    right.push_back(a.right() ? 1 : 0);
  }
  return outlier::calibration_error(probability, right);
}

std::vector<ClassFigures> class_figures(Span<const Answer> answers) {
  std::map<std::size_t, ClassFigures> classes;
  for (const Answer& a : answers) {
    ClassFigures& c = classes[a.truth];
    c.label = a.truth;
    ++c.shapes;
    c.accuracy += a.right() ? 1.0 : 0.0;
  }
  for (const auto& [mistake, times] : mistakes(answers)) {
    ClassFigures& c = classes[mistake.first];
    if (times <= c.times) continue;
    c.taken_for = mistake.second;
    c.times = times;
  }
  std::vector<ClassFigures> figures;
  for (auto& [label, c] : classes) {
    c.accuracy /= static_cast<double>(c.shapes);
    figures.push_back(c);
  }
  return figures;
}

std::vector<MixUp> costliest_mix_ups(Span<const Answer> answers, std::size_t most) {
  std::map<std::pair<std::size_t, std::size_t>, MixUp> pairs;
  for (const auto& [mistake, times] : mistakes(answers)) {
    const auto& [truth, label] = mistake;
    const auto [a, b] = std::minmax(truth, label);
    MixUp& pair = pairs[{a, b}];
    pair.a = a;
    pair.b = b;
    (truth == a ? pair.a_for_b : pair.b_for_a) += times;
  }
  std::vector<MixUp> sorted;
  for (const auto& [classes, pair] : pairs) sorted.push_back(pair);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const MixUp& x, const MixUp& y) { return x.times() > y.times(); });
  sorted.resize(std::min(most, sorted.size()));
  return sorted;
}

float threshold_keeping(std::vector<float> scores, double kept) {
  if (scores.empty()) return std::numeric_limits<float>::quiet_NaN();
  std::sort(scores.begin(), scores.end());
  const auto rank =
      static_cast<std::size_t>(std::floor((1.0 - kept) * static_cast<double>(scores.size())));
  return scores[std::min(rank, scores.size() - 1)];
}

double share_reaching(Span<const float> scores, float threshold) {
  return share(scores, [&](float score) { return score >= threshold; });
}

double auroc(Span<const float> known, Span<const float> unknown) {
  std::vector<float> scores(known.begin(), known.end());
  scores.insert(scores.end(), unknown.begin(), unknown.end());
  std::vector<std::uint8_t> truth(known.size(), 1);
  truth.resize(scores.size(), 0);
  return outlier::auroc(scores, truth);
}

}  // namespace equicloud::train
