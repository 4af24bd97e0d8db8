// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/large_vector.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/outlier/local_statistics.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/network.h>
#include <equicloud/tiles/closure.h>
#include <equicloud/tiles/lanes.h>
#include <equicloud/tiles/median.h>
#include <equicloud/tiles/tiled_scorer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace equicloud::tiles {
namespace {

using outlier::kNeighbors;

// Peak while a tile is scored, over its points; the hops around it included.
constexpr std::uint64_t kBytesAPoint = 620;
constexpr std::size_t kBlock = 65536;
constexpr std::size_t kSpan = 1024;
constexpr std::size_t kListBytes = kNeighbors * sizeof(std::uint32_t);
constexpr std::uint64_t kMostRows = std::numeric_limits<std::uint32_t>::max() - 1;
// Hops over lists that the features of a point hang on.
constexpr std::size_t kFeatureHops = 3;

// The passes over all tiles and the parts of the time that they take, roughly.
struct Pass {
  double begin, end;
};
constexpr Pass kScatterPass{0.0, 0.03}, kSortPass{0.03, 0.07}, kListsPass{0.07, 0.45};
constexpr Pass kContextPass{0.45, 0.65}, kScorePass{0.65, 1.0};

std::array<float, 3> scaled(const float* p, double scale) {
  std::array<float, 3> q;
  // As CanonicalCloud: + 0 makes -0 a 0.
  for (std::size_t axis = 0; axis < 3; ++axis) q[axis] = static_cast<float>(p[axis] * scale) + 0.0F;
  return q;
}

}  // namespace

struct TiledScorer::State {
  struct Tile {
    std::uint64_t first_point = 0;  // of the scattered ones
    std::uint64_t points = 0;
    std::uint64_t first = 0, last = 0;  // rows
    Corners corners;
    bool is_copies = false;  // of one point, more than fit into memory
    double spacing = 0.0;    // a typical chunk's diagonal
  };

  State(std::shared_ptr<const outlier::Model> m, TilingOptions o)
      : model(std::move(m)),
        options(std::move(o)),
        raw(options.folder),
        points(options.folder),
        order(options.folder),
        lists(options.folder),
        store(points) {}

  std::shared_ptr<const outlier::Model> model;
  TilingOptions options;
  TiledSummary summary;
  Corners corners;  // of the finite points as given
  double scale = 1.0;
  std::optional<ScratchFile> raw;  // as given; until they are scattered
  ScratchFile points;              // scattered by tile, then rows
  ScratchFile order;               // of a scattered point: its row within the tile, then its score
  ScratchFile lists;               // rows of a row's neighbours
  PointStore store;
  std::optional<Cut> cut;
  std::vector<Tile> tiles;
  std::optional<Lanes> answers;
  float spacing = 0.0F;
  std::vector<float> context;
  std::function<void(double)> done;

