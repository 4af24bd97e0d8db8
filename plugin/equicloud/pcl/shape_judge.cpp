// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/pcl/indices.h>
#include <equicloud/pcl/shape_judge.h>
#include <pcl/console/print.h>

#include <exception>
#include <numeric>

namespace equicloud {
namespace {

void check(PointsView points, const pcl::Indices* among) {
  if (points.size == 0) throw InvalidArgument("the cloud is empty");
  if (among == nullptr) return;
  if (among->empty()) throw InvalidArgument("setIndices names no point");
  check_indices(*among, points.size, "setIndices");
}

void check(const std::vector<pcl::PointIndices>& given, std::size_t points) {
  if (given.empty())
    throw InvalidArgument("setClusters was given no clusters; setSegmentScene(true) finds them");
  for (std::size_t c = 0; c < given.size(); ++c)
    check_indices(given[c].indices, points, "cluster " + std::to_string(c) + " of setClusters");
}

pcl::PointIndices one_thing(std::size_t points, const pcl::Indices* among) {
  pcl::PointIndices thing;
  if (among != nullptr) {
    thing.indices = *among;
  } else {
    thing.indices.resize(points);
    std::iota(thing.indices.begin(), thing.indices.end(), pcl::index_t{0});
  }
  return thing;
}

std::vector<pcl::PointIndices> things_of_scene(PointsView points, const pcl::Indices* among,
                                               const clusters::SceneOptions& options,
                                               const Executor& executor) {
  std::vector<float> xyz;
  if (among != nullptr) gather(points, *among, xyz);
  const PointsView seen = among != nullptr ? PointsView(xyz) : points;
  const clusters::Scene scene = clusters::split_scene(seen, options, executor);
  const clusters::Members members = clusters::members(scene.clusters);
  std::vector<pcl::PointIndices> things(members.size());
  for (std::size_t c = 0; c < things.size(); ++c)
    for (const std::uint32_t i : members[c])
      things[c].indices.push_back(among != nullptr ? (*among)[i] : static_cast<pcl::index_t>(i));
  return things;
}

}  // namespace

bool ShapeJudge::setModel(const std::string& path) {
  try {
    model_ = classify::Model::load(path);
    model_error_.clear();
  } catch (const std::exception& error) {
    model_.reset();
    model_error_ = std::string(error.what()) +
                   "; setModel takes the path of a classifier's model file (.safetensors)";
    PCL_ERROR("[equicloud::ShapeJudge::setModel] %s\n", model_error_.c_str());
  }
  return model_error_.empty();
}

void ShapeJudge::setClassifier(const std::shared_ptr<const classify::ShapeClassifier>& classifier) {
  model_.reset();
  model_error_.clear();
  if (!classifier) return;
  model_ = std::shared_ptr<const classify::Model>(classifier, &classifier->model());
  options_ = classifier->options();
}

std::vector<std::string> ShapeJudge::getClassNames() const {
  return model_ ? model_->info().classes : std::vector<std::string>();
}

void ShapeJudge::setClusters(const std::vector<pcl::PointIndices>& clusters) {
  source_ = Source::clusters;
  given_ = clusters;
}

const classify::Model& ShapeJudge::model() const {
  if (!model_error_.empty()) throw InvalidArgument(model_error_);
  if (!model_) throw InvalidArgument("no model was set; call setModel or setClassifier first");
  return *model_;
}

void ShapeJudge::look(PointsView points, const pcl::Indices* among, const std::string& caller) {
  things_.clear();
  labels_.clear();
  model();
  check(points, among);
  std::vector<pcl::PointIndices> things = find(points, among);
  labels_ = name(points, things);
  things_ = std::move(things);
  if (things_.empty())
    PCL_WARN("[equicloud::%s] the scene has no cluster of at least %zu points\n", caller.c_str(),
             scene_.clusters.min_points);
}

std::vector<pcl::PointIndices> ShapeJudge::find(PointsView points, const pcl::Indices* among) {
  if (source_ == Source::whole) return {one_thing(points.size, among)};
  if (source_ == Source::scene) return things_of_scene(points, among, scene_, threads_.executor());
  check(given_, points.size);
  return given_;
}

std::vector<ShapeLabel> ShapeJudge::name(PointsView points,
                                         const std::vector<pcl::PointIndices>& things) {
  const classify::ShapeClassifier classifier(model_, options_);
  std::vector<std::vector<float>> xyz(things.size());
  std::vector<PointsView> views;
  for (std::size_t c = 0; c < things.size(); ++c) {
    xyz[c].reserve(3 * things[c].indices.size());
    gather(points, things[c].indices, xyz[c]);
    views.emplace_back(PointsView(xyz[c]));
  }
  std::vector<ShapeLabel> labels;
  for (classify::Classification& it : classifier.classify(views, threads_.executor()))
    labels.push_back(
        {std::move(it.name), it.label, it.probability, it.known_score, std::move(it.reason)});
  return labels;
}

}  // namespace equicloud
