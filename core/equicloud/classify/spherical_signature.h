// SPDX-License-Identifier: BSD-3-Clause
// A shape as one vector that does not see how it is turned, without a trained model: how strong the
// signals of spherical_features.h are in each degree (M. Kazhdan, T. Funkhouser & S. Rusinkiewicz
// 2003, "Rotation invariant spherical harmonic representation of 3D shape descriptors", SGP), and
// how the shells of density lie to each other, which strengths alone forget. Laws: permuting the
// points or copying some changes no bit; a motion or a change of scale changes it by rounding; a
// mirror image has the same vector.
//
// With c the real coefficients of a channel, A^l = sqrt((2l+1) sum_m c_lm^2), in this order:
//   24 x 8     A^l of the channels of rays, [channel][l]
//   4 x 4      A^l of the channels of axes, [channel][l = 0, 2, 4, 6]
//   28 x 8     (2l+1) sum_m c^i_lm c^k_lm / (A_i^l + A_k^l), shells i < k of density, [i][k][l];
//              0 where both are 0
// all of it divided by its length.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>
#include <equicloud/classify/shape.h>
#include <equicloud/classify/spherical_features.h>
#include <equicloud/points/points_view.h>

#include <array>
#include <cstddef>
#include <memory>

namespace equicloud::classify {

/// Numbers of a signature.
constexpr std::size_t kSignatureSize =
    kAxisChannel * kSphericalBandwidth +
    (kSphericalChannels - kAxisChannel) * (kSphericalBandwidth / 2) +
    kShells * (kShells - 1) / 2 * kSphericalBandwidth;

using Signature = std::array<float, kSignatureSize>;

/// Of length 1: distances of signatures lie in [0, 2]. All 0 for features that are.
/// @param features  kSphericalChannels x kSphericalSize; throws InvalidArgument for another size
Signature signature_of(Span<const float> features);

/// Describes cloud after cloud; memory is kept from call to call. Not for two threads at once.
class SignatureExtractor {
 public:
  SignatureExtractor();
  ~SignatureExtractor();

  /// @param points  any unit, order and pose, duplicates and non-finite points allowed
  /// @param signature  out: written where the status is ok or flat; a line's axes turn freely about
  /// it, so it has none
  /// Cost: O(n log n) to bring the cloud to 1024 points, then the same for every cloud. Throws
  /// InvalidArgument above 2^32 - 2 points.
  ShapeStatus extract(PointsView points, Signature& signature,
                      const Executor& executor = serial_executor());

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace equicloud::classify
