// SPDX-License-Identifier: BSD-3-Clause
#include "cli/scoring.h"

#include "cli/cloud_file.h"
#include "cli/json.h"
#include "cli/memory.h"
#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/base/scratch_file.h>
#include <equicloud/io/positions.h>
#include <equicloud/outlier/features.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace equicloud::cli {
namespace {

// Memory is kept for clouds up to this size (some 20 MB a thread); larger ones give theirs back.
constexpr std::size_t kKeptPoints = 32768;
// Held by the verbs that cut: a score, what becomes of the point, a value in its field.
constexpr std::uint64_t kBytesAScore = 14;

std::string warning_of(const std::string& path, const outlier::Scores& scores,
                       std::uint64_t points) {
  if (scores.status == outlier::Status::empty) return path + ": holds no points";
  if (scores.status != outlier::Status::too_few_points) return {};
  const std::size_t lost = points - scores.finite_points;
  return path + ": kept whole: " + counted(scores.distinct_points, "distinct finite point") +
         ", the network needs at least " + std::to_string(outlier::kNeighbors + 1) +
         (lost == 0 ? ""
                    : " (its " + counted(lost, "non-finite point") + " still count as removed)");
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

std::size_t count_above(Span<const float> scores, float threshold) {
  return static_cast<std::size_t>(
      std::count_if(scores.begin(), scores.end(), [&](float s) { return s > threshold; }));
}

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
  cloud.points = points.size;
  const std::string warning = warning_of(path, cloud.scores, cloud.points);
  if (!warning.empty()) cloud.warnings.push_back(warning);
  return cloud;
}

namespace {

// The program itself and what it reads and writes through, beside what the tiles take.
constexpr std::uint64_t kProgramBytes = std::uint64_t{48} << 20U;

// How a file is to be tiled; nothing if it is not.
std::optional<tiles::TilingOptions> tiling_of(const Job& job, const OutputOptions& output) {
  const std::uint64_t memory = output.memory > 0 ? output.memory : default_memory();
  const Expected expected = expected_of(job);
  if (output.tile == 0.0 && expected.peak_bytes <= memory) return std::nullopt;
  if (expected.held_bytes > memory / 2)
    throw FormatError(job.input + ": its compressed points must be held whole and take about " +
                      memory_text(expected.held_bytes) + " of memory, the bound is " +
                      memory_text(memory) +
                      "; give more with --memory SIZE, or convert it to pcd-binary");
  tiles::TilingOptions options;
  options.memory =
      std::max(memory - expected.held_bytes, tiles::kLeastMemory + kProgramBytes) - kProgramBytes;
  options.tile = output.tile;
  options.halo = output.halo;
  options.folder = std::filesystem::path(job.output).parent_path().string();
  return options;
}

// Before an hour of work, not in the midst of it.
void check_scratch_space(const Job& job, const std::string& folder, std::uint64_t points) {
  const std::uint64_t needed = points * tiles::kScratchBytesAPoint;
  const std::uint64_t free = free_space(folder);
  if (needed > free)
    throw IoError(job.input + ": scoring its " + counted(points, "point") +
                  " in tiles takes about " + memory_text(needed) +
                  " of scratch space beside the output, " + memory_text(free) +
                  " are free there; write to another disk, or give more with --memory SIZE");
}

// Of a job in tiles, what is done when the input is read and when it is scored: the rest is
// writing.
constexpr double kReadShare = 0.02, kScoredShare = 0.9;

ScoredCloud score_in_tiles(const Job& job, const tiles::TilingOptions& options,
                           const outlier::OutlierScorer& scorer, const Means& means,
                           const ChunkVisitor& visitor) {
  const auto reader = io::open(job.input);
  create_folder_of(job.output);
  check_scratch_space(job, options.folder, reader->header().points);
  ScoredCloud cloud;
  const Stopwatch watch;
  cloud.tiles = std::make_shared<tiles::TiledScorer>(scorer.shared_model(), options);
  io::ChunkPositions positions(reader->header());
  std::uint64_t read = 0;
  for_each_chunk(*reader, [&](const io::Chunk& chunk) {
    positions.append(chunk);
    cloud.tiles->append(positions.positions().view());
    positions.drop();
    if (visitor) visitor(reader->header(), chunk);
    read += chunk.points;
    means.done(kReadShare * static_cast<double>(read) /
               static_cast<double>(std::max<std::uint64_t>(reader->header().points, read)));
  });
  const tiles::TiledSummary summary = cloud.tiles->score(means.executor, [&means](double share) {
    means.done(kReadShare + (kScoredShare - kReadShare) * share);
  });
  cloud.seconds = watch.seconds();
  cloud.header = reader->header();
  cloud.points = summary.points;
  cloud.scores.status = summary.status;
  cloud.scores.finite_points = static_cast<std::size_t>(summary.finite_points);
  cloud.scores.distinct_points = static_cast<std::size_t>(summary.distinct_points);
  const std::string warning = warning_of(job.input, cloud.scores, cloud.points);
  if (!warning.empty()) cloud.warnings.push_back(warning);
  return cloud;
}

}  // namespace

ScoredCloud score_job(const Job& job, const OutputOptions& output,
                      const outlier::OutlierScorer& scorer, const Means& means,
                      const ChunkVisitor& visitor, Shared& shared) {
  const auto tiling = tiling_of(job, output);
  return tiling ? score_in_tiles(job, *tiling, scorer, means, visitor)
                : score_file(job.input, scorer, means.executor, visitor, &shared);
}

void gather_scores(const Job& job, const OutputOptions& output, ScoredCloud& cloud) {
  if (!cloud.tiles) return;
  const std::uint64_t memory = output.memory > 0 ? output.memory : default_memory();
  const std::uint64_t needed = cloud.points * kBytesAScore;
  if (needed > memory)
    throw FormatError(job.input + ": to cut away outliers all scores are held at once and take " +
                      memory_text(needed) + " of memory, the bound is " + memory_text(memory) +
                      "; give more with --memory SIZE, or use equicloud score");
  std::vector<float> all;
  all.reserve(static_cast<std::size_t>(cloud.points));
  ChunkScores scores(cloud);
  const auto reader = io::open(job.input);
  for_each_chunk(*reader, [&](const io::Chunk& chunk) {
    const Span<const float> next = scores.next(chunk);
    all.insert(all.end(), next.begin(), next.end());
  });
  cloud.scores.probability = std::move(all);
  cloud.tiles.reset();
}

ChunkScores::ChunkScores(const ScoredCloud& cloud) : cloud_(cloud), positions_(cloud.header) {}

Span<const float> ChunkScores::next(const io::Chunk& chunk) {
  const std::size_t begin = done_;
  done_ += chunk.points;
  if (done_ > cloud_.points)
    throw FormatError(cloud_.header.path + ": changed while it was being read");
  if (!cloud_.tiles)
    return Span<const float>(cloud_.scores.probability).subspan(begin, chunk.points);
  positions_.append(chunk);
  scores_.resize(chunk.points);
  try {
    cloud_.tiles->scores(positions_.positions().view(), scores_);
  } catch (const InvalidArgument&) {
    throw FormatError(cloud_.header.path + ": changed while it was being read");
  }
  positions_.drop();
  return scores_;
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
  const auto points = static_cast<std::size_t>(cloud.points);
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
