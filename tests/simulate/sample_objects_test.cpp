// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <simulate/sample_objects.h>

#include <cmath>

namespace equicloud::simulate {
namespace {

double distance(const std::vector<float>& xyz, std::size_t i, std::size_t j) {
  double sum = 0.0;
  for (std::size_t c = 0; c < 3; ++c) {
    const double d = double{xyz[3 * i + c]} - xyz[3 * j + c];
    sum += d * d;
  }
  return std::sqrt(sum);
}

constexpr double kRounding = 2e-6;  // of coordinates of some metres in float

TEST(SampleObjects, PosesAreCongruent) {
  for (const std::string& name : object_names()) {
    const std::vector<float> upright = sample_object(name, 0), turned = sample_object(name, 3);
    ASSERT_EQ(upright.size(), turned.size()) << name;
    EXPECT_GT(upright.size(), 3U * 3000U) << name;
    EXPECT_NE(upright, turned) << name;
    for (std::size_t i = 0; i + 1 < upright.size() / 3; i += 97) {
      EXPECT_NEAR(distance(upright, i, i + 1), distance(turned, i, i + 1), kRounding) << name;
    }
  }
}

TEST(SampleObjects, SamePoseSameBits) {
  EXPECT_EQ(sample_object("chair", 2), sample_object("chair", 2));
  EXPECT_NE(sample_object("chair", 2), sample_object("chair", 1));
}

TEST(SampleObjects, TheShowroomStandsOnItsFloorWithItsStrays) {
  const std::vector<float> xyz = sample_showroom();
  EXPECT_EQ(xyz, sample_showroom());
  std::size_t on_floor = 0;
  for (std::size_t i = 0; i < xyz.size(); i += 3) {
    EXPECT_LT(std::abs(xyz[i]), 4.1F);
    EXPECT_LT(std::abs(xyz[i + 1]), 3.1F);
    EXPECT_GT(xyz[i + 2], -0.1F);
    if (std::abs(xyz[i + 2]) < 0.01F) ++on_floor;
  }
  EXPECT_GT(xyz.size(), 3U * 50000U);
  EXPECT_GT(on_floor, xyz.size() / 3 / 4);
}

TEST(SampleObjects, AnUnknownNameIsAnsweredWithThoseThereAre) {
  try {
    sample_object("cahir", 0);
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_STREQ(error.what(),
                 "no sample object is called 'cahir'; there are chair, sofa, table and vase");
  }
}

}  // namespace
}  // namespace equicloud::simulate
