// SPDX-License-Identifier: BSD-3-Clause
#include <bench/equivariance/layers.h>
#include <equicloud/classify/rotation_pooling.h>
#include <equicloud/so3/correlation.h>
#include <equicloud/so3/rotate.h>
#include <equicloud/so3/transform.h>

#include <cmath>
#include <memory>

namespace equicloud::bench {
namespace {

using so3::Domain;
using Map = std::function<Coefficients(const Coefficients&)>;
using Pointwise = float (*)(float);

constexpr int kChannels = 4;

float relu(float x) { return x > 0.0F ? x : 0.0F; }
float square_up(float x) { return x + 0.5F * x * x; }

Space sphere(int b) { return {Domain::sphere, b, kChannels}; }
Space rotations(int b) { return {Domain::rotations, b, kChannels}; }

// Filters of such a size that signals of variance 1 give signals of variance 1.
Map correlation(Domain domain, int b) {
  Random random(static_cast<std::uint64_t>(b));
  const double scale = 1 / std::sqrt(1.0 * kChannels);
  const Coefficients filters =
      random_functions({domain, b, kChannels * kChannels}, scale, 0.5, random);
  const auto layer = std::make_shared<so3::Correlation<float>>(
      so3::CorrelationShape{b, kChannels, kChannels, domain}, filters);
  return [layer, b](const Coefficients& f) {
    Coefficients result(kChannels * so3::coefficient_count(b));
    layer->apply(f, result);
    return result;
  };
}

std::vector<float> samples_of(const so3::Grid& grid, const Coefficients& fhat) {
  const so3::SO3Transform<float> transform(grid);
  auto workspace = transform.workspace();
  std::vector<float> values(fhat.size() / transform.coefficients() * transform.samples());
  transform.synthesis(fhat, Span<float>(values), workspace);
  return values;
}

// The function's values at the samples of gauss_legendre(c), mapped; its degrees below `to`.
Map pointwise(Pointwise function, int from, int c, int to) {
  return [=](const Coefficients& fhat) {
    const so3::Grid grid = so3::gauss_legendre(c);
    std::vector<float> values = samples_of(so3::band_limited(grid, from), fhat);
    for (float& value : values) value = function(value);
    const so3::SO3Transform<float> transform(so3::band_limited(grid, to));
    auto workspace = transform.workspace();
    Coefficients result(values.size() / transform.samples() * transform.coefficients());
    transform.analysis(values, Span<Complex>(result), workspace);
    return result;
  };
}

// Means of relu and of its square on gauss_legendre(2b), as functions of bandwidth 1.
Coefficients relu_means(int b, const Coefficients& fhat) {
  const so3::Grid grid = so3::band_limited(so3::gauss_legendre(2 * b), b);
  const std::vector<float> values = samples_of(grid, fhat);
  Coefficients means;
  for (std::size_t first = 0; first < values.size(); first += grid.samples()) {
    const classify::ReluMeans relu = classify::relu_means(grid, values.data() + first);
    means.insert(means.end(), {relu.mean, relu.mean_square});
  }
  return means;
}

Map in_turn(const Map& first, const Map& second) {
  return [=](const Coefficients& f) { return second(first(f)); };
}

// Correlation, nonlinearity, correlation: bandwidths and grid as in the classifier, where b is 8.
Map stack(Pointwise function, int b) {
  const int half = b / 2;
  const int c = (2 * (b - 1) + half + 1) / 2;
  return in_turn(in_turn(correlation(Domain::sphere, b), pointwise(function, b, c, half)),
                 correlation(Domain::rotations, half));
}

}  // namespace

std::vector<Layer> layers(int b) {
  const int enough = (3 * b - 1) / 2;  // 2 (b - 1) + b <= 2c
  const Map classifier = stack(square_up, b);
  return {
      {"S2 correlation", sphere(b), rotations(b), correlation(Domain::sphere, b)},
      {"SO(3) correlation", rotations(b), rotations(b), correlation(Domain::rotations, b)},
      {"relu, grid b", rotations(b), rotations(b), pointwise(relu, b, b, b)},
      {"relu, grid 2b", rotations(b), rotations(b), pointwise(relu, b, 2 * b, b)},
      {"x + x^2/2, grid b", rotations(b), rotations(b), pointwise(square_up, b, b, b)},
      {"x + x^2/2, grid 3b/2", rotations(b), rotations(b), pointwise(square_up, b, enough, b)},
      {"classifier's stack", sphere(b), rotations(b / 2), classifier},
      {"means of relu of it",
       sphere(b),
       {Domain::rotations, 1, 2 * kChannels},
       [=](const Coefficients& f) { return relu_means(b / 2, classifier(f)); }},
      {"the stack, relu inside", sphere(b), rotations(b / 2), stack(relu, b)},
  };
}

double equivariance_error(const Layer& layer, int rotations, Random& random) {
  const Coefficients f = random_signal(layer.from, random);
  const Coefficients result = layer.apply(f);
  const double size = distance(layer.to, result, Coefficients(result.size()));
  double sum = 0;
  for (int i = 0; i < rotations; ++i) {
    const so3::EulerAngles R = so3::random_rotation(random);
    Coefficients turned(f.size());
    so3::CoefficientRotation<float>(layer.from.bandwidth, R).apply(layer.from.domain, f, turned);
    Coefficients expected(result.size());
    so3::CoefficientRotation<float>(layer.to.bandwidth, R).apply(layer.to.domain, result, expected);
    sum += distance(layer.to, layer.apply(turned), expected) / size;
  }
  return sum / rotations;
}

}  // namespace equicloud::bench
