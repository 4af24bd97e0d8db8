// SPDX-License-Identifier: BSD-3-Clause
#include <train/classifier_report.h>

namespace equicloud::train {
namespace {

/// Measures conditions of one data set and model.
class Bench {
 public:
  Bench(const ShapeSet& shapes, const std::shared_ptr<const classify::Model>& model,
        const Executor& executor)
      : shapes_(shapes),
        judged_(judged_shapes(shapes, model->info().classes)),
        voices_(model),
        executor_(executor) {}

  const JudgedShapes& judged() const { return judged_; }
  const classify::ShapeClassifier& fused() const { return voices_[Voice::fused]; }

  std::vector<Cloud> aligned_clouds() const {
    std::vector<Cloud> clouds;
    for (const std::size_t row : judged_.rows) clouds.push_back(shapes_.clouds[row]);
    return clouds;
  }
  /// `count` of them or all, evenly spread over the rows (and so over the classes as they come).
  std::vector<Cloud> some_clouds(std::size_t count) const {
    const std::size_t n = judged_.rows.size();
    count = std::min(count, n);
    std::vector<Cloud> clouds;
    for (std::size_t i = 0; i < count; ++i) {
      clouds.push_back(shapes_.clouds[judged_.rows[i * n / count]]);
    }
    return clouds;
  }
  std::vector<Answer> answers(Voice voice, const std::vector<Cloud>& clouds) const {
    return answers_of(classified(clouds, voices_[voice], executor_), judged_.truth);
  }
  std::vector<Cloud> damaged(Damage damage, std::uint64_t seed) const {
    return damaged_clouds(shapes_, judged_.rows, damage, seed, executor_);
  }

 private:
  const ShapeSet& shapes_;
  JudgedShapes judged_;
  Voices voices_;
  const Executor& executor_;
};

void measure_clean(const Bench& bench, ClassifierReport& report) {
  const std::vector<Cloud> clouds = bench.aligned_clouds();
  for (std::size_t v = 0; v < kVoices; ++v) {
    const auto voice = static_cast<Voice>(v);
    report.aligned.push_back({voice, "aligned", {bench.answers(voice, clouds)}});
    report.rotated.push_back({voice, name_of(Damage::clean), {}});
  }
  for (std::size_t seed = 1; seed <= report.settings.seeds; ++seed) {
    const std::vector<Cloud> turned = bench.damaged(Damage::clean, seed);
    for (Trial& trial : report.rotated) {
      trial.answers.push_back(bench.answers(trial.voice, turned));
    }
  }
}

Trial measure_damage(const Bench& bench, Damage damage, const ClassifierReport& report) {
  if (damage == Damage::clean) return report.rotated.front();  // fused: the same clouds
  Trial trial{Voice::fused, name_of(damage), {}};
  for (std::size_t seed = 1; seed <= report.settings.seeds; ++seed) {
    trial.answers.push_back(bench.answers(Voice::fused, bench.damaged(damage, seed)));
  }
  return trial;
}

}  // namespace

std::vector<Answer> Trial::pooled() const {
  std::vector<Answer> all;
  for (const std::vector<Answer>& some : answers) all.insert(all.end(), some.begin(), some.end());
  return all;
}

ClassifierReport measure_classifier(const ShapeSet& shapes, const std::string& model_file,
                                    const ReportSettings& settings, const Executor& executor,
                                    const std::function<void(const std::string&)>& say) {
  const auto told = [&](const std::string& what) {
    if (say) say(what);
  };
  const double before = resident_mib();
  const std::shared_ptr<const classify::Model> model = classify::Model::load(model_file);
  const Bench bench(shapes, model, executor);
  ClassifierReport report;
  report.model = model->info();
  report.classes_in_data = shapes.classes.size();
  report.shapes = bench.judged().rows.size();
  report.settings = settings;
  report.times = stage_times(bench.some_clouds(settings.timed_clouds), model);
  report.model_mib = resident_mib() - before;
  told("times measured");
  measure_clean(bench, report);
  told("aligned and turned shapes measured");
  report.stability = stability(bench.some_clouds(settings.turned_clouds), settings.rotations,
                               bench.fused(), executor);
  told("poses compared");
  for (const Damage damage : settings.damages) {
    report.damaged.push_back(measure_damage(bench, damage, report));
    told(std::string(name_of(damage)) + " measured");
  }
  report.junk = all_junk_scores(shapes, bench.judged(), settings.junk, bench.fused(), executor);
  report.peak_mib = peak_resident_mib();
  told("junk measured");
  return report;
}

}  // namespace equicloud::train
