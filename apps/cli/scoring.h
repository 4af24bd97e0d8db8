// SPDX-License-Identifier: BSD-3-Clause
// What the verbs that score have in common: the model by name, a file's scores, and what is said of
// them.
#pragma once

#include "cli/batch.h"

#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/scorer.h>
#include <equicloud/tiles/tiled_scorer.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace equicloud::cli {

/// "general" or a model file. Throws UsageError.
std::shared_ptr<const outlier::Model> load_model(const std::string& name);

struct ScoredCloud {
  io::Header header;
  outlier::Scores scores;
  double seconds = 0.0;  ///< of scoring alone
  Sample sample;
  std::uint64_t points = 0;
  /// Of a cloud scored in tiles: the scores, still on disk; scores.probability is then empty.
  std::shared_ptr<tiles::TiledScorer> tiles;
  std::vector<std::string> warnings;
};

/// Memory to score small clouds in, used again from file to file. May be called from many threads.
class Workspaces {
 public:
  outlier::Workspace take();
  void give_back(outlier::Workspace workspace);

 private:
  std::mutex mutex_;
  std::vector<outlier::Workspace> free_;
};

/// What the files of a run share.
struct Shared {
  Workspaces workspaces;
  bool samples = false;  ///< whether to take a sample of each
};

/// Sees each chunk while the positions are read, for fields of its own.
using ChunkVisitor = std::function<void(const io::Header&, const io::Chunk&)>;

/// Throws as the reader does, and Interrupted.
/// @param shared  of a run over many files; none: a file alone
ScoredCloud score_file(const std::string& path, const outlier::OutlierScorer& scorer,
                       const Executor& executor, const ChunkVisitor& visitor = {},
                       Shared* shared = nullptr);

/// The same for a job of a verb that writes: in tiles where its memory asks for that or the options
/// do, with scratch files beside the output. Throws FormatError too where a compressed file must be
/// held whole but cannot.
ScoredCloud score_job(const Job& job, const OutputOptions& output,
                      const outlier::OutlierScorer& scorer, const Means& means,
                      const ChunkVisitor& visitor, Shared& shared);
/// Brings the scores of a cloud that was scored in tiles into memory, for those who need all at
/// once. Throws FormatError if they do not fit.
void gather_scores(const Job& job, const OutputOptions& output, ScoredCloud& cloud);

/// The scores of a scored file's chunks, as they are read again. Throws FormatError if the file is
/// not what it was.
class ChunkScores {
 public:
  explicit ChunkScores(const ScoredCloud& cloud);
  /// Of the next chunk; valid until the next call.
  Span<const float> next(const io::Chunk& chunk);

 private:
  const ScoredCloud& cloud_;
  io::ChunkPositions positions_;
  std::vector<float> scores_;
  std::size_t done_ = 0;
};

/// Throws FormatError if the output's format can hold no field beside those of the input.
void check_field_can_be_added(const io::Header& source, const Job& job);
/// A warning if other PLY elements than points (faces) do not reach the output; "" if none is lost.
std::string dropped_elements(const io::Header& source, const std::string& output,
                             const std::string& why);

/// Seconds since it was made.
class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// A warning if the output is a PCD whose coordinates become 8-byte floats that were none in a PCD
/// before; "" otherwise. PCL's point types read such a cloud as zeros, without a word.
std::string wide_coordinates(const io::Header& source, const Job& job);

/// How many scores lie above a threshold.
std::size_t count_above(Span<const float> scores, float threshold);

/// What `score` and `clean` say of a file.
struct Finding {
  float threshold = 0.5F;
  std::string model;
  double wall_seconds = 0.0;
  std::optional<std::size_t> kept;      ///< points that `clean` left in (of --negative: took)
  std::optional<std::size_t> outliers;  ///< of those that were judged; default: all above
};
FileReport report(const Job& job, const ScoredCloud& cloud, const Finding& finding);

}  // namespace equicloud::cli
