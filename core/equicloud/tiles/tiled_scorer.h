// SPDX-License-Identifier: BSD-3-Clause
// Scores of a cloud that does not fit into memory, equal to those of the whole cloud up to the
// rounding of sums whose order may differ where neighbours are equally near. Nothing is assumed of
// how far a point's neighbours lie: lists of neighbours are found tile by tile, those that reach
// beyond what was loaded are asked of the whole cloud, and all later steps follow the lists, not
// distances. So tiles and halo change the time, never the scores.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/outlier/scorer.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace equicloud::tiles {

/// Bytes on disk that a point takes while it is scored.
constexpr std::uint64_t kScratchBytesAPoint = 112;
constexpr std::uint64_t kLeastMemory = std::uint64_t{64} << 20U;  ///< TilingOptions::memory

struct TilingOptions {
  /// Bytes to work in, about; at least kLeastMemory.
  std::uint64_t memory = std::uint64_t{1} << 30;
  double tile = 0.0;   ///< longest side of a tile along x and y; 0: as large as memory allows
  double halo = 0.0;   ///< how far around a tile neighbours are looked for first; 0: by density
  std::string folder;  ///< for scratch files, kScratchBytesAPoint each; "": the working folder
};

struct TiledSummary {
  outlier::Status status = outlier::Status::empty;
  std::uint64_t points = 0;
  std::uint64_t finite_points = 0;
  std::uint64_t distinct_points = 0;
  std::size_t tiles = 0;
  std::uint64_t asked_again = 0;  ///< points whose neighbours reached beyond the halo
};

/// One cloud: append() all of it, score() once, then scores() of all of it, in the same order.
class TiledScorer {
 public:
  /// Throws InvalidArgument on too little memory or a negative length, IoError if the folder takes
  /// no files.
  TiledScorer(std::shared_ptr<const outlier::Model> model, TilingOptions options);
  TiledScorer(TiledScorer&&) noexcept;
  TiledScorer& operator=(TiledScorer&&) noexcept;
  ~TiledScorer();

  /// The next points; non-finite ones are allowed. Throws IoError (full disk, ...).
  void append(PointsView points);
  /// Cost: O(n log n), twice the local statistics of OutlierScorer::score(). The same bits for any
  /// number of threads. Throws InvalidArgument above 2^32 - 2 distinct points, IoError.
  /// @param done  hears from time to time, on the calling thread, what share of the work is done:
  ///              from 0 to 1, never less than before
  TiledSummary score(const Executor& executor = serial_executor(),
                     const std::function<void(double share)>& done = {});
  /// Scores of the next points, which must be those that were appended (checked as far as it shows;
  /// throws InvalidArgument). @param probability  one a point, as Scores::probability
  void scores(PointsView points, Span<float> probability);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace equicloud::tiles
