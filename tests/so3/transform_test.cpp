// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/transform.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <type_traits>

#include "so3/conversions.h"
#include "so3/sphere_reference.h"

namespace equicloud::so3 {
namespace {

using reference::Coefficients;
using reference::Complex;
using reference::Function;

constexpr double kPromisedAt128 = 1e-11;
// The slow sums have b^3 terms of their own rounding.
constexpr double kSlow = 1e-12;

// One way to run the transform: precision, real or complex functions, back end, Wigner table.
// Calls come and go in double, so that every way is held to the same references.
class Way {
 public:
  virtual ~Way() = default;
  virtual Coefficients analysis(const Function& f) const = 0;
  virtual Function synthesis(const Coefficients& fhat) const = 0;
  virtual Function analysis_adjoint(const Coefficients& ghat) const = 0;
  virtual Coefficients synthesis_adjoint(const Function& g) const = 0;
  virtual bool real() const = 0;
  virtual double tolerance() const = 0;
};

template <typename T, typename Sample>
class WayOf final : public Way {
 public:
  WayOf(const Grid& grid, const TransformOptions& options) : transform_(grid, options) {}
  Coefficients analysis(const Function& f) const override {
    return to_coefficients(f,
                           [&](auto in, auto out, auto& ws) { transform_.analysis(in, out, ws); });
  }
  Function synthesis(const Coefficients& fhat) const override {
    return to_samples(fhat,
                      [&](auto in, auto out, auto& ws) { transform_.synthesis(in, out, ws); });
  }
  Function analysis_adjoint(const Coefficients& ghat) const override {
    return to_samples(
        ghat, [&](auto in, auto out, auto& ws) { transform_.analysis_adjoint(in, out, ws); });
  }
  Coefficients synthesis_adjoint(const Function& g) const override {
    return to_coefficients(
        g, [&](auto in, auto out, auto& ws) { transform_.synthesis_adjoint(in, out, ws); });
  }
  bool real() const override { return std::is_floating_point_v<Sample>; }
  double tolerance() const override { return kPromised<T>; }

