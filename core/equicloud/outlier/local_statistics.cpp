// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/logarithm.h>
#include <equicloud/kernels/neighborhoods.h>
#include <equicloud/kernels/principal_axes.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/outlier/local_statistics.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

namespace equicloud::outlier {
namespace {

constexpr std::size_t kSpan = 1024;
constexpr std::size_t kBlock = 64;  // points whose shapes are taken at once
constexpr float kOwn = 0.5F;        // the point's own share in every average
// Distances below (in units of the cloud's extent) count as this; their squares are normal floats.
constexpr float kNearest = 1e-15F;

// Channels of the point features.
enum Channel {
  kLogH4,
  kLogH8,
  kLogH,
  kLogH8H,
  kOwn1,
  kFlat1,
  kGap1,
  kRatio1,
  kOffset,
  kWeightSum,
  kHop1LogH,
  kHop2LogH,
  kVarLogH,
  kFlat2,
  kRatio2,
  kOwn2,
  kGrowth2,
  kFlat3,
  kRatio3,
  kOwn3,
  kGrowth3,
  kHop1Flat,
  kHop2Flat
};
static_assert(kHop2Flat + 1 == kPointFeatures);

// Where the quantities lie that are averaged over the graph: q = log h / s, q^2, flatness.
enum Shared { kLogHOverS, kLogHOverSSquared, kFlat };

using Column = std::array<float, kBlock>;

// Shapes of a block's neighbourhoods, each entry a bounded, continuous function of the moments.
struct Shapes {
  Column l0, l1, l2;
  Column normal_x, normal_y, normal_z;
  Column trace;     // T + 1e-4 d16^2: all weights are near 0 where all distances are equal
  Column gap;       // 0 where the plane is undefined, so that terms times the gap are continuous
  Column residual;  // distance of the point to the plane
  Column flat;      // l0 / T
  Column ratio;     // l1 / l2 with the same guard as the trace

  // @param d16  of the points
  void measure(const kernels::Neighborhood* of, const float* d16, std::size_t count) {
    decompose(of, count);
    for (std::size_t i = 0; i < count; ++i) {
      const float guard = 1e-4F * d16[i] * d16[i];
      const float* mean = of[i].mean;
      trace[i] = l0[i] + l1[i] + l2[i] + guard;
      gap[i] = (l1[i] - l0[i]) / (l1[i] + 0.15F * trace[i]);
      residual[i] =
          std::fabs(normal_x[i] * mean[0] + normal_y[i] * mean[1] + normal_z[i] * mean[2]);
      flat[i] = l0[i] / trace[i];
      ratio[i] = l1[i] / (l2[i] + guard);
    }
  }

 private:
  void decompose(const kernels::Neighborhood* of, std::size_t count) {
    static_assert(kBlock % kernels::kAxesBlock == 0);
    std::array<Column, 6> entries;
    const std::size_t padded =
        (count + kernels::kAxesBlock - 1) / kernels::kAxesBlock * kernels::kAxesBlock;
    for (std::size_t i = 0; i < padded; ++i)
      for (std::size_t e = 0; e < entries.size(); ++e)
        entries[e][i] = i < count ? of[i].covariance[e] : 0.0F;
    kernels::principal_axes(
        padded,
        {entries[0].data(), entries[1].data(), entries[2].data(), entries[3].data(),
         entries[4].data(), entries[5].data()},
        {l0.data(), l1.data(), l2.data(), normal_x.data(), normal_y.data(), normal_z.data()});
  }
};

// Numbers of a block whose logarithms are wanted, all taken at once.
template <std::size_t N>
struct Logarithms {
  std::array<Column, N> of;

  void take() {
    static_assert(kBlock % kernels::kLogarithmBlock == 0);
    kernels::logarithms(of.front().data(), N * kBlock);
  }
};

float mean_of_first(const float* distances, int count) {
  float sum = 0.0F;
  for (int j = 0; j < count; ++j) sum += distances[j];
  return sum / static_cast<float>(count);
}

float h8_of(const float* distances, float h) { return mean_of_first(distances, 8) + 0.05F * h; }

// w = 1 - (d / d16)^4: falls to 0, with bounded slope, where the list ends.
float smooth_weight(float d, float d16) {
  const float r = d / d16;
  return 1.0F - (r * r) * (r * r);
}

}  // namespace

struct LocalStatistics::Intermediate {
  static constexpr std::size_t kLine = sizeof(kernels::Neighborhood) / sizeof(float);
  LargeVector<float> lines;    // of t = 1, then of t = 2: two cache lines a point
  LargeVector<float> traces;   // T1
  LargeVector<float> spreads;  // sqrt(T'2)
  LargeVector<float> h8;       // to be partly sorted
  knn::SelfJoin join;

