// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/session.h"

#include "cli/wording.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace equicloud::viewer {
namespace {

constexpr std::size_t kBins = 50;

Box box_of_part(PointsView points, const std::vector<std::uint32_t>& numbers) {
  const std::vector<float> part = cli::part_of(points, numbers);
  return box_of(PointsView(part));
}

clusters::Members whole_cloud(std::size_t points) {
  clusters::Members members;
  members.points.resize(points);
  std::iota(members.points.begin(), members.points.end(), 0U);
  members.begin = {0, points};
  return members;
}

std::string tiny(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", static_cast<double>(value));
  return value == 0.0F ? "0" : text;
}

void compare_scores(const outlier::Scores& before, const outlier::Scores& after, float threshold,
                    TurnReport& report) {
  for (std::size_t i = 0; i < before.probability.size(); ++i) {
    const float a = before.probability[i], b = after.probability[i];
    if (std::isnan(a) || std::isnan(b)) continue;
    ++report.points;
    report.largest_score_change = std::max(report.largest_score_change, std::abs(a - b));
    if ((a > threshold) != (b > threshold)) ++report.crossed;
  }
}

}  // namespace

std::string Thing::caption() const {
  if (!known()) return "unknown";
  return label.it.name + " " + cli::fixed(static_cast<double>(label.it.probability), 2);
}

std::vector<Thing> find_things(PointsView points, const FindThings& how,
                               const classify::ShapeClassifier& classifier,
                               const Executor& executor) {
  const clusters::Members members =
      how.whole ? whole_cloud(points.size)
                : clusters::members(clusters::split_scene(points, how.scene, executor).clusters);
  const std::vector<cli::Labelled> labels =
      cli::label_things(points, members, classifier, executor);
  std::vector<Thing> things(members.size());
  for (std::size_t i = 0; i < things.size(); ++i) {
    things[i].points.assign(members[i].begin(), members[i].end());
    things[i].box = box_of_part(points, things[i].points);
    things[i].label = labels[i];
  }
  return things;
}

std::string TurnReport::text() const {
  std::string text;
  if (points > 0)
    text += "scores: largest change " + tiny(largest_score_change) + ", " +
            cli::counted(crossed, "point") + " across the threshold";
  if (things > 0)
    text += std::string(text.empty() ? "" : "\n") + "labels: " + cli::grouped(renamed) + " of " +
            cli::grouped(things) + " changed, probability by at most " + tiny(largest_label_change);
  return text.empty() ? "turned; there are no scores or labels yet to compare" : text;
}

TurnReport compare(const outlier::Scores* before, const outlier::Scores* after, float threshold,
                   const std::vector<Thing>& things_before,
                   const std::vector<Thing>& things_after) {
  TurnReport report;
  if (before != nullptr && after != nullptr) compare_scores(*before, *after, threshold, report);
  for (std::size_t i = 0; i < std::min(things_before.size(), things_after.size()); ++i) {
    const classify::Classification& a = things_before[i].label.it;
    const classify::Classification& b = things_after[i].label.it;
    ++report.things;
    if (a.label != b.label) ++report.renamed;
    for (std::size_t k = 0; k < std::min(a.probabilities.size(), b.probabilities.size()); ++k)
      report.largest_label_change =
          std::max(report.largest_label_change, std::abs(a.probabilities[k] - b.probabilities[k]));
  }
  return report;
}

void Session::open(std::shared_ptr<const Scan> scan) {
  const OutlierDisplay display = outliers;
  *this = Session();
  outliers = display;
  scan_ = std::move(scan);
  removed_.assign(scan_->size(), false);
  colour_by = scan_->colours.empty() ? ColourBy::height : ColourBy::original;
}

PointsView Session::points() const noexcept {
  if (!scan_) return {};
  return turned() ? PointsView(Span<const float>(turned_)) : scan_->points();
}

void Session::set_scores(outlier::Scores scores, float threshold) {
  scores_ = std::move(scores);
  set_threshold(threshold);
}

void Session::set_threshold(float threshold) noexcept {
  threshold_ = std::clamp(threshold, 0.0F, 1.0F);
  if (scores_) removed_ = outlier::removed(*scores_, threshold_);
}

Counts Session::counts() const {
  const auto gone = static_cast<std::size_t>(std::count(removed_.begin(), removed_.end(), true));
  const auto missing = scores_
                           ? std::count_if(scores_->probability.begin(), scores_->probability.end(),
                                           [](float p) { return std::isnan(p); })
                           : 0;
  return {removed_.size() - gone, gone, static_cast<std::size_t>(missing)};
}

std::vector<std::size_t> Session::histogram() const {
  if (!scores_) return {};
  std::vector<std::size_t> bins(kBins);
  for (const float p : scores_->probability)
    if (!std::isnan(p))
      ++bins[std::min(kBins - 1, static_cast<std::size_t>(p * static_cast<float>(kBins)))];
  return bins;
}

void Session::set_things(std::vector<Thing> things) {
  things_ = std::move(things);
  selected_.reset();
}

void Session::select(std::optional<std::size_t> thing) noexcept {
  selected_ = thing && *thing < things_.size() ? thing : std::nullopt;
}

std::optional<std::size_t> Session::thing_of(std::uint32_t point) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < things_.size(); ++i) {
    const std::vector<std::uint32_t>& points = things_[i].points;
    const bool holds = std::binary_search(points.begin(), points.end(), point);
    if (holds && (!found || points.size() < things_[*found].points.size())) found = i;
  }
  return found;
}

}  // namespace equicloud::viewer
