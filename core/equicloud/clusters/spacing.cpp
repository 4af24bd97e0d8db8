// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/clusters/spacing.h>
#include <equicloud/knn/neighbors.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace equicloud::clusters {
namespace {

constexpr std::size_t kNeighbors = 8;
constexpr std::size_t kBlock = 64;  // rows asked at once: near each other, so the cache helps
constexpr std::size_t kMostBlocks = 1024;

}  // namespace

double typical_spacing(const CanonicalCloud& cloud, const Executor& executor) {
  const std::size_t n = cloud.size();
  if (n < 2) return 0.0;
  const std::size_t k = std::min(kNeighbors, n - 1);
  const std::size_t blocks = (n + kBlock - 1) / kBlock;
  const std::size_t asked = std::min(blocks, kMostBlocks);
  const knn::SelfJoin join{PointsView(cloud.xyz)};
  std::vector<std::uint32_t> neighbors(asked * kBlock * k);
  std::vector<float> distances(asked * kBlock * k);
  std::vector<float> farthest(asked * kBlock, -1.0F);  // -1: the last block's missing rows
  executor.run(asked, [&](std::size_t b) {
    const std::size_t begin = b * blocks / asked * kBlock;
    const std::size_t rows = std::min(n - begin, kBlock);
    const Span<float> its = Span<float>(distances).subspan(b * kBlock * k, rows * k);
    join.nearest(begin, begin + rows, static_cast<int>(k),
                 Span<std::uint32_t>(neighbors).subspan(b * kBlock * k, rows * k), its);
    for (std::size_t i = 0; i < rows; ++i) farthest[b * kBlock + i] = its[i * k + k - 1];
  });
  farthest.erase(std::remove(farthest.begin(), farthest.end(), -1.0F), farthest.end());
  const auto median = farthest.begin() + static_cast<std::ptrdiff_t>(farthest.size() / 2);
  std::nth_element(farthest.begin(), median, farthest.end());
  return static_cast<double>(*median) / cloud.scale;
}

double typical_spacing(PointsView points, const Executor& executor) {
  return typical_spacing(canonical_order(points, executor), executor);
}

}  // namespace equicloud::clusters
