// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/channel_block.h>
#include <equicloud/sphere/coefficients.h>
#include <equicloud/sphere/transform.h>

#include <algorithm>
#include <atomic>
#include <string>

namespace equicloud::sphere {
namespace {

// The folded orders of a block of channels should leave room in the second-level cache.
constexpr std::size_t kBlockBytes = 192 * 1024;
constexpr std::size_t kMostChannels = 16;
constexpr std::size_t kFewestChannels = 8;  // fewer leave vectors of the products half empty
// Above this a table is read more slowly than the recurrence computes it, even for a batch.
template <typename T>
constexpr std::size_t kMostTableBytes = (sizeof(T) == 8 ? 2 : 8) << 20;
// Fields of one call that leave a cache which others use too before anyone reads them. Written past
// it they are not read first: synthesis took 0.9 of the time from 4 MB on, analysis after it no
// more, but 1.1 of it at 0.5 to 2 MB.
constexpr std::size_t kPastCache = std::size_t{4} << 20;

// Channels of the largest block: 1 where no tables are kept.
template <typename T>
std::size_t largest_block(const Grid& grid) {
  const std::size_t orders = static_cast<std::size_t>(grid.bandwidth) * grid.rings();
  const std::size_t table = orders * static_cast<std::size_t>(grid.bandwidth) / 4 * sizeof(T);
  if (table > kMostTableBytes<T>) return 1;
  std::size_t channels = kMostChannels;
  while (channels > kFewestChannels && channels * orders * 2 * sizeof(T) > kBlockBytes)
    channels /= 2;
  return channels;
}

const Grid& checked(const Grid& grid) {
  const bool sizes = grid.cosine.size() == grid.rings() && grid.weights.size() == grid.rings();
  if (grid.bandwidth < 1 || grid.rings() < static_cast<std::size_t>(grid.bandwidth) || !sizes ||
      grid.columns < 2 * grid.bandwidth - 1)
    throw InvalidArgument("a transform needs a grid of gauss_legendre() or driscoll_healy(); got " +
                          std::to_string(grid.rings()) + " rings of " +
                          std::to_string(grid.columns) + " columns for bandwidth " +
                          std::to_string(grid.bandwidth));
  return grid;
}

// The factors that make S, A, S^H, A^H of "fields to coefficients" and "coefficients to fields".
template <typename T>
struct AllScales {
  Scales<T> analysis, synthesis, analysis_adjoint, synthesis_adjoint;
};

template <typename T>
AllScales<T> all_scales(const Grid& grid, Normalisation normalisation) {
  AllScales<T> scales;
  for (std::size_t j = 0; j < (grid.rings() + 1) / 2; ++j) {
    const double weight = grid.sample_weight(j);
    scales.analysis.ring.push_back(static_cast<T>(weight / 2));  // fold() doubles
    scales.analysis_adjoint.ring.push_back(static_cast<T>(weight));
    scales.synthesis.ring.push_back(T(1));
    scales.synthesis_adjoint.ring.push_back(T(0.5));
  }
  for (int l = 0; l < grid.bandwidth; ++l) {
    const double to_orthonormal =
        normalisation == Normalisation::group ? 1 : orthonormal_over_group(l);
    const T analysis = static_cast<T>(to_orthonormal);
    const T synthesis = static_cast<T>((2 * l + 1) / to_orthonormal);
    scales.analysis.degree.push_back(analysis);
    scales.analysis_adjoint.degree.push_back(analysis);
    scales.synthesis.degree.push_back(synthesis);
    scales.synthesis_adjoint.degree.push_back(synthesis);
  }
  return scales;
}

}  // namespace

template <typename T>
struct SphereTransform<T>::Implementation {
  Implementation(const Grid& g, const Options& o)
      : grid(checked(g)),
        normalisation(o.normalisation),
        recurrences(grid),
        scales(all_scales<T>(grid, o.normalisation)) {
    const std::size_t largest = largest_block<T>(grid);
    if (largest > 1) tables = LegendreTables<T>(grid);
    for (std::size_t n = largest; n > 0; n /= 2)
      blocks.emplace_back(grid, tables, recurrences, n, o.dft);
  }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  // The number of fields. A real field has one channel and half the orders.
  std::size_t fields(Signal signal, std::size_t samples, std::size_t coefficients) const {
    const int b = grid.bandwidth;
    const std::size_t size = signal == Signal::real ? half_size(b) : full_size(b);
    const std::size_t n = samples / grid.samples();
    if (samples != n * grid.samples() || coefficients != n * size)
      throw InvalidArgument("each field of this plan has " + std::to_string(grid.samples()) +
                            " samples and " + std::to_string(size) + " coefficients; got " +
                            std::to_string(samples) + " samples and " +
                            std::to_string(coefficients) + " coefficients");
    return n;
  }

