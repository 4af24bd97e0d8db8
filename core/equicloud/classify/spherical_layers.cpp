// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/spherical_layers.h>
#include <equicloud/so3/real_representation.h>
#include <equicloud/sphere/coefficients.h>

#include <complex>
#include <string>

namespace equicloud::classify {
namespace {

using Complex = std::complex<float>;

// Exact for degrees up to 17: F^2 has degree 14, analysis below bandwidth 4 adds 3.
so3::Grid product_grid(int bandwidth) {
  return so3::band_limited(so3::gauss_legendre(9, 18), bandwidth);
}
so3::Grid pooling_grid() { return so3::band_limited(so3::gauss_legendre(8, 16), kLastBandwidth); }

// The matrix product is the faster back end at these sizes, and always at hand.
so3::SO3Transform<float> transform_on(const so3::Grid& grid) {
  so3::TransformOptions options;
  options.dft.backend = fft::Backend::product;
  return so3::SO3Transform<float>(grid, options);
}

// The first side of a tensor whose number of sides is known; the others are checked where they are
// used.
std::size_t first_side(const nn::WeightsFile& file, const std::string& name, std::size_t sides) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end())
    throw FormatError("has no tensor " + name + "; is it a model of another kind?");
  const std::vector<std::size_t>& shape = found->second.shape;
  if (shape.size() != sides || shape[0] == 0)
    throw FormatError("tensor " + name + " has " + std::to_string(shape.size()) +
                      " sides; the spherical network needs " + std::to_string(sides) +
                      ", none of them 0");
  return shape[0];
}

so3::Correlation<float> s2_layer(const nn::WeightsFile& file, std::size_t outputs) {
  const std::vector<float>& filter =
      file.tensor("spherical.s2.filter", {outputs, kSphericalChannels, kSphericalSize}).values;
  std::vector<Complex> full(filter.size());
  sphere::full_from_real<float>(kSphericalBandwidth, filter, full);
  return so3::Correlation<float>({kSphericalBandwidth, static_cast<int>(kSphericalChannels),
                                  static_cast<int>(outputs), so3::Domain::sphere},
                                 full);
}

so3::Correlation<float> so3_layer(const nn::WeightsFile& file, std::size_t inputs,
                                  std::size_t outputs) {
  const std::vector<float>& filter =
      file.tensor("spherical.so3.filter", {outputs, inputs, kLastSize}).values;
  std::vector<Complex> full(filter.size());
  so3::complex_from_real<float>(kLastBandwidth, filter, full);
  return so3::Correlation<float>(
      {kLastBandwidth, static_cast<int>(inputs), static_cast<int>(outputs), so3::Domain::rotations},
      full);
}

nn::Dense head_layer(const nn::WeightsFile& file, const std::string& name, std::size_t in,
                     nn::Activation activation) {
  const std::size_t out = first_side(file, name + ".weight", 2);
  return nn::load_dense(file, name, {static_cast<int>(in), static_cast<int>(out), activation});
}

}  // namespace

SphericalLayers::SphericalLayers(const nn::WeightsFile& file)
    : c1(first_side(file, "spherical.s2.filter", 3)),
      c2(first_side(file, "spherical.so3.filter", 3)),
      s2(s2_layer(file, c1)),
      s2_bias(file.tensor("spherical.s2.bias", {c1}).values),
      so3(so3_layer(file, c1, c2)),
      so3_bias(file.tensor("spherical.so3.bias", {c2}).values),
      synthesis(transform_on(product_grid(kMiddleBandwidth))),
      analysis(transform_on(product_grid(kLastBandwidth))),
      pooling(transform_on(pooling_grid())),
      embedding(head_layer(file, "spherical.head.0", invariants(), nn::Activation::relu)),
      classes(head_layer(file, "spherical.head.1", static_cast<std::size_t>(embedding.out()),
                         nn::Activation::none)) {}

}  // namespace equicloud::classify
