// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/kernels/recurrence.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "kernels/uniform.h"

namespace equicloud::kernels {
namespace {

constexpr std::size_t kOrder = 3;

// Where the complex number of degree kOrder + i lies, in reals.
std::size_t place(std::size_t i) { return (kOrder + i) * (kOrder + i + 1) + 2 * kOrder; }

// A recurrence of our own making, the values written out.
struct Case {
  Case(std::size_t degrees, std::size_t rings) {
    Random random(degrees + 100 * rings);
    const std::size_t groups = (rings + kRingGroup - 1) / kRingGroup;
    for (std::size_t i = 0; i < degrees + 2; ++i) {
      factor.push_back(random.uniform(1, 2));
      if (i < degrees) scale.push_back(random.uniform(1, 2));
    }
    cosine.assign(groups * kRingGroup, 0.0);
    for (std::size_t j = 0; j < rings; ++j) cosine[j] = random.uniform();
    start.assign(2 * groups * kRingGroup, 0.0);
    values.assign(rings * degrees, 0.0);
    for (std::size_t g = 0; g < groups; ++g) begin.push_back(2 * g);
    for (std::size_t j = 0; j < rings; ++j) fill(j, degrees, random);
    recurrence = {kOrder,       degrees,       rings,        factor.data(),
                  scale.data(), cosine.data(), begin.data(), start.data()};
  }

  void fill(std::size_t j, std::size_t degrees, Random& random) {
    const std::size_t group = j / kRingGroup;
    double now = random.uniform(-1, 1);
    double next = random.uniform(-1, 1);
    start[2 * group * kRingGroup + j % kRingGroup] = now;
    start[(2 * group + 1) * kRingGroup + j % kRingGroup] = next;
    for (std::size_t i = begin[group]; i < degrees; ++i) {
      values[j * degrees + i] = scale[i] * now;
      const double after = factor[i + 1] * cosine[j] * next - now;
      now = next;
      next = after;
    }
  }

  std::vector<double> factor, scale, cosine, start, values;
  std::vector<std::size_t> begin;
  Recurrence recurrence{};
};

class RecurrenceOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }

  template <typename T>
  void expect_sums(std::size_t degrees, std::size_t rings) const {
    const Case c(degrees, rings);
    // Sums of up to 50 terms whose recurrences may swing a few times above 1; rounded once to T.
    double size = 1;
    for (const double value : c.values) size = std::max(size, std::abs(value));
    const double tolerance =
        50 * size *
        (std::numeric_limits<T>::epsilon() + 50 * std::numeric_limits<double>::epsilon());
    std::vector<double> scratch(recurrence_scratch(degrees));
    const std::vector<T> factor = uniform<T>(kOrder + degrees, 1);
    const auto d = [&](std::size_t i, std::size_t j) {
      return factor[kOrder + i] * c.values[j * degrees + i];
    };

    const std::vector<T> coefficients = uniform<T>(place(degrees), 2);
    std::vector<T> even(2 * rings);
    std::vector<T> odd(2 * rings);
    recurrence_synthesis(c.recurrence, coefficients.data(), factor.data(), even.data(), odd.data(),
                         scratch.data());
    for (std::size_t j = 0; j < rings; ++j)
      for (std::size_t part = 0; part < 2; ++part) {
        double sums[2] = {0, 0};
        for (std::size_t i = 0; i < degrees; ++i)
          sums[i % 2] += d(i, j) * double(coefficients[place(i) + part]);
        EXPECT_NEAR(even[2 * j + part], sums[0], tolerance) << degrees << ' ' << rings;
        EXPECT_NEAR(odd[2 * j + part], sums[1], tolerance) << degrees << ' ' << rings;
      }

    even = uniform<T>(2 * rings, 3);
    odd = uniform<T>(2 * rings, 4);
    std::vector<T> found(place(degrees), T(7));
    std::vector<T> expected = found;
    recurrence_analysis(c.recurrence, even.data(), odd.data(), factor.data(), found.data(),
                        scratch.data());
    for (std::size_t i = 0; i < degrees; ++i)
      for (std::size_t part = 0; part < 2; ++part) {
        double sum = 0;
        for (std::size_t j = 0; j < rings; ++j)
          sum += d(i, j) * double((i % 2 == 0 ? even : odd)[2 * j + part]);
        expected[place(i) + part] = static_cast<T>(sum);
      }
    for (std::size_t k = 0; k < found.size(); ++k)  // what lies between is left alone
      EXPECT_NEAR(found[k], expected[k], tolerance) << degrees << ' ' << rings;
  }
};

TEST_P(RecurrenceOn, SumsEqualThoseOfTheValuesWrittenOut) {
  for (const std::size_t degrees : {1U, 2U, 3U, 8U, 13U})
    for (const std::size_t rings : {1U, 4U, 15U, 16U, 17U, 50U}) {
      expect_sums<float>(degrees, rings);
      expect_sums<double>(degrees, rings);
    }
}

INSTANTIATE_TEST_SUITE_P(Simd, RecurrenceOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
