// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/aligned.h>
#include <equicloud/base/error.h>
#include <equicloud/classify/rotation_pooling.h>
#include <equicloud/classify/spherical_layers.h>
#include <equicloud/classify/spherical_network.h>
#include <equicloud/sphere/coefficients.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <string>
#include <utility>
#include <vector>

namespace equicloud::classify {
namespace {

using Complex = std::complex<float>;
using ComplexVector = AlignedVector<Complex>;

constexpr std::size_t kTogether = 2;  // functions that a transform takes at a time

template <typename T>
Span<T> whole(AlignedVector<T>& values) {
  return {values.data(), values.size()};
}

// fhat = filters * signals, and the bias in degree 0.
void correlate(const so3::Correlation<float>& layer, const std::vector<float>& bias,
               ComplexVector& signals, ComplexVector& fhat, AlignedVector<float>& scratch) {
  layer.apply(whole(signals), whole(fhat), Span<float>(scratch.data(), layer.scratch_size()));
  const std::size_t size = fhat.size() / bias.size();
  for (std::size_t o = 0; o < bias.size(); ++o) fhat[o * size] += bias[o];
}

// log(1e-3 + (2l+1) sum_mn |fhat^l_mn|^2) of each function and degree; the same for either form.
float* write_powers(const ComplexVector& fhat, int bandwidth, float* out) {
  const std::size_t size = so3::coefficient_count(bandwidth);
  for (std::size_t first = 0; first < fhat.size(); first += size)
    for (int l = 0; l < bandwidth; ++l) {
      float sum = 0.0F;
      for (std::size_t i = so3::block_offset(l); i < so3::block_offset(l + 1); ++i)
        sum += std::norm(fhat[first + i]);
      *out++ = std::log(1e-3F + static_cast<float>(2 * l + 1) * sum);
    }
  return out;
}

// x + x^2 / 2.
void square_up(Span<float> values) {
  for (float& value : values) value += 0.5F * value * value;
}

}  // namespace

struct SphericalNetwork::Workspace::State {
  ComplexVector signals, F, H, G;
  AlignedVector<float> samples;  // of kTogether functions on the larger grid
  AlignedVector<float> correlation;
  so3::TransformWorkspace<float> synthesis, analysis, pooling;
  AlignedVector<float> invariants, embedding, logits;

  explicit State(const SphericalLayers& layers)
      : signals(kSphericalChannels * kSphericalSize),
        F(layers.c1 * kMiddleSize),
        H(layers.c1 * kLastSize),
        G(layers.c2 * kLastSize),
        samples(kTogether * std::max(layers.synthesis.samples(), layers.pooling.samples())),
        correlation(std::max(layers.s2.scratch_size(), layers.so3.scratch_size())),
        synthesis(layers.synthesis.workspace()),
        analysis(layers.analysis.workspace()),
        pooling(layers.pooling.workspace()),
        invariants(layers.invariants()),
        embedding(layers.embedding.padded_out()),
        logits(layers.classes.padded_out()) {}

  void nonlinearity(const SphericalLayers& layers);
  void pool(const SphericalLayers& layers, float* means);
  void write_invariants(const SphericalLayers& layers);
};

// H from F, a few functions at a time, so that their samples stay in the cache.
void SphericalNetwork::Workspace::State::nonlinearity(const SphericalLayers& layers) {
  for (std::size_t first = 0; first < layers.c1; first += kTogether) {
    const std::size_t count = std::min(kTogether, layers.c1 - first);
    const Span<float> values(samples.data(), count * layers.synthesis.samples());
    layers.synthesis.synthesis({F.data() + first * kMiddleSize, count * kMiddleSize}, values,
                               synthesis);
    square_up(values);
    layers.analysis.analysis(Span<const float>(values),
                             {H.data() + first * kLastSize, count * kLastSize}, analysis);
  }
}

// Means of relu(G), then of its square.
void SphericalNetwork::Workspace::State::pool(const SphericalLayers& layers, float* means) {
  const std::size_t each = layers.pooling.samples();
  for (std::size_t first = 0; first < layers.c2; first += kTogether) {
    const std::size_t count = std::min(kTogether, layers.c2 - first);
    layers.pooling.synthesis({G.data() + first * kLastSize, count * kLastSize},
                             Span<float>(samples.data(), count * each), pooling);
    for (std::size_t o = 0; o < count; ++o) {
      const ReluMeans relu = relu_means(layers.pooling.grid(), samples.data() + o * each);
      means[first + o] = relu.mean;
      means[layers.c2 + first + o] = relu.mean_square;
    }
  }
}

void SphericalNetwork::Workspace::State::write_invariants(const SphericalLayers& layers) {
  float* v = invariants.data();
  for (std::size_t o = 0; o < layers.c1; ++o) *v++ = H[o * kLastSize].real();
  v = write_powers(F, kMiddleBandwidth, v);
  v = write_powers(G, kLastBandwidth, v);
  pool(layers, v);
}

SphericalOutput SphericalNetwork::forward(Span<const float> features, Workspace& workspace) const {
  const SphericalLayers& layers = *layers_;
  Workspace::State& state = *workspace.state_;
  if (features.size() != state.signals.size())
    throw InvalidArgument("the spherical network got " + std::to_string(features.size()) +
                          " features; expected " + std::to_string(kSphericalChannels) + " x " +
                          std::to_string(kSphericalSize));
  sphere::full_from_real<float>(kSphericalBandwidth, features, whole(state.signals));
  correlate(layers.s2, layers.s2_bias, state.signals, state.F, state.correlation);
  state.nonlinearity(layers);
  correlate(layers.so3, layers.so3_bias, state.H, state.G, state.correlation);
  state.write_invariants(layers);
  const std::size_t size = state.invariants.size();
  layers.embedding.forward(state.invariants.data(), size, 1, state.embedding.data());
  layers.classes.forward(state.embedding.data(), state.embedding.size(), 1, state.logits.data());
  return {{state.logits.data(), classes()},
          {state.embedding.data(), embedding_size()},
          {state.invariants.data(), size}};
}

SphericalNetwork::SphericalNetwork(const nn::WeightsFile& file)
    : layers_(std::make_unique<const SphericalLayers>(file)) {}
SphericalNetwork::SphericalNetwork(SphericalNetwork&&) noexcept = default;
SphericalNetwork& SphericalNetwork::operator=(SphericalNetwork&&) noexcept = default;
SphericalNetwork::~SphericalNetwork() = default;

std::size_t SphericalNetwork::classes() const noexcept {
  return static_cast<std::size_t>(layers_->classes.out());
}
std::size_t SphericalNetwork::embedding_size() const noexcept {
  return static_cast<std::size_t>(layers_->embedding.out());
}

SphericalNetwork::Workspace SphericalNetwork::workspace() const {
  return Workspace(std::make_unique<Workspace::State>(*layers_));
}

SphericalNetwork::Workspace::Workspace(std::unique_ptr<State> state) noexcept
    : state_(std::move(state)) {}
SphericalNetwork::Workspace::Workspace(Workspace&&) noexcept = default;
SphericalNetwork::Workspace& SphericalNetwork::Workspace::operator=(Workspace&&) noexcept = default;
SphericalNetwork::Workspace::~Workspace() = default;

}  // namespace equicloud::classify
