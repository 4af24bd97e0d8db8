// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/set_network.h>
#include <equicloud/sets/pooling.h>

#include <algorithm>
#include <string>

namespace equicloud::classify {
namespace {

using nn::Activation;
using sets::Pooling;

// Rows of pairs worked on at once: a multiple of the kernel's 6 rows and of 16 and 32 neighbours;
// h1 and h2 of them stay in the cache.
constexpr std::size_t kBlockRows = 96;

std::size_t width_of(int width) { return static_cast<std::size_t>(width); }

// A layer without a bias of its own in the file.
nn::Dense dense_with(const nn::WeightsFile& file, const std::string& weight,
                     const std::vector<float>& bias) {
  const nn::Tensor& matrix = file.matrix(weight);
  if (matrix.shape[0] != bias.size())
    throw FormatError("tensor " + weight + " has " + std::to_string(matrix.shape[0]) +
                      " rows, its bias has " + std::to_string(bias.size()));
  return nn::Dense(
      {static_cast<int>(matrix.shape[1]), static_cast<int>(matrix.shape[0]), Activation::none},
      matrix.values, bias);
}

sets::EquivariantLayer load_mix(const nn::WeightsFile& file) {
  nn::Dense own = nn::load_dense(file, "set.mix.own", Activation::relu);
  const nn::Tensor& max =
      file.tensor("set.mix.max.weight", {width_of(own.out()), width_of(own.in())});
  return {std::move(own), max.values, Pooling::max};
}

void check(int found, int expected, const std::string& what) {
  if (found != expected)
    throw FormatError(what + " takes " + std::to_string(found) + " numbers, " +
                      std::to_string(expected) + " come in");
}

// h = relu(h + P[neighbor]), row by row.
void add_sources(const float* sources, const std::uint32_t* neighbors, std::size_t rows,
                 std::size_t width, float* h) noexcept {
  for (std::size_t r = 0; r < rows; ++r, h += width) {
    const float* source = sources + neighbors[r] * width;
    for (std::size_t c = 0; c < width; ++c) {
      const float sum = h[c] + source[c];
      h[c] = sum > 0.0F ? sum : 0.0F;
    }
  }
}

// Grows only, so that shapes of changing size do not clear it again and again.
float* room(std::vector<float>& memory, std::size_t size) {
  if (memory.size() < size) memory.resize(size);
  return memory.data();
}

}  // namespace

SetNetwork::Level SetNetwork::load_level(const nn::WeightsFile& file, int number) {
  const std::string name = "set.l" + std::to_string(number);
  const std::size_t hidden = file.matrix(name + ".pair.weight").shape[0];
  const std::vector<float> none(hidden, 0.0F);
  return {
      dense_with(file, name + ".source.weight", file.tensor(name + ".pair.bias", {hidden}).values),
      dense_with(file, name + ".pair.weight", none),
      nn::load_dense(file, name + ".edge", Activation::relu),
      nn::load_dense(file, name + ".out", Activation::relu)};
}

SetNetwork::SetNetwork(const nn::WeightsFile& file)
    : levels_{load_level(file, 1), load_level(file, 2), load_level(file, 3)},
      mix_(load_mix(file)),
      token_(nn::load_dense(file, "set.token", Activation::relu)),
      head_{nn::load_dense(file, "set.head.0", Activation::relu),
            nn::load_dense(file, "set.head.1", Activation::relu),
            nn::load_dense(file, "set.head.2", Activation::none)} {
  check_widths();
}

void SetNetwork::check_widths() const {
  int width = kPointNumbers;
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const Level& level = levels_[i];
    const std::string name = "set.l" + std::to_string(i + 1);
    check(level.source.in(), width, name + ".source");
    check(level.pair.in(), kPairNumbers, name + ".pair");
    check(level.edge.in(), level.pair.out(), name + ".edge");
    check(level.out.in(), level.edge.out() + width, name + ".out");
    width = level.out.out();
  }
  check(mix_.in(), width, "set.mix");
  check(token_.in(), mix_.out(), "set.token");
  check(head_[0].in(), 2 * token_.out(), "set.head.0");
  check(head_[1].in(), head_[0].out(), "set.head.1");
  check(head_[2].in(), head_[1].out(), "set.head.2");
}