  void resize(std::size_t n) {
    lines.resize(2 * n * kLine);
    traces.resize(n);
    spreads.resize(n);
    h8.resize(n);
  }
};

// Fills a LocalStatistics in three passes over all points.
class Measurement {
 public:
  Measurement(LocalStatistics& target, const Executor& executor)
      : t_(target), u_(*target.intermediate_), executor_(executor), n_(target.size()) {
    auto* lines = reinterpret_cast<kernels::Neighborhood*>(u_.lines.data());
    lists_ = lines;
    hops_ = lines + n_;
    records_ = reinterpret_cast<kernels::PlaneRecord*>(t_.seen_.data());
    features_ = t_.seen_.data() + LocalStatistics::kRecord * n_;
  }

  void run() {
    u_.join.build(PointsView(t_.xyz_));
    all_lists([this](std::size_t begin, std::size_t end, std::uint32_t* ids, float* distances) {
      const std::size_t entries = (end - begin) * kNeighbors;
      u_.join.nearest(begin, end, kNeighbors, {ids, entries}, {distances, entries});
    });
    average(median_h8(), n_, n_);
  }

  void run(const CloudPart& part) {
    all_lists(part.nearest);
    average(part.spacing, part.first_hop, part.second_hop);
  }

 private:
  template <typename Nearest>
  void all_lists(const Nearest& nearest) {
    each_span(n_, [&](std::size_t begin, std::size_t end) { lists(begin, end, nearest); });
  }

  void average(float spacing, std::size_t first, std::size_t second) {
    t_.spacing_ = spacing;
    t_.log_spacing_ = std::log(spacing);
    each_span(n_, [&](std::size_t begin, std::size_t end) { divide_by_spacing(begin, end); });
    each_block(first, [&](std::size_t begin, std::size_t end) { first_hop(begin, end); });
    each_block(second, [&](std::size_t begin, std::size_t end) { second_hop(begin, end); });
  }

  template <typename Body>
  void each_span(std::size_t n, const Body& body) {
    for_spans(executor_, n, kSpan,
              [&](std::size_t begin, std::size_t end, std::size_t) { body(begin, end); });
  }
  template <typename Body>
  static void blocks(std::size_t begin, std::size_t end, const Body& body) {
    for (; begin < end; begin += kBlock) body(begin, std::min(begin + kBlock, end));
  }
  template <typename Body>
  void each_block(std::size_t n, const Body& body) {
    each_span(n, [&](std::size_t begin, std::size_t end) { blocks(begin, end, body); });
  }

  float* features(std::size_t i) { return features_ + i * kPointFeatures; }

  kernels::NeighborLists neighbor_lists() const {
    return {t_.xyz_.data(), t_.neighbors_.data(), t_.weights_.data(), kSetSize, kOwn};
  }

  template <typename Nearest>
  void lists(std::size_t begin, std::size_t end, const Nearest& nearest) {
    std::vector<std::uint32_t> ids((end - begin) * kNeighbors);
    std::vector<float> distances(ids.size());
    nearest(begin, end, ids.data(), distances.data());
    for (float& d : distances) d = std::max(d, kNearest);
    for (std::size_t i = begin; i < end; ++i) {
      const float* row = distances.data() + (i - begin) * kNeighbors;
      std::copy_n(ids.data() + (i - begin) * kNeighbors, kSetSize,
                  t_.neighbors_.data() + i * kSetSize);
      for (std::size_t j = 0; j < kSetSize; ++j)
        t_.weights_[i * kSetSize + j] = smooth_weight(row[j], row[kNeighbors - 1]);
    }
    kernels::list_moments(neighbor_lists(), begin, end, lists_ + begin);
    blocks(begin, end, [&](std::size_t from, std::size_t to) {
      block_of_lists(from, to, distances.data() + (from - begin) * kNeighbors);
    });
  }

