// SPDX-License-Identifier: BSD-3-Clause
// A spherical network with random filters, and signals for it.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/classify/spherical_features.h>
#include <equicloud/nn/weights_file.h>
#include <equicloud/so3/real_representation.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace equicloud::classify {

struct SphericalSizes {
  std::size_t c1 = 5, c2 = 3;  // odd: transforms take two at a time
  std::size_t hidden = 20, classes = 7;

  std::size_t invariants() const { return c1 + 8 * c1 + 4 * c2 + 2 * c2; }
};

inline nn::Tensor random_tensor(std::vector<std::size_t> shape, double size, Random& random) {
  nn::Tensor tensor{std::move(shape), {}};
  std::size_t count = 1;
  for (const std::size_t side : tensor.shape) count *= side;
  for (std::size_t i = 0; i < count; ++i)
    tensor.values.push_back(static_cast<float>(random.uniform(-size, size)));
  return tensor;
}

/// Filters so large that F, G and their squares have size 1 on signals of random_signals().
inline nn::WeightsFile random_spherical_weights(const SphericalSizes& n, std::uint64_t seed) {
  Random random(seed);
  nn::WeightsFile file;
  const auto put = [&](const std::string& name, std::vector<std::size_t> shape, double size) {
    file.tensors["spherical." + name] = random_tensor(std::move(shape), size, random);
  };
  put("s2.filter", {n.c1, kSphericalChannels, kSphericalSize}, 0.05);
  put("s2.bias", {n.c1}, 0.2);
  put("so3.filter", {n.c2, n.c1, 84}, 0.3);
  put("so3.bias", {n.c2}, 0.2);
  put("head.0.weight", {n.hidden, n.invariants()}, 0.2);
  put("head.0.bias", {n.hidden}, 0.2);
  put("head.1.weight", {n.classes, n.hidden}, 0.3);
  put("head.1.bias", {n.classes}, 0.2);
  return file;
}

/// Coefficients of 28 real signals, smaller from degree to degree as those of shapes are.
inline std::vector<float> random_signals(std::uint64_t seed) {
  Random random(seed);
  std::vector<float> x;
  for (std::size_t channel = 0; channel < kSphericalChannels; ++channel)
    for (int l = 0; l < kSphericalBandwidth; ++l)
      for (int m = -l; m <= l; ++m)
        x.push_back(static_cast<float>(random.uniform(-1.0, 1.0) / (2 * l + 1)));
  return x;
}

/// Those of the turned signals: Delta^l(R) c^l.
inline std::vector<float> turned_signals(const std::vector<float>& x, const so3::EulerAngles& R) {
  std::vector<float> turned(x.size());
  for (int l = 0; l < kSphericalBandwidth; ++l) {
    const std::vector<double> Delta = so3::real_wigner_D(l, R);
    const auto side = static_cast<std::size_t>(2 * l + 1);
    for (std::size_t first = sphere::full_index(l, -l); first < x.size(); first += kSphericalSize)
      for (std::size_t m = 0; m < side; ++m) {
        double sum = 0;
        for (std::size_t n = 0; n < side; ++n) sum += Delta[m * side + n] * x[first + n];
        turned[first + m] = static_cast<float>(sum);
      }
  }
  return turned;
}

}  // namespace equicloud::classify
