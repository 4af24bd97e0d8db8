// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/logarithm.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/outlier/local_statistics.h>
#include <equicloud/points/local_frame.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace equicloud::outlier {
namespace {

constexpr std::size_t kSpan = 1024;
constexpr double kOwn = 0.5;  // the point's own share in every average
constexpr float kNearest =
    1e-30F;  // distances below (in units of the cloud's extent) count as this

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

float log1(double x) { return std::log(1.0F + static_cast<float>(x)); }
float log_ratio(double a, double b) { return std::log(static_cast<float>(a / b)); }

// Moments as they are kept for all points (relative to the point, so float loses nothing that
// matters).
struct StoredMoments {
  std::array<float, 9> value;

  static StoredMoments of(const Moments& m) {
    StoredMoments stored{};
    std::copy(m.mean.begin(), m.mean.end(), stored.value.begin());
    std::copy(m.second.begin(), m.second.end(), stored.value.begin() + 3);
    return stored;
  }
};

// Adds weight * (moments of a neighbour at offset d, taken about the base point).
void add(Moments& sum, double weight, const std::array<double, 3>& d,
         const StoredMoments& of_neighbor) {
  const auto& v = of_neighbor.value;
  const double x = v[0] + d[0];
  const double y = v[1] + d[1];
  const double z = v[2] + d[2];
  sum.mean[0] += weight * x;
  sum.mean[1] += weight * y;
  sum.mean[2] += weight * z;
  // E[(u + d)(u + d)^T] = E[u u^T] + m d^T + d m^T + d d^T with m = E[u], and m d^T + d m^T + d d^T
  // = (m + d) d^T + d m^T.
  sum.second[0] += weight * (v[3] + x * d[0] + d[0] * v[0]);
  sum.second[1] += weight * (v[4] + x * d[1] + d[0] * v[1]);
  sum.second[2] += weight * (v[5] + x * d[2] + d[0] * v[2]);
  sum.second[3] += weight * (v[6] + y * d[1] + d[1] * v[1]);
  sum.second[4] += weight * (v[7] + y * d[2] + d[1] * v[2]);
  sum.second[5] += weight * (v[8] + z * d[2] + d[2] * v[2]);
}

void divide(Moments& sum, double total) {
  for (double& m : sum.mean) m /= total;
  for (double& m : sum.second) m /= total;
}

// Shape of a neighbourhood, each entry a bounded, continuous function of its moments.
struct Shape {
  LocalFrame frame;
  double trace;     // T + 1e-4 d16^2: all weights are near 0 where all distances are equal
  double gap;       // 0 where the plane is undefined, so that terms times the gap are continuous
  double residual;  // distance of the point to the plane
};

Shape shape_of(const Moments& moments, double d16) {
  Shape shape{local_frame(moments), 0.0, 0.0, 0.0};
  const LocalFrame& f = shape.frame;
  shape.trace = f.trace() + 1e-4 * d16 * d16;
  shape.gap = (f.l1 - f.l0) / (f.l1 + 0.15 * shape.trace);
  shape.residual = std::fabs(f.normal[0] * moments.mean[0] + f.normal[1] * moments.mean[1] +
                             f.normal[2] * moments.mean[2]);
  return shape;
}

float flatness(const Shape& s) { return static_cast<float>(s.frame.l0 / s.trace); }
// l1 / l2 with the same guard as the trace.
float ratio(const Shape& s) {
  return static_cast<float>(s.frame.l1 / (s.frame.l2 + s.trace - s.frame.trace()));
}

double mean_of_first(const float* distances, int count) {
  double sum = 0.0;
  for (int j = 0; j < count; ++j) sum += distances[j];
  return sum / count;
}

// w = 1 - (d / d16)^4: falls to 0, with bounded slope, where the list ends.
float smooth_weight(float d, float d16) {
  const float r = d / d16;
  return 1.0F - (r * r) * (r * r);
}

// Sums of the quantities that are averaged over the graph.
struct Hop {
  double log_h, log_h_squared, flat;
};

}  // namespace

struct LocalStatistics::Intermediate {
  std::vector<StoredMoments> list_moments;  // t = 1
  std::vector<StoredMoments> hop_moments;   // t = 2
  std::vector<float> traces;                // sqrt(T1): T1 itself could underflow a float
  std::vector<Hop> first_hop;
  std::vector<float> h8;  // to be partly sorted
  knn::SelfJoin join;

