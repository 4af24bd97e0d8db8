// SPDX-License-Identifier: BSD-3-Clause
// Training examples of the classifier: damaged shapes and junk as the features that the library
// itself computes, many of them side by side in arrays of fixed shape.
#pragma once

#include <equicloud/classify/set_features.h>
#include <equicloud/classify/spherical_features.h>
#include <train/shape_recipe.h>
#include <train/shape_set.h>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace equicloud::train {

/// Room for centres and their neighbours at each level (equicloud/classify/set_features.h).
constexpr std::array<std::size_t, classify::kLevels> kLevelCentres = {512, 128, 32};
constexpr std::array<std::size_t, classify::kLevels> kLevelNeighbors = {16, 32, 32};

/// Features of `count` shapes, zeros where a shape has fewer points or centres than there is room
/// for (nothing refers to those).
struct ShapeArrays {
  struct Level {
    std::vector<float> pairs;             ///< [count][centres][neighbours][12]
    std::vector<std::int32_t> neighbors;  ///< [count][centres][neighbours]
  };
  std::size_t count = 0;
  std::vector<float> point;  ///< [count][1024][10]
  std::array<Level, classify::kLevels> level;
  std::vector<float> spherical;  ///< [count][28][64]
  std::vector<std::int64_t> label;

  explicit ShapeArrays(std::size_t shapes = 0);
};

/// Writes clouds' features into arrays. One a thread.
class ShapeWriter {
 public:
  ShapeWriter();
  ~ShapeWriter();
  /// Writes row `row`. @returns false, with the row left as it was, for a cloud that is no shape
  /// (too few distinct points, a line).
  bool write(const Cloud& cloud, std::int64_t label, ShapeArrays& arrays, std::size_t row);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

/// The stream of training examples, in blocks; everything random in block i depends on the seed and
/// i alone. Labels: the classes', and their number for junk.
class ShapeSource {
 public:
  struct Options {
    std::uint64_t seed = 1;
    std::size_t block = 256;      ///< examples
    double junk_share = 0.07;     ///< of the examples
    double class_balance = 0.25;  ///< a class of n shapes is drawn with weight n^(1 - balance)
  };
  /// @param rows  of `shapes` to learn from. Both must outlive the source. Throws InvalidArgument
  /// for no rows.
  ShapeSource(const ShapeSet& shapes, const std::vector<std::size_t>& rows, const Options& options);

  ShapeArrays block(std::uint64_t number) const;
  const Options& options() const { return options_; }

 private:
  std::size_t random_row(Random& random) const;

  const ShapeSet& shapes_;
  const std::vector<std::size_t>& rows_;
  Options options_;
  std::vector<std::vector<std::size_t>> of_class_;
  std::vector<double> cumulative_;  // weights of the classes, summed
  StrayFilter filter_;
};

/// Rows begin .. end - 1 of `rows`, damaged in one fixed way.
ShapeArrays damaged_arrays(const ShapeSet& shapes, const std::vector<std::size_t>& rows,
                           std::size_t begin, std::size_t end, Damage damage, std::uint64_t seed);

}  // namespace equicloud::train
