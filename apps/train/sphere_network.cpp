// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/index.h>
#include <equicloud/sphere/coefficients.h>
#include <train/sphere_network.h>

#include <algorithm>
#include <string>

namespace equicloud::train {
namespace {

using Complex = std::complex<float>;

std::size_t count(int n) { return static_cast<std::size_t>(n); }

so3::S2Convolution lift(const nn::WeightsFile& file, const SphereArchitecture& a) {
  const auto grid = a.s2_grid();
  const std::size_t outputs = count(a.channels[0]);
  return {{a.bandwidth[0], a.inputs, a.channels[0]},
          grid,
          file.tensor("s2.kernel", {outputs, count(a.inputs), grid.size()}).values,
          file.tensor("s2.bias", {outputs}).values};
}

so3::SO3Convolution next(const nn::WeightsFile& file, const SphereArchitecture& a,
                         std::size_t level) {
  const auto grid = a.so3_grid(level);
  const std::string name = "so3." + std::to_string(level - 1);
  const std::size_t outputs = count(a.channels[level]), inputs = count(a.channels[level - 1]);
  const std::size_t rank = count(a.rank), points = grid.size();
  const auto& kernel = file.tensor(name + ".kernel", {inputs, rank, points}).values;
  const auto& mix = file.tensor(name + ".mix", {outputs, inputs, rank}).values;
  std::vector<float> values(outputs * inputs * points);
  for (std::size_t pair = 0; pair < outputs * inputs; ++pair)
    for (std::size_t r = 0; r < rank; ++r) {
      const float* from = kernel.data() + ((pair % inputs) * rank + r) * points;
      for (std::size_t p = 0; p < points; ++p)
        values[pair * points + p] += mix[pair * rank + r] * from[p];
    }
  return {{a.bandwidth[level], a.channels[level - 1], a.channels[level]},
          grid,
          values,
          file.tensor(name + ".bias", {outputs}).values};
}

nn::Mlp head(const nn::WeightsFile& file, const SphereArchitecture& a) {
  return nn::load_mlp(file, "head",
                      {{a.invariants(), a.hidden, nn::Activation::relu},
                       {a.hidden, a.classes, nn::Activation::none}});
}

}  // namespace

struct SphereNetwork::Scratch {
  std::vector<so3::SO3ReLU::Workspace> relu;
  std::vector<Complex> signal, spectrum;
  std::vector<float> invariants, head;
};

SphereNetwork::SphereNetwork(const nn::WeightsFile& file)
    : a_(SphereArchitecture::of(file)), lift_(lift(file, a_)), head_(head(file, a_)) {
  for (std::size_t level = 0; level < SphereArchitecture::kLevels; ++level) {
    if (level > 0) next_.push_back(next(file, a_, level));
    relu_.emplace_back(a_.bandwidth[level], so3::gauss_legendre(a_.grid[level]),
                       a_.bandwidth_after(level));
  }
}

SphereNetwork::Scratch SphereNetwork::scratch() const {
  Scratch scratch;
  std::size_t signal = 0, spectrum = 0;
  for (std::size_t level = 0; level < SphereArchitecture::kLevels; ++level) {
    scratch.relu.push_back(relu_[level].workspace());
    const std::size_t channels = count(a_.channels[level]);
    spectrum = std::max(spectrum, channels * so3::coefficient_count(a_.bandwidth[level]));
    signal = std::max(signal, channels * so3::coefficient_count(a_.bandwidth_after(level)));
  }
  scratch.signal.resize(std::max(signal, count(a_.inputs) * sphere::full_size(a_.bandwidth[0])));
  scratch.spectrum.resize(spectrum);
  scratch.invariants.resize(count(a_.invariants()));
  scratch.head.resize(head_.scratch_size(1));
  return scratch;
}

void SphereNetwork::one(const Complex* half, float* logits, Scratch& s) const {
  const int b = a_.bandwidth[0];
  const std::size_t half_size = sphere::half_size(b), full_size = sphere::full_size(b);
  for (std::size_t k = 0; k < count(a_.inputs); ++k) {
    const auto full =
        sphere::full_from_half<float>(b, Span<const Complex>(half + k * half_size, half_size));
    std::copy(full.begin(), full.end(),
              s.signal.begin() + static_cast<std::ptrdiff_t>(k * full_size));
  }
  std::size_t signal = count(a_.inputs) * full_size;
  float* invariant = s.invariants.data();
  for (std::size_t level = 0;; ++level) {
    const std::size_t channels = count(a_.channels[level]);
    const Span<Complex> spectrum(s.spectrum.data(),
                                 channels * so3::coefficient_count(a_.bandwidth[level]));
    const so3::Convolution& layer = level == 0
                                        ? static_cast<const so3::Convolution&>(lift_)
                                        : static_cast<const so3::Convolution&>(next_[level - 1]);
    layer.apply(Span<const Complex>(s.signal.data(), signal), spectrum);
    if (level + 1 == SphereArchitecture::kLevels) {
      relu_[level].integrate(spectrum, {invariant, channels}, {invariant + channels, channels},
                             s.relu[level]);
      break;
    }
    const std::size_t size = so3::coefficient_count(a_.bandwidth_after(level));
    signal = channels * size;
    relu_[level].apply(spectrum, {s.signal.data(), signal}, s.relu[level]);
    for (std::size_t c = 0; c < channels; ++c) *invariant++ = s.signal[c * size].real();
  }
  const float* answer =
      head_.forward(s.invariants.data(), s.invariants.size(), 1, Span<float>(s.head));
  std::copy_n(answer, a_.classes, logits);
}

std::vector<float> SphereNetwork::logits(const SphereBatch& batch, const Executor& executor) const {
  if (batch.channels != a_.inputs || batch.bandwidth != a_.bandwidth[0])
    throw InvalidArgument("pictures of " + std::to_string(batch.channels) +
                          " channels, bandwidth " + std::to_string(batch.bandwidth) +
                          "; the network takes " + std::to_string(a_.inputs) + ", bandwidth " +
                          std::to_string(a_.bandwidth[0]));
  const std::size_t classes = count(a_.classes);
  const std::size_t size = count(a_.inputs) * sphere::half_size(batch.bandwidth);
  std::vector<float> result(batch.digits * classes);
  constexpr std::size_t kSpan = 32;  // digits that share a task's scratch
  for_spans(executor, batch.digits, kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    Scratch own = scratch();
    for (std::size_t i = begin; i < end; ++i)
      one(batch.coefficients.data() + i * size, result.data() + i * classes, own);
  });
  return result;
}

double accuracy(const std::vector<float>& logits, const SphereBatch& batch) {
  if (batch.digits == 0) return 0.0;
  const std::size_t classes = logits.size() / batch.digits;
  std::size_t right = 0;
  for (std::size_t i = 0; i < batch.digits; ++i) {
    const float* row = logits.data() + i * classes;
    right += std::max_element(row, row + classes) - row == batch.labels[i] ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(batch.digits);
}

}  // namespace equicloud::train
