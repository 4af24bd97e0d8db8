// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/members.h>
#include <equicloud/outlier/network.h>
#include <equicloud/sets/deep_sets.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <string>

namespace equicloud::outlier {
namespace {

constexpr std::size_t kBlock = 60;          // points: ten tiles of kernels::dense, in the cache
constexpr std::size_t kSpan = 16 * kBlock;  // points a task

// clamp((v - mean) * scale, -clip, clip), channel by channel. Means and scales are repeated as the
// channels lie, so that whole vectors can be taken.
class Standardiser {
 public:
  enum class Layout { rows, columns };  // a point a row of channels, or a member a column

  Standardiser(const nn::WeightsFile& file, const std::string& name, std::size_t channels,
               Layout layout)
      : mean_(repeated(file.tensor(name + ".mean", {channels}).values, layout)),
        scale_(repeated(file.tensor(name + ".scale", {channels}).values, layout)) {
    const std::string& text = file.meta("clip");
    clip_ = std::strtof(text.c_str(), nullptr);
    if (!(clip_ > 0.0F))
      throw FormatError("metadata 'clip' is '" + text + "', expected a positive number");
  }

  void apply(const float* in, std::size_t count, float* out) const {
    kernels::standardise(in, count, mean_.data(), scale_.data(), mean_.size(), clip_, out);
  }

 private:
  static std::vector<float> repeated(const std::vector<float>& channels, Layout layout) {
    std::vector<float> all(kSetLanes * channels.size());
    for (std::size_t k = 0; k < all.size(); ++k)
      all[k] = channels[layout == Layout::rows ? k % channels.size() : k / kSetLanes];
    return all;
  }

  std::vector<float> mean_;
  std::vector<float> scale_;
  float clip_;
};

// Rows of a block of points, `stride` floats apart.
struct Rows {
  std::vector<float> values;
  std::size_t stride = 0;
};

struct SetPoolLayer {
  nn::Mlp phi;
  std::vector<Pooling> pooling;
  std::size_t in;  // channels of x, which stay in front
};

}  // namespace

// The layers cut into stages: a stage begins with the input or with a graph layer and goes on with
// local ones.
struct Network::Parts {
  struct Local {
    std::unique_ptr<SetPoolLayer> pool;  // one of the two is set
    std::unique_ptr<nn::Dense> dense;
    std::vector<float> context;
  };
  struct Stage {
    std::unique_ptr<sets::GraphLayer> graph;
    std::vector<float> context;
    std::vector<Local> locals;
  };
  // Biases with the cloud-wide terms folded in, for one cloud.
  struct Biases {
    std::vector<float> graph;
    std::vector<std::vector<float>> locals;
  };

  // What a task works in; reused from block to block.
  struct Block {
    Rows x, y;                   // before and after a layer
    std::vector<float> members;  // set features of one point, then what phi makes of them
    std::vector<float> scratch;
  };

  Standardiser point;
  Standardiser set;
  std::vector<Stage> stages;

  explicit Parts(const nn::WeightsFile& file)
      : point(file, "point", kPointFeatures, Standardiser::Layout::rows),
        set(file, "set", kSetFeatures, Standardiser::Layout::columns),
        stages(1) {}

