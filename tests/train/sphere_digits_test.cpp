// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/rotate.h>
#include <equicloud/sphere/coefficients.h>
#include <gtest/gtest.h>
#include <train/sphere_digits.h>

#include <cmath>

#include "train/pictures.h"

namespace equicloud::train {
namespace {

using Bytes = std::vector<unsigned char>;

constexpr double kPi = 3.14159265358979323846;

TEST(Idx, HoldsWhatItDeclares) {
  const Bytes pictures = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};
  const Bytes labels = {0, 0, 8, 1, 0, 0, 0, 2, 7, 9};
  const LabelledPictures set = parse_idx(pictures, labels, "set");
  EXPECT_EQ(set.count, 2U);
  EXPECT_EQ(set.rows, 1U);
  EXPECT_EQ(set.columns, 3U);
  EXPECT_EQ(set.picture(1)[0], 4);
  EXPECT_EQ(set.labels[1], 9);
}

TEST(Idx, DamageIsAFormatError) {
  const Bytes pictures = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2};
  const Bytes labels = {0, 0, 8, 1, 0, 0, 0, 1, 7};
  EXPECT_NO_THROW(parse_idx(pictures, labels, "set"));
  for (std::size_t size = 0; size < pictures.size(); ++size)
    EXPECT_THROW(parse_idx(Bytes(pictures.begin(), pictures.begin() + static_cast<long>(size)),
                           labels, "set"),
                 FormatError);
  EXPECT_THROW(parse_idx(labels, pictures, "set"), FormatError);
  EXPECT_THROW(parse_idx(pictures, {0, 0, 8, 1, 0, 0, 0, 2, 7, 7}, "set"), FormatError);
  Bytes huge = pictures;
  for (std::size_t i = 4; i < 16; ++i) huge[i] = 255;
  EXPECT_THROW(parse_idx(huge, labels, "set"), FormatError);
}

TEST(Idx, AFolderWithoutItIsAnIoError) { EXPECT_THROW(load_idx("/no/such/folder"), IoError); }

TEST(SphereDigits, LieOnTheNorthernHemisphereAndUpright) {
  const LabelledPictures pictures = one_blob(18, 9, 2.0);  // right of the centre, above it
  const SphereDigits digits(pictures);
  std::vector<float> field(digits.grid().samples());
  digits.sample(0, so3::rotation_matrix({}), {}, field);
  std::size_t brightest = 0;
  for (std::size_t p = 0; p < field.size(); ++p) {
    if (field[p] > field[brightest]) brightest = p;
    const double theta = digits.grid().theta[p / static_cast<std::size_t>(digits.grid().columns)];
    const bool beyond_the_corners = theta > 2 * std::atan(std::sqrt(2.0));
    EXPECT_TRUE(!beyond_the_corners || field[p] == 0.0F);
  }
  const auto columns = static_cast<std::size_t>(digits.grid().columns);
  const double theta = digits.grid().theta[brightest / columns];
  const double phi = 2 * kPi * static_cast<double>(brightest % columns) / digits.grid().columns;
  const double x = 4.5 / 14, y = 4.5 / 14;  // of the blob's pixel centre, in half pictures
  const double step = kPi / 60;             // of the grid
  EXPECT_NEAR(theta, 2 * std::atan(std::hypot(x, y)), step);
  EXPECT_NEAR(phi, std::atan2(y, x), 2 * step);
}

// The picture's interpolation has kinks, so its spectrum reaches beyond the grid's bandwidth.
constexpr double kKinks = 0.01;

