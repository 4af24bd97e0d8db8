// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/sphere_digits.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace equicloud::train {
namespace {

constexpr double kPi = 3.14159265358979323846;
// How far a warp goes, uniform in +-: pixels of a 28 x 28 picture for shifts, shares for the rest.
constexpr double kShift = 2.0, kScale = 0.15, kShear = 0.12;
constexpr double kDisplacement = 0.55;  // deviation at a node of the lattice
constexpr std::size_t kSpan = 64;       // digits of a task

using Colour = std::array<float, 3>;

// Hue in turns, saturation and value in [0, 1].
Colour colour_of(double hue, double saturation, double value) {
  Colour colour{};
  for (int c = 0; c < 3; ++c) {
    const double turn = std::fabs(std::fmod(hue - c / 3.0 + 1.5, 1.0) - 0.5) * 6.0;  // 0 at its own
    const double share = std::clamp(2.0 - turn, 0.0, 1.0);
    colour[static_cast<std::size_t>(c)] =
        static_cast<float>(value * (1.0 - saturation * (1.0 - share)));
  }
  return colour;
}

// A hue within a tenth of a turn of the family's own: families do not touch.
Colour family_colour(int family, Random& random) {
  return colour_of(family / 3.0 + random.uniform(-0.1, 0.1), random.uniform(0.5, 1.0),
                   random.uniform(0.6, 1.0));
}

so3::Matrix3 pose_of(Pose pose, Random random) {
  return so3::rotation_matrix(pose == Pose::turned ? so3::random_rotation(random)
                                                   : so3::EulerAngles{});
}

}  // namespace

PictureWarp::PictureWarp(Random& random) : active_(true) {
  const double wide = 1.0 + random.uniform(-kScale, kScale);
  const double tall = 1.0 + random.uniform(-kScale, kScale);
  const double shear = random.uniform(-kShear, kShear);  // symmetric: a stretch, no turn
  affine_ = {static_cast<float>(wide),
             static_cast<float>(shear),
             static_cast<float>(random.uniform(-kShift, kShift)),
             static_cast<float>(shear),
             static_cast<float>(tall),
             static_cast<float>(random.uniform(-kShift, kShift))};
  for (float& shift : shift_) shift = static_cast<float>(kDisplacement * random.normal());
}

std::array<float, 2> PictureWarp::operator()(float x, float y) const noexcept {
  if (!active_) return {x, y};
  constexpr float kSpacing = 28.0F / (kLattice - 1);
  const auto place = [](float t) {
    return std::clamp(t / kSpacing + 0.5F * (kLattice - 1), 0.0F, kLattice - 1.001F);
  };
  const float gx = place(x), gy = place(y);
  const int ix = static_cast<int>(gx), iy = static_cast<int>(gy);
  const float fx = gx - static_cast<float>(ix), fy = gy - static_cast<float>(iy);
  std::array<float, 2> at = {affine_[0] * x + affine_[1] * y + affine_[2],
                             affine_[3] * x + affine_[4] * y + affine_[5]};
  for (std::size_t axis = 0; axis < 2; ++axis) {
    const float* node = shift_.data() + axis * kLattice * kLattice + iy * kLattice + ix;
    at[axis] += (1 - fy) * ((1 - fx) * node[0] + fx * node[1]) +
                fy * ((1 - fx) * node[kLattice] + fx * node[kLattice + 1]);
  }
  return at;
}

SphereDigits::SphereDigits(const LabelledPictures& pictures)
    : pictures_(pictures), transform_(sphere::driscoll_healy(kBandwidth)) {
  if (pictures.rows != pictures.columns || pictures.rows < 2)
    throw InvalidArgument("pictures of " + std::to_string(pictures.rows) + " x " +
                          std::to_string(pictures.columns) + " pixels; expected square ones");
  for (const std::uint8_t label : pictures.labels)
    if (label > 9)
      throw InvalidArgument("a picture with the label " + std::to_string(label) +
                            "; expected digits, 0 to 9");
  const sphere::Grid& grid = transform_.grid();
  for (std::size_t j = 0; j < grid.rings(); ++j)
    for (int k = 0; k < grid.columns; ++k) {
      const double phi = 2.0 * kPi * k / grid.columns, sine = std::sin(grid.theta[j]);
      points_.push_back({static_cast<float>(sine * std::cos(phi)),
                         static_cast<float>(sine * std::sin(phi)),
                         static_cast<float>(grid.cosine[j])});
    }
}