  void append(const nn::WeightsFile& file, const LayerSpec& spec, std::size_t channels);
  FeatureSums sums_of(Span<const float> features, const Executor& executor) const;
  std::vector<Biases> biases(const std::vector<float>& context) const;
  void pooled(const SetPoolLayer& layer, const NetworkInput& input, std::size_t begin,
              std::size_t end, Block& block) const;
  void run_block(const Stage& stage, const Biases& biases, const NetworkInput& input,
                 const float* state, std::size_t begin, std::size_t end, Block& block) const;
};

namespace {

std::vector<float> load_context(const nn::WeightsFile& file, const LayerSpec& spec) {
  if (spec.context == 0) return {};
  return file
      .tensor(spec.name + ".context",
              {static_cast<std::size_t>(spec.shape.out), static_cast<std::size_t>(spec.context)})
      .values;
}

std::unique_ptr<sets::GraphLayer> load_graph(const nn::WeightsFile& file, const LayerSpec& spec) {
  const auto width = static_cast<std::size_t>(spec.shape.out);
  return std::make_unique<sets::GraphLayer>(
      spec.shape.out, spec.shape.activation, file.tensor(spec.name + ".own", {width, width}).values,
      file.tensor(spec.name + ".neighbors", {width, width}).values,
      file.tensor(spec.name + ".bias", {width}).values);
}

}  // namespace

void Network::Parts::append(const nn::WeightsFile& file, const LayerSpec& spec,
                            std::size_t channels) {
  if (spec.type == LayerSpec::Type::graph) {
    stages.push_back({load_graph(file, spec), load_context(file, spec), {}});
    return;
  }
  Local local;
  if (spec.type == LayerSpec::Type::set_pool)
    local.pool = std::make_unique<SetPoolLayer>(
        SetPoolLayer{nn::load_mlp(file, spec.name, spec.phi), spec.pooling, channels});
  else
    local.dense = std::make_unique<nn::Dense>(nn::load_dense(file, spec.name, spec.shape));
  local.context = load_context(file, spec);
  stages.back().locals.push_back(std::move(local));
}

FeatureSums Network::Parts::sums_of(Span<const float> features, const Executor& executor) const {
  const std::size_t n = features.size() / kPointFeatures;
  std::vector<FeatureSums> sums((n + kSpan - 1) / kSpan);
  for_spans(executor, n, kSpan, [&](std::size_t begin, std::size_t end, std::size_t span) {
    sums[span].fill(0.0);
    std::array<float, kBlock * kPointFeatures> rows;
    for (; begin < end; begin += kBlock) {
      const std::size_t count = std::min(kBlock, end - begin);
      point.apply(features.data() + begin * kPointFeatures, count * kPointFeatures, rows.data());
      for (std::size_t i = 0; i < count; ++i)
        for (std::size_t c = 0; c < kPointFeatures; ++c)
          sums[span][c] += rows[i * kPointFeatures + c];
    }
  });
  FeatureSums total{};
  for (const FeatureSums& sum : sums)
    for (std::size_t c = 0; c < kPointFeatures; ++c) total[c] += sum[c];
  return total;
}

std::vector<Network::Parts::Biases> Network::Parts::biases(
    const std::vector<float>& context) const {
  std::vector<Biases> all;
  for (const Stage& stage : stages) {
    Biases biases;
    if (stage.graph) biases.graph = sets::bias_with(stage.graph->dense(), stage.context, context);
    for (const Local& local : stage.locals)
      biases.locals.push_back(local.dense ? sets::bias_with(*local.dense, local.context, context)
                                          : std::vector<float>());
    all.push_back(std::move(biases));
  }
  return all;
}

namespace {

// Sums over a set, and what poolings make of them.
struct PooledSet {
  std::vector<float> sum, max, cubes;