  void each_tile(Pass pass, const std::function<void(Tile&)>& work);
  void append(PointsView given);
  void stream(const Executor& executor, const std::function<void(Span<const float>)>& take) const;
  void scatter(const Executor& executor);
  void sort(Tile& tile, const Executor& executor);
  double halo_of(const Tile& tile) const;
  void find_lists(const Tile& tile, const Executor& executor, Median& median);
  outlier::CloudPart part_of(const Closure& closure, std::size_t from) const;
  void measure_context(const Executor& executor);
  void score_all(const Executor& executor);
  void write_scores(const Tile& tile, const std::vector<float>& of_row) const;
  void begin_answers();
  std::uint64_t most_points() const {
    return std::max<std::uint64_t>(20'000, (options.memory - 2 * kLaneBytes) / kBytesAPoint);
  }
};

void TiledScorer::State::each_tile(Pass pass, const std::function<void(Tile&)>& work) {
  std::uint64_t points_done = 0;
  for (Tile& tile : tiles) {
    work(tile);
    points_done += tile.points;
    if (done)
      done(pass.begin + (pass.end - pass.begin) * static_cast<double>(points_done) /
                            static_cast<double>(summary.finite_points));
  }
}

void TiledScorer::State::append(PointsView given) {
  std::vector<float> block;
  block.reserve(3 * std::min(kBlock, given.size));
  for (std::size_t begin = 0; begin < given.size; begin += kBlock) {
    block.clear();
    const std::size_t end = std::min(begin + kBlock, given.size);
    for (std::size_t i = begin; i < end; ++i) {
      const float* p = given[i];
      if (!is_finite(p)) continue;
      corners.add(p);
      block.insert(block.end(), p, p + 3);
    }
    raw->write(summary.finite_points * PointStore::kRowBytes, block.data(),
               block.size() * sizeof(float));
    summary.finite_points += block.size() / 3;
  }
  summary.points += given.size;
}

// Finite points in the units of CanonicalCloud, in order; on the executor, since that may be one
// that can be interrupted.
void TiledScorer::State::stream(const Executor& executor,
                                const std::function<void(Span<const float>)>& take) const {
  std::vector<float> block(3 * kBlock);
  for (std::uint64_t begin = 0; begin < summary.finite_points; begin += kBlock) {
    block.resize(3 * static_cast<std::size_t>(
                         std::min<std::uint64_t>(kBlock, summary.finite_points - begin)));
    raw->read(begin * PointStore::kRowBytes, block.data(), block.size() * sizeof(float));
    for (std::size_t i = 0; i < block.size(); i += 3) {
      const std::array<float, 3> q = scaled(block.data() + i, scale);
      std::copy(q.begin(), q.end(), block.data() + i);
    }
    executor.run(1, [&](std::size_t) { take(block); });
  }
}

void TiledScorer::State::scatter(const Executor& executor) {
  scale = corners.curve().scale();
  Corners unit;
  unit.add(scaled(corners.low.data(), scale).data());
  unit.add(scaled(corners.high.data(), scale).data());
  cut.emplace(
      unit, [&](const std::function<void(Span<const float>)>& take) { stream(executor, take); },
      most_points(), options.tile * scale);
  tiles.resize(cut->tiles());
  std::vector<std::uint64_t> begins = {0};
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    tiles[t].first_point = begins.back() / 3;
    tiles[t].points = cut->points(t);
    tiles[t].is_copies = tiles[t].points > most_points();  // the cut leaves no others so large
    begins.push_back(begins.back() + 3 * tiles[t].points);
  }
  Lanes lanes(points, begins);
  stream(executor, [&](Span<const float> xyz) {
    for (std::size_t i = 0; i < xyz.size(); i += 3)
      lanes.put(cut->tile_of(xyz.data() + i), xyz.data() + i, 3);
  });
  lanes.flush();
  raw.reset();
  if (done) done(kScatterPass.end);
}