  // Blocks of the largest size, then smaller ones for the rest. The partition depends on the number
  // of channels alone; a thread begins with neighbours, the same ones in every call, which its
  // cache may still hold, and then helps the others.
  template <typename Body>
  void each_block(Signal signal, std::size_t fields, Workspace& workspace, const Body& body) const {
    const std::size_t channels = signal == Signal::real ? fields : 2 * fields;
    struct Job {
      const ChannelBlock<T>* block;
      std::size_t first;
    };
    std::vector<Job> jobs;
    std::size_t first = 0;
    for (const ChannelBlock<T>& block : blocks)
      for (; first + block.channels(signal) <= channels; first += block.channels(signal))
        jobs.push_back({&block, first});
    struct alignas(kAlignment) Share {
      std::atomic<std::size_t> next;
      std::size_t end;
    };
    const std::size_t workers = std::min(jobs.size(), workspace.scratch_.size());
    std::vector<Share> shares(workers);
    for (std::size_t w = 0; w < workers; ++w) {
      shares[w].next = w * jobs.size() / workers;
      shares[w].end = (w + 1) * jobs.size() / workers;
    }
    workspace.executor_->run(workers, [&](std::size_t worker) {
      for (std::size_t k = 0; k < workers; ++k) {
        Share& share = shares[(worker + k) % workers];
        for (std::size_t i = share.next++; i < share.end; i = share.next++)
          body(*jobs[i].block, jobs[i].first, workspace.scratch_[worker].data());
      }
    });
  }

  template <typename Value>
  void to_coefficients(Span<const Value> in, Span<Complex> out, const Scales<T>& factors,
                       Workspace& workspace) const {
    constexpr Signal signal = std::is_same_v<Value, T> ? Signal::real : Signal::complex;
    const std::size_t n = fields(signal, in.size(), out.size());
    const T* from = reinterpret_cast<const T*>(in.data());
    T* to = reinterpret_cast<T*>(out.data());
    each_block(signal, n, workspace,
               [&](const ChannelBlock<T>& block, std::size_t first, T* scratch) {
                 block.to_coefficients(signal, first, from, to, factors, scratch);
               });
  }

  template <typename Value>
  void to_fields(Span<const Complex> in, Span<Value> out, const Scales<T>& factors,
                 Workspace& workspace) const {
    constexpr Signal signal = std::is_same_v<Value, T> ? Signal::real : Signal::complex;
    const std::size_t n = fields(signal, out.size(), in.size());
    const T* from = reinterpret_cast<const T*>(in.data());
    const typename ChannelBlock<T>::Fields to = {reinterpret_cast<T*>(out.data()),
                                                 out.size() * sizeof(Value) >= kPastCache};
    each_block(signal, n, workspace,
               [&](const ChannelBlock<T>& block, std::size_t first, T* scratch) {
                 block.to_fields(signal, first, from, to, factors, scratch);
               });
  }

