// SPDX-License-Identifier: BSD-3-Clause
#include "statistics/random_model.h"

#include <equicloud/base/random.h>
#include <equicloud/statistics/model.h>

#include <cmath>

namespace equicloud::statistics_tests {

nn::WeightsFile random_model(std::uint64_t seed) {
  using statistics::kCloudFeatures;
  using statistics::kParameters;
  using statistics::kSampleFeatures;
  constexpr std::size_t kFirst = 11, kPhi = 9, kRho = 13;
  nn::WeightsFile file;
  Random random(seed);
  const auto add = [&](const std::string& name, std::vector<std::size_t> shape, double scale) {
    std::size_t size = 1;
    for (const std::size_t side : shape) size *= side;
    nn::Tensor& tensor = file.tensors[name];
    tensor.shape = std::move(shape);
    for (std::size_t i = 0; i < size; ++i)
      tensor.values.push_back(static_cast<float>(scale * random.normal()));
  };
  const auto layer = [&](const std::string& name, std::size_t out, std::size_t in) {
    add(name + ".weight", {out, in}, 1.0 / std::sqrt(static_cast<double>(in)));
    add(name + ".bias", {out}, 0.1);
  };
  layer("phi.0", kFirst, kSampleFeatures);
  layer("phi.1", kPhi, kFirst);
  layer("rho.0", kRho, 2 * kPhi + kCloudFeatures);
  layer("rho.1", kRho, kRho);
  layer("rho.2", 2 * kParameters, kRho);
  add("sample.mean", {kSampleFeatures}, 0.5);
  add("cloud.mean", {kCloudFeatures}, 0.5);
  file.tensors["sample.scale"] = {{kSampleFeatures}, std::vector<float>(kSampleFeatures, 0.7F)};
  file.tensors["cloud.scale"] = {{kCloudFeatures}, std::vector<float>(kCloudFeatures, 0.7F)};
  file.tensors["interval"] = {{kParameters}, {2.0F, 2.5F, 3.0F}};
  file.metadata = {{"kind", "cloud-statistics"},
                   {"format_version", "1"},
                   {"name", "random"},
                   {"version", "1"},
                   {"licence", "none"},
                   {"training_data", "none"},
                   {"promises", "permutation-invariant,motion-invariant,scale-invariant"},
                   {"clip", "2"}};
  return file;
}

}  // namespace equicloud::statistics_tests
