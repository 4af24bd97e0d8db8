// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/aligned.h>
#include <equicloud/kernels/rings.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <complex>
#include <limits>
#include <vector>

#include "kernels/uniform.h"

namespace equicloud::kernels {
namespace {

// Sums of four numbers below 2.
template <typename T>
constexpr T kSumTolerance = 16 * std::numeric_limits<T>::epsilon();

template <typename T>
std::complex<T>* complex(std::vector<T>& pairs) {
  return reinterpret_cast<std::complex<T>*>(pairs.data());
}

class RingsOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }

  template <typename T>
  void expect_packing(std::size_t n, std::size_t step, bool second) const {
    const std::vector<T> a = uniform<T>(n * step, n);
    const std::vector<T> b = uniform<T>(n * step, n + 1);
    std::vector<T> z(2 * n);
    pack_pair(a.data(), second ? b.data() : nullptr, step, n, T(3), z.data());
    for (std::size_t k = 0; k < n; ++k) {
      EXPECT_EQ(z[2 * k], 3 * a[k * step]);
      EXPECT_EQ(z[2 * k + 1], second ? 3 * b[k * step] : T(0));
    }
    std::vector<T> back_a = a;
    std::vector<T> back_b = b;
    unpack_pair(z.data(), n, T(0.25), back_a.data(), second ? back_b.data() : nullptr, step);
    for (std::size_t k = 0; k < n * step; ++k) {  // what lies between is left alone
      EXPECT_EQ(back_a[k], k % step == 0 ? T(0.25) * (3 * a[k]) : a[k]);
      EXPECT_EQ(back_b[k], second && k % step == 0 ? T(0.25) * (3 * b[k]) : b[k]);
    }
  }

  template <typename T>
  void expect_folding(std::size_t points, std::size_t orders, std::size_t rings) const {
    const Folding shape{points, rings, orders, rings + 1};
    std::vector<T> z = uniform<T>(2 * points * rings, points);
    std::vector<T> even(2 * shape.order_step * orders);
    std::vector<T> odd(even.size());
    fold(shape, z.data(), even.data(), odd.data());
    const std::complex<T> i(0, 1);
    for (std::size_t m = 0; m < orders; ++m)
      for (std::size_t r = 0; r < rings; ++r) {
        const std::complex<T> plus = complex(z)[r * points + m];
        const std::complex<T> minus = std::conj(complex(z)[r * points + (points - m) % points]);
        const std::complex<T> a = (plus + minus) / T(2);
        const std::complex<T> b = (plus - minus) / (T(2) * i);
        const std::size_t at = m * shape.order_step + r;
        EXPECT_LE(std::abs(complex(even)[at] - T(2) * (a + b)), kSumTolerance<T>);
        EXPECT_LE(std::abs(complex(odd)[at] - T(2) * (a - b)), kSumTolerance<T>);
      }
  }

  template <typename T>
  void expect_same_past_cache(std::size_t n, std::size_t a_first, std::size_t b_first) const {
    const auto step = static_cast<std::ptrdiff_t>(whole_lines<T>(n));
    PairRun run{n, 2, step, step, 0};
    const std::vector<T> z = uniform<T>(4 * n, 1);
    const T scale = T(3);
    const std::size_t size = 2 * whole_lines<T>(n) + whole_lines<T>(b_first + 1);
    AlignedVector<T> a(size, T(7)), b(size, T(7)), expected_a = a, expected_b = b;
    unpack_pairs(run, z.data(), &scale, expected_a.data() + a_first, expected_b.data() + b_first);
    run.past_cache = true;
    unpack_pairs(run, z.data(), &scale, a.data() + a_first, b.data() + b_first);
    EXPECT_EQ(a, expected_a);
    EXPECT_EQ(b, expected_b);
  }

