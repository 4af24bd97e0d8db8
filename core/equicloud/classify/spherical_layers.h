// SPDX-License-Identifier: BSD-3-Clause
// The layers of the spherical network as a model file holds them, checked and made ready. Internal
// to the room.
#pragma once

#include <equicloud/classify/spherical_features.h>
#include <equicloud/nn/dense.h>
#include <equicloud/nn/weights_file.h>
#include <equicloud/so3/correlation.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/transform.h>

#include <cstddef>
#include <vector>

namespace equicloud::classify {

constexpr int kMiddleBandwidth = kSphericalBandwidth;  // of F
constexpr int kLastBandwidth = 4;                      // of H and G
constexpr std::size_t kMiddleSize = so3::coefficient_count(kMiddleBandwidth);
constexpr std::size_t kLastSize = so3::coefficient_count(kLastBandwidth);

struct SphericalLayers {
  /// Sizes are those of the tensors (spherical_network.h). Throws FormatError.
  explicit SphericalLayers(const nn::WeightsFile& file);

  std::size_t invariants() const noexcept {
    return c1 + c1 * kMiddleBandwidth + c2 * kLastBandwidth + 2 * c2;
  }

  std::size_t c1, c2;          // filters of the two correlations
  so3::Correlation<float> s2;  // filters in complex form
  std::vector<float> s2_bias;  // added to degree 0
  so3::Correlation<float> so3;
  std::vector<float> so3_bias;
  so3::SO3Transform<float> synthesis, analysis;  // of F and H, on one grid
  so3::SO3Transform<float> pooling;              // of G
  nn::Dense embedding, classes;
};

}  // namespace equicloud::classify