  void resize(std::size_t n) {
    list_moments.resize(n);
    hop_moments.resize(n);
    traces.resize(n);
    first_hop.resize(n);
    h8.resize(n);
  }
};

// Fills a LocalStatistics in three passes over all points.
class Measurement {
 public:
  Measurement(LocalStatistics& target, const Executor& executor)
      : t_(target), u_(*target.intermediate_), executor_(executor), n_(target.size()) {}

  void run() {
    u_.join.build(PointsView(t_.cloud_->xyz));
    each_span([&](std::size_t begin, std::size_t end) { lists(u_.join, begin, end); });
    t_.spacing_ = median_h8();
    log_spacing_ = std::log(t_.spacing_);
    each_point([&](std::size_t i) { first_hop(i); });
    each_point([&](std::size_t i) { second_hop(i); });
  }

 private:
  template <typename Body>
  void each_span(const Body& body) {
    for_spans(executor_, n_, kSpan,
              [&](std::size_t begin, std::size_t end, std::size_t) { body(begin, end); });
  }
  template <typename Body>
  void each_point(const Body& body) {
    each_span([&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) body(i);
    });
  }

  float* features(std::size_t i) { return t_.features_.data() + i * kPointFeatures; }

  std::array<double, 3> offset(std::size_t i, std::size_t j) const {
    const float* a = t_.cloud_->xyz.data() + 3 * i;
    const float* b = t_.cloud_->xyz.data() + 3 * j;
    return {static_cast<double>(b[0]) - a[0], static_cast<double>(b[1]) - a[1],
            static_cast<double>(b[2]) - a[2]};
  }

  void lists(const knn::SelfJoin& join, std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> ids((end - begin) * kNeighbors);
    std::vector<float> distances(ids.size());
    join.nearest(begin, end, kNeighbors, ids, distances);
    for (float& d : distances) d = std::max(d, kNearest);
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t row = (i - begin) * kNeighbors;
      std::copy_n(ids.data() + row, kSetSize, t_.neighbors_.data() + i * kSetSize);
      std::copy_n(distances.data() + row, kSetSize, t_.distances_.data() + i * kSetSize);
      list(i, distances.data() + row);
    }
  }

  // Everything that point i's own list says.
  void list(std::size_t i, const float* distances) {
    const float d16 = distances[kNeighbors - 1];
    Moments moments;
    double total = kOwn;
    for (std::size_t j = 0; j < kSetSize; ++j) {
      const float w = smooth_weight(distances[j], d16);
      t_.weights_[i * kSetSize + j] = w;
      add(moments, w, offset(i, t_.neighbors_[i * kSetSize + j]), StoredMoments{});
      total += w;
    }
    divide(moments, total);
    u_.list_moments[i] = StoredMoments::of(moments);
    const Shape shape = shape_of(moments, d16);
    u_.traces[i] = static_cast<float>(std::sqrt(shape.trace));
    lengths(i, distances);
    record(i, moments, shape);
    float* f = features(i);
    const double spread = std::sqrt(shape.trace);
    f[kOwn1] = log1(shape.gap * shape.residual / spread);
    f[kFlat1] = flatness(shape);
    f[kGap1] = static_cast<float>(shape.gap);
    f[kRatio1] = ratio(shape);
    f[kOffset] = log1(std::hypot(moments.mean[0], moments.mean[1], moments.mean[2]) / spread);
    f[kWeightSum] = static_cast<float>(total / kSetSize);
  }

  void lengths(std::size_t i, const float* distances) {
    const double h = mean_of_first(distances, 16);
    const double h4 = mean_of_first(distances, 4) + 0.1 * h;
    const double h8 = mean_of_first(distances, 8) + 0.05 * h;
    PointRecord& record = t_.records_[i];
    record.h = static_cast<float>(h);
    record.h8 = static_cast<float>(h8);
    record.d16 = distances[kNeighbors - 1];
    float* f = features(i);
    f[kLogH4] = std::log(static_cast<float>(h4));
    f[kLogH8] = std::log(static_cast<float>(h8));
    f[kLogH] = std::log(static_cast<float>(h));
    record.log_h = f[kLogH];
    record.log_h8 = f[kLogH8];
    record.log_d16 = std::log(record.d16);
    f[kLogH8H] = f[kLogH8] - f[kLogH];
  }

  void record(std::size_t i, const Moments& moments, const Shape& shape) {
    PointRecord& record = t_.records_[i];
    for (std::size_t axis = 0; axis < 3; ++axis) {
      record.normal[axis] = static_cast<float>(shape.frame.normal[axis]);
      record.mean[axis] = static_cast<float>(moments.mean[axis]);
    }
    record.gap = static_cast<float>(shape.gap);
    record.flat = flatness(shape);
  }

  float median_h8() {
    std::vector<float>& h8 = u_.h8;
    std::transform(t_.records_.begin(), t_.records_.end(), h8.begin(),
                   [](const PointRecord& r) { return r.h8; });
    const auto middle = h8.begin() + static_cast<std::ptrdiff_t>(n_ / 2);
    std::nth_element(h8.begin(), middle, h8.end());
    return *middle;
  }

  // Moments of the neighbours' neighbourhoods, about point i. A sparse neighbour's weight is
  // bounded by 1 / (1 + (h_j / h_i)^2 / 4): without it a weight near 0 would multiply a huge h_j^2.
  Moments pooled(std::size_t i, const std::vector<StoredMoments>& of) const {
    Moments sum;
    add(sum, kOwn, {0.0, 0.0, 0.0}, of[i]);
    double total = kOwn;
    for (std::size_t j = i * kSetSize; j < (i + 1) * kSetSize; ++j) {
      const std::uint32_t id = t_.neighbors_[j];
      const double r = static_cast<double>(t_.records_[id].h) / t_.records_[i].h;
      const double w = t_.weights_[j] / (1.0 + r * r / 4.0);
      add(sum, w, offset(i, id), of[id]);
      total += w;
    }
    divide(sum, total);
    return sum;
  }

  // A[q]_i = (q_i / 2 + sum_j w_ij q_j) / S_i for the three quantities that are averaged over the
  // graph.
  template <typename Quantity>
  Hop averaged(std::size_t i, const Quantity& quantity) const {
    Hop sum = quantity(i);
    sum.log_h *= kOwn;
    sum.log_h_squared *= kOwn;
    sum.flat *= kOwn;
    double total = kOwn;
    for (std::size_t j = i * kSetSize; j < (i + 1) * kSetSize; ++j) {
      const Hop q = quantity(t_.neighbors_[j]);
      const double w = t_.weights_[j];
      sum.log_h += w * q.log_h;
      sum.log_h_squared += w * q.log_h_squared;
      sum.flat += w * q.flat;
      total += w;
    }
    return {sum.log_h / total, sum.log_h_squared / total, sum.flat / total};
  }

  // Shape features of one hop, beside the spread of the hop before; returns the spread sqrt(T') of
  // this one.
  double hop_shape(std::size_t i, const Moments& moments, double spread_before, Channel flat,
                   Channel ratio_channel, Channel own, Channel growth) {
    const Shape shape = shape_of(moments, t_.records_[i].d16);
    const double list_trace = static_cast<double>(u_.traces[i]) * u_.traces[i];
    // The floor of 0.3 T1: beside a dense object the spread of an isolated point shrinks with the
    // hops.
    const double spread = std::sqrt(shape.trace + 0.3 * list_trace);
    float* f = features(i);
    f[flat] = flatness(shape);
    f[ratio_channel] = ratio(shape);
    f[own] = log1(shape.gap * shape.residual / spread);
    f[growth] = 2.0F * log_ratio(spread, spread_before);
    return spread;
  }

  // log h / s. Only this and the three log h features know s, and by subtraction only.
  double log_h(std::size_t i) const { return t_.records_[i].log_h - log_spacing_; }

  void first_hop(std::size_t i) {
    float* f = features(i);
    for (const Channel channel : {kLogH4, kLogH8, kLogH}) f[channel] -= log_spacing_;
    const Hop hop = averaged(i, [this](std::size_t j) {
      const double q = log_h(j);
      return Hop{q, q * q, t_.records_[j].flat};
    });
    u_.first_hop[i] = hop;
    f[kHop1LogH] = static_cast<float>(hop.log_h - log_h(i));
    f[kHop1Flat] = static_cast<float>(hop.flat);
    const Moments moments = pooled(i, u_.list_moments);
    u_.hop_moments[i] = StoredMoments::of(moments);
    hop_shape(i, moments, u_.traces[i], kFlat2, kRatio2, kOwn2, kGrowth2);
  }

  void second_hop(std::size_t i) {
    const Hop hop = averaged(i, [this](std::size_t j) { return u_.first_hop[j]; });
    float* f = features(i);
    f[kHop2LogH] = static_cast<float>(hop.log_h - log_h(i));
    f[kVarLogH] =
        static_cast<float>(std::clamp(hop.log_h_squared - hop.log_h * hop.log_h, 0.0, 4.0));
    f[kHop2Flat] = static_cast<float>(hop.flat);
    // log T'2 / T1 = growth2, so T'2 need not be kept.
    const double spread_before = u_.traces[i] * std::exp(0.5 * static_cast<double>(f[kGrowth2]));
    hop_shape(i, pooled(i, u_.hop_moments), spread_before, kFlat3, kRatio3, kOwn3, kGrowth3);
  }

  LocalStatistics& t_;
  LocalStatistics::Intermediate& u_;
  const Executor& executor_;
  std::size_t n_;
  float log_spacing_ = 0.0F;
};

