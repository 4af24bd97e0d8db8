// SPDX-License-Identifier: BSD-3-Clause
// Clouds of objects with the class of each, and how they are divided into those that are learned
// from and those that a training run is judged by.
#pragma once

#include <equicloud/base/span.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::train {

struct ShapeSet {
  std::vector<std::string> classes;        ///< names; a label is a row of this list
  std::vector<std::vector<float>> clouds;  ///< packed x y z, finite, one point at least; the order
                                           ///< of the points may tell something: never rely on it
  std::vector<std::uint32_t> labels;       ///< one a cloud, < classes.size()

  std::size_t size() const { return clouds.size(); }
};

/// Rows of the labels, ascending in both; together all of them, none twice.
struct Split {
  std::vector<std::size_t> train, validation;
};

constexpr double kValidationShare = 0.12;

/// Of each class `share`, rounded, but never all, at random to the validation rows; the same split
/// for the same labels, share and seed, and a class is split the same whatever the others are.
/// @param share  in [0, 1) (checked; throws InvalidArgument)
/// Cost: O(n + classes).
Split split(Span<const std::uint32_t> labels, double share = kValidationShare,
            std::uint64_t seed = 0);

/// Every subfolder is a class, named and ordered by its name; its files (.ply, .pcd, .xyz, .npz as
/// read_clean_cloud() reads them, in the order of their names) are the clouds. Points that are not
/// finite are left out; names that begin with a dot are passed over. Throws IoError (no such
/// folder), FormatError (no subfolder, a class without clouds, a file of another kind, a damaged
/// file, a cloud without a finite point).
ShapeSet read_class_folders(const std::string& folder);

}  // namespace equicloud::train
