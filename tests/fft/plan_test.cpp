// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/aligned.h>
#include <equicloud/base/error.h>
#include <equicloud/base/executor.h>
#include <equicloud/base/random.h>
#include <equicloud/fft/plan.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace equicloud::fft {
namespace {

template <typename T>
using Fields = AlignedVector<std::complex<T>>;

template <typename T>
Fields<T> random_fields(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Fields<T> x(n);
  for (auto& value : x)
    value = {static_cast<T>(random.uniform(-1, 1)), static_cast<T>(random.uniform(-1, 1))};
  return x;
}

// The definition, along both axes at once.
template <typename T>
std::vector<std::complex<double>> slow_dft(const std::complex<T>* x, std::size_t rows,
                                           std::size_t columns, Direction direction) {
  const double turn = (direction == Direction::forward ? -2 : 2) * std::acos(-1.0);
  const auto root = [&](std::size_t jk, std::size_t n) {
    return std::polar(1.0, turn * static_cast<double>(jk % n) / static_cast<double>(n));
  };
  std::vector<std::complex<double>> result(rows * columns);
  for (std::size_t a = 0; a < rows; ++a)
    for (std::size_t b = 0; b < columns; ++b)
      for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t k = 0; k < columns; ++k)
          result[a * columns + b] +=
              std::complex<double>(x[i * columns + k]) * root(a * i, rows) * root(b * k, columns);
  return result;
}

// A product of n terms rounds at most n times, each term at most sqrt(2); two axes add up.
template <typename T>
double tolerance(std::size_t terms) {
  return 2 * std::sqrt(2.0) * static_cast<double>(terms) * std::numeric_limits<T>::epsilon();
}

class DftOn : public testing::TestWithParam<Backend> {
 protected:
  template <typename T>
  void expect_definition(std::size_t rows, std::size_t columns, std::size_t count,
                         Direction direction) const {
    const Options options{GetParam()};
    const Plan<T> plan = rows == 1 ? Plan<T>(columns, count, direction, options)
                                   : Plan<T>(rows, columns, count, direction, options);
    ASSERT_EQ(plan.size(), rows * columns * count);
    const Fields<T> in = random_fields<T>(plan.size(), rows + 7 * columns);
    Fields<T> out(plan.size());
    Fields<T> workspace(plan.workspace_size());
    plan.execute(in.data(), out.data(), workspace.data());
    Fields<T> in_place = in;
    plan.execute(in_place.data(), in_place.data(), workspace.data());
    const std::size_t field = rows * columns;
    for (std::size_t f = 0; f < count; ++f) {
      const auto slow = slow_dft(in.data() + f * field, rows, columns, direction);
      for (std::size_t i = 0; i < field; ++i) {
        const auto place = ::testing::Message() << rows << " x " << columns << ", field " << f;
        ASSERT_LE(std::abs(std::complex<double>(out[f * field + i]) - slow[i]), tolerance<T>(field))
            << place;
        ASSERT_LE(std::abs(std::complex<double>(in_place[f * field + i]) - slow[i]),
                  tolerance<T>(field))
            << place << ", in place";
      }
    }
  }
  void expect_definition(std::size_t rows, std::size_t columns, std::size_t count) const {
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      expect_definition<float>(rows, columns, count, direction);
      expect_definition<double>(rows, columns, count, direction);
    }
  }
};

TEST_P(DftOn, RingsFollowTheDefinition) {
  for (const std::size_t n : {1U, 2U, 3U, 4U, 5U, 7U, 8U, 15U, 16U, 31U, 32U, 64U})
    for (const std::size_t count : {1U, 3U, 8U, 19U}) expect_definition(1, n, count);
}

TEST_P(DftOn, PlanesFollowTheDefinition) {
  for (const std::size_t count : {1U, 2U}) {
    for (const std::size_t n : {2U, 3U, 8U, 15U, 16U}) expect_definition(n, n, count);
    expect_definition(3, 8, count);
    expect_definition(5, 1, count);
  }
}