LocalStatistics::LocalStatistics() : intermediate_(std::make_unique<Intermediate>()) {}
LocalStatistics::LocalStatistics(const CanonicalCloud& cloud, const Executor& executor)
    : LocalStatistics() {
  measure(cloud, executor);
  drop_scratch();
}
LocalStatistics::~LocalStatistics() = default;

void LocalStatistics::drop_scratch() { *intermediate_ = {}; }

void LocalStatistics::measure(const CanonicalCloud& cloud, const Executor& executor) {
  const std::size_t n = cloud.size();
  if (n < kNeighbors + 1)
    throw InvalidArgument("the cloud has " + std::to_string(n) +
                          " distinct points, local statistics need " +
                          std::to_string(kNeighbors + 1));
  cloud_ = &cloud;
  neighbors_.resize(n * kSetSize);
  distances_.resize(n * kSetSize);
  weights_.resize(n * kSetSize);
  records_.resize(n);
  features_.resize(n * kPointFeatures);
  intermediate_->resize(n);
  Measurement(*this, executor).run();
}

sets::NeighborSets LocalStatistics::neighbor_sets() const noexcept {
  return {neighbors_.data(), weights_.data(), kSetSize, static_cast<float>(kOwn)};
}

void LocalStatistics::set_features(std::size_t i, float* out) const noexcept {
  static_assert(kSetSize <= kernels::kLogarithmBlock, "one block a kind of logarithm");
  const PointRecord& own = records_[i];
  const float* x = cloud_->xyz.data() + 3 * i;
  const float log_spacing = std::log(spacing_);
  // Of 1 + residual / other.h, 1 + residual / own.h, distance: taken at once.
  std::array<std::array<float, kernels::kLogarithmBlock>, 3> logs;
  for (auto& kind : logs) kind.fill(1.0F);
  for (std::size_t k = 0; k < kSetSize; ++k) {
    const std::size_t j = i * kSetSize + k;
    const PointRecord& other = records_[neighbors_[j]];
    const float* y = cloud_->xyz.data() + 3 * static_cast<std::size_t>(neighbors_[j]);
    float residual = 0.0F;
    float cosine = 0.0F;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      residual += other.normal[axis] * (x[axis] - y[axis] - other.mean[axis]);
      cosine += other.normal[axis] * own.normal[axis];
    }
    residual = std::fabs(residual);
    logs[0][k] = 1.0F + residual / other.h;
    logs[1][k] = 1.0F + residual / own.h;
    logs[2][k] = distances_[j] + 0.1F * own.h;
    float* f = out + k * kSetFeatures;
    f[0] = distances_[j] / own.d16;
    f[1] = other.log_h8 - own.log_h8;
    f[4] = own.gap * other.gap * std::fabs(cosine);
    f[5] = other.log_d16;
    f[6] = other.flat;
    f[8] = other.gap;
  }
  kernels::logarithms(logs.front().data(), logs.size() * kernels::kLogarithmBlock);
  for (std::size_t k = 0; k < kSetSize; ++k) {
    float* f = out + k * kSetFeatures;
    const float gap = f[8];
    f[2] = gap * logs[0][k];
    f[3] = gap * logs[1][k];
    f[5] = logs[2][k] - f[5];
    f[7] = logs[2][k] - log_spacing;
  }
}

}  // namespace equicloud::outlier