 private:
  using C = std::complex<T>;
  template <typename Call>
  Coefficients to_coefficients(const Function& f, const Call& call) const {
    auto workspace = transform_.workspace();
    const std::vector<Sample> in = rounded<Sample>(f);
    std::vector<C> out(f.size() / transform_.samples() * transform_.coefficients());
    call(Span<const Sample>(in), Span<C>(out), workspace);
    return widened(out);
  }
  template <typename Call>
  Function to_samples(const Coefficients& fhat, const Call& call) const {
    auto workspace = transform_.workspace();
    const std::vector<C> in = rounded<C>(fhat);
    std::vector<Sample> out(fhat.size() / transform_.coefficients() * transform_.samples());
    call(Span<const C>(in), Span<Sample>(out), workspace);
    return widened(out);
  }
  SO3Transform<T> transform_;
};

// Calls check(way) for every way there is on this grid.
template <typename Check>
void for_ways(const Grid& grid, const Check& check) {
  for (const fft::Backend backend : fft::backends())
    for (const WignerTable table : {WignerTable::stored, WignerTable::streamed}) {
      TransformOptions options;
      options.dft.backend = backend;
      options.table = table;
      SCOPED_TRACE(fft::name_of(backend) +
                   (table == WignerTable::stored ? ", stored" : ", streamed"));
      check(WayOf<double, double>(grid, options));
      check(WayOf<double, Complex>(grid, options));
      check(WayOf<float, float>(grid, options));
      check(WayOf<float, std::complex<float>>(grid, options));
    }
}

Coefficients coefficients_for(const Way& way, int bandwidth, std::uint64_t seed = 11) {
  return way.real() ? reference::random_real_coefficients(bandwidth, seed)
                    : reference::random_coefficients(bandwidth, seed);
}

Complex dot(const std::vector<Complex>& a, const std::vector<Complex>& b) {
  Complex sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * std::conj(b[i]);
  return sum;
}
double norm(const std::vector<Complex>& a) { return std::sqrt(dot(a, a).real()); }

std::vector<Grid> small_grids() {
  return {soft(1),           soft(2),           soft(3, 5),
          soft(4, 11),       gauss_legendre(1), gauss_legendre(2, 3),
          gauss_legendre(5), gauss_legendre(4)};
}

TEST(SO3Transform, SynthesisIsTheSumOfTheMission) {
  for (const Grid& grid : {soft(8), gauss_legendre(8, 15), gauss_legendre(7)}) {
    const Coefficients any = reference::random_coefficients(grid.bandwidth, 11);
    const Coefficients of_real = reference::random_real_coefficients(grid.bandwidth, 11);
    const Function slow = reference::inverse(grid, any);
    const Function slow_real = reference::inverse(grid, of_real);
    for_ways(grid, [&](const Way& way) {
      EXPECT_LE(reference::relative_gap(way.synthesis(way.real() ? of_real : any),
                                        way.real() ? slow_real : slow),
                way.tolerance());
    });
  }
}

TEST(SO3Transform, AnalysisIsTheQuadratureOfItsIntegral) {
  for (const Grid& grid : {soft(4), gauss_legendre(5, 9)}) {
    Random random(3);
    Function any(grid.samples());  // not band-limited: aliases must come out alike
    for (Complex& value : any) value = {random.normal(), random.normal()};
    Function real = any;
    for (Complex& value : real) value = value.real();
    const Coefficients slow = reference::forward(grid, any);
    const Coefficients slow_real = reference::forward(grid, real);
    for_ways(grid, [&](const Way& way) {
      EXPECT_LE(reference::relative_gap(way.analysis(way.real() ? real : any),
                                        way.real() ? slow_real : slow),
                way.tolerance());
    });
  }
}

TEST(SO3Transform, AnalysisIsTheQuadratureAtBandwidth8) {
  const Grid grid = soft(8);
  const Coefficients truth = reference::random_real_coefficients(8, 5);
  const Function f = reference::inverse(grid, truth);
  for_ways(grid, [&](const Way& way) {
    EXPECT_LE(reference::relative_gap(way.analysis(f), truth), way.tolerance());
  });
}

template <typename MakeGrid>
void expect_round_trips(const MakeGrid& make) {
  for (const int b : {1, 2, 3, 8, 16})
    for (const int columns : {0, 2 * b - 1, 2 * b + 3}) {
      const Grid grid = make(b, columns);
      for_ways(grid, [&](const Way& way) {
        const Coefficients fhat = coefficients_for(way, b);
        EXPECT_LE(reference::relative_gap(way.analysis(way.synthesis(fhat)), fhat), way.tolerance())
            << "b " << b << ", columns " << columns;
      });
    }
}
TEST(Conventions, SO3_roundtrip_SOFT) { expect_round_trips(soft); }
TEST(Conventions, SO3_roundtrip_GL) { expect_round_trips(gauss_legendre); }

template <typename T>
double round_trip_gap(const Grid& grid) {
  const SO3Transform<T> transform(grid);
  const auto fhat =
      rounded<std::complex<T>>(reference::random_real_coefficients(grid.bandwidth, 21));
  std::vector<T> f(transform.samples());
  std::vector<std::complex<T>> back(transform.coefficients());
  auto workspace = transform.workspace();
  transform.synthesis(fhat, f, workspace);
  transform.analysis(f, back, workspace);
  return reference::relative_gap(widened(back), widened(fhat));
}
TEST(SO3Transform, RoundTripsUpToBandwidth128) {
  for (const int b : {32, 64}) {
    EXPECT_LE(round_trip_gap<double>(soft(b)), kPromised<double>) << b;
    EXPECT_LE(round_trip_gap<double>(gauss_legendre(b)), kPromised<double>) << b;
    EXPECT_LE(round_trip_gap<float>(soft(b)), kPromised<float>) << b;
  }
  EXPECT_LE(round_trip_gap<double>(gauss_legendre(128)), kPromisedAt128);
  EXPECT_LE(round_trip_gap<float>(gauss_legendre(128)), kPromised<float>);
}

TEST(Conventions, SO3_weights_sum_to_one) {
  for (const Grid& grid : small_grids()) {
    double sum = 0.0;
    reference::for_samples(grid, [&](const EulerAngles&, std::size_t, double w) { sum += w; });
    EXPECT_NEAR(sum, 1.0, 1e-13);
  }
}

// int D^l_mn conj(D^l'_m'n') dR = delta / (2l+1): D^l_mn, sampled, has that one coefficient.
TEST(Conventions, SO3_D_orthogonality) {
  const Grid grid = soft(3);
  reference::for_coefficients(3, [&](int l, int m, int n) {
    const Function f = reference::sampled(grid, [&](const EulerAngles& R) {
      return reference::D(l, m, n, R.alpha, R.beta, R.gamma);
    });
    Coefficients expected(coefficient_count(3));
    expected[coefficient_index(l, m, n)] = 1.0 / (2 * l + 1);
    EXPECT_LE(reference::relative_gap(reference::forward(grid, f), expected), kSlow);
    for_ways(grid, [&](const Way& way) {
      if (way.real()) return;
      EXPECT_LE(reference::relative_gap(way.analysis(f), expected), way.tolerance());
    });
  });
}

// f = e^{i(2 alpha - gamma)} times a function of beta: forward DFTs put it at (m, n) = (2, -1).
// f(R) = exp(kappa v.(R u)) has coefficients that are full, of rank one, neither symmetric nor
// real.
TEST(Conventions, golden_exp_on_SO3) {
  constexpr double kKappa = 0.7;  // i_l(kappa) falls below 1e-17 at l = 12
  const reference::Direction v = {0.8, 2.1};
  const reference::Direction u = {2.0, -0.6};
  for (const Grid& grid : {soft(16), gauss_legendre(16)}) {
    const Coefficients expected = reference::exponential_on_rotations(16, kKappa, v, u);
    const Function f = reference::sampled(grid, [&](const EulerAngles& R) {
      return std::exp(kKappa *
                      reference::inner(reference::point(v), rotate(R, reference::point(u))));
    });
    for_ways(grid, [&](const Way& way) {
      EXPECT_LE(reference::relative_gap(way.analysis(f), expected), way.tolerance());
      EXPECT_LE(reference::relative_gap(way.synthesis(expected), f), way.tolerance());
    });
  }
}

TEST(Conventions, SO3_fft_sign) {
  const Grid grid = soft(4);
  const Function f = reference::sampled(grid, [](const EulerAngles& R) {
    return std::polar(std::exp(std::cos(R.beta)), 2.0 * R.alpha - R.gamma);
  });
  Coefficients expected(coefficient_count(4));
  for (int l = 2; l < 4; ++l)
    for (std::size_t j = 0; j < grid.planes(); ++j)
      expected[coefficient_index(l, 2, -1)] += grid.weights[j] / 2.0 *
                                               reference::d(l, 2, -1, grid.beta[j]) *
                                               std::exp(std::cos(grid.beta[j]));
  for_ways(grid, [&](const Way& way) {
    if (way.real()) return;
    EXPECT_LE(reference::relative_gap(way.analysis(f), expected), way.tolerance());
  });
}

TEST(Conventions, SO3_real_symmetry) {
  for (const Grid& grid : small_grids()) {
    Random random(9);
    Function f(grid.samples());
    for (Complex& value : f) value = random.normal();
    for_ways(grid, [&](const Way& way) {
      const Coefficients fhat = way.analysis(f);
      reference::for_coefficients(grid.bandwidth, [&](int l, int m, int n) {
        const Complex here = fhat[coefficient_index(l, m, n)];
        const Complex opposite = fhat[coefficient_index(l, -m, -n)];
        const Complex gap = opposite - reference::sign(m - n) * std::conj(here);
        if (way.real())
          EXPECT_EQ(gap, 0.0) << l << ' ' << m << ' ' << n;
        else
          EXPECT_LE(std::abs(gap), way.tolerance());
      });
    });
  }
}

template <typename T>
void expect_negative_orders_are_not_read() {
  const SO3Transform<T> transform(soft(5));
  auto workspace = transform.workspace();
  auto fhat = rounded<std::complex<T>>(reference::random_real_coefficients(5, 4));
  std::vector<T> f(transform.samples());
  transform.synthesis(fhat, f, workspace);
  reference::for_coefficients(5, [&](int l, int m, int n) {
    if (m < 0) fhat[coefficient_index(l, m, n)] = std::numeric_limits<T>::quiet_NaN();
  });
  std::vector<T> of_half(transform.samples());
  transform.synthesis(fhat, of_half, workspace);
  EXPECT_EQ(f, of_half);
}
TEST(Conventions, SO3_real_reads_first_order_not_negative) {
  expect_negative_orders_are_not_read<double>();
  expect_negative_orders_are_not_read<float>();
}

TEST(Conventions, SO3_plancherel) {
  for (const Grid& grid : {soft(6), gauss_legendre(5)})
    for_ways(grid, [&](const Way& way) {
      const Coefficients fhat = coefficients_for(way, grid.bandwidth);
      const Function f = way.synthesis(fhat);
      double samples = 0.0;
      reference::for_samples(grid, [&](const EulerAngles&, std::size_t number, double weight) {
        samples += weight * std::norm(f[number]);
      });
      double blocks = 0.0;
      reference::for_coefficients(grid.bandwidth, [&](int l, int m, int n) {
        blocks += (2 * l + 1) * std::norm(fhat[coefficient_index(l, m, n)]);
      });
      EXPECT_NEAR(samples / blocks, 1.0, way.tolerance());
    });
}

TEST(Conventions, SO3_adjoint) {
  for (const Grid& grid : small_grids())
    for_ways(grid, [&](const Way& way) {
      const Coefficients c = coefficients_for(way, grid.bandwidth, 1);
      Random random(2);
      Function g(grid.samples());
      for (Complex& value : g) value = {random.normal(), way.real() ? 0.0 : random.normal()};
      const double synthesis_size = norm(way.synthesis(c)) * norm(g);
      EXPECT_LE(std::abs(dot(way.synthesis(c), g) - dot(c, way.synthesis_adjoint(g))),
                way.tolerance() * synthesis_size);
      const double analysis_size = norm(way.analysis(g)) * norm(c);
      EXPECT_LE(std::abs(dot(way.analysis(g), c) - dot(g, way.analysis_adjoint(c))),
                way.tolerance() * analysis_size);
    });
}

// A batch of more functions than share a product, and not a multiple of them.
template <typename T>
std::vector<T> batch_of(const SO3Transform<T>& transform, std::size_t functions) {
  Random random(31);
  std::vector<T> f(functions * transform.samples());
  for (T& value : f) value = static_cast<T>(random.normal());
  return f;
}

template <typename T>
void expect_same_bits_alone_and_together(const Grid& grid) {
  constexpr std::size_t kFunctions = 11;
  const SO3Transform<T> transform(grid);
  auto workspace = transform.workspace();
  const std::vector<T> f = batch_of(transform, kFunctions);
  std::vector<std::complex<T>> together(kFunctions * transform.coefficients());
  std::vector<T> back(f.size());
  transform.analysis(f, together, workspace);
  transform.synthesis(together, back, workspace);
  for (std::size_t i = 0; i < kFunctions; ++i) {
    std::vector<std::complex<T>> alone(transform.coefficients());
    std::vector<T> back_alone(transform.samples());
    transform.analysis(Span<const T>(f).subspan(i * transform.samples(), transform.samples()),
                       alone, workspace);
    transform.synthesis(alone, back_alone, workspace);
    EXPECT_TRUE(
        std::equal(alone.begin(), alone.end(), together.data() + i * transform.coefficients()));
    EXPECT_TRUE(
        std::equal(back_alone.begin(), back_alone.end(), back.data() + i * transform.samples()));
  }
}
TEST(SO3Transform, AFunctionHasTheSameBitsAloneAndInABatch) {
  expect_same_bits_alone_and_together<double>(soft(6));
  expect_same_bits_alone_and_together<float>(soft(6));
  expect_same_bits_alone_and_together<float>(gauss_legendre(33));
}

template <typename T>
void expect_same_bits_for_two_threads(const Grid& grid, WignerTable table) {
  TransformOptions options;
  options.table = table;
  const SO3Transform<T> transform(grid, options);
  const ThreadPool two(2);
  auto one_thread = transform.workspace();
  auto two_threads = transform.workspace(two);
  const std::vector<T> f = batch_of(transform, 5);
  std::vector<std::complex<T>> fhat_one(5 * transform.coefficients());
  std::vector<std::complex<T>> fhat_two(fhat_one.size());
  transform.analysis(f, fhat_one, one_thread);
  transform.analysis(f, fhat_two, two_threads);
  EXPECT_EQ(fhat_one, fhat_two);
  std::vector<T> f_one(f.size());
  std::vector<T> f_two(f.size());
  transform.synthesis(fhat_one, f_one, one_thread);
  transform.synthesis(fhat_one, f_two, two_threads);
  EXPECT_EQ(f_one, f_two);
}
TEST(SO3TransformThreads, TwoGiveTheBitsOfOne) {
  for (const int b : {5, 34}) {  // a chunk for each thread, and one shared by all
    expect_same_bits_for_two_threads<double>(soft(b), WignerTable::stored);
    expect_same_bits_for_two_threads<float>(gauss_legendre(b), WignerTable::streamed);
  }
}

TEST(SO3Transform, WhatDoesNotFitTheMemoryIsRefusedWithTheNumbers) {
  TransformOptions options;
  options.memory_limit = 1000000;
  try {
    const SO3Transform<double> transform(soft(64), options);
    FAIL();
  } catch (const InvalidArgument& error) {
    const Cost cost = transform_cost<double>(soft(64), options);
    const std::string message = error.what();
    EXPECT_NE(message.find("bandwidth 64"), std::string::npos) << message;
    EXPECT_NE(message.find(std::to_string(cost.table_bytes + cost.workspace_bytes)),
              std::string::npos)
        << message;
    EXPECT_NE(message.find("1000000"), std::string::npos) << message;
  }
  EXPECT_THROW(SO3Transform<double>(soft(1000)), InvalidArgument);  // 60 GB, asked of nobody
}

TEST(SO3Transform, CostIsTheFloorsOfTheReference) {
  TransformOptions options;
  options.table = WignerTable::stored;
  const Cost cost = transform_cost<double>(soft(64), options);
  // b^4 / 3 numbers, and 16/3 b^4 operations beside those of the DFTs.
  EXPECT_NEAR(static_cast<double>(cost.table_bytes) / (std::pow(64.0, 4) / 3 * 8), 1.0, 0.05);
  EXPECT_GT(cost.flops, 16.0 / 3.0 * std::pow(64.0, 4));
  EXPECT_GT(cost.seconds, 0.0);
  EXPECT_EQ(SO3Transform<double>(soft(8)).cost().flops, transform_cost<double>(soft(8)).flops);
}

TEST(SO3Transform, SizesThatDoNotFitAreRefused) {
  const SO3Transform<double> transform(soft(4));
  auto workspace = transform.workspace();
  std::vector<double> f(transform.samples());
  std::vector<Complex> fhat(transform.coefficients());
  EXPECT_THROW(transform.analysis(Span<const double>(f.data(), f.size() - 1), fhat, workspace),
               InvalidArgument);
  EXPECT_THROW(transform.synthesis(Span<const Complex>(fhat.data(), 3), f, workspace),
               InvalidArgument);
  transform.analysis(Span<const double>(), Span<Complex>(), workspace);  // none is no error
}

}  // namespace
}  // namespace equicloud::so3