std::size_t SetNetwork::classes() const noexcept { return width_of(head_[2].out()); }
std::size_t SetNetwork::embedding_size() const noexcept { return width_of(head_[1].out()); }

std::size_t SetNetwork::multiply_adds(const SetFeatures& features) const noexcept {
  const auto size = [](const nn::Dense& layer) {
    return width_of(layer.in()) * width_of(layer.out());
  };
  std::size_t total = 0;
  std::size_t sources = features.points;
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const Level& level = levels_[i];
    const std::size_t centres = features.level[i].centres;
    total += sources * size(level.source) + centres * size(level.out) +
             centres * features.level[i].k * (size(level.pair) + size(level.edge));
    sources = centres;
  }
  const std::size_t mix = width_of(mix_.in()) * width_of(mix_.out());
  total += (sources + 1) * mix + sources * size(token_);
  for (const nn::Dense& layer : head_) total += size(layer);
  return total;
}

SetNetwork::Rows SetNetwork::run_level(const Level& level, const SetFeatures::Level& sets,
                                       Rows features, std::size_t sources, Workspace& workspace,
                                       std::vector<float>& result) {
  const std::size_t hidden = level.pair.padded_out();
  const std::size_t edge = width_of(level.edge.out());
  const std::size_t own = width_of(level.source.in());
  const std::size_t joined = edge + own;
  const std::size_t k = sets.k;
  const std::size_t block = std::max<std::size_t>(1, kBlockRows / k);
  float* source = room(workspace.source_, sources * hidden);
  float* h1 = room(workspace.first_, block * k * hidden);
  float* h2 = room(workspace.second_, block * k * level.edge.padded_out());
  float* rows = room(workspace.joined_, sets.centres * joined);
  float* out = room(result, sets.centres * level.out.padded_out());
  level.source.forward(features.values, features.stride, sources, source);
  for (std::size_t begin = 0; begin < sets.centres; begin += block) {
    const std::size_t count = std::min(block, sets.centres - begin);
    level.pair.forward(sets.pairs.data() + begin * k * kPairNumbers, kPairNumbers, count * k, h1);
    add_sources(source, sets.neighbors.data() + begin * k, count * k, hidden, h1);
    level.edge.forward(h1, hidden, count * k, h2);
    for (std::size_t c = 0; c < count; ++c) {
      float* row = rows + (begin + c) * joined;
      sets::pool(Pooling::max, h2 + c * k * level.edge.padded_out(), level.edge.padded_out(), k,
                 edge, nullptr, 0.0F, row);
      std::copy_n(features.values + (begin + c) * features.stride, own, row + edge);
    }
  }
  level.out.forward(rows, joined, sets.centres, out);
  return {out, level.out.padded_out()};
}

SetOutput SetNetwork::forward(const SetFeatures& features, Workspace& workspace) const {
  Rows rows{features.point.data(), kPointNumbers};
  std::size_t count = features.points;
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    rows = run_level(levels_[i], features.level[i], rows, count, workspace,
                     workspace.features_[i % 2]);
    count = features.level[i].centres;
  }
  float* mixed = room(workspace.first_, count * mix_.padded_out());
  room(workspace.scratch_, mix_.scratch_size());
  mix_.forward(rows.values, rows.stride, count, workspace.scratch_, mixed);
  float* tokens = room(workspace.tokens_, count * token_.padded_out());
  token_.forward(mixed, mix_.padded_out(), count, tokens);
  const std::size_t width = width_of(token_.out());
  float* x = room(workspace.pooled_, 2 * width);
  sets::pool(Pooling::max, tokens, token_.padded_out(), count, width, nullptr, 0.0F, x);
  sets::pool(Pooling::mean, tokens, token_.padded_out(), count, width, nullptr, 0.0F, x + width);
  float* hidden = room(workspace.second_, head_[0].padded_out());
  float* embedded = room(workspace.joined_, head_[1].padded_out());
  float* scores = room(workspace.source_, head_[2].padded_out());
  head_[0].forward(x, 2 * width, 1, hidden);
  head_[1].forward(hidden, head_[0].padded_out(), 1, embedded);
  head_[2].forward(embedded, head_[1].padded_out(), 1, scores);
  return {{scores, classes()}, {embedded, embedding_size()}};
}

}  // namespace equicloud::classify