  // Everything that the points' own lists say. @param distances  kNeighbors a point
  void block_of_lists(std::size_t begin, std::size_t end, const float* distances) {
    const std::size_t count = end - begin;
    Column d16{};
    for (std::size_t i = 0; i < count; ++i) d16[i] = distances[(i + 1) * kNeighbors - 1];
    Shapes shapes;
    shapes.measure(lists_ + begin, d16.data(), count);
    enum { kH4, kH8, kH, kD16, kOwnResidual, kMean, kKinds };
    Logarithms<kKinds> log;
    for (Column& column : log.of) column.fill(1.0F);
    for (std::size_t i = 0; i < count; ++i) {
      const float* row = distances + i * kNeighbors;
      const float* mean = lists_[begin + i].mean;
      const float h = mean_of_first(row, 16);
      const float spread = std::sqrt(shapes.trace[i]);
      log.of[kH4][i] = mean_of_first(row, 4) + 0.1F * h;
      log.of[kH8][i] = h8_of(row, h);
      log.of[kH][i] = h;
      log.of[kD16][i] = d16[i];
      log.of[kOwnResidual][i] = 1.0F + shapes.gap[i] * shapes.residual[i] / spread;
      log.of[kMean][i] =
          1.0F + std::sqrt(mean[0] * mean[0] + mean[1] * mean[1] + mean[2] * mean[2]) / spread;
      records_[begin + i].h = h;
      records_[begin + i].h8 = log.of[kH8][i];
    }
    log.take();
    for (std::size_t i = 0; i < count; ++i) {
      float* f = features(begin + i);
      f[kLogH4] = log.of[kH4][i];
      f[kLogH8] = log.of[kH8][i];
      f[kLogH] = log.of[kH][i];
      f[kLogH8H] = f[kLogH8] - f[kLogH];
      f[kOwn1] = log.of[kOwnResidual][i];
      f[kFlat1] = shapes.flat[i];
      f[kGap1] = shapes.gap[i];
      f[kRatio1] = shapes.ratio[i];
      f[kOffset] = log.of[kMean][i];
      f[kWeightSum] = weight_sum(begin + i) / kSetSize;
      record(begin + i, shapes, i, log.of[kD16][i]);
      records_[begin + i].d16 = d16[i];
      u_.traces[begin + i] = shapes.trace[i];
      kernels::Neighborhood& list = lists_[begin + i];
      list.length = records_[begin + i].h;
      list.shared[kFlat] = shapes.flat[i];
    }
  }

  float weight_sum(std::size_t i) const {
    const float* weights = t_.weights_.data() + i * kSetSize;
    return std::accumulate(weights, weights + kSetSize, kOwn);
  }

  // What point i's neighbours see of it; h, h8 and d16 are there. @param k  its place in the block
  void record(std::size_t i, const Shapes& shapes, std::size_t k, float log_d16) {
    kernels::PlaneRecord& record = records_[i];
    const float* mean = lists_[i].mean;
    record.normal[0] = shapes.normal_x[k];
    record.normal[1] = shapes.normal_y[k];
    record.normal[2] = shapes.normal_z[k];
    record.level =
        record.normal[0] * mean[0] + record.normal[1] * mean[1] + record.normal[2] * mean[2];
    std::copy_n(t_.xyz_.data() + 3 * i, 3, record.position);
    record.log_h8 = features(i)[kLogH8];
    record.log_d16 = log_d16;
    record.flat = shapes.flat[k];
    record.gap = shapes.gap[k];
  }

  float median_h8() {
    LargeVector<float>& h8 = u_.h8;
    std::transform(records_, records_ + n_, h8.begin(),
                   [](const kernels::PlaneRecord& r) { return r.h8; });
    const auto middle = h8.begin() + static_cast<std::ptrdiff_t>(n_ / 2);
    std::nth_element(h8.begin(), middle, h8.end());
    return *middle;
  }

  // Only q = log h / s and the three log h features know s, and by subtraction only.
  void divide_by_spacing(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      float* f = features(i);
      for (const Channel channel : {kLogH4, kLogH8, kLogH}) f[channel] -= t_.log_spacing_;
      lists_[i].shared[kLogHOverS] = f[kLogH];
      lists_[i].shared[kLogHOverSSquared] = f[kLogH] * f[kLogH];
    }
  }

  // Shape features of one hop, beside the spreads sqrt(T') of the hop before; leaves this one's.
  struct HopChannels {
    Channel flat, ratio, own, growth;
  };
  void hop_shapes(const kernels::Neighborhood* hops, std::size_t begin, std::size_t end,
                  const HopChannels& channels) {
    const std::size_t count = end - begin;
    Column d16{};
    for (std::size_t i = 0; i < count; ++i) d16[i] = records_[begin + i].d16;
    Shapes shapes;
    shapes.measure(hops, d16.data(), count);
    enum { kOwnResidual, kGrowth, kKinds };
    Logarithms<kKinds> log;
    for (Column& column : log.of) column.fill(1.0F);
    for (std::size_t i = 0; i < count; ++i) {
      // The floor of 0.3 T1: beside a dense object the spread of an isolated point shrinks with the
      // hops.
      const float spread = std::sqrt(shapes.trace[i] + 0.3F * u_.traces[begin + i]);
      log.of[kOwnResidual][i] = 1.0F + shapes.gap[i] * shapes.residual[i] / spread;
      log.of[kGrowth][i] = spread / u_.spreads[begin + i];
      u_.spreads[begin + i] = spread;
    }
    log.take();
    for (std::size_t i = 0; i < count; ++i) {
      float* f = features(begin + i);
      f[channels.flat] = shapes.flat[i];
      f[channels.ratio] = shapes.ratio[i];
      f[channels.own] = log.of[kOwnResidual][i];
      f[channels.growth] = 2.0F * log.of[kGrowth][i];
    }
  }

