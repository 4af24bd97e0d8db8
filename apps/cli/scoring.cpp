// SPDX-License-Identifier: BSD-3-Clause
#include "cli/scoring.h"

#include "cli/cloud_file.h"
#include "cli/json.h"
#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <equicloud/outlier/features.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace equicloud::cli {
namespace {

// Memory is kept for clouds up to this size (some 20 MB a thread); larger ones give theirs back.
constexpr std::size_t kKeptPoints = 32768;

std::string warning_of(const std::string& path, const outlier::Scores& scores) {
  const std::size_t points = scores.probability.size();
  if (scores.status == outlier::Status::empty) return path + ": holds no points";
  if (scores.status != outlier::Status::too_few_points) return {};
  const std::size_t lost = points - scores.finite_points;
  return path + ": kept whole: " + counted(scores.distinct_points, "distinct finite point") +
         ", the network needs at least " + std::to_string(outlier::kNeighbors + 1) +
         (lost == 0 ? ""
                    : " (its " + counted(lost, "non-finite point") + " still count as removed)");
}

std::size_t count_above(const std::vector<float>& scores, float threshold) {
  return static_cast<std::size_t>(
      std::count_if(scores.begin(), scores.end(), [&](float s) { return s > threshold; }));
}

const char* name_of(outlier::Status status) {
  switch (status) {
    case outlier::Status::scored:
      return "scored";
    case outlier::Status::empty:
      return "empty";
    case outlier::Status::too_few_points:
      break;
  }
  return "too_few_points";
}

// 0 where no time was measured.
std::uint64_t rate(std::size_t points, double seconds) {
  return seconds > 0.0 ? static_cast<std::uint64_t>(static_cast<double>(points) / seconds) : 0;
}

}  // namespace

std::shared_ptr<const outlier::Model> load_model(const std::string& name) {
  if (name == "general") return outlier::Model::embedded();
  std::error_code error;
  if (!std::filesystem::exists(name, error))
    throw UsageError("--model '" + name +
                     "' is neither a model nor a file; type equicloud models for those there are");
  try {
    return outlier::Model::load(name);
  } catch (const Error& what) {
    throw UsageError(what.what());
  }
}

outlier::Workspace Workspaces::take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (free_.empty()) return {};
  outlier::Workspace workspace = std::move(free_.back());
  free_.pop_back();
  return workspace;
}

void Workspaces::give_back(outlier::Workspace workspace) {
  const std::lock_guard<std::mutex> lock(mutex_);
  free_.push_back(std::move(workspace));
}

ScoredCloud score_file(const std::string& path, const outlier::OutlierScorer& scorer,
                       const Executor& executor, const ChunkVisitor& visitor, Shared* shared) {
  const auto reader = io::open(path);
  io::ChunkPositions positions(reader->header());
  for_each_chunk(*reader, [&](const io::Chunk& chunk) {
    positions.append(chunk);
    if (visitor) visitor(reader->header(), chunk);
  });
  ScoredCloud cloud;
  const Stopwatch watch;
  const PointsView points = positions.positions().view();
  if (shared != nullptr && points.size <= kKeptPoints) {
    outlier::Workspace workspace = shared->workspaces.take();
    scorer.score(points, executor, workspace, cloud.scores);
    shared->workspaces.give_back(std::move(workspace));
  } else {
    cloud.scores = scorer.score(points, executor);
  }
  cloud.seconds = watch.seconds();
  if (shared != nullptr && shared->samples)
    cloud.sample = sample_of(points, cloud.scores.probability);
  cloud.header = reader->header();
  const std::string warning = warning_of(path, cloud.scores);
  if (!warning.empty()) cloud.warnings.push_back(warning);
  return cloud;
}

void check_field_can_be_added(const io::Header& source, const Job& job) {
  if (job.format ? job.format->format == io::Format::kitti : source.format == io::Format::kitti)
    throw FormatError(source.path +
                      ": KITTI files hold x y z intensity and no further field; add --format "
                      "pcd-binary");
}

std::string dropped_elements(const io::Header& source, const std::string& output,
                             const std::string& why) {
  const std::vector<std::string> lost = source.other_elements();
  return lost.empty() ? "" : output + ": written without " + joined(lost) + ", " + why;
}

std::string wide_coordinates(const io::Header& source, const Job& job) {
  const bool becomes_pcd = job.format && job.format->format == io::Format::pcd;
  if (!becomes_pcd || source.format == io::Format::pcd) return {};
  const io::Field* x = source.find("x");
  if (x == nullptr || x->type != io::Scalar::f64) return {};
  return job.output +
         ": x y z are 8-byte floats, so that no digit is lost; PCL's point types (PointXYZ, ...) "
         "read "
         "those as 0, pcl::PCLPointCloud2 and this program read them right";
}

FileReport report(const Job& job, const ScoredCloud& cloud, const Finding& finding) {
  const outlier::Scores& scores = cloud.scores;
  const std::size_t points = scores.probability.size();
  const std::size_t outliers =
      finding.outliers.value_or(count_above(scores.probability, finding.threshold));
  const std::size_t lost = points - scores.finite_points;
  const std::uint64_t points_per_second = rate(points, cloud.seconds);
  Json json = {{"input", job.input},
               {"output", job.output},
               {"points", points},
               {"finite_points", scores.finite_points},
               {"outliers", outliers},
               {"threshold", finding.threshold},
               {"model", finding.model},
               {"seconds", cloud.seconds},
               {"wall_seconds", finding.wall_seconds},
               {"points_per_second", points_per_second},
               {"status", name_of(scores.status)}};
  if (finding.kept) json["kept"] = *finding.kept;
  const std::string text = job.input + " -> " + job.output + ": " + counted(points, "point") +
                           ", " + counted(outliers, "outlier") + " (" + percent(outliers, points) +
                           ", score above " + fixed(static_cast<double>(finding.threshold), 3) +
                           ")" + (lost > 0 ? ", " + grouped(lost) + " not finite" : "") +
                           (finding.kept ? ", " + grouped(*finding.kept) + " kept" : "") +
                           "; scored in " + duration(cloud.seconds) + " (" +
                           grouped(points_per_second) + " points/s)\n";
  return {text, to_line(json), cloud.warnings, points, outliers, cloud.seconds, {}, cloud.sample};
}

}  // namespace equicloud::cli
