// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/kernels/orbits.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <complex>
#include <limits>
#include <vector>

namespace equicloud::kernels {
namespace {

constexpr int kBandwidth = 5;
constexpr std::size_t kCoefficients = 5 * (4 * 25 - 1) / 3;

// Two or three roundings of numbers of about 1.
template <typename T>
constexpr T kFewRoundings = 8 * std::numeric_limits<T>::epsilon();

std::vector<Orbit> all_orbits() {
  std::vector<Orbit> orbits;
  for (int m = 0; m < kBandwidth; ++m)
    for (int n = 0; n <= m; ++n) orbits.push_back({m, n});
  return orbits;
}

// The orders of column k.
Orbit orders(const Orbit& orbit, int k) {
  const auto [m, n] = orbit;
  return k == 0 ? Orbit{m, n} : k == 1 ? Orbit{n, m} : k == 2 ? Orbit{m, -n} : Orbit{n, -m};
}

// The sign of column k's d against d_mn, (-1)^{l+m} for the mirrored ones.
template <typename T>
T sign(const Orbit& orbit, int k, int l) {
  const int power = k == 0 ? 0 : k == 1 ? orbit.m - orbit.n : l + orbit.m;
  return power % 2 == 0 ? T(1) : T(-1);
}

std::size_t wrap(int order, std::size_t size) {
  return order < 0 ? size - static_cast<std::size_t>(-order) : static_cast<std::size_t>(order);
}

std::size_t index(int l, int m, int n) {
  return static_cast<std::size_t>(l * (4 * l * l - 1) / 3 + (m + l) * (2 * l + 1) + n + l);
}

template <typename T>
struct Numbers {
  using C = std::complex<T>;
  static std::vector<C> complex(std::size_t count, Random& random) {
    std::vector<C> values(count);
    for (C& value : values)
      value = {static_cast<T>(random.uniform(-1, 1)), static_cast<T>(random.uniform(-1, 1))};
    return values;
  }
  static T* reals(std::vector<C>& values) { return reinterpret_cast<T*>(values.data()); }
};

template <typename T>
void expect_near(std::complex<T> fast, std::complex<T> slow) {
  EXPECT_LE(std::abs(fast - slow), kFewRoundings<T>) << fast << " instead of " << slow;
}

template <typename T>
void expect_planes_are_folded_and_unfolded() {
  using N = Numbers<T>;
  Random random(1);
  const std::vector<Orbit> orbits = all_orbits();
  for (const std::size_t size : {9U, 10U, 13U}) {
    auto plane = N::complex(size * size, random);
    const OrbitSteps steps = {3 * kOrbitWidth, 2 * kOrbitWidth};  // with room between the rows
    auto columns = N::complex(orbits.size() * 12, random);
    fold_orbits(orbits.data(), orbits.size(), N::reals(plane), size, N::reals(columns), steps);
    for (std::size_t o = 0; o < orbits.size(); ++o)
      for (int k = 0; k < 4; ++k) {
        const auto [m, n] = orders(orbits[o], k);
        const auto here = plane[wrap(m, size) * size + wrap(n, size)];
        const auto opposite = std::conj(plane[wrap(-m, size) * size + wrap(-n, size)]);
        const auto a = here + opposite;
        const auto b = (here - opposite) / std::complex<T>(0, 1);
        const std::size_t at = o * 12 + static_cast<std::size_t>(k);
        expect_near(columns[at], k < 2 ? a : b);
        expect_near(columns[at + 8], k < 2 ? b : a);
      }
    // Twice the plane, but for orders at or above the bandwidth, comes back.
    std::vector<std::complex<T>> back(size * size, {T(7), T(7)});
    unfold_orbits(orbits.data(), orbits.size(), N::reals(columns), steps, kBandwidth,
                  N::reals(back), size);
    std::vector<std::complex<T>> expected(size * size);
    for (int m = 1 - kBandwidth; m < kBandwidth; ++m)
      for (int n = 1 - kBandwidth; n < kBandwidth; ++n)
        expected[wrap(m, size) * size + wrap(n, size)] =
            plane[wrap(m, size) * size + wrap(n, size)] * T(2);
    for (std::size_t i = 0; i < back.size(); ++i) expect_near(back[i], expected[i]);
  }
}

// Coefficients of a function whose columns at degree l are rows[l - m]: sums over real functions
// with factors 1 and i.
template <typename T>
void expect_degrees_are_stored_and_loaded(bool is_complex) {
  using N = Numbers<T>;
  Random random(2);
  const std::size_t width = is_complex ? 8 : 4;
  const std::size_t stride = width + 1;  // complex numbers
  const std::vector<T> factor = {T(1), T(0.5), T(-2), T(1.5), T(3)};
  for (const Orbit& orbit : all_orbits()) {
    const auto [m, n] = orbit;
    auto rows = N::complex(stride * kBandwidth, random);
    if (n == 0)  // column 2 is column 0, column 3 the conjugate of column 1: what functions give
      for (int l = m; l < kBandwidth; ++l)
        for (std::size_t part = 0; part < width; part += 4) {
          auto* row = rows.data() + static_cast<std::size_t>(l - m) * stride + part;
          if (m == 0) row[0].imag(T(0)), row[1] = row[0];
          row[2] = row[0] * sign<T>(orbit, 2, l);
          row[3] = std::conj(row[1]) * sign<T>(orbit, 3, l);
        }
    if (n == m)
      for (int l = m; l < kBandwidth; ++l)
        for (std::size_t part = 0; part < width; part += 4) {
          auto* row = rows.data() + static_cast<std::size_t>(l - m) * stride + part;
          row[1] = row[0];
          row[3] = row[2];
        }
    auto coefficients = N::complex(kCoefficients, random);
    store_degrees(orbit, kBandwidth, is_complex, N::reals(rows), 2 * stride, factor.data(),
                  N::reals(coefficients));
    const T odd = (m - n) % 2 == 0 ? T(1) : T(-1);
    for (int l = m; l < kBandwidth; ++l)
      for (int k = 0; k < 4; ++k) {
        const auto* row = rows.data() + static_cast<std::size_t>(l - m) * stride;
        const T f = sign<T>(orbit, k, l) * factor[static_cast<std::size_t>(l)];
        const auto a = f * row[k];
        const auto b = is_complex ? f * row[k + 4] : std::complex<T>();
        const std::complex<T> i(0, 1);
        const auto [p, q] = orders(orbit, k);
        expect_near(coefficients[index(l, p, q)], a + i * b);
        expect_near(coefficients[index(l, -p, -q)], odd * (std::conj(a) + i * std::conj(b)));
      }
    // factor twice: rows times factor squared.
    auto back = N::complex(stride * kBandwidth, random);
    load_degrees(orbit, kBandwidth, is_complex, N::reals(coefficients), factor.data(),
                 N::reals(back), 2 * stride);
    for (int l = m; l < kBandwidth; ++l)
      for (std::size_t k = 0; k < width; ++k) {
        const std::size_t at = static_cast<std::size_t>(l - m) * stride + k;
        const T f = factor[static_cast<std::size_t>(l)];
        expect_near(back[at] / (f * f), rows[at]);
      }
  }
}

class OrbitsOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

TEST_P(OrbitsOn, PlanesAreFoldedAndUnfoldedAsTheFormulasSay) {
  expect_planes_are_folded_and_unfolded<float>();
  expect_planes_are_folded_and_unfolded<double>();
}

TEST_P(OrbitsOn, DegreesAreStoredAndLoadedAsTheFormulasSay) {
  for (const bool is_complex : {false, true}) {
    expect_degrees_are_stored_and_loaded<float>(is_complex);
    expect_degrees_are_stored_and_loaded<double>(is_complex);
  }
}

INSTANTIATE_TEST_SUITE_P(Simd, OrbitsOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