TEST(SphereDigits, ATurnedPictureHasTheTurnedCoefficients) {
  const LabelledPictures pictures = one_blob(17, 11, 2.5);
  const SphereDigits digits(pictures);
  constexpr int b = 12;
  const auto coefficients = [&](const so3::EulerAngles& R) {
    const sphere::SphereTransform<float> transform(digits.grid());
    std::vector<float> field(digits.grid().samples());
    digits.sample(0, so3::rotation_matrix(R), {}, field);
    std::vector<std::complex<float>> half(sphere::half_size(SphereDigits::kBandwidth));
    auto workspace = transform.workspace();
    transform.analysis(Span<const float>(field), Span<std::complex<float>>(half), workspace);
    half.resize(sphere::half_size(b));
    return sphere::full_from_half<float>(b, half);
  };
  const auto drawn = coefficients({});
  Random random(3);
  for (int i = 0; i < 5; ++i) {
    const so3::EulerAngles R = so3::random_rotation(random);
    std::vector<std::complex<float>> turned(drawn.size());
    so3::CoefficientRotation<float>(b, R).apply(so3::Domain::sphere, drawn, turned);
    const auto again = coefficients(R);
    for (std::size_t c = 0; c < turned.size(); ++c)
      EXPECT_LE(std::abs(again[c] - turned[c]), kKinks * std::abs(drawn[0])) << c;
  }
}

TEST(SphereDigits, TwoThreadsGiveTheBitsOfOne) {
  const LabelledPictures pictures = random_pictures(150);
  const SphereDigits digits(pictures);
  const Showing how = {Pose::turned, Paint::colours, true, 5};
  const SphereBatch alone = digits.show(3, 140, 9, how);
  const SphereBatch together = digits.show(3, 140, 9, how, ThreadPool(2));
  EXPECT_EQ(alone.coefficients, together.coefficients);
  EXPECT_EQ(alone.labels, together.labels);
}

// Transforms of few and of many signals take different ways to the same sums of 3,600 floats.
constexpr float kRounding = 1e-5F;

TEST(SphereDigits, ADigitDoesNotDependOnItsBatch) {
  const LabelledPictures pictures = random_pictures(12);
  const SphereDigits digits(pictures);
  const Showing how = {Pose::turned, Paint::colours, true, 6};
  const SphereBatch all = digits.show(0, 12, 9, how), one = digits.show(7, 1, 9, how);
  const std::size_t first = 7 * one.coefficients.size();
  const float largest = std::abs(one.coefficients[0]);
  for (std::size_t c = 0; c < one.coefficients.size(); ++c)
    EXPECT_LE(std::abs(one.coefficients[c] - all.coefficients[first + c]), kRounding * largest);
  EXPECT_EQ(one.labels[0], all.labels[7]);
}

TEST(SphereDigits, InColoursTheClassIsDigitAndFamily) {
  const LabelledPictures pictures = random_pictures(200);
  const SphereDigits digits(pictures);
  const SphereBatch batch = digits.show(0, 200, 1, {Pose::as_drawn, Paint::colours, false, 8});
  std::vector<int> seen(3);
  for (std::size_t i = 0; i < 200; ++i) {
    EXPECT_EQ(batch.labels[i] / 3, pictures.labels[i]);
    const auto family = static_cast<std::size_t>(batch.labels[i] % 3);
    ++seen[family];
    for (std::size_t c = 0; c < 3; ++c)  // its own channel is the brightest
      EXPECT_LE(batch.coefficients[3 * i + c].real(), batch.coefficients[3 * i + family].real());
  }
  for (const int count : seen) EXPECT_GT(count, 30);
}

TEST(SphereDigits, WhatDoesNotFitIsRefused) {
  LabelledPictures pictures = random_pictures(2);
  const SphereDigits digits(pictures);
  EXPECT_THROW(digits.show(1, 2, 9, {}), InvalidArgument);
  EXPECT_THROW(digits.show(0, 2, 31, {}), InvalidArgument);
  LabelledPictures letters = pictures;
  letters.labels[0] = 10;
  EXPECT_THROW(SphereDigits{letters}, InvalidArgument);
  pictures.columns = 14;
  EXPECT_THROW(SphereDigits{pictures}, InvalidArgument);
}

}  // namespace
}  // namespace equicloud::train