  template <typename T>
  void expect_unfolding(std::size_t points, std::size_t orders, std::size_t rings) const {
    const Folding shape{points, rings, orders, rings + 1};
    std::vector<T> even = uniform<T>(2 * shape.order_step * orders, 1);
    std::vector<T> odd = uniform<T>(2 * shape.order_step * orders, 2);
    for (std::size_t r = 0; r < rings; ++r) even[2 * r + 1] = odd[2 * r + 1] = 0;  // real at m = 0
    std::vector<T> z(2 * points * rings, T(99));
    unfold(shape, even.data(), odd.data(), z.data());
    const std::complex<T> i(0, 1);
    for (std::size_t r = 0; r < rings; ++r)
      for (std::size_t k = 0; k < points; ++k) {
        const bool positive = k < orders;
        const std::size_t m = positive ? k : points - k;
        std::complex<T> expected;
        if (m < orders) {
          const std::size_t at = m * shape.order_step + r;
          const std::complex<T> a = complex(even)[at] + complex(odd)[at];
          const std::complex<T> b = complex(even)[at] - complex(odd)[at];
          expected = positive ? a + i * b : std::conj(a) + i * std::conj(b);
        }
        EXPECT_LE(std::abs(complex(z)[r * points + k] - expected), kSumTolerance<T>);
      }
  }
};

TEST_P(RingsOn, TwoRealRingsAreOneComplexRing) {
  for (const std::size_t n : {1U, 3U, 16U, 31U})
    for (const std::size_t step : {1U, 2U})
      for (const bool second : {true, false}) {
        expect_packing<float>(n, step, second);
        expect_packing<double>(n, step, second);
      }
}

// Three pairs, the b's in descending order, a factor each or one for all.
TEST_P(RingsOn, ARunOfPairsIsPairAfterPair) {
  for (const std::size_t n : {5U, 16U, 70U})
    for (const std::size_t scale_step : {0U, 1U}) {
      const PairRun run{n, 3, static_cast<std::ptrdiff_t>(n + 1), -static_cast<std::ptrdiff_t>(n),
                        scale_step};
      const std::vector<double> a = uniform<double>(3 * (n + 1), 1);
      const std::vector<double> b = uniform<double>(3 * n, 2);
      const double scale[3] = {2, 3, 5};
      std::vector<double> z(6 * n);
      std::vector<double> expected = z;
      pack_pairs(run, a.data(), b.data() + 2 * n, scale, z.data());
      std::vector<double> back_a = a;
      std::vector<double> back_b = b;
      std::vector<double> expected_a = a;
      std::vector<double> expected_b = b;
      unpack_pairs(run, z.data(), scale, back_a.data(), back_b.data() + 2 * n);
      for (std::size_t i = 0; i < 3; ++i) {
        const double factor = scale[i * scale_step];
        double* pair = expected.data() + 2 * n * i;
        pack_pair(a.data() + i * (n + 1), b.data() + (2 - i) * n, 1, n, factor, pair);
        unpack_pair(pair, n, factor, expected_a.data() + i * (n + 1),
                    expected_b.data() + (2 - i) * n, 1);
      }
      EXPECT_EQ(z, expected);
      EXPECT_EQ(back_a, expected_a);
      EXPECT_EQ(back_b, expected_b);
    }
}

// At any place in a cache line, the same one for a and b or another.
TEST_P(RingsOn, WritingPastTheCacheChangesNoNumber) {
  for (const std::size_t n : {5U, 16U, 70U, 131U})
    for (const std::size_t a_first : {0U, 1U, 7U})
      for (const std::size_t b_first : {0U, 1U}) {
        expect_same_past_cache<float>(n, a_first, a_first + b_first);
        expect_same_past_cache<double>(n, a_first, a_first + b_first);
      }
}

TEST_P(RingsOn, FoldIsUnpackingAndParity) {
  for (const std::size_t rings : {1U, 2U, 5U, 16U}) {
    for (const std::size_t points : {7U, 8U, 11U}) expect_folding<float>(points, 4, rings);
    for (const std::size_t points : {7U, 8U, 11U}) expect_folding<double>(points, 4, rings);
    expect_folding<double>(1, 1, rings);
  }
}

TEST_P(RingsOn, UnfoldFillsBothSigns) {
  for (const std::size_t rings : {1U, 2U, 5U, 16U}) {
    for (const std::size_t points : {7U, 8U, 11U}) expect_unfolding<float>(points, 4, rings);
    for (const std::size_t points : {7U, 8U, 11U}) expect_unfolding<double>(points, 4, rings);
    expect_unfolding<double>(1, 1, rings);
  }
}

INSTANTIATE_TEST_SUITE_P(Simd, RingsOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
