// SPDX-License-Identifier: BSD-3-Clause
// The scorer's network, built from a model file's layer list. Local layers run a block of points at
// a time; only the state that a graph layer reads from other points is kept for the whole cloud.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/large_vector.h>
#include <equicloud/nn/weights_file.h>
#include <equicloud/outlier/architecture.h>
#include <equicloud/outlier/features.h>
#include <equicloud/sets/graph_layer.h>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace equicloud::outlier {

/// What the network sees of a cloud of n points.
struct NetworkInput {
  std::size_t points = 0;
  Span<const float> point_features;  ///< n x kPointFeatures
  sets::NeighborSets sets;           ///< kSetSize members each
  /// Writes the set features of a point, kSetFeatures x kSetLanes, a neighbour a column, columns
  /// beyond kSetSize finite; called from many threads.
  std::function<void(std::size_t point, float* out)> set_features;
  /// Memory of the features themselves, if the network may write over it once its first stage is
  /// done.
  LargeVector<float>* spent = nullptr;
  /// Of a part of a cloud: what Network::context() makes of the whole; empty: of these points.
  std::vector<float> context = {};
  /// Of a part of a cloud: how many points, the first ones, are wanted after each of
  /// Network::stages(), each as many as the one before or fewer; empty: all.
  std::vector<std::size_t> reach = {};
};

/// Sums over points of the standardised features.
using FeatureSums = std::array<double, kPointFeatures>;

/// The view of precomputed features, which must outlive it.
NetworkInput network_input(const Features& features);

/// 1 / (1 + exp(-logit)).
float probability_of(float logit);

/// Memory that logits() works in, kept from call to call.
struct NetworkMemory {
  LargeVector<float> state, next;  ///< of all points after a stage, by turns; state first
  std::vector<float> logits;
};

class Network {
 public:
  /// Throws FormatError if a tensor is missing or has another shape than the layer list says.
  Network(const nn::WeightsFile& file, const std::vector<LayerSpec>& layers);
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  ~Network();

  /// One logit a point; probability = 1 / (1 + exp(-logit)). Same bits for any number of threads.
  std::vector<float> logits(const NetworkInput& input,
                            const Executor& executor = serial_executor()) const;
  /// The same into memory.logits.
  void logits(const NetworkInput& input, const Executor& executor, NetworkMemory& memory) const;

  /// The one cloud-wide stage is the mean of the standardised features, summed in double in an
  /// order that depends on the number of points only.
  FeatureSums feature_sums(Span<const float> point_features,
                           const Executor& executor = serial_executor()) const;
  static std::vector<float> context(const FeatureSums& sums, std::size_t points);
  /// The first, which reads the input, and one for each graph layer, which reads the neighbours'
  /// states.
  std::size_t stages() const noexcept;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace equicloud::outlier