void SphereDigits::sample(std::size_t i, const so3::Matrix3& R, const PictureWarp& warp,
                          Span<float> field) const noexcept {
  const std::uint8_t* pixels = pictures_.picture(i);
  const int side = static_cast<int>(pictures_.rows);
  const float half = 0.5F * static_cast<float>(side);
  std::array<float, 9> back{};  // R^-1
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t c = 0; c < 3; ++c) back[3 * r + c] = static_cast<float>(R[3 * c + r]);
  const auto pixel = [&](int column, int row) {
    const bool inside = column >= 0 && column < side && row >= 0 && row < side;
    return inside ? static_cast<float>(pixels[row * side + column]) : 0.0F;
  };
  // Projected this far out, no warp brings a point back into the picture.
  const float outside = 1.6F;
  for (std::size_t p = 0; p < points_.size(); ++p) {
    const auto& [x, y, z] = points_[p];
    const float height = 1.0F + back[6] * x + back[7] * y + back[8] * z;
    const float u = back[0] * x + back[1] * y + back[2] * z;
    const float v = back[3] * x + back[4] * y + back[5] * z;
    field[p] = 0.0F;
    if (std::fmax(std::fabs(u), std::fabs(v)) >= outside * height) continue;
    const std::array<float, 2> at = warp(half * u / height, half * v / height);
    // Pixel centres are at half numbers; rows go down, y goes up.
    const float column = half + at[0] - 0.5F, row = half - at[1] - 0.5F;
    const float left = std::floor(column), top = std::floor(row);
    const float fx = column - left, fy = row - top;
    const int c = static_cast<int>(left), r = static_cast<int>(top);
    field[p] = ((1 - fy) * ((1 - fx) * pixel(c, r) + fx * pixel(c + 1, r)) +
                fy * ((1 - fx) * pixel(c, r + 1) + fx * pixel(c + 1, r + 1))) /
               255.0F;
  }
}

SphereBatch SphereDigits::show(std::size_t first, std::size_t count, int bandwidth,
                               const Showing& showing, const Executor& executor) const {
  if (first + count > pictures_.count || bandwidth < 1 || bandwidth > kBandwidth)
    throw InvalidArgument("digits up to " + std::to_string(first + count) + " of bandwidth " +
                          std::to_string(bandwidth) + "; there are " +
                          std::to_string(pictures_.count) + ", of bandwidth " +
                          std::to_string(kBandwidth));
  SphereBatch batch;
  batch.digits = count;
  batch.channels = channels(showing.paint);
  batch.bandwidth = bandwidth;
  const auto size = sphere::half_size(bandwidth);
  const auto channels = static_cast<std::size_t>(batch.channels);
  batch.coefficients.resize(count * channels * size);
  batch.labels.resize(count);
  for_spans(executor, count, kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    const std::size_t samples = points_.size(), all = sphere::half_size(kBandwidth);
    AlignedVector<float> fields((end - begin) * samples);
    AlignedVector<std::complex<float>> spectra((end - begin) * all);
    std::vector<Colour> colours(end - begin, Colour{1, 1, 1});
    for (std::size_t i = begin; i < end; ++i) {
      const Random random = Random(showing.seed).fork(first + i);
      Random for_warp = random.fork(1), for_colour = random.fork(2);
      const PictureWarp warp = showing.warped ? PictureWarp(for_warp) : PictureWarp();
      sample(first + i, pose_of(showing.pose, random.fork(3)), warp,
             {fields.data() + (i - begin) * samples, samples});
      batch.labels[i] = pictures_.labels[first + i];
      if (showing.paint == Paint::grey) continue;
      const int family = static_cast<int>(for_colour.below(kColours));
      colours[i - begin] = family_colour(family, for_colour);
      batch.labels[i] = batch.labels[i] * kColours + family;
    }
    auto workspace = transform_.workspace();
    transform_.analysis(Span<const float>(fields.data(), fields.size()),
                        Span<std::complex<float>>(spectra.data(), spectra.size()), workspace);
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t c = 0; c < channels; ++c)  // paint is a factor of the whole digit
        std::transform(spectra.data() + (i - begin) * all,
                       spectra.data() + (i - begin) * all + size,
                       batch.coefficients.data() + (i * channels + c) * size,
                       [&](std::complex<float> a) { return a * colours[i - begin][c]; });
  });
  return batch;
}

}  // namespace equicloud::train