// A tile's points into canonical order, copies of one only once: they become the next rows.
void TiledScorer::State::sort(Tile& tile, const Executor& executor) {
  tile.first = store.size();
  if (tile.is_copies) {
    std::array<float, 3> p{};
    points.read(tile.first_point * PointStore::kRowBytes, p.data(), PointStore::kRowBytes);
    tile.corners.add(p.data());
    store.add({p.data(), 3});
    tile.last = store.size();
    return;
  }
  std::vector<float> xyz(3 * static_cast<std::size_t>(tile.points));
  points.read(tile.first_point * PointStore::kRowBytes, xyz.data(), xyz.size() * sizeof(float));
  CanonicalCloud cloud = canonical_order(PointsView(xyz), executor);
  const double back = 1.0 / cloud.scale;
  for (float& v : cloud.xyz) v = static_cast<float>(v * back);
  if (store.size() + cloud.size() > kMostRows)
    throw InvalidArgument("the cloud has more than " + std::to_string(kMostRows) +
                          " distinct points; cut it into several files");
  std::vector<std::uint32_t> rows(cloud.row_of_input.begin(), cloud.row_of_input.end());
  order.write(tile.first_point * sizeof(std::uint32_t), rows.data(),
              rows.size() * sizeof(std::uint32_t));
  std::vector<double> diagonals;
  for (std::size_t begin = 0; begin < cloud.size(); begin += kSpan) {
    Corners box;
    for (std::size_t i = begin; i < std::min(begin + kSpan, cloud.size()); ++i)
      box.add(cloud.xyz.data() + 3 * i);
    tile.corners.add(box.low.data());
    tile.corners.add(box.high.data());
    diagonals.push_back(std::hypot(static_cast<double>(box.high[0]) - box.low[0],
                                   static_cast<double>(box.high[1]) - box.low[1],
                                   static_cast<double>(box.high[2]) - box.low[2]));
  }
  const auto middle = diagonals.begin() + static_cast<std::ptrdiff_t>(diagonals.size() / 2);
  std::nth_element(diagonals.begin(), middle, diagonals.end());
  tile.spacing = *middle;
  store.add(cloud.xyz);
  tile.last = store.size();
}

// Wide enough for most lists, narrow enough to load little: the rest is asked again.
double TiledScorer::State::halo_of(const Tile& tile) const {
  const std::uint64_t own = tile.last - tile.first;
  double halo = options.halo > 0.0 ? options.halo * scale : tile.spacing / 4.0;
  while (halo > 0.0) {
    const std::uint64_t near = store.count_near(Region::around(tile.corners, halo));
    const std::uint64_t others = near - std::min(near, own);
    if (others <= std::max<std::uint64_t>(own / 3, kBlock)) break;
    halo = halo < tile.spacing * 1e-3 ? 0.0 : halo / 2.0;
  }
  return halo;
}

// How far a point may look before it leaves what was loaded. Nothing lies outside the cloud.
double reach_of(const float* p, const Region& region, const Corners& cloud) {
  double reach = std::numeric_limits<double>::infinity();
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (region.low[axis] > static_cast<double>(cloud.low[axis]))
      reach = std::min(reach, static_cast<double>(p[axis]) - region.low[axis]);
    if (region.high[axis] < static_cast<double>(cloud.high[axis]))
      reach = std::min(reach, region.high[axis] - static_cast<double>(p[axis]));
  }
  return reach;
}

