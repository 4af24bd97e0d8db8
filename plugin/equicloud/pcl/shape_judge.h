// SPDX-License-Identifier: BSD-3-Clause
// What ShapeClassification and ShapeClassFilter have in common: the model, where the things of a
// cloud come from, and what was said of each.
#pragma once

#include <equicloud/classify/classifier.h>
#include <equicloud/clusters/scene.h>
#include <equicloud/pcl/kept_threads.h>
#include <equicloud/points/points_view.h>
#include <pcl/PointIndices.h>
#include <pcl/types.h>

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace equicloud {

/// What one thing is.
struct ShapeLabel {
  std::string name;       ///< of its class; "unknown" where it is none, see reason
  std::size_t index = 0;  ///< of the name, into getClassNames()
  /// In [0, 1], that the label is right; NaN where there was too little to ask the networks about.
  float probability = std::numeric_limits<float>::quiet_NaN();
  /// In [0, 1], low for what is none of the classes; NaN likewise.
  float known_score = std::numeric_limits<float>::quiet_NaN();
  std::string reason;  ///< why it is unknown, one clause with the numbers; "" if it is known
};

/// Settings are checked when a cloud is looked at, so their order does not matter: a wrong one is
/// named with PCL_ERROR and nothing is said of the cloud.
class ShapeJudge {
 public:
  /// The path of a classifier's model file (.safetensors), which is read now.
  /// @returns false, after PCL_ERROR, if it cannot be; no cloud is looked at until another is set
  bool setModel(const std::string& path);
  /// A classifier that is already there, with its options. The model is shared, not copied.
  void setClassifier(const std::shared_ptr<const classify::ShapeClassifier>& classifier);
  /// The model's, in its order; the last one is "unknown". Empty without a model.
  std::vector<std::string> getClassNames() const;

  /// A class less probable than this is no answer, but "unknown". Default 0.
  /// @param probability  in [0, 1]
  void setMinimumProbability(float probability) { options_.min_probability = probability; }
  float getMinimumProbability() const noexcept { return options_.min_probability; }

  /// Whether outliers of each thing are left out before it is classified (the default: for scans;
  /// most of the time of a thing of more than some thousand points). They are never removed from
  /// the cloud.
  void setLeaveOutOutliers(bool leave_out) { options_.filter = leave_out; }
  bool getLeaveOutOutliers() const noexcept { return options_.filter; }

  /// The things, one list of point indices each, as pcl::EuclideanClusterExtraction gives them.
  /// Lists may overlap. Of setClusters and setSegmentScene the last call counts.
  void setClusters(const std::vector<pcl::PointIndices>& clusters);
  /// true: the things are what the cloud has beside its ground (clusters/scene.h). false: the
  /// cloud is one thing.
  void setSegmentScene(bool segment) { source_ = segment ? Source::scene : Source::whole; }
  bool getSegmentScene() const noexcept { return source_ == Source::scene; }
  /// How a scene is cut, in the cloud's unit; lengths of 0 follow from the spacing of the points.
  void setSceneOptions(const clusters::SceneOptions& options) { scene_ = options; }
  const clusters::SceneOptions& getSceneOptions() const noexcept { return scene_; }

  /// @param threads  that work at once, the calling one included; 0 = one a processor (the default
  /// is 1, as everywhere in PCL). Results have the same bits for any number.
  void setNumberOfThreads(unsigned int threads = 0) { threads_.set(threads); }
  unsigned int getNumberOfThreads() const noexcept { return threads_.number(); }

  /// The things of the last cloud: as given, or largest first; empty where nothing could be said.
  const std::vector<pcl::PointIndices>& getClusters() const noexcept { return things_; }
  /// What each of them is, in the same order.
  const std::vector<ShapeLabel>& getLabels() const noexcept { return labels_; }

 protected:
  ShapeJudge() = default;
  ~ShapeJudge() = default;

  /// Finds the things and classifies them. A scene without things is said with PCL_WARN in the name
  /// of `caller`. Throws the exceptions of base/error.h; nothing is said of the cloud then.
  /// @param among  indices of the points that a whole cloud and a scene are made of; nullptr: all
  void look(PointsView points, const pcl::Indices* among, const std::string& caller);
  /// Throws InvalidArgument without a model.
  const classify::Model& model() const;

 private:
  enum class Source { whole, clusters, scene };

  std::vector<pcl::PointIndices> find(PointsView points, const pcl::Indices* among);
  std::vector<ShapeLabel> name(PointsView points, const std::vector<pcl::PointIndices>& things);

  std::shared_ptr<const classify::Model> model_;
  std::string model_error_;  ///< why the model that was asked for is not there
  classify::ClassifierOptions options_;
  Source source_ = Source::whole;
  std::vector<pcl::PointIndices> given_;
  clusters::SceneOptions scene_;
  KeptThreads threads_;
  std::vector<pcl::PointIndices> things_;
  std::vector<ShapeLabel> labels_;
};

}  // namespace equicloud
