// SPDX-License-Identifier: BSD-3-Clause
// The network of the digits on the sphere, for its trainer (libtorch) and for inference (core):
//
//   S2 correlation, degrees < 16        -> 20 functions on SO(3), ReLU on 18 x 36 x 36 samples
//   SO(3) correlation, degrees < 10     -> 48 functions,          ReLU on 12 x 24 x 24
//   SO(3) correlation, degrees < 6      -> 96 functions,          ReLU on  8 x 16 x 16
//   invariants: the mean over SO(3) of each function, of the last ones' squares too
//   two dense layers
//
// Grids are Gauss-Legendre and finer than the functions, so that ReLU folds little back below the
// next bandwidth. Kernels sit on near-identity grids; an SO(3) kernel of a pair (output, input) is
// a mixture of a few kernels of that input, which keeps the parameters below 100,000. Batch
// normalisation (a scale of the kernel and a bias) is folded into a saved model.
//
// Tensors of a model:  s2.kernel [20, inputs, points], s2.bias [20];
//   so3.I.kernel [inputs, rank, points], so3.I.mix [outputs, inputs, rank], so3.I.bias, I = 0, 1;
//   head.0, head.1: .weight, .bias.
#pragma once

#include <equicloud/nn/weights_file.h>
#include <equicloud/so3/kernel_grid.h>

#include <array>
#include <cstddef>
#include <string>

namespace equicloud::train {

struct SphereArchitecture {
  static constexpr std::size_t kLevels = 3;

  int inputs = 1;                                 ///< channels of the picture
  int classes = 10;                               ///< of the answer
  std::array<int, kLevels> bandwidth{16, 10, 6};  ///< of the functions before ReLU
  std::array<int, kLevels> grid{18, 12, 8};       ///< of the grid that ReLU works on
  std::array<int, kLevels> channels{20, 48, 96};
  int rank = 5;     ///< kernels of an input that an output mixes
  int hidden = 64;  ///< of the dense layers

  /// Bandwidth after ReLU: what the next level takes, or the mean alone.
  int bandwidth_after(std::size_t level) const noexcept {
    return level + 1 < kLevels ? bandwidth[level + 1] : 1;
  }
  /// Invariants that the dense layers get.
  int invariants() const noexcept { return channels[0] + channels[1] + 2 * channels[2]; }

  std::vector<so3::SpherePoint> s2_grid() const;
  std::vector<so3::EulerAngles> so3_grid(std::size_t level) const;  ///< level 1 or 2

  /// As numbers in words, for a model's metadata, and back. Throws FormatError.
  std::string text() const;
  static SphereArchitecture parse(const std::string& text);
  /// Of a model file: its metadata "architecture".
  static SphereArchitecture of(const nn::WeightsFile& file) {
    return parse(file.meta("architecture"));
  }
};

}  // namespace equicloud::train
