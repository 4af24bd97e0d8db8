// SPDX-License-Identifier: BSD-3-Clause
// The estimator's network against a slow one in double, and files that are none.
#include <equicloud/base/error.h>
#include <equicloud/statistics/model.h>
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>

#include "laws/clouds.h"
#include "statistics/random_model.h"

namespace equicloud::statistics {
namespace {

using statistics_tests::random_model;
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

constexpr double kTolerance = 1e-5;  // sums of hundreds of float products

Matrix matrix(const std::vector<float>& values, std::size_t columns) {
  const auto n = static_cast<Eigen::Index>(columns);
  return Eigen::Map<const Eigen::Matrix<float, -1, -1, Eigen::RowMajor>>(
             values.data(), static_cast<Eigen::Index>(values.size()) / n, n)
      .cast<double>();
}

Matrix column(const nn::WeightsFile& file, const std::string& name) {
  return matrix(file.tensors.at(name).values, 1);
}

Matrix standardised(const nn::WeightsFile& file, const std::string& name, const Matrix& x) {
  const double clip = std::stod(file.meta("clip"));
  return ((x.rowwise() - column(file, name + ".mean").col(0).transpose()) *
          column(file, name + ".scale").col(0).asDiagonal())
      .cwiseMax(-clip)
      .cwiseMin(clip);
}

Matrix layer(const nn::WeightsFile& file, const std::string& name, const Matrix& x, bool relu) {
  const nn::Tensor& weight = file.tensors.at(name + ".weight");
  const Matrix y = (x * matrix(weight.values, weight.shape[1]).transpose()).rowwise() +
                   column(file, name + ".bias").col(0).transpose();
  return relu ? Matrix(y.cwiseMax(0.0)) : y;
}

Outputs slow_run(const nn::WeightsFile& file, const CloudFeatures& f) {
  Matrix a = standardised(file, "sample", matrix(f.sample, kSampleFeatures));
  a = layer(file, "phi.1", layer(file, "phi.0", a, true), true);
  const Vector w = matrix(f.weights, 1).col(0);
  Matrix x(1, 2 * a.cols() + static_cast<Eigen::Index>(kCloudFeatures));
  x << a.colwise().mean(), (w.transpose() * a) / w.sum(),
      standardised(file, "cloud", matrix(f.cloud, kCloudFeatures));
  const Matrix r =
      layer(file, "rho.2", layer(file, "rho.1", layer(file, "rho.0", x, true), true), false);
  const std::vector<float>& interval = file.tensors.at("interval").values;
  return {{f.plug_in_log_noise() + r(0), r(1), f.plug_in_fraction() + 0.1 * r(2)},
          {std::exp(r(3)) * interval[0], std::exp(r(4)) * interval[1],
           0.1 * std::exp(r(5)) * interval[2]}};
}

CloudFeatures some_features(int points) {
  const laws::Cloud cloud = laws::sheet_with_outliers(points, 1);
  std::vector<float> p;
  for (int i = 0; i < points; ++i) p.push_back(i % 20 < 2 ? 0.9F : 0.03F);
  return compute_features(PointsView(Span<const float>(cloud)), p);
}

TEST(StatisticsModel, EqualsItsFormulas) {
  const nn::WeightsFile file = random_model(5);
  const auto model = Model::from(file, "random");
  for (const int points : {65, 128, 700}) {
    const CloudFeatures features = some_features(points);
    const Outputs fast = model->run(features), slow = slow_run(file, features);
    for (std::size_t k = 0; k < kParameters; ++k) {
      EXPECT_NEAR(fast.value[k], slow.value[k], kTolerance);
      EXPECT_NEAR(fast.width[k], slow.width[k], kTolerance * slow.width[k]);
    }
  }
}

TEST(StatisticsModel, ThreadsChangeNoBit) {
  const auto model = Model::from(random_model(6), "random");
  const CloudFeatures features = some_features(900);
  const Outputs before = model->run(features);
  for (const int threads : {2, 3}) {
    const Outputs after = model->run(features, ThreadPool(threads));
    EXPECT_EQ(before.value, after.value);
    EXPECT_EQ(before.width, after.width);
  }
}

TEST(StatisticsModel, FilesThatAreNoneAreNamed) {
  const auto message = [](const nn::WeightsFile& file) -> std::string {
    try {
      Model::from(file, "my.safetensors");
    } catch (const FormatError& error) {
      return error.what();
    }
    return "accepted";
  };
  nn::WeightsFile kind = random_model(7), narrow = kind, missing = kind;
  kind.metadata["kind"] = "outlier-scorer";
  EXPECT_EQ(message(kind),
            "my.safetensors: is a model of kind 'outlier-scorer', expected cloud-statistics");
  narrow.tensors["phi.0.weight"] = {{11, 3}, std::vector<float>(33)};
  EXPECT_EQ(message(narrow), "my.safetensors: the input of phi is 3 numbers wide, expected 20");
  missing.tensors.erase("rho.2.bias");
  EXPECT_NE(message(missing).find("my.safetensors: "), std::string::npos);
  EXPECT_NE(message(missing).find("rho.2.bias"), std::string::npos);
  nn::WeightsFile unfit = random_model(8);
  unfit.tensors["phi.1.weight"] = {{9, 7}, std::vector<float>(63)};
  EXPECT_EQ(message(unfit).rfind("my.safetensors: ", 0), 0U) << message(unfit);
}

TEST(StatisticsModel, ACloudWithoutASurfaceIsRefused) {
  const auto model = Model::from(random_model(9), "random");
  EXPECT_THROW(model->run(CloudFeatures{}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::statistics
