// SPDX-License-Identifier: BSD-3-Clause
#include "classify/random_model.h"

#include <equicloud/base/random.h>

#include <cmath>

#include "classify/spherical_weights.h"

namespace equicloud::classify_tests {
namespace {

constexpr std::size_t kPointWidth = 10;
constexpr std::size_t kPairWidth = 12;

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  // Normal values divided by the square root of what is summed over: outputs as large as inputs.
  void tensor(const std::string& name, std::vector<std::size_t> shape, std::size_t summed) {
    std::size_t size = 1;
    for (const std::size_t side : shape) size *= side;
    nn::Tensor& tensor = file.tensors[name];
    tensor.shape = std::move(shape);
    tensor.values.resize(size);
    for (float& value : tensor.values)
      value = static_cast<float>(random_.normal() / std::sqrt(static_cast<double>(summed)));
  }
  void weight(const std::string& name, std::size_t out, std::size_t in) {
    tensor(name + ".weight", {out, in}, in);
  }
  void dense(const std::string& name, std::size_t out, std::size_t in) {
    weight(name, out, in);
    tensor(name + ".bias", {out}, 4);
  }

  nn::WeightsFile file;

 private:
  Random random_;
};

void add_set_network(Maker& maker, const ModelWidths& widths, std::size_t classes) {
  std::size_t width = kPointWidth;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string level = "set.l" + std::to_string(i + 1);
    maker.weight(level + ".source", widths.pair[i], width);
    maker.dense(level + ".pair", widths.pair[i], kPairWidth);
    maker.dense(level + ".edge", widths.edge[i], widths.pair[i]);
    maker.dense(level + ".out", widths.out[i], widths.edge[i] + width);
    width = widths.out[i];
  }
  maker.dense("set.mix.own", widths.mix, width);
  maker.weight("set.mix.max", widths.mix, width);
  maker.dense("set.token", widths.token, widths.mix);
  maker.dense("set.head.0", widths.head, 2 * widths.token);
  maker.dense("set.head.1", widths.embedding, widths.head);
  maker.dense("set.head.2", classes, widths.embedding);
}

}  // namespace

ModelWidths full_widths() {
  return {{32, 64, 128}, {64, 128, 256}, {64, 128, 256}, 256, 384, 224, 128, 40, 48};
}

const std::vector<std::string>& known_names() {
  static const std::vector<std::string> names = {"bench", "chair", "night_stand", "vase"};
  return names;
}

nn::WeightsFile random_model(std::uint64_t seed, const ModelWidths& widths) {
  Maker maker(seed);
  const std::size_t known = known_names().size();
  add_set_network(maker, widths, known + 1);
  const nn::WeightsFile spherical = classify::random_spherical_weights(
      {widths.s2_filters, widths.so3_filters, widths.embedding, known + 1}, seed + 1);
  maker.file.tensors.insert(spherical.tensors.begin(), spherical.tensors.end());
  maker.tensor("class_means", {known, 2 * widths.embedding}, 2 * widths.embedding);
  std::string classes;
  for (const std::string& name : known_names()) classes += name + ",";
  maker.file.metadata = {{"kind", "shape-classifier"},
                         {"format_version", "1"},
                         {"name", "random"},
                         {"version", "1"},
                         {"licence", "BSD-3-Clause"},
                         {"training_data", "none"},
                         {"command", "none"},
                         {"classes", classes + "unknown"},
                         {"promises", "permutation-invariant,motion-invariant,scale-invariant"},
                         {"temperature_fused", "1.5"},
                         {"temperature_set", "1.25"},
                         {"temperature_spherical", "0.75"},
                         {"unknown_threshold", "0"},
                         {"unknown_rule", "probability"}};
  return maker.file;
}

}  // namespace equicloud::classify_tests
