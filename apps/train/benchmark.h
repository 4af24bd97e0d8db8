// SPDX-License-Identifier: BSD-3-Clause
// The validation protocol: each shape x {uniform, far, near, cluster} x {2, 10, 30 %} of outliers,
// 20,000 clean points with Gaussian noise of 0.2 spacings an axis; and each shape clean. Seeds are
// fixed and no part of any training.
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
constexpr std::array<double, 3> kJudgedShares = {0.02, 0.10, 0.30};
constexpr std::size_t kCells = kJudgedKinds.size() * kJudgedShares.size();

/// "uniform 2 %" for cell 0; kinds outermost.
std::string cell_name(std::size_t cell);

/// The random numbers of a shape and a cell.
Random validation_stream(const CleanCloud& shape, std::uint64_t cell);
/// The case of a shape and a cell, or with cell == kCells the clean cloud. Depends on the shape's
/// name and points, the cell and the number of points only.
LabelledCloud validation_case(const CleanCloud& shape, std::size_t cell, std::size_t clean_points);

/// Statistical outlier removal's score: the mean distance to the k nearest others.
/// @param counts  the ks, ascending; @returns scores[which k][point], NaN for non-finite points
std::vector<std::vector<float>> mean_neighbor_distances(const std::vector<float>& xyz,
                                                        const std::vector<int>& counts);

}  // namespace equicloud::train
