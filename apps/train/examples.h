// SPDX-License-Identifier: BSD-3-Clause
// Where clean clouds come from (the listed shapes, generated scenes) and how they become training
// examples: corrupted, measured, labelled. Example number i of a seed is always the same, whoever
// makes it and when, so a resumed run goes on as if it had not stopped.
#pragma once

#include <equicloud/outlier/features.h>

#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::train {

struct CleanCloud {
  std::string name;
  std::vector<float> xyz;
};

/// The shapes of one split that lie in `folder` as NAME.npz, NAME.ply or NAME.pcd, in the order of
/// the list. An empty folder name: none. Throws IoError if the folder does not exist, FormatError
/// if a file is damaged.
std::vector<CleanCloud> load_shapes(const std::string& folder, bool train);
/// Those that are held out; throws IoError too if the folder holds none of them.
std::vector<CleanCloud> load_validation_shapes(const std::string& folder);
/// A file in any of these formats.
std::vector<float> read_clean_cloud(const std::string& path);

struct Example {
  outlier::Features features;
  std::vector<float> labels;  ///< one a row of the features: 1 for an outlier
};

/// Labels of the features' rows from those of the points they were computed from.
std::vector<float> row_labels(const outlier::Features& features,
                              const std::vector<std::uint8_t>& outlier);

class ExampleSource {
 public:
  /// @param scene_share  part of the examples that are generated scenes, in [0, 1]; all of them if
  ///                     there are no shapes
  ExampleSource(std::vector<CleanCloud> shapes, double scene_share, std::uint64_t seed)
      : shapes_(std::move(shapes)), scene_share_(scene_share), seed_(seed) {}

  /// May be called from several threads.
  Example example(std::uint64_t number) const;
  std::size_t shapes() const { return shapes_.size(); }

 private:
  std::vector<CleanCloud> shapes_;
  double scene_share_;
  std::uint64_t seed_;
};

/// A clean scene that training never sees. @param number  below 2^32
std::vector<float> held_out_scene(std::uint64_t number, std::size_t about_points);

}  // namespace equicloud::train
