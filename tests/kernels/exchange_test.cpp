// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/exchange.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <vector>

#include "kernels/uniform.h"

namespace equicloud::kernels {
namespace {

class ExchangeOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }

  // visit(place among the products, among the coefficients, l, m)
  template <typename Visit>
  static void each_number(const Exchange& s, const Visit& visit) {
    for (std::size_t m = s.first; m < s.first + s.orders; ++m)
      for (std::size_t l = m; l < s.degrees; ++l)
        for (std::size_t c = 0; c < s.channels; ++c)
          visit((m - s.first) * s.order_step + (l - s.first) * s.degree_step + 2 * c,
                c * s.channel_step + l * (l + 1) + 2 * m, l, m);
  }

  template <typename T>
  void expect_transposition(const Exchange& s) const {
    const std::vector<T> scale = uniform<T>(s.degrees, 1);
    const std::size_t products = s.orders * s.order_step;
    const std::size_t coefficients = s.channels * s.channel_step;

    const std::vector<T> p = uniform<T>(products, 2);
    std::vector<T> stored(coefficients, T(7));
    std::vector<T> expected = stored;
    store_degrees(s, scale.data(), p.data(), stored.data());
    each_number(s, [&](std::size_t from, std::size_t to, std::size_t l, std::size_t) {
      for (std::size_t i = 0; i < 2; ++i) expected[to + i] = scale[l] * p[from + i];
    });
    EXPECT_EQ(stored, expected);  // what lies between is left alone

    const std::vector<T> c = uniform<T>(coefficients, 3);
    std::vector<T> loaded(products);
    load_degrees(s, scale.data(), c.data(), loaded.data());
    each_number(s, [&](std::size_t to, std::size_t from, std::size_t l, std::size_t m) {
      EXPECT_EQ(loaded[to], scale[l] * c[from]);
      EXPECT_EQ(loaded[to + 1], m == 0 ? T(0) : scale[l] * c[from + 1]);
    });
  }
};

TEST_P(ExchangeOn, IsATranspositionThatScalesDegrees) {
  for (const std::size_t first : {0U, 4U})
    for (const std::size_t orders : {1U, 3U, 4U})
      for (const std::size_t channels : {1U, 2U, 3U, 8U}) {
        const std::size_t degrees = 9;
        const std::size_t degree_step = 2 * channels;
        const Exchange shape{first,       orders,    degrees, channels, degrees * degree_step + 2,
                             degree_step, 2 * 45 + 2};
        expect_transposition<float>(shape);
        expect_transposition<double>(shape);
      }
}

INSTANTIATE_TEST_SUITE_P(Simd, ExchangeOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
