// SPDX-License-Identifier: BSD-3-Clause
// Logarithms against those of the C library in double.
#include <equicloud/base/random.h>
#include <equicloud/kernels/logarithm.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace equicloud::kernels {
namespace {

TEST(Logarithms, AreThoseOfTheLibrary) {
  Random random(1);
  std::vector<float> values = {1.0F, 2.0F, std::numeric_limits<float>::min(),
                               std::numeric_limits<float>::max(), std::nextafter(1.0F, 2.0F)};
  while (values.size() < 4096) {
    const double range = values.size() % 2 == 0 ? 80.0 : 0.1;
    values.push_back(static_cast<float>(std::exp(random.uniform(-range, range))));
  }
  std::vector<float> found = values;
  logarithms(found.data(), found.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = std::log(static_cast<double>(values[i]));
    // 4 units in the last place of numbers up to 88, and of those near 0 what 1 + x can hold.
    EXPECT_NEAR(found[i], expected, std::max(5e-7 * std::abs(expected), 3e-7)) << values[i];
  }
  EXPECT_EQ(found[0], 0.0F);
}

TEST(Logarithms, OfANumberDoNotDependOnItsPlace) {
  std::vector<float> values(4 * kLogarithmBlock, 1.0F);
  for (std::size_t i = 0; i < values.size(); i += 5) values[i] = 3.7F;
  logarithms(values.data(), values.size());
  for (std::size_t i = 0; i < values.size(); i += 5) EXPECT_EQ(values[i], values[0]) << i;
}

}  // namespace
}  // namespace equicloud::kernels
