// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sets/pooling.h>
#include <equicloud/statistics/model.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace equicloud::statistics {
namespace {

using nn::Activation;

constexpr std::size_t kSpan = 128;  // sampled points that go through phi at once
constexpr float kMostClip = 1e3F;

nn::Mlp load_stack(const nn::WeightsFile& file, const std::string& name, std::size_t hidden,
                   bool last_is_plain) {
  std::vector<nn::Dense> layers;
  for (std::size_t i = 0; i < hidden; ++i)
    layers.push_back(load_dense(file, name + "." + std::to_string(i), Activation::relu));
  if (last_is_plain)
    layers.push_back(load_dense(file, name + "." + std::to_string(hidden), Activation::none));
  return nn::Mlp(std::move(layers));
}

void check_width(const std::string& what, std::size_t found, std::size_t expected) {
  if (found != expected)
    throw FormatError(what + " is " + std::to_string(found) + " numbers wide, expected " +
                      std::to_string(expected));
}

}  // namespace

void Model::Standard::apply(const float* x, std::size_t rows, float* y) const noexcept {
  for (std::size_t i = 0; i < rows * mean.size(); ++i) {
    const std::size_t c = i % mean.size();
    y[i] = std::clamp((x[i] - mean[c]) * scale[c], -clip, clip);
  }
}

void Model::read(const nn::WeightsFile& file) {
  info_ = nn::read_card(file, "cloud-statistics",
                        {"permutation-invariant", "motion-invariant", "scale-invariant"});
  const float clip = nn::read_number(file, "clip", 1.0F, kMostClip);
  sample_ = {file.tensor("sample.mean", {kSampleFeatures}).values,
             file.tensor("sample.scale", {kSampleFeatures}).values, clip};
  cloud_ = {file.tensor("cloud.mean", {kCloudFeatures}).values,
            file.tensor("cloud.scale", {kCloudFeatures}).values, clip};
  interval_ = file.tensor("interval", {kParameters}).values;
  try {
    phi_ = load_stack(file, "phi", 2, false);
    rho_ = load_stack(file, "rho", 2, true);
  } catch (const InvalidArgument& error) {
    throw FormatError(error.what());
  }
  check_width("the input of phi", static_cast<std::size_t>(phi_.in()), kSampleFeatures);
  check_width("the input of rho", static_cast<std::size_t>(rho_.in()),
              2 * static_cast<std::size_t>(phi_.out()) + kCloudFeatures);
  check_width("the output of rho", static_cast<std::size_t>(rho_.out()), 2 * kParameters);
}

std::shared_ptr<const Model> Model::from(const nn::WeightsFile& file, const std::string& name) {
  try {
    const std::shared_ptr<Model> model(new Model);
    model->read(file);
    return model;
  } catch (const FormatError& error) {
    throw FormatError(name + ": " + error.what());
  }
}

std::shared_ptr<const Model> Model::load(const std::string& path) {
  return from(nn::load_weights(path), path);
}

// Each span's sums in float as sets::pool makes them, spans added in double in order: the same bits
// for any number of threads, and no digit lost over many points.
std::vector<double> Model::pooled(const CloudFeatures& features, const Executor& executor) const {
  const auto width = static_cast<std::size_t>(phi_.out());
  const std::size_t n = features.sampled(), spans = (n + kSpan - 1) / kSpan;
  std::vector<float> sums(spans * 2 * width);
  for_spans(executor, n, kSpan, [&](std::size_t begin, std::size_t end, std::size_t span) {
    const std::size_t rows = end - begin;
    std::vector<float> x(rows * kSampleFeatures), scratch(phi_.scratch_size(rows));
    sample_.apply(&features.sample[begin * kSampleFeatures], rows, x.data());
    const float* a = phi_.forward(x.data(), kSampleFeatures, rows, scratch);
    float* out = &sums[span * 2 * width];
    sets::pool(sets::Pooling::sum, a, phi_.padded_out(), rows, width, nullptr, 0.0F, out);
    sets::pool(sets::Pooling::sum, a, phi_.padded_out(), rows, width, &features.weights[begin],
               0.0F, out + width);
  });
  const double total = std::accumulate(features.weights.begin(), features.weights.end(), 0.0);
  std::vector<double> pooled(2 * width, 0.0);
  for (std::size_t i = 0; i < sums.size(); ++i)
    pooled[i % pooled.size()] +=
        double(sums[i]) / (i % pooled.size() < width ? static_cast<double>(n) : total);
  return pooled;
}

Outputs Model::run(const CloudFeatures& features, const Executor& executor) const {
  if (features.status != Status::estimated)
    throw InvalidArgument("statistics::Model: " +
                          reason_of(features.status, features.distinct_points));
  const std::vector<double> of_sample = pooled(features, executor);
  std::vector<float> x(of_sample.begin(), of_sample.end());
  x.resize(x.size() + kCloudFeatures);
  cloud_.apply(features.cloud.data(), 1, &x[of_sample.size()]);
  std::vector<float> scratch(rho_.scratch_size(1));
  const float* r = rho_.forward(x.data(), x.size(), 1, scratch);
  const std::array<double, kParameters> plug_in = {features.plug_in_log_noise(), 0.0,
                                                   features.plug_in_fraction()};
  constexpr std::array<double, kParameters> unit = {1.0, 1.0, kFractionUnit};
  Outputs outputs;
  for (std::size_t c = 0; c < kCloudFeatures; ++c)
    outputs.distance = std::max(
        outputs.distance,
        std::abs((double(features.cloud[c]) - double(cloud_.mean[c])) * double(cloud_.scale[c])));
  for (std::size_t k = 0; k < kParameters; ++k) {
    outputs.value[k] = plug_in[k] + unit[k] * double(r[k]);
    outputs.width[k] = unit[k] * std::exp(double(r[k + kParameters])) * double(interval_[k]);
  }
  return outputs;
}

}  // namespace equicloud::statistics
