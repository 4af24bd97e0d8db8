// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <simulate/training_scene.h>
#include <train/corrupt.h>
#include <train/examples.h>
#include <train/objects.h>
#include <train/shapes.h>

#include <filesystem>

namespace equicloud::train {
namespace {

// Seeds of generated scenes, below 2^63: bit 62 is set for those held out.
constexpr std::uint64_t kHeldOut = std::uint64_t{1} << 62;
constexpr std::uint64_t kTrainingSeeds = kHeldOut - 1;
constexpr std::size_t kScenePoints = 30000;

}  // namespace

std::vector<float> read_clean_cloud(const std::string& path) {
  if (std::filesystem::path(path).extension() == ".npz") return read_packed_cloud(path).xyz;
  std::vector<float> finite;
  const Positions positions = io::read_positions(*io::open(path));
  for (std::size_t i = 0; i < positions.view().size; ++i) {
    const float* p = positions.view()[i];
    if (is_finite(p)) finite.insert(finite.end(), p, p + 3);
  }
  return finite;
}

std::vector<CleanCloud> load_shapes(const std::string& folder, bool train) {
  std::vector<CleanCloud> clouds;
  if (folder.empty()) return clouds;
  if (!std::filesystem::is_directory(folder)) throw IoError(folder + ": no such folder");
  for (const Shape& shape : shapes()) {
    if (shape.train != train) continue;
    for (const char* extension : {".npz", ".ply", ".pcd"}) {
      const std::filesystem::path path = std::filesystem::path(folder) / (shape.name + extension);
      if (!std::filesystem::exists(path)) continue;
      clouds.push_back({shape.name, read_clean_cloud(path.string())});
      break;
    }
  }
  return clouds;
}

std::vector<CleanCloud> load_validation_shapes(const std::string& folder) {
  std::vector<CleanCloud> clouds = load_shapes(folder, /*train=*/false);
  if (clouds.empty()) throw IoError(folder + ": holds none of the validation shapes");
  return clouds;
}

std::vector<float> row_labels(const outlier::Features& features,
                              const std::vector<std::uint8_t>& outlier) {
  std::vector<float> labels(features.points, 0.0F);
  for (std::size_t i = 0; i < outlier.size(); ++i) {
    if (outlier[i] && features.row_of_input[i] >= 0) {
      labels[static_cast<std::size_t>(features.row_of_input[i])] = 1.0F;
    }
  }
  return labels;
}

Example ExampleSource::example(std::uint64_t number) const {
  Random random = Random(seed_).fork(number);
  const bool scene = shapes_.empty() || random.uniform() < scene_share_;
  const LabelledCloud cloud =
      scene ? random_example(simulate::training_cloud(random.bits() & kTrainingSeeds, kScenePoints),
                             random)
            : random_example(shapes_[random.below(shapes_.size())].xyz, random);
  Example example;
  example.features = outlier::compute_features(PointsView(cloud.xyz));
  example.labels = row_labels(example.features, cloud.outlier);
  return example;
}

std::vector<float> held_out_scene(std::uint64_t number, std::size_t about_points) {
  return simulate::training_cloud(kHeldOut | number, about_points);
}

}  // namespace equicloud::train
