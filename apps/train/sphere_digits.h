// SPDX-License-Identifier: BSD-3-Clause
// Digits on the sphere (Cohen, Geiger, Koehler & Welling 2018, section 5.2): a picture in the plane
// of the equator is projected from the south pole onto the sphere, so that it covers the northern
// hemisphere, and sampled on a Driscoll-Healy grid of bandwidth 30. A turned digit is the *picture*
// turned and sampled anew, f(R^-1 x), not its coefficients.
//
// Colour form: three channels, the digit painted in a colour of one of three families (reddish,
// greenish, bluish, of random hue, saturation and brightness); the class is digit * 3 + family.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/random.h>
#include <equicloud/so3/rotation.h>
#include <equicloud/sphere/transform.h>
#include <train/idx_file.h>

#include <array>
#include <complex>
#include <cstdint>
#include <vector>

namespace equicloud::train {

/// A smooth change of the picture's plane, in its pixels: what training without rotations varies.
/// An affine map (scale, aspect, shear, shift; no turn) and a displacement on a coarse lattice.
class PictureWarp {
 public:
  /// Leaves everything in place.
  PictureWarp() = default;
  explicit PictureWarp(Random& random);
  /// Where the warped picture's point (x, y), from its centre, lies in the picture.
  std::array<float, 2> operator()(float x, float y) const noexcept;

 private:
  static constexpr int kLattice = 7;  // nodes a side, over the picture
  bool active_ = false;
  std::array<float, 6> affine_{1, 0, 0, 0, 1, 0};
  std::array<float, 2 * kLattice * kLattice> shift_{};
};

enum class Pose { as_drawn, turned };
enum class Paint { grey, colours };

/// Which digits, and how they are shown. Everything follows from `seed` and a digit's number.
struct Showing {
  Pose pose = Pose::as_drawn;
  Paint paint = Paint::grey;
  bool warped = false;
  std::uint64_t seed = 0;
};

/// What a network sees: for digit i, channel c, the coefficients of degrees < bandwidth and orders
/// m >= 0 (sphere/index.h, half_index), group normalisation.
struct SphereBatch {
  std::size_t digits = 0;
  int channels = 1;
  int bandwidth = 0;
  std::vector<std::complex<float>> coefficients;  ///< [digit][channel][half_size(bandwidth)]
  std::vector<std::int64_t> labels;               ///< [digit]
};

/// Immutable; calls from any number of threads.
class SphereDigits {
 public:
  static constexpr int kBandwidth = 30;
  static constexpr int kColours = 3;

  /// @param pictures  square ones, kept by reference. Throws InvalidArgument.
  explicit SphereDigits(const LabelledPictures& pictures);

  int channels(Paint paint) const noexcept { return paint == Paint::grey ? 1 : 3; }
  int classes(Paint paint) const noexcept { return paint == Paint::grey ? 10 : 10 * kColours; }

  /// Digits `first` .. `first` + `count` - 1, coefficients below `bandwidth` <= 30. The same bits
  /// for any number of threads. Cost: about 0.1 ms a digit. Throws InvalidArgument.
  SphereBatch show(std::size_t first, std::size_t count, int bandwidth, const Showing& showing,
                   const Executor& executor = serial_executor()) const;

  /// The brightness of picture i, turned by R and warped, at the grid's points: 60 x 60 numbers.
  void sample(std::size_t i, const so3::Matrix3& R, const PictureWarp& warp,
              Span<float> field) const noexcept;
  const sphere::Grid& grid() const noexcept { return transform_.grid(); }

 private:
  const LabelledPictures& pictures_;
  sphere::SphereTransform<float> transform_;
  std::vector<std::array<float, 3>> points_;
};

}  // namespace equicloud::train