void TiledScorer::State::find_lists(const Tile& tile, const Executor& executor, Median& median) {
  const auto own = static_cast<std::size_t>(tile.last - tile.first);
  const Region region = Region::around(tile.corners, halo_of(tile));
  std::vector<float> xyz(3 * own);
  store.read(tile.first, own, xyz.data());
  std::vector<std::uint32_t> rows(own);
  for (std::size_t i = 0; i < own; ++i) rows[i] = static_cast<std::uint32_t>(tile.first + i);
  store.within(region, tile.first, tile.last, rows, xyz);
  const std::size_t n = rows.size();
  const bool enough = n > kNeighbors;
  const CanonicalCloud cloud = canonical_order(PointsView(xyz), executor);
  const double back = 1.0 / cloud.scale;
  std::vector<std::uint32_t> loaded(n);  // by place in canonical order
  for (std::size_t i = 0; i < n; ++i)
    loaded[static_cast<std::size_t>(cloud.row_of_input[i])] = static_cast<std::uint32_t>(i);
  const knn::SelfJoin join = enough ? knn::SelfJoin(PointsView(cloud.xyz)) : knn::SelfJoin();
  std::vector<std::uint32_t> found(own * kNeighbors);
  std::vector<float> h8(own);
  std::atomic<std::uint64_t> again{0};
  const auto finish = [&](std::size_t i, std::array<float, kNeighbors> distances,
                          const std::uint32_t* list) {
    h8[i] = outlier::local_spacing(distances.data());
    std::copy_n(list, kNeighbors, found.begin() + static_cast<std::ptrdiff_t>(i * kNeighbors));
  };
  for_spans(executor, n, kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<std::uint32_t> ids((end - begin) * kNeighbors);
    std::vector<float> distances(ids.size());
    if (enough) join.nearest(begin, end, kNeighbors, ids, distances);
    for (std::size_t place = begin; place < end; ++place) {
      const std::size_t i = loaded[place];
      if (i >= own) continue;
      const float* p = xyz.data() + 3 * i;
      std::uint32_t* list = ids.data() + (place - begin) * kNeighbors;
      std::array<float, kNeighbors> d{};
      const float* scaled_up = distances.data() + (place - begin) * kNeighbors;
      std::transform(scaled_up, scaled_up + kNeighbors, d.begin(),
                     [back](float v) { return static_cast<float>(v * back); });
      const double bound =
          enough ? static_cast<double>(d.back()) : std::numeric_limits<double>::max() / 4.0;
      if (enough && bound * (1.0 + 1e-6) <= reach_of(p, region, store.corners())) {
        std::transform(list, list + kNeighbors, list,
                       [&](std::uint32_t id) { return rows[loaded[id]]; });
      } else {
        ++again;
        store.nearest(rows[i], p, kNeighbors, bound, list, d.data());
      }
      finish(i, d, list);
    }
  });
  summary.asked_again += again;
  lists.write(tile.first * kListBytes, found.data(), found.size() * sizeof(std::uint32_t));
  median.write(tile.first, h8.data(), own);
}

// @param from  hops that what is wanted lies away from the tile's own points
outlier::CloudPart TiledScorer::State::part_of(const Closure& closure, std::size_t from) const {
  outlier::CloudPart part;
  part.xyz = closure.xyz();
  part.second_hop = closure.within(from);
  part.first_hop = closure.within(from + 1);
  part.lists = closure.within(from + 2);
  part.spacing = spacing;
  part.nearest = [&closure](std::size_t begin, std::size_t end, std::uint32_t* neighbors,
                            float* distances) {
    closure.nearest(begin, end, neighbors, distances);
  };
  return part;
}

void TiledScorer::State::measure_context(const Executor& executor) {
  outlier::FeatureSums sums{};
  outlier::LocalStatistics statistics;
  Closure closure(store, lists);
  each_tile(kContextPass, [&](const Tile& tile) {
    closure.gather(tile.first, tile.last, kFeatureHops, executor);
    statistics.measure(part_of(closure, 0), executor);
    const outlier::FeatureSums of_tile = model->network().feature_sums(
        {statistics.point_features().data(), closure.within(0) * outlier::kPointFeatures},
        executor);
    for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += of_tile[c];
  });
  context = outlier::Network::context(sums, static_cast<std::size_t>(store.size()));
}

void TiledScorer::State::score_all(const Executor& executor) {
  const std::size_t stages = model->network().stages();
  outlier::LocalStatistics statistics;
  outlier::NetworkMemory memory;
  Closure closure(store, lists);
  each_tile(kScorePass, [&](const Tile& tile) {
    closure.gather(tile.first, tile.last, stages - 1 + kFeatureHops, executor);
    statistics.measure(part_of(closure, stages - 1), executor);
    statistics.exchange_scratch(memory.state);
    outlier::NetworkInput input{
        statistics.size(),
        statistics.point_features(),
        statistics.neighbor_sets(),
        [&statistics](std::size_t i, float* out) { statistics.set_features(i, out); },
        &statistics.seen(),
        context,
        {}};
    for (std::size_t stage = stages; stage-- > 0;) input.reach.push_back(closure.within(stage));
    model->network().logits(input, executor, memory);
    statistics.exchange_scratch(memory.state);
    std::vector<float>& of_row = memory.logits;
    std::transform(of_row.begin(), of_row.end(), of_row.begin(), outlier::probability_of);
    write_scores(tile, of_row);
  });
}

