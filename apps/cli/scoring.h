// SPDX-License-Identifier: BSD-3-Clause
// What the verbs that score have in common: the model by name, a file's scores, and what is said of
// them.
#pragma once

#include "cli/batch.h"

#include <equicloud/io/reader.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/scorer.h>

#include <chrono>
#include <functional>
#include <memory>
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
  std::vector<std::string> warnings;
};

/// Sees each chunk while the positions are read, for fields of its own.
using ChunkVisitor = std::function<void(const io::Header&, const io::Chunk&)>;

/// Throws as the reader does, and Interrupted.
ScoredCloud score_file(const std::string& path, const outlier::OutlierScorer& scorer,
                       const Executor& executor, const ChunkVisitor& visitor = {});

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

/// What `score` and `clean` say of a file.
struct Finding {
  float threshold = 0.5F;
  std::string model;
  double wall_seconds = 0.0;
  std::optional<std::size_t> kept;      ///< points that `clean` left in (of --negative: took)
  std::optional<std::size_t> outliers;  ///< of those that were judged; default: all above
};
FileReport report(const Job& job, const ScoredCloud& cloud, const Finding& finding);

/// The beginning of the closing sentence: "Scored 3 clouds (1,200,000 points) into out/ in 2.1 s."
std::string closing(const std::string& verb, const BatchSummary& summary,
                    const std::string& output);

}  // namespace equicloud::cli
