// SPDX-License-Identifier: BSD-3-Clause
#include <train/classifier_report.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <ostream>
#include <sstream>

namespace equicloud::train {
namespace {

constexpr std::size_t kMixUps = 15;
constexpr double kKept = 0.95;  // of known shapes, where refusals are compared

std::string fixed(double value, int digits) {
  if (std::isnan(value)) return "-";
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value;
  return text.str();
}
std::string percent(double share) { return fixed(100.0 * share, 2); }
std::string scientific(double value) {
  std::ostringstream text;
  text << std::scientific << std::setprecision(1) << value;
  return text.str();
}

void print_row(std::ostream& out, const std::vector<std::string>& cells) {
  for (const std::string& cell : cells) out << "| " << cell << ' ';
  out << "|\n";
}

void print_head(std::ostream& out, const std::vector<std::string>& cells) {
  out << '\n';
  print_row(out, cells);
  print_row(out, std::vector<std::string>(cells.size(), "---"));
}

const Trial& trial_of(const std::vector<Trial>& trials, Voice voice) {
  return *std::find_if(trials.begin(), trials.end(),
                       [&](const Trial& t) { return t.voice == voice; });
}

void print_about(const ClassifierReport& r, const std::string& command, std::ostream& out) {
  out << "# " << r.model.name << ' ' << r.model.version << ", measured\n\n`" << command << "`\n\n"
      << r.shapes << " validation shapes (" << percent(kValidationShare)
      << " % of each class, split seed 0) of " << r.model.classes.size() - 1 << " classes; "
      << r.model.weights
      << " trained numbers. Every shape has a rotation of its own for each seed.\n"
      << "Accuracy: the most probable known class is right, whether or not the shape is called "
         "unknown; delivered: right and not called unknown. All in per cent but ECE (15 bins, "
         "probability of that class) and AUROC.\nStandard error of an accuracy of 90 % over "
      << r.shapes << " shapes: " << percent(std::sqrt(0.09 / static_cast<double>(r.shapes)))
      << " points.\n";
}

void print_voice(const Trial& rotated, const std::vector<Answer>& aligned, std::ostream& out) {
  const std::vector<Answer> pooled = rotated.pooled();
  std::vector<std::string> cells = {name_of(rotated.voice)};
  for (const std::vector<Answer>& answers : rotated.answers) {
    cells.push_back(percent(accuracy(answers)));
  }
  for (const double share : {accuracy(pooled), mean_class_accuracy(pooled),
                             delivered_accuracy(pooled), refused_share(pooled), accuracy(aligned),
                             mean_class_accuracy(aligned), accuracy(aligned) - accuracy(pooled)}) {
    cells.push_back(percent(share));
  }
  cells.push_back(fixed(calibration_error(pooled), 4));
  print_row(out, cells);
}

void print_stability(const Stability& s, std::ostream& out) {
  out << s.clouds << " clouds x " << s.rotations << " rotations, against the unturned cloud: same "
      << "answer " << percent(s.same_answer) << " % (\"unknown\" counted as one), same class "
      << percent(s.same_class) << " %; a probability changes by " << scientific(s.largest_change)
      << " at most, the answer's by " << scientific(s.mean_change) << " on average.\n";
}

void print_clean(const ClassifierReport& r, std::ostream& out) {
  out << "\n## Clean, turned at random\n";
  std::vector<std::string> head = {"who"};
  for (std::size_t seed = 1; seed <= r.settings.seeds; ++seed) {
    head.push_back("seed " + std::to_string(seed));
  }
  for (const char* name : {"mean", "class mean", "delivered", "refused", "aligned",
                           "aligned class mean", "aligned less rotated", "ECE"}) {
    head.emplace_back(name);
  }
  print_head(out, head);
  for (const Trial& trial : r.rotated) {
    print_voice(trial, trial_of(r.aligned, trial.voice).answers.front(), out);
  }
  const std::vector<Answer> fused = trial_of(r.rotated, Voice::fused).pooled();
  const double gain = accuracy(fused) - accuracy(trial_of(r.rotated, Voice::set).pooled());
  const auto unasked = std::count_if(fused.begin(), fused.end(),
                                     [](const Answer& a) { return a.label == kNoLabel; });
  out << "\nFused less set alone: " << percent(gain) << " points. Refused before a network was "
      << "asked, and so wrong: " << unasked << " of " << fused.size() << ".\n";
  print_stability(r.stability, out);
}

void print_damaged(const ClassifierReport& r, std::ostream& out) {
  if (r.damaged.empty()) return;
  out << "\n## Damaged, turned at random; fused, seeds pooled: " << r.settings.seeds << "\n"
      << "\nThe stray ones have passed the outlier filter. ECE with the model's temperature "
      << fixed(r.model.temperature[static_cast<std::size_t>(classify::Branch::fused)], 3) << ".\n";
  print_head(out, {"damage", "accuracy", "class mean", "delivered", "refused", "ECE"});
  for (const Trial& trial : r.damaged) {
    const std::vector<Answer> answers = trial.pooled();
    print_row(out, {trial.condition, percent(accuracy(answers)),
                    percent(mean_class_accuracy(answers)), percent(delivered_accuracy(answers)),
                    percent(refused_share(answers)), fixed(calibration_error(answers), 4)});
  }
}

std::vector<float> known_scores(const ClassifierReport& r) {
  std::vector<float> scores;
  for (const Answer& a : trial_of(r.rotated, Voice::fused).pooled()) {
    scores.push_back(a.known_score);
  }
  return scores;
}

/// A row of kinds together: mean of `accepted` weighted by clouds.
void print_junk_row(const std::string& name, const std::vector<const JunkScores*>& kinds,
                    const std::vector<float>& known, float threshold, std::ostream& out) {
  std::vector<float> scores;
  double accepted = 0.0;
  for (const JunkScores* kind : kinds) {
    scores.insert(scores.end(), kind->known_scores.begin(), kind->known_scores.end());
    accepted += kind->accepted * static_cast<double>(kind->known_scores.size());
  }
  if (scores.empty()) return;
  print_row(out, {name, std::to_string(scores.size()), fixed(auroc(known, scores), 4),
                  percent(share_reaching(scores, threshold)),
                  percent(accepted / static_cast<double>(scores.size()))});
}

void print_junk(const ClassifierReport& r, std::ostream& out) {
  const std::vector<float> known = known_scores(r);
  const float threshold = threshold_keeping(known, kKept);
  out << "\n## Unknown\n\nKnown: the clean shapes above. " << percent(kKept)
      << " % of them reach a known score of " << fixed(threshold, 4) << "; the model's threshold "
      << fixed(r.model.unknown_threshold, 4) << " keeps "
      << percent(share_reaching(known, r.model.unknown_threshold)) << " %.\n";
  print_head(out, {"kind", "clouds", "AUROC", "accepted at " + percent(kKept) + " % kept",
                   "accepted at the model's threshold"});
  std::vector<const JunkScores*> held_out, learned;
  for (const JunkScores& kind : r.junk) {
    (kind.learned ? learned : held_out).push_back(&kind);
  }
  const auto print_group = [&](const std::string& title,
                               const std::vector<const JunkScores*>& kinds) {
    for (const JunkScores* kind : kinds) print_junk_row(kind->kind, {kind}, known, threshold, out);
    print_junk_row("**" + title + "**", kinds, known, threshold, out);
  };
  print_group("all never trained on", held_out);
  print_group("all kinds trained on, of shapes held out", learned);
}

std::string name_or_dash(const ClassifierReport& r, std::size_t label) {
  return label < r.model.classes.size() ? r.model.classes[label] : "-";
}

void print_classes(const ClassifierReport& r, std::ostream& out) {
  const std::vector<Answer> answers = trial_of(r.rotated, Voice::fused).pooled();
  const auto total = static_cast<double>(answers.size());
  out << "\n## Which classes cost most\n\nFused, turned, all seeds.\n";
  print_head(out, {"pair", "points of accuracy", "first for second", "second for first"});
  for (const MixUp& pair : costliest_mix_ups(answers, kMixUps)) {
    print_row(out, {name_or_dash(r, pair.a) + " / " + name_or_dash(r, pair.b),
                    percent(static_cast<double>(pair.times()) / total),
                    std::to_string(pair.a_for_b), std::to_string(pair.b_for_a)});
  }
  print_head(out, {"class", "shapes", "accuracy", "most often taken for", "times"});
  for (const ClassFigures& c : class_figures(answers)) {
    print_row(out, {name_or_dash(r, c.label), std::to_string(c.shapes / r.settings.seeds),
                    percent(c.accuracy), name_or_dash(r, c.taken_for), std::to_string(c.times)});
  }
}

void print_times(const ClassifierReport& r, std::ostream& out) {
  out << "\n## Time and memory, one thread\n";
  print_head(out, {"stage", "median ms a cloud", "fastest tenth"});
  for (const StageTime& t : r.times) {
    print_row(out, {t.stage, fixed(t.median_ms, 2), fixed(t.fast_ms, 2)});
  }
  out << "\nMemory of the model and its first classifications: " << fixed(r.model_mib, 1)
      << " MiB; peak of this program, all shapes in memory: " << fixed(r.peak_mib, 0) << " MiB.\n";
}

void print_trial(const ClassifierReport& r, const Trial& trial, std::ostream& out) {
  for (std::size_t seed = 0; seed < trial.answers.size(); ++seed) {
    for (std::size_t i = 0; i < trial.answers[seed].size(); ++i) {
      const Answer& a = trial.answers[seed][i];
      out << name_of(trial.voice) << ',' << trial.condition << ',' << seed + 1 << ',' << i << ','
          << name_or_dash(r, a.truth) << ',' << name_or_dash(r, a.label) << ',' << a.probability
          << ',' << a.known_score << ',' << (a.refused ? 1 : 0) << '\n';
    }
  }
}

}  // namespace

void print_markdown(const ClassifierReport& report, const std::string& command, std::ostream& out) {
  print_about(report, command, out);
  print_clean(report, out);
  print_damaged(report, out);
  print_junk(report, out);
  print_classes(report, out);
  print_times(report, out);
}

void print_answers(const ClassifierReport& report, std::ostream& out) {
  out << "voice,condition,seed,shape,truth,label,probability,known_score,refused\n";
  for (const Trial& trial : report.aligned) print_trial(report, trial, out);
  for (const Trial& trial : report.rotated) print_trial(report, trial, out);
  for (const Trial& trial : report.damaged) {
    if (trial.condition != name_of(Damage::clean)) print_trial(report, trial, out);
  }
}

}  // namespace equicloud::train