// Scores in the place of the rows that they are of.
void TiledScorer::State::write_scores(const Tile& tile, const std::vector<float>& of_row) const {
  std::vector<std::uint32_t> rows;
  std::vector<float> values;
  for (std::uint64_t begin = 0; begin < tile.points; begin += kBlock) {
    rows.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, tile.points - begin)));
    values.resize(rows.size());
    const std::uint64_t offset = (tile.first_point + begin) * sizeof(float);
    if (tile.is_copies)
      std::fill(rows.begin(), rows.end(), 0U);
    else
      order.read(offset, rows.data(), rows.size() * sizeof(float));
    std::transform(rows.begin(), rows.end(), values.begin(),
                   [&](std::uint32_t row) { return of_row[row]; });
    order.write(offset, values.data(), values.size() * sizeof(float));
  }
}

void TiledScorer::State::begin_answers() {
  std::vector<std::uint64_t> begins = {0};
  for (const Tile& tile : tiles) begins.push_back(begins.back() + tile.points);
  answers.emplace(order, begins);
}

TiledScorer::TiledScorer(std::shared_ptr<const outlier::Model> model, TilingOptions options) {
  if (!model) throw InvalidArgument("TiledScorer: no model given");
  if (options.memory < kLeastMemory)
    throw InvalidArgument("TiledScorer: memory is " + std::to_string(options.memory) +
                          " bytes; at least 64 MiB are expected");
  if (!(options.tile >= 0.0) || !(options.halo >= 0.0))
    throw InvalidArgument("TiledScorer: tile and halo are lengths, 0 or more");
  state_ = std::make_unique<State>(std::move(model), std::move(options));
}
TiledScorer::TiledScorer(TiledScorer&&) noexcept = default;
TiledScorer& TiledScorer::operator=(TiledScorer&&) noexcept = default;
TiledScorer::~TiledScorer() = default;

void TiledScorer::append(PointsView points) { state_->append(points); }

TiledSummary TiledScorer::score(const Executor& executor,
                                const std::function<void(double share)>& done) {
  State& s = *state_;
  s.done = done;
  if (s.summary.finite_points > 0) s.scatter(executor);
  s.each_tile(kSortPass, [&](State::Tile& tile) { s.sort(tile, executor); });
  s.summary.tiles = s.tiles.size();
  s.summary.distinct_points = s.store.size();
  s.summary.status = s.summary.points == 0             ? outlier::Status::empty
                     : s.store.size() < kNeighbors + 1 ? outlier::Status::too_few_points
                                                       : outlier::Status::scored;
  if (s.summary.status == outlier::Status::scored) {
    s.store.finish();
    Median median(s.options.folder);
    s.each_tile(kListsPass, [&](const State::Tile& tile) { s.find_lists(tile, executor, median); });
    s.spacing = median.of(s.store.size());
    s.measure_context(executor);
    s.score_all(executor);
  } else {
    for (const State::Tile& tile : s.tiles)
      s.write_scores(tile, std::vector<float>(static_cast<std::size_t>(tile.last - tile.first)));
  }
  s.begin_answers();
  s.done = {};
  return s.summary;
}

void TiledScorer::scores(PointsView points, Span<float> probability) {
  for (std::size_t i = 0; i < points.size; ++i) {
    const float* p = points[i];
    if (!is_finite(p)) {
      probability[i] = std::numeric_limits<float>::quiet_NaN();
      continue;
    }
    const std::array<float, 3> q = scaled(p, state_->scale);
    const std::size_t tile = state_->cut ? state_->cut->tile_of(q.data()) : 0;
    if (!state_->cut || tile >= state_->tiles.size() || !state_->answers->get(tile, probability[i]))
      throw InvalidArgument("TiledScorer: these are not the points that were scored");
  }
}

}  // namespace equicloud::tiles
