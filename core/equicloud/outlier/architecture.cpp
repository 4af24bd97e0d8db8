// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/outlier/architecture.h>
#include <equicloud/outlier/features.h>

#include <nlohmann/json.hpp>

namespace equicloud::outlier {
namespace {

using nlohmann::json;

constexpr int kWidest = 1024;
constexpr std::size_t kMostLayers = 64;

[[noreturn]] void refuse(const std::string& layer, const std::string& reason) {
  throw FormatError("layer list: " + layer + ": " + reason);
}

int read_width(const json& entry, const char* key, const std::string& layer) {
  if (!entry.contains(key) || !entry.at(key).is_number_integer())
    refuse(layer, std::string("needs a whole number '") + key + "'");
  const auto width = entry.at(key).get<std::int64_t>();
  if (width < 1 || width > kWidest)
    refuse(layer, std::string(key) + " is " + std::to_string(width) + "; 1 to " +
                      std::to_string(kWidest) + " is allowed");
  return static_cast<int>(width);
}

DenseSpec read_dense(const json& entry, const std::string& layer) {
  const std::string activation = entry.value("activation", "none");
  if (activation != "none" && activation != "relu")
    refuse(layer, "unknown activation '" + activation + "'; none or relu");
  return {read_width(entry, "in", layer), read_width(entry, "out", layer),
          activation == "relu" ? Activation::relu : Activation::none};
}

Pooling read_pooling(const std::string& name, const std::string& layer) {
  if (name == "mean") return Pooling::mean;
  if (name == "max") return Pooling::max;
  if (name == "sum") return Pooling::sum;
  if (name == "pnorm") return Pooling::pnorm;
  refuse(layer, "unknown pooling '" + name + "'; mean, max, sum or pnorm");
}

void read_set_pool(const json& entry, LayerSpec& spec) {
  for (const json& dense : entry.at("layers")) {
    spec.phi.push_back(read_dense(dense, spec.name));
    const int before = spec.phi.size() == 1 ? kSetFeatures : spec.phi[spec.phi.size() - 2].out;
    if (spec.phi.back().in != before)
      refuse(spec.name, "phi takes " + std::to_string(spec.phi.back().in) + " channels, gets " +
                            std::to_string(before));
  }
  for (const json& name : entry.at("pooling"))
    spec.pooling.push_back(read_pooling(name.get<std::string>(), spec.name));
  if (spec.phi.empty() || spec.phi.size() > kMostLayers)
    refuse(spec.name, "phi needs 1 to 64 layers");
  if (spec.pooling.empty() || spec.pooling.size() > 4) refuse(spec.name, "needs 1 to 4 poolings");
  // An unweighted or signed maximum would jump when nearly tied neighbours swap.
  if (spec.phi.back().activation != Activation::relu)
    refuse(spec.name, "the last activation of phi must be relu");
}

LayerSpec read_layer(const json& entry) {
  LayerSpec spec;
  spec.name = entry.value("name", "");
  if (spec.name.empty()) refuse("a layer", "has no name");
  const std::string type = entry.value("type", "");
  if (type == "set_pool") {
    spec.type = LayerSpec::Type::set_pool;
    read_set_pool(entry, spec);
    return spec;
  }
  if (type != "dense" && type != "graph")
    refuse(spec.name, "unknown type '" + type + "'; set_pool, dense or graph");
  spec.type = type == "graph" ? LayerSpec::Type::graph : LayerSpec::Type::dense;
  spec.shape = read_dense(entry, spec.name);
  const auto context = entry.value("context", std::int64_t{0});
  if (context != 0 && context != kPointFeatures)
    refuse(spec.name, "context must be 0 or " + std::to_string(kPointFeatures));
  spec.context = static_cast<int>(context);
  if (spec.type == LayerSpec::Type::graph && spec.shape.in != spec.shape.out)
    refuse(spec.name, "a graph layer keeps its width");
  return spec;
}

// Channels after the layer; throws if it does not take `channels`.
int width_after(const LayerSpec& spec, int channels) {
  if (spec.type == LayerSpec::Type::set_pool)
    return channels + static_cast<int>(spec.pooling.size()) * spec.phi.back().out;
  if (spec.shape.in != channels)
    refuse(spec.name, "takes " + std::to_string(spec.shape.in) + " channels, gets " +
                          std::to_string(channels));
  return spec.shape.out;
}

std::size_t products(const DenseSpec& spec) {
  return static_cast<std::size_t>(spec.in) * static_cast<std::size_t>(spec.out);
}

}  // namespace

std::vector<LayerSpec> parse_layers(const std::string& text) {
  std::vector<LayerSpec> layers;
  try {
    const json list = json::parse(text);
    if (!list.is_array() || list.empty() || list.size() > kMostLayers)
      refuse("the list", "needs 1 to 64 layers");
    int channels = kPointFeatures;
    for (const json& entry : list) {
      layers.push_back(read_layer(entry));
      channels = width_after(layers.back(), channels);
    }
    if (layers.back().type != LayerSpec::Type::dense || channels != 1)
      refuse(layers.back().name, "the last layer must be dense with one output");
  } catch (const json::exception& error) {
    throw FormatError(std::string("layer list: not as documented (") + error.what() + ")");
  }
  return layers;
}

std::string default_layers() {
  return R"([{"type":"set_pool","name":"phi","layers":[{"in":9,"out":16,"activation":"relu"},)"
         R"({"in":16,"out":16,"activation":"relu"}],"pooling":["mean","max"]},)"
         R"({"type":"dense","name":"lift","in":55,"out":32,"context":23,"activation":"relu"},)"
         R"({"type":"graph","name":"graph1","in":32,"out":32,"context":23,"activation":"relu"},)"
         R"({"type":"graph","name":"graph2","in":32,"out":32,"context":23,"activation":"relu"},)"
         R"({"type":"dense","name":"head","in":32,"out":1}])";
}

std::size_t multiply_adds(const std::vector<LayerSpec>& layers) {
  std::size_t sum = 0;
  for (const LayerSpec& spec : layers) {
    for (const DenseSpec& dense : spec.phi) sum += kSetSize * products(dense);
    sum += products(spec.shape) * (spec.type == LayerSpec::Type::graph ? 2 : 1);
  }
  return sum;
}

}  // namespace equicloud::outlier
