// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/coefficients.h>
#include <equicloud/sphere/spectrum.h>
#include <gtest/gtest.h>

#include <numeric>

#include "sphere/reference.h"

namespace equicloud::sphere {
namespace {

using reference::Complex;
using reference::Vector;

constexpr int kBandwidth = 7;
constexpr double kTolerance = 1e-13;  // sums of 49 numbers of order 10

std::vector<double> power(const Vector& c, Normalisation normalisation = Normalisation::group) {
  std::vector<double> spectrum(kBandwidth);
  power_spectrum<double>(kBandwidth, c, Span<double>(spectrum), normalisation);
  return spectrum;
}

TEST(Spectrum, SumsToTheMeanSquareOfTheSignal) {
  const Grid grid = gauss_legendre(kBandwidth);
  const Vector c = reference::random_coefficients(kBandwidth, 1);
  const Vector f = reference::synthesis(grid, c);
  double mean = 0;
  for (std::size_t i = 0; i < f.size(); ++i)
    mean += grid.sample_weight(i / static_cast<std::size_t>(grid.columns)) * std::norm(f[i]);
  const std::vector<double> spectrum = power(c);
  EXPECT_NEAR(std::accumulate(spectrum.begin(), spectrum.end(), 0.0) / mean, 1, kTolerance);
}

TEST(Spectrum, HalfAndFullAndOrthonormalVectorsAgree) {
  const Vector half = reference::random_half(kBandwidth, 2);
  Vector full = full_from_half<double>(kBandwidth, half);
  const std::vector<double> expected = power(full);
  EXPECT_LE(reference::relative_error(power(half), expected), kTolerance);
  renormalise<double>(kBandwidth, full, Normalisation::group, Normalisation::orthonormal);
  EXPECT_LE(reference::relative_error(power(full, Normalisation::orthonormal), expected),
            kTolerance);
}

TEST(Spectrum, CrossSpectraAreHermitianWithPowersOnTheDiagonal) {
  constexpr std::size_t channels = 3;
  Vector all;
  std::vector<Vector> each;
  for (std::size_t i = 0; i < channels; ++i) {
    each.push_back(reference::random_coefficients(kBandwidth, 10 + i));
    all.insert(all.end(), each[i].begin(), each[i].end());
  }
  Vector spectra(kBandwidth * channels * channels);
  cross_spectra<double>(kBandwidth, channels, all, spectra);
  for (int l = 0; l < kBandwidth; ++l)
    for (std::size_t i = 0; i < channels; ++i)
      for (std::size_t k = 0; k < channels; ++k) {
        Complex slow;
        for (int m = -l; m <= l; ++m)
          slow += (2.0 * l + 1) * each[i][full_index(l, m)] * std::conj(each[k][full_index(l, m)]);
        const std::size_t at = (static_cast<std::size_t>(l) * channels + i) * channels + k;
        EXPECT_LE(std::abs(spectra[at] - slow), 100 * kTolerance);  // of sums up to 300
      }
}

TEST(Spectrum, SizesThatDoNotFitAreRefused) {
  const Vector c(5);
  std::vector<float> spectrum(2);
  EXPECT_THROW(power(c), InvalidArgument);
  const std::vector<std::complex<float>> four(4);
  std::vector<float> three(3);
  EXPECT_THROW(power_spectrum<float>(2, four, Span<float>(three)), InvalidArgument);
}

TEST(Coefficients, RenormaliseThereAndBackIsTheIdentity) {
  const Vector c = reference::random_coefficients(kBandwidth, 3);
  Vector moved = c;
  renormalise<double>(kBandwidth, moved, Normalisation::group, Normalisation::orthonormal);
  EXPECT_LE(
      std::abs(moved[full_index(2, 1)] - std::sqrt(20 * reference::kPi) * c[full_index(2, 1)]),
      10 * kTolerance);
  renormalise<double>(kBandwidth, moved, Normalisation::orthonormal, Normalisation::group);
  EXPECT_LE(reference::relative_error(moved, c), kTolerance);
  EXPECT_THROW(renormalise<double>(3, moved, Normalisation::group, Normalisation::orthonormal),
               InvalidArgument);
  EXPECT_THROW(full_from_half<double>(kBandwidth, c), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::sphere