TEST_P(DftOn, BackwardAfterForwardMultipliesByTheNumberOfSamples) {
  for (const std::size_t n : {127U, 128U, 511U, 512U}) {
    const Fields<double> in = random_fields<double>(n, n);
    Fields<double> x = in;
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      const Plan<double> plan(n, 1, direction, {GetParam()});
      Fields<double> workspace(plan.workspace_size());
      plan.execute(x.data(), x.data(), workspace.data());
    }
    const auto samples = static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i)
      ASSERT_LE(std::abs(x[i] / samples - in[i]), tolerance<double>(n)) << n;
  }
}

TEST_P(DftOn, OnePlanServesManyThreads) {
  const Plan<double> plan(32, 8, Direction::forward, {GetParam()});
  const Fields<double> in = random_fields<double>(plan.size(), 1);
  std::vector<Fields<double>> out(16, Fields<double>(plan.size()));
  ThreadPool(4).run(out.size(), [&](std::size_t i) {
    Fields<double> workspace(plan.workspace_size());
    plan.execute(in.data(), out[i].data(), workspace.data());
  });
  for (const Fields<double>& each : out) EXPECT_EQ(each, out.front());
}

TEST_P(DftOn, PlansMayBeMadeOnManyThreads) {
  ThreadPool(4).run(8, [&](std::size_t i) {
    const Plan<float> plan(8 + i, 2, Direction::backward, {GetParam()});
    EXPECT_EQ(plan.backend(), GetParam());
  });
}

INSTANTIATE_TEST_SUITE_P(Backends, DftOn, testing::ValuesIn(backends()),
                         [](const auto& info) { return name_of(info.param); });

TEST(Dft, MeasuredPlansComputeTheSame) {
  const Plan<double> plan(16, 2, Direction::forward, {Backend::best, Planning::measure});
  const Fields<double> in = random_fields<double>(plan.size(), 1);
  Fields<double> out(plan.size());
  Fields<double> workspace(plan.workspace_size());
  plan.execute(in.data(), out.data(), workspace.data());
  const auto slow = slow_dft(in.data(), 1, 16, Direction::forward);
  for (std::size_t k = 0; k < 16; ++k) EXPECT_LE(std::abs(out[k] - slow[k]), tolerance<double>(16));
}

TEST(Dft, BackendsGoByName) {
  EXPECT_EQ(backends().back(), Backend::product);
  for (const Backend backend : backends()) EXPECT_EQ(backend_named(name_of(backend)), backend);
  EXPECT_EQ(backend_named("best"), Backend::best);
  EXPECT_THROW((void)backend_named("mkl"), InvalidArgument);
  EXPECT_EQ(Plan<float>(4, 1, Direction::forward).backend(), backends().front());
}

TEST(Dft, EmptyTransformsAreRefused) {
  EXPECT_THROW(Plan<double>(0, 1, Direction::forward), InvalidArgument);
  EXPECT_THROW(Plan<double>(4, 0, Direction::forward), InvalidArgument);
  EXPECT_THROW(Plan<float>(4, 0, 2, Direction::forward), InvalidArgument);
}

// Which of the two it is depends on the build; core-only is the one without FFTW.
TEST(Dft, FftwIsUsedWhereItIsAtHandAndRefusedWhereNot) {
  const auto plan = [] {
    return Plan<double>(4, 1, Direction::forward, {Backend::fftw}).backend();
  };
  if (backends().front() == Backend::fftw) {
    EXPECT_EQ(plan(), Backend::fftw);
    EXPECT_EQ(backend_named("fftw"), Backend::fftw);
  } else {
    EXPECT_THROW((void)plan(), InvalidArgument);
    EXPECT_THROW((void)backend_named("fftw"), InvalidArgument);
  }
}

}  // namespace
}  // namespace equicloud::fft
