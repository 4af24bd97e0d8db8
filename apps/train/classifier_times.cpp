// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/classifier.h>
#include <equicloud/classify/set_features.h>
#include <equicloud/classify/set_network.h>
#include <equicloud/classify/shape.h>
#include <equicloud/classify/spherical_features.h>
#include <equicloud/classify/spherical_network.h>
#include <train/classifier_times.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <limits>

namespace equicloud::train {
namespace {

using Clock = std::chrono::steady_clock;

/// The stages of a classification; each keeps what the next one needs.
class Stages {
 public:
  explicit Stages(const classify::Model& model)
      : model_(model), spherical_(model.spherical_network().workspace()) {}

  /// @returns whether the networks can be asked about it
  bool shape(const Cloud& cloud) {
    shape_ = &builder_.build(PointsView(cloud));
    return shape_->size() >= classify::kMinPoints;
  }
  void set_features() { features_ = &extractor_.extract(*shape_); }
  void spherical_features() {
    const classify::Axes& axes = extractor_.axes();
    const Span<const float> numbers(axes.numbers);
    signals_ = spherical_extractor_.extract(
        {shape_->xyz, axes.axis, numbers.subspan(classify::kFlat, numbers.size() - classify::kFlat),
         static_cast<std::size_t>(classify::kPointNumbers)});
  }
  void set_network() { model_.set_network().forward(*features_, set_); }
  void spherical_network() { model_.spherical_network().forward(signals_, spherical_); }

 private:
  const classify::Model& model_;
  classify::ShapeBuilder builder_;
  classify::FeatureExtractor extractor_;
  classify::SphericalFeatures spherical_extractor_;
  classify::SetNetwork::Workspace set_;
  classify::SphericalNetwork::Workspace spherical_;
  const classify::Shape* shape_ = nullptr;
  const classify::SetFeatures* features_ = nullptr;
  Span<const float> signals_;
};

/// Times of many calls of one thing.
class Stopwatch {
 public:
  explicit Stopwatch(std::string stage) : stage_(std::move(stage)) {}

  template <typename Work>
  void time(const Work& work) {
    const Clock::time_point start = Clock::now();
    work();
    ms_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  StageTime result() const {
    std::vector<double> sorted = ms_;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty()) return {stage_, 0.0, 0.0};
    return {stage_, sorted[sorted.size() / 2], sorted[sorted.size() / 10]};
  }

 private:
  std::string stage_;
  std::vector<double> ms_;
};

/// A whole classification, in memory that is used again.
void time_whole(const classify::ShapeClassifier& classifier, classify::Workspace& workspace,
                const Cloud& cloud, Stopwatch& watch) {
  watch.time([&] { (void)classifier.classify(PointsView(cloud), serial_executor(), workspace); });
}

/// A line "NAME:   1234 kB" of the kernel's account of this process, in MiB.
double status_mib(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != name) {
      status.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
      continue;
    }
    double kib = 0.0;
    status >> kib;
    return kib / 1024.0;
  }
  return 0.0;
}

}  // namespace

std::vector<StageTime> stage_times(const std::vector<Cloud>& clouds,
                                   const std::shared_ptr<const classify::Model>& model) {
  Stages stages(*model);
  classify::ClassifierOptions bare;
  bare.filter = false;
  const classify::ShapeClassifier classifier(model, bare), behind_filter(model);
  classify::Workspace workspace, filter_workspace;
  std::vector<Stopwatch> watches;
  for (const char* stage :
       {"shape", "set features", "spherical features", "set network", "spherical network",
        "all of it, one call", "one call with the outlier filter"}) {
    watches.emplace_back(stage);
  }
  for (const Cloud& cloud : clouds) {
    if (!stages.shape(cloud)) continue;
    watches[0].time([&] { stages.shape(cloud); });
    watches[1].time([&] { stages.set_features(); });
    watches[2].time([&] { stages.spherical_features(); });
    watches[3].time([&] { stages.set_network(); });
    watches[4].time([&] { stages.spherical_network(); });
    time_whole(classifier, workspace, cloud, watches[5]);
    time_whole(behind_filter, filter_workspace, cloud, watches[6]);
  }
  std::vector<StageTime> times;
  for (const Stopwatch& watch : watches) times.push_back(watch.result());
  return times;
}

double resident_mib() { return status_mib("VmRSS:"); }
double peak_resident_mib() { return status_mib("VmHWM:"); }

}  // namespace equicloud::train