  Grid grid;
  Normalisation normalisation;
  LegendreTables<T> tables;  // empty where blocks are for one channel
  LegendreRecurrences recurrences;
  AllScales<T> scales;
  std::vector<ChannelBlock<T>> blocks;  // for 2^k channels, the largest first, down to 1
};

template <typename T>
SphereTransform<T>::SphereTransform(const Grid& grid, const Options& options)
    : implementation_(std::make_unique<const Implementation>(grid, options)) {}
template <typename T>
SphereTransform<T>::SphereTransform(SphereTransform&&) noexcept = default;
template <typename T>
SphereTransform<T>& SphereTransform<T>::operator=(SphereTransform&&) noexcept = default;
template <typename T>
SphereTransform<T>::~SphereTransform() = default;

template <typename T>
std::size_t SphereTransform<T>::Workspace::bytes() const noexcept {
  std::size_t sum = 0;
  for (const AlignedVector<T>& each : scratch_) sum += each.size() * sizeof(T);
  return sum;
}

template <typename T>
typename SphereTransform<T>::Workspace SphereTransform<T>::workspace(
    const Executor& executor) const {
  std::size_t size = 0;
  for (const ChannelBlock<T>& block : implementation_->blocks)
    size = std::max(size, block.scratch_size());
  Workspace workspace;
  workspace.executor_ = &executor;
  workspace.scratch_.assign(static_cast<std::size_t>(executor.threads()), AlignedVector<T>(size));
  return workspace;
}

template <typename T>
const Grid& SphereTransform<T>::grid() const noexcept {
  return implementation_->grid;
}
template <typename T>
Normalisation SphereTransform<T>::normalisation() const noexcept {
  return implementation_->normalisation;
}
template <typename T>
std::size_t SphereTransform<T>::bytes() const noexcept {
  return implementation_->tables.bytes() + implementation_->recurrences.bytes();
}

template <typename T>
void SphereTransform<T>::analysis(Span<const T> fields, Span<Complex> coefficients,
                                  Workspace& workspace) const {
  implementation_->to_coefficients(fields, coefficients, implementation_->scales.analysis,
                                   workspace);
}
template <typename T>
void SphereTransform<T>::synthesis(Span<const Complex> coefficients, Span<T> fields,
                                   Workspace& workspace) const {
  implementation_->to_fields(coefficients, fields, implementation_->scales.synthesis, workspace);
}
template <typename T>
void SphereTransform<T>::analysis_adjoint(Span<const Complex> coefficients, Span<T> fields,
                                          Workspace& workspace) const {
  implementation_->to_fields(coefficients, fields, implementation_->scales.analysis_adjoint,
                             workspace);
}
template <typename T>
void SphereTransform<T>::synthesis_adjoint(Span<const T> fields, Span<Complex> coefficients,
                                           Workspace& workspace) const {
  implementation_->to_coefficients(fields, coefficients, implementation_->scales.synthesis_adjoint,
                                   workspace);
}

template <typename T>
void SphereTransform<T>::analysis(Span<const Complex> fields, Span<Complex> coefficients,
                                  Workspace& workspace) const {
  implementation_->to_coefficients(fields, coefficients, implementation_->scales.analysis,
                                   workspace);
}
template <typename T>
void SphereTransform<T>::synthesis(Span<const Complex> coefficients, Span<Complex> fields,
                                   Workspace& workspace) const {
  implementation_->to_fields(coefficients, fields, implementation_->scales.synthesis, workspace);
}
template <typename T>
void SphereTransform<T>::analysis_adjoint(Span<const Complex> coefficients, Span<Complex> fields,
                                          Workspace& workspace) const {
  implementation_->to_fields(coefficients, fields, implementation_->scales.analysis_adjoint,
                             workspace);
}
template <typename T>
void SphereTransform<T>::synthesis_adjoint(Span<const Complex> fields, Span<Complex> coefficients,
                                           Workspace& workspace) const {
  implementation_->to_coefficients(fields, coefficients, implementation_->scales.synthesis_adjoint,
                                   workspace);
}

template class SphereTransform<float>;
template class SphereTransform<double>;

}  // namespace equicloud::sphere
