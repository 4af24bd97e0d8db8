// SPDX-License-Identifier: BSD-3-Clause
// The trained estimator as it lies in a file: a Deep Sets network (Zaheer et al. 2017) over the
// sampled points, in safetensors, with how wide its intervals have to be.
//
// Inputs are standardised, x <- clamp((x - mean) scale, -clip, clip): tensors sample.mean,
// sample.scale [20], cloud.mean, cloud.scale [35], metadata "clip". phi: phi.0, phi.1 (relu each)
// on every sampled point; pooled: the mean of phi, then its mean weighted by w; rho: rho.0, rho.1
// (relu), rho.2 (none) on [pooled; cloud features], 6 outputs r. Estimates and widths:
//   log(noise / unit)   = plug-in + r0,  width exp(r3)
//   log(spacing / unit) = r1,            width exp(r4)
//   outlier fraction    = plug-in + r2 / 10,  width exp(r5) / 10
// A 90 % interval reaches interval[k] widths to either side (tensor interval [3]).
#pragma once

#include <equicloud/nn/dense.h>
#include <equicloud/nn/model_card.h>
#include <equicloud/statistics/cloud_features.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::statistics {

constexpr std::size_t kParameters = 3;  ///< noise, spacing, outlier fraction
constexpr double kFractionUnit = 0.1;   ///< of r2 and its width

/// What the network says, before it is put into a cloud's unit.
struct Outputs {
  std::array<double, kParameters> value{};  ///< log(noise / unit), log(spacing / unit), fraction
  std::array<double, kParameters> width{};  ///< half of the 90 % interval, in the same scale; > 0
  /// How far the cloud is from those that the model learnt from: the largest |(x - mean) scale| of
  /// its cloud features, before they are clipped. Around 2 is usual.
  double distance = 0.0;
};

class Model {
 public:
  /// Throws IoError if the file cannot be read, FormatError (naming it) if it is not an estimator.
  static std::shared_ptr<const Model> load(const std::string& path);
  /// The same of a file in memory; `name` is used in error messages.
  static std::shared_ptr<const Model> from(const nn::WeightsFile& file, const std::string& name);

  /// Promises are of: permutation-invariant, motion-invariant, scale-invariant (of the answers in
  /// units of the cloud).
  const nn::ModelCard& info() const noexcept { return info_; }
  /// @param features  of status estimated (checked; throws InvalidArgument)
  /// Same bits for any number of threads.
  Outputs run(const CloudFeatures& features, const Executor& executor = serial_executor()) const;

 private:
  Model() = default;
  void read(const nn::WeightsFile& file);
  std::vector<double> pooled(const CloudFeatures& features, const Executor& executor) const;

  struct Standard {
    std::vector<float> mean, scale;
    float clip = 0.0F;
    void apply(const float* x, std::size_t rows, float* y) const noexcept;
  };

  nn::ModelCard info_;
  Standard sample_, cloud_;
  nn::Mlp phi_, rho_;
  std::vector<float> interval_;
};

}  // namespace equicloud::statistics