  void first_hop(std::size_t begin, std::size_t end) {
    kernels::Neighborhood* hops = hops_ + begin;
    kernels::pooled_moments(neighbor_lists(), lists_, begin, end, hops);
    for (std::size_t i = begin; i < end; ++i) {
      u_.spreads[i] = std::sqrt(u_.traces[i]);
      const float* averaged = hops[i - begin].shared;
      features(i)[kHop1LogH] = averaged[kLogHOverS] - features(i)[kLogH];
      features(i)[kHop1Flat] = averaged[kFlat];
    }
    hop_shapes(hops, begin, end, {kFlat2, kRatio2, kOwn2, kGrowth2});
  }

  void second_hop(std::size_t begin, std::size_t end) {
    std::array<kernels::Neighborhood, kBlock> hops;
    kernels::pooled_moments(neighbor_lists(), hops_, begin, end, hops.data());
    for (std::size_t i = begin; i < end; ++i) {
      const float* averaged = hops[i - begin].shared;
      const float mean = averaged[kLogHOverS];
      features(i)[kHop2LogH] = mean - features(i)[kLogH];
      features(i)[kVarLogH] = std::clamp(averaged[kLogHOverSSquared] - mean * mean, 0.0F, 4.0F);
      features(i)[kHop2Flat] = averaged[kFlat];
    }
    hop_shapes(hops.data(), begin, end, {kFlat3, kRatio3, kOwn3, kGrowth3});
  }

  LocalStatistics& t_;
  LocalStatistics::Intermediate& u_;
  kernels::Neighborhood* lists_;
  kernels::Neighborhood* hops_;
  kernels::PlaneRecord* records_;
  float* features_;
  const Executor& executor_;
  std::size_t n_;
};

LocalStatistics::LocalStatistics() : intermediate_(std::make_unique<Intermediate>()) {}
LocalStatistics::LocalStatistics(const CanonicalCloud& cloud, const Executor& executor)
    : LocalStatistics() {
  measure(cloud, executor);
  drop_scratch();
}
LocalStatistics::~LocalStatistics() = default;

void LocalStatistics::drop_scratch() { *intermediate_ = {}; }

void LocalStatistics::exchange_scratch(LargeVector<float>& other) noexcept {
  intermediate_->lines.swap(other);
}

void LocalStatistics::measure(const CanonicalCloud& cloud, const Executor& executor) {
  const std::size_t n = cloud.size();
  if (n < kNeighbors + 1)
    throw InvalidArgument("the cloud has " + std::to_string(n) +
                          " distinct points, local statistics need " +
                          std::to_string(kNeighbors + 1));
  xyz_ = cloud.xyz;
  resize(n);
  Measurement(*this, executor).run();
}

void LocalStatistics::measure(const CloudPart& part, const Executor& executor) {
  xyz_ = part.xyz;
  resize(part.lists);
  Measurement(*this, executor).run(part);
}

void LocalStatistics::resize(std::size_t n) {
  neighbors_.resize(n * kSetSize);
  weights_.resize(n * kSetSize);
  seen_.resize(n * (kRecord + kPointFeatures));
  intermediate_->resize(n);
}

float local_spacing(const float* distances) {
  std::array<float, kNeighbors> list;
  std::transform(distances, distances + kNeighbors, list.begin(),
                 [](float d) { return std::max(d, kNearest); });
  return h8_of(list.data(), mean_of_first(list.data(), kNeighbors));
}

sets::NeighborSets LocalStatistics::neighbor_sets() const noexcept {
  return {neighbors_.data(), weights_.data(), kSetSize, kOwn};
}

void LocalStatistics::set_features(std::size_t i, float* out) const noexcept {
  static_assert(kSetFeatures == kernels::kPairFeatures && kSetLanes == kernels::kPairLanes);
  kernels::plane_pairs(records(), i, neighbors_.data() + i * kSetSize, kSetSize, kNearest,
                       log_spacing_, out);
}

}  // namespace equicloud::outlier
