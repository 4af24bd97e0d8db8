// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/nearest.h>
#include <equicloud/classify/pairs.h>
#include <equicloud/classify/sampling.h>
#include <equicloud/classify/set_features.h>

#include <algorithm>

namespace equicloud::classify {
namespace {

// At most so many centres, so many neighbours each.
struct LevelSize {
  std::size_t centres, k;
};
constexpr std::array<LevelSize, kLevels> kSizes = {{{512, 16}, {128, 32}, {32, 32}}};
static_assert(kSizes[0].centres == kSamplePoints && kSizes[0].k <= kAxisNeighbors);

}  // namespace

struct FeatureExtractor::Memory {
  AxisFinder finder;
  NearestSearch search;
  Pairs pairs;
  const Axes* axes = nullptr;
  SetFeatures features;
  std::vector<float> distances;

  void resize(std::size_t n) {
    features.points = n;
    for (std::size_t i = 0; i < kLevels; ++i) {
      SetFeatures::Level& level = features.level[i];
      level.centres = std::min(kSizes[i].centres, n);
      level.k = kSizes[i].k;
      level.neighbors.resize(level.centres * level.k);
      level.pairs.resize(level.centres * level.k * kPairNumbers);
    }
  }

  // The beginnings of the axes' own lists.
  void find_first() {
    SetFeatures::Level& level = features.level[0];
    for (std::size_t i = 0; i < level.centres; ++i)
      std::copy_n(axes->neighbors.data() + i * kAxisNeighbors, level.k,
                  level.neighbors.data() + i * level.k);
  }

  void find(SetFeatures::Level& level, const std::vector<float>& xyz, std::size_t sources) {
    search.assign(xyz, sources);
    distances.resize(level.k);
    for (std::size_t i = 0; i < level.centres; ++i)
      search.find(xyz.data() + 3 * i, static_cast<std::uint32_t>(i),
                  {level.neighbors.data() + i * level.k, level.k}, distances);
  }
};

FeatureExtractor::FeatureExtractor() : memory_(std::make_unique<Memory>()) {}
FeatureExtractor::~FeatureExtractor() = default;

const SetFeatures& FeatureExtractor::extract(const Shape& shape) {
  Memory& m = *memory_;
  m.axes = &m.finder.find(shape);
  m.resize(shape.size());
  m.features.point = m.axes->numbers;
  m.find_first();
  for (std::size_t i = 1; i < kLevels; ++i)
    m.find(m.features.level[i], shape.xyz, m.features.level[i - 1].centres);
  m.pairs.assign(shape, *m.axes);
  for (SetFeatures::Level& level : m.features.level)
    for (std::size_t i = 0; i < level.centres; ++i)
      m.pairs.numbers(i, level.neighbors.data() + i * level.k, level.k,
                      level.pairs.data() + i * level.k * kPairNumbers);
  return m.features;
}

const Axes& FeatureExtractor::axes() const noexcept { return *memory_->axes; }

}  // namespace equicloud::classify
