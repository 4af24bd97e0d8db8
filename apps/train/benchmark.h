// SPDX-License-Identifier: BSD-3-Clause
// The validation protocol: each shape x kinds of outliers x {2, 10, 30 %} of them, 20,000 clean
// points with Gaussian noise of 0.2 spacings an axis; and each shape clean. Seeds are fixed and no
// part of any training.
#pragma once

#include <train/corrupt.h>
#include <train/examples.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::train {

constexpr std::array<OutlierKind, 4> kJudgedKinds = {OutlierKind::uniform, OutlierKind::far,
                                                     OutlierKind::near, OutlierKind::cluster};
/// Structured ones: groups that look like surfaces of their own; all but mixed unknown to training.
constexpr std::array<OutlierKind, 5> kStructuredKinds = {OutlierKind::blob, OutlierKind::sheet,
                                                         OutlierKind::mixed, OutlierKind::line,
                                                         OutlierKind::floater};
constexpr std::array<double, 3> kJudgedShares = {0.02, 0.10, 0.30};

/// A table of cells, kinds outermost.
struct Benchmark {
  std::vector<OutlierKind> kinds = {kJudgedKinds.begin(), kJudgedKinds.end()};
  std::uint64_t first_stream = 0;  ///< number of the random numbers of cell 0

  static Benchmark structured() {
    return {{kStructuredKinds.begin(), kStructuredKinds.end()}, 100};
  }

  std::size_t cells() const { return kinds.size() * kJudgedShares.size(); }
  OutlierKind kind(std::size_t cell) const { return kinds[cell / kJudgedShares.size()]; }
  double share(std::size_t cell) const { return kJudgedShares[cell % kJudgedShares.size()]; }
  std::string name(std::size_t cell) const;  ///< "uniform 2 %"
};

/// The random numbers of a shape and a cell.
Random validation_stream(const CleanCloud& shape, std::uint64_t cell);
/// The case of a shape and a cell, or with cell == cells() the clean cloud. Depends on the shape's
/// name and points, the cell and the number of points only.
LabelledCloud validation_case(const CleanCloud& shape, const Benchmark& benchmark, std::size_t cell,
                              std::size_t clean_points);

/// The scores of the classical filters, one a point, NaN for those that are not finite.
struct NeighborDistances {
  std::vector<float> mean;  ///< to the k nearest others: statistical outlier removal
  std::vector<float> last;  ///< to the k-th: radius outlier removal, its radius being the threshold
};
/// @param counts  the ks, ascending, positive; an entry each
std::vector<NeighborDistances> neighbor_distances(const std::vector<float>& xyz,
                                                  const std::vector<int>& counts);

}  // namespace equicloud::train
