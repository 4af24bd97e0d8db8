// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/outlier/features.h>
#include <equicloud/outlier/metrics.h>
#include <equicloud/outlier/model.h>
#include <equicloud/pcl/indices.h>
#include <equicloud/pcl/kept_threads.h>
#include <equicloud/pcl/outlier_judge.h>
#include <pcl/console/print.h>

#include <exception>
#include <new>
#include <optional>

namespace equicloud {

struct OutlierJudge::Settings {
  enum class Cut { model_default, threshold, fraction };
  Cut cut = Cut::model_default;
  float threshold = 0.5F;
  double fraction = 0.0;
  KeptThreads threads;
  std::shared_ptr<const outlier::Model> model = outlier::Model::embedded();
  std::string model_error;  ///< why the model that was asked for is not there
};

struct OutlierJudge::Memory {
  outlier::Workspace workspace;
  outlier::Scores scores;
  std::vector<float> judged;  // scores of the points that the indices name
};

namespace {

std::string described(const char* name, double value, const char* expected) {
  char number[32];
  std::snprintf(number, sizeof number, "%g", value);
  return std::string(name) + " is " + number + "; expected " + expected;
}

}  // namespace

OutlierJudge::OutlierJudge()
    : settings_(std::make_unique<Settings>()), memory_(std::make_unique<Memory>()) {
  settings_->threshold = settings_->model->info().default_threshold;
}

OutlierJudge::OutlierJudge(const OutlierJudge& other)
    : settings_(std::make_unique<Settings>(*other.settings_)),
      memory_(std::make_unique<Memory>()) {}

OutlierJudge& OutlierJudge::operator=(const OutlierJudge& other) {
  if (this != &other) {
    *settings_ = *other.settings_;
    memory_ = std::make_unique<Memory>();
  }
  return *this;
}

OutlierJudge::~OutlierJudge() = default;

void OutlierJudge::setThreshold(float threshold) {
  settings_->cut = Settings::Cut::threshold;
  settings_->threshold = threshold;
  settings_->fraction = 0.0;
}

float OutlierJudge::getThreshold() const noexcept { return settings_->threshold; }

void OutlierJudge::setOutlierFraction(double fraction) {
  settings_->cut = Settings::Cut::fraction;
  settings_->fraction = fraction;
}

double OutlierJudge::getOutlierFraction() const noexcept { return settings_->fraction; }

bool OutlierJudge::setModel(const std::string& name_or_path) {
  Settings& s = *settings_;
  try {
    s.model =
        name_or_path == "general" ? outlier::Model::embedded() : outlier::Model::load(name_or_path);
    s.model_error.clear();
    if (s.cut == Settings::Cut::model_default) s.threshold = s.model->info().default_threshold;
  } catch (const std::exception& error) {
    s.model_error = std::string(error.what()) +
                    "; setModel takes \"general\" or the path of a model file (.safetensors)";
    PCL_ERROR("[equicloud::OutlierJudge::setModel] %s\n", s.model_error.c_str());
  }
  return s.model_error.empty();
}

void OutlierJudge::setNumberOfThreads(unsigned int threads) { settings_->threads.set(threads); }

unsigned int OutlierJudge::getNumberOfThreads() const noexcept {
  return settings_->threads.number();
}

const std::vector<float>& OutlierJudge::getScores() const noexcept {
  return memory_->scores.probability;
}

bool OutlierJudge::isOutlier(pcl::index_t index) const noexcept {
  // Written so that NaN (not finite) is an outlier.
  return !(memory_->scores.probability[static_cast<std::size_t>(index)] <= settings_->threshold);
}

void OutlierJudge::computeScores(PointsView points, outlier::Scores& scores) {
  Settings& s = *settings_;
  outlier::OutlierScorer(s.model).score(points, s.threads.executor(), memory_->workspace, scores);
}

bool OutlierJudge::judge(PointsView points, const pcl::Indices& judged,
                         const std::string& caller) noexcept {
  Settings& s = *settings_;
  Memory& m = *memory_;
  const auto refuse = [&](const char* why) {
    m.scores = {};
    PCL_ERROR("[equicloud::%s::applyFilter] %s\n", caller.c_str(), why);
    return false;
  };
  try {
    if (!s.model_error.empty()) throw InvalidArgument(s.model_error);
    if (s.cut == Settings::Cut::threshold && !(s.threshold >= 0.0F && s.threshold <= 1.0F))
      throw InvalidArgument(described("the threshold", s.threshold, "a probability from 0 to 1"));
    if (s.cut == Settings::Cut::fraction && !(s.fraction >= 0.0 && s.fraction < 1.0))
      throw InvalidArgument(
          described("the outlier fraction", s.fraction, "a share from 0 to below 1"));
    check_indices(judged, points.size, "setIndices");
    computeScores(points, m.scores);
    if (s.cut == Settings::Cut::fraction) {
      m.judged.clear();
      for (const pcl::index_t index : judged)
        m.judged.push_back(m.scores.probability[static_cast<std::size_t>(index)]);
      s.threshold = outlier::fraction_threshold(m.judged, s.fraction);
    }
  } catch (const std::bad_alloc&) {
    return refuse("out of memory: a filter takes about 900 bytes a point; thin the cloud first");
  } catch (const std::exception& error) {
    return refuse(error.what());
  }
  if (m.scores.status == outlier::Status::too_few_points)
    PCL_WARN(
        "[equicloud::%s::applyFilter] kept whole: %zu distinct finite points, the network "
        "needs at least %d\n",
        caller.c_str(), m.scores.distinct_points, outlier::kNeighbors + 1);
  return true;
}

}  // namespace equicloud