  PooledSet(const SetPoolLayer& layer) {
    const std::size_t width = layer.phi.padded_out();
    for (const Pooling pooling : layer.pooling)
      (pooling == Pooling::max ? max : pooling == Pooling::pnorm ? cubes : sum).resize(width);
  }
  kernels::MemberSums view() {
    const auto of = [](std::vector<float>& v) { return v.empty() ? nullptr : v.data(); };
    return {of(sum), of(max), of(cubes)};
  }
  // @param total  own + sum of the members' weights
  void write(Pooling pooling, std::size_t width, float total, float* out) const {
    switch (pooling) {
      case Pooling::mean:
        std::transform(sum.begin(), sum.begin() + width, out,
                       [total](float v) { return v / total; });
        break;
      case Pooling::max:
        std::copy_n(max.begin(), width, out);
        break;
      case Pooling::sum:
        std::copy_n(sum.begin(), width, out);
        break;
      case Pooling::pnorm:
        std::transform(cubes.begin(), cubes.begin() + width, out,
                       [](float v) { return std::cbrt(v); });
        break;
    }
  }
};

// phi's last layer pools as it goes; those before it leave their members in `members`, by turns in
// either half.
void pool_set(const SetPoolLayer& layer, const float* weights, std::vector<float>& members,
              PooledSet& pooled) {
  const std::vector<nn::Dense>& phi = layer.phi.layers();
  float* x = members.data();
  float* y = members.data() + members.size() / 2;
  const auto relu = [](const nn::Dense& dense) { return dense.activation() == Activation::relu; };
  for (std::size_t l = 0; l + 1 < phi.size(); ++l, std::swap(x, y))
    kernels::members_dense(x, static_cast<std::size_t>(phi[l].in()), phi[l].weights().data(),
                           phi[l].bias().data(), phi[l].padded_out(), relu(phi[l]), y);
  const nn::Dense& last = phi.back();
  kernels::members_pooled(x, static_cast<std::size_t>(last.in()), last.weights().data(),
                          last.bias().data(), last.padded_out(), relu(last), kSetSize, weights,
                          pooled.view());
}

std::size_t widest(const SetPoolLayer& layer) {
  std::size_t channels = kSetFeatures;
  for (const nn::Dense& dense : layer.phi.layers())
    channels = std::max(channels, dense.padded_out());
  return channels;
}

}  // namespace

// y = [x; pooled phi of each point's set].
void Network::Parts::pooled(const SetPoolLayer& layer, const NetworkInput& input, std::size_t begin,
                            std::size_t end, Block& block) const {
  static_assert(kSetLanes == kernels::kMembers);
  auto& [x, y, members, scratch] = block;
  const std::size_t rows = end - begin;
  members.resize(2 * widest(layer) * kSetLanes);
  PooledSet pooled(layer);
  const auto width = static_cast<std::size_t>(layer.phi.out());
  y.stride = layer.in + layer.pooling.size() * width;
  y.values.resize(rows * y.stride);
  for (std::size_t r = 0; r < rows; ++r) {
    const float* weights = input.sets.weights + (begin + r) * kSetSize;
    input.set_features(begin + r, members.data());
    set.apply(members.data(), kSetFeatures * kSetLanes, members.data());
    pool_set(layer, weights, members, pooled);
    const float total = std::accumulate(weights, weights + kSetSize, input.sets.own);
    float* out = y.values.data() + r * y.stride;
    out = std::copy_n(x.values.data() + r * x.stride, layer.in, out);
    for (const Pooling pooling : layer.pooling) {
      pooled.write(pooling, width, total, out);
      out += width;
    }
  }
}

// Takes points [begin, end) through a stage; `state` holds all points before it (nothing before the
// first, which reads the input), x receives them after it.
void Network::Parts::run_block(const Stage& stage, const Biases& biases, const NetworkInput& input,
                               const float* state, std::size_t begin, std::size_t end,
                               Block& block) const {
  Rows& x = block.x;
  Rows& y = block.y;
  const std::size_t rows = end - begin;
  if (stage.graph) {
    x.stride = stage.graph->padded_width();
    x.values.resize(rows * x.stride);
    block.scratch.resize(stage.graph->scratch_size(rows));
    stage.graph->forward(input.sets, state, biases.graph.data(), begin, end, block.scratch,
                         x.values.data());
  } else {
    x.stride = kPointFeatures;
    x.values.resize(rows * x.stride);
    point.apply(input.point_features.data() + begin * kPointFeatures, rows * kPointFeatures,
                x.values.data());
  }
  for (std::size_t l = 0; l < stage.locals.size(); ++l) {
    const Local& local = stage.locals[l];
    if (local.pool) {
      pooled(*local.pool, input, begin, end, block);
    } else {
      y.stride = local.dense->padded_out();
      y.values.resize(rows * y.stride);
      local.dense->forward(x.values.data(), x.stride, rows, biases.locals[l].data(),
                           y.values.data());
    }
    std::swap(x, y);
  }
}

NetworkInput network_input(const Features& features) {
  return {features.points,
          features.point_features,
          {features.neighbors.data(), features.set_weights.data(), kSetSize, 0.5F},
          [&features](std::size_t i, float* out) {
            const float* members = features.set_features.data() + i * kSetSize * kSetFeatures;
            std::fill_n(out, kSetFeatures * kSetLanes, 0.0F);
            for (std::size_t k = 0; k < kSetSize * kSetFeatures; ++k)
              out[k % kSetFeatures * kSetLanes + k / kSetFeatures] = members[k];
          },
          nullptr,
          {},
          {}};
}

float probability_of(float logit) {
  return static_cast<float>(1.0 / (1.0 + std::exp(-static_cast<double>(logit))));
}

Network::Network(const nn::WeightsFile& file, const std::vector<LayerSpec>& layers)
    : parts_(std::make_unique<Parts>(file)) {
  std::size_t channels = kPointFeatures;
  for (const LayerSpec& spec : layers) {
    parts_->append(file, spec, channels);
    channels = spec.type == LayerSpec::Type::set_pool
                   ? channels + spec.pooling.size() * static_cast<std::size_t>(spec.phi.back().out)
                   : static_cast<std::size_t>(spec.shape.out);
  }
}

Network::~Network() = default;

FeatureSums Network::feature_sums(Span<const float> point_features,
                                  const Executor& executor) const {
  return parts_->sums_of(point_features, executor);
}

std::vector<float> Network::context(const FeatureSums& sums, std::size_t points) {
  std::vector<float> context(kPointFeatures);
  std::transform(sums.begin(), sums.end(), context.begin(), [points](double sum) {
    return static_cast<float>(sum / static_cast<double>(points));
  });
  return context;
}

std::size_t Network::stages() const noexcept { return parts_->stages.size(); }

std::vector<float> Network::logits(const NetworkInput& input, const Executor& executor) const {
  NetworkMemory memory;
  logits(input, executor, memory);
  return std::move(memory.logits);
}

void Network::logits(const NetworkInput& input, const Executor& executor,
                     NetworkMemory& memory) const {
  memory.logits.resize(input.reach.empty() ? input.points : input.reach.back());
  const std::vector<Parts::Biases> biases = parts_->biases(
      !input.context.empty() ? input.context
                             : context(feature_sums(input.point_features, executor), input.points));
  // The two take turns, each stage from one into the other; the first always fills memory.state.
  LargeVector<float>* before = &memory.next;
  LargeVector<float>* after = &memory.state;
  for (std::size_t s = 0; s < parts_->stages.size(); ++s) {
    const Parts::Stage& stage = parts_->stages[s];
    const bool last = s + 1 == parts_->stages.size();
    const std::size_t n = input.reach.empty() ? input.points : input.reach[s];
    const std::size_t next_stride = last ? 0 : parts_->stages[s + 1].graph->padded_width();
    after->resize(n * next_stride);
    const float* state = before->data();
    for_spans(executor, n, kSpan, [&](std::size_t span_begin, std::size_t span_end, std::size_t) {
      Parts::Block block;
      for (std::size_t begin = span_begin; begin < span_end; begin += kBlock) {
        const std::size_t end = std::min(begin + kBlock, span_end);
        parts_->run_block(stage, biases[s], input, state, begin, end, block);
        const Rows& x = block.x;
        if (last)
          for (std::size_t i = begin; i < end; ++i)
            memory.logits[i] = x.values[(i - begin) * x.stride];
        else
          std::copy_n(x.values.data(), (end - begin) * next_stride,
                      after->data() + begin * next_stride);
      }
    });
    std::swap(before, after);
    if (s == 0 && input.spent != nullptr) memory.next.swap(*input.spent);
  }
  if (input.spent != nullptr) memory.next.swap(*input.spent);
}

}  // namespace equicloud::outlier
