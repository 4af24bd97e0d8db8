// SPDX-License-Identifier: BSD-3-Clause
// What points and their neighbours say of each other's planes, against the formulas in double.
#include <equicloud/base/random.h>
#include <equicloud/kernels/plane_pairs.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace equicloud::kernels {
namespace {

constexpr float kNearest = 1e-15F;

std::vector<PlaneRecord> random_records(std::size_t n) {
  Random random(1);
  std::vector<PlaneRecord> records(n);
  for (PlaneRecord& r : records) {
    double n2 = 0.0;
    std::array<double, 3> normal{};
    for (double& v : normal) v = random.normal();
    for (const double v : normal) n2 += v * v;
    for (std::size_t a = 0; a < 3; ++a) {
      r.normal[a] = static_cast<float>(normal[a] / std::sqrt(n2));
      r.position[a] = static_cast<float>(random.uniform());
    }
    r.level = static_cast<float>(0.1 * random.normal());
    r.h = static_cast<float>(random.uniform(0.05, 0.2));
    r.d16 = 1.5F * r.h;
    r.log_d16 = std::log(r.d16);
    r.log_h8 = std::log(0.8F * r.h);
    r.flat = static_cast<float>(random.uniform());
    r.gap = static_cast<float>(random.uniform());
  }
  return records;
}

std::array<double, kPairFeatures> formulas(const PlaneRecord& own, const PlaneRecord& other,
                                           double log_spacing) {
  double squared = 0.0, across = -double(other.level), cosine = 0.0;
  for (std::size_t a = 0; a < 3; ++a) {
    const double d = double(own.position[a]) - double(other.position[a]);
    squared += d * d;
    across += double(other.normal[a]) * d;
    cosine += double(other.normal[a]) * double(own.normal[a]);
  }
  const double d = std::max(std::sqrt(squared), double(kNearest)), r = std::abs(across);
  const double log_distance = std::log(d + 0.1 * own.h);
  return {d / own.d16,
          double(other.log_h8) - double(own.log_h8),
          other.gap * std::log1p(r / other.h),
          other.gap * std::log1p(r / own.h),
          double(own.gap) * other.gap * std::abs(cosine),
          log_distance - double(other.log_d16),
          double(other.flat),
          log_distance - log_spacing,
          double(other.gap)};
}

class PlanePairsOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

TEST_P(PlanePairsOn, AreTheirFormulas) {
  const std::vector<PlaneRecord> records = random_records(30);
  const std::vector<std::uint32_t> ids = {3, 29, 0, 5, 5, 12, 7, 8, 9, 10, 11, 1, 2, 4, 6};
  std::array<float, kPairFeatures * kPairLanes> out{};
  plane_pairs(records.data(), 17, ids.data(), ids.size(), kNearest, -2.0F, out.data());
  for (std::size_t j = 0; j < ids.size(); ++j) {
    const auto expected = formulas(records[17], records[ids[j]], -2.0);
    for (std::size_t c = 0; c < kPairFeatures; ++c)
      EXPECT_NEAR(out[c * kPairLanes + j], expected[c], 3e-6) << "feature " << c << " of " << j;
  }
  for (std::size_t c = 0; c < kPairFeatures; ++c)
    EXPECT_TRUE(std::isfinite(out[c * kPairLanes + 15])) << "the column beyond the count";
}

TEST_P(PlanePairsOn, APointOnItsNeighbourIsFinite) {
  std::vector<PlaneRecord> records = random_records(2);
  std::copy_n(records[0].position, 3, records[1].position);
  const std::uint32_t other = 1;
  std::array<float, kPairFeatures * kPairLanes> out{};
  plane_pairs(records.data(), 0, &other, 1, kNearest, 0.0F, out.data());
  for (const float v : out) EXPECT_TRUE(std::isfinite(v));
}

INSTANTIATE_TEST_SUITE_P(Simd, PlanePairsOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
