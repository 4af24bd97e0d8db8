// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/sphere/channel_block.h>
#include <equicloud/sphere/complex_parts.h>
#include <equicloud/sphere/index.h>

#include <algorithm>

namespace equicloud::sphere {
namespace {

constexpr std::size_t kRingBytes = 16384;  // packed rings of a group: half a first-level cache
constexpr std::size_t kOutOfPlace = 256;   // points from which FFTW is faster with room beside
constexpr int kOrdersAtOnce = 8;           // of one degree: they fill whole cache lines

// One line more than needed: what lies at distances of a power of two would evict each other.
template <typename T>
std::size_t staggered(std::size_t n) {
  return whole_lines<T>(n) + kAlignment / sizeof(T);
}

template <typename T>
std::complex<T>* complex(T* pairs) {
  return reinterpret_cast<std::complex<T>*>(pairs);
}

std::size_t group_size(const Grid& grid, std::size_t pairs, std::size_t channels,
                       std::size_t complex_bytes) {
  const std::size_t pair = channels * static_cast<std::size_t>(grid.columns) * complex_bytes;
  const std::size_t most = std::clamp(kRingBytes / pair, std::size_t(1), pairs);
  const std::size_t groups = (pairs + most - 1) / most;
  return (pairs + groups - 1) / groups;
}

}  // namespace

template <typename T>
ChannelBlock<T>::ChannelBlock(const Grid& grid, const LegendreTables<T>& tables,
                              const LegendreRecurrences& recurrences, std::size_t channels,
                              const fft::Options& dft)
    : bandwidth_(grid.bandwidth),
      columns_(static_cast<std::size_t>(grid.columns)),
      grid_rings_(grid.rings()),
      rings_((grid.rings() + 1) / 2),
      tables_(tables),
      recurrences_(recurrences),
      channels_(channels),
      group_(group_size(grid, rings_, channels, sizeof(Complex))),
      order_step_(staggered<T>(4 * rings_ * channels) / 2),
      degrees_of_order_(staggered<T>(2 * channels * static_cast<std::size_t>(bandwidth_))),
      forward_(columns_, group_ * channels, fft::Direction::forward, dft),
      backward_(columns_, group_ * channels, fft::Direction::backward, dft) {}

template <typename T>
std::size_t ChannelBlock<T>::scratch_size() const noexcept {
  return divide(nullptr).size;
}

template <typename T>
typename ChannelBlock<T>::Scratch ChannelBlock<T>::divide(T* scratch) const noexcept {
  std::size_t used = 0;
  const auto take = [&](std::size_t n) {
    T* place = scratch == nullptr ? nullptr : scratch + used;
    used += whole_lines<T>(n);
    return place;
  };
  const auto orders = static_cast<std::size_t>(bandwidth_);
  Scratch s{};
  s.rings = take(2 * forward_.size());
  s.transformed = columns_ < kOutOfPlace ? s.rings : take(2 * forward_.size());
  s.dft = take(2 * std::max(forward_.workspace_size(), backward_.workspace_size()));
  s.orders = take(2 * order_step_ * orders);
  if (channels_ > 1) {
    s.degrees = take(degrees_of_order_ * kOrdersAtOnce);
  } else {
    s.recurrence = reinterpret_cast<double*>(
        take(kernels::recurrence_scratch(orders) * sizeof(double) / sizeof(T)));
    for (T*& part : s.part) part = take(2 * half_size(bandwidth_));
  }
  s.size = used;
  return s;
}

template <typename T>
kernels::Folding ChannelBlock<T>::folding(std::size_t begin, std::size_t end) const noexcept {
  return {columns_, (end - begin) * channels_, static_cast<std::size_t>(bandwidth_), order_step_};
}

template <typename T>
kernels::Exchange ChannelBlock<T>::exchange(int begin, int end) const noexcept {
  return {static_cast<std::size_t>(begin),
          static_cast<std::size_t>(end - begin),
          static_cast<std::size_t>(bandwidth_),
          channels_,
          degrees_of_order_,
          2 * channels_,
          2 * half_size(bandwidth_)};
}

template <typename T>
std::size_t ChannelBlock<T>::order(int m, int parity, std::size_t ring) const noexcept {
  const std::size_t row = static_cast<std::size_t>(parity) * rings_ + ring;
  return 2 * (static_cast<std::size_t>(m) * order_step_ + row * channels_);
}

template <typename T>
std::size_t ChannelBlock<T>::degree(int begin, int m, int l) const noexcept {
  return static_cast<std::size_t>(m - begin) * degrees_of_order_ +
         static_cast<std::size_t>(l - begin) * 2 * channels_;
}

template <typename T>
void ChannelBlock<T>::to_coefficients(Signal signal, std::size_t first, const T* fields,
                                      T* coefficients, const Scales<T>& scales,
                                      T* scratch) const noexcept {
  const Scratch s = divide(scratch);
  const T* scale = scales.degree.data();
  if (channels_ > 1) {
    orders_of_rings(signal, first, fields, scales, s);
    for (int m = 0; m < bandwidth_; m += kOrdersAtOnce) {
      const int end = std::min(m + kOrdersAtOnce, bandwidth_);
      degrees_of_orders(m, end, s);
      store(signal, first, m, end, scale, s.degrees, coefficients);
    }
    return;
  }
  const bool real = signal == Signal::real;
  for (std::size_t part = 0; part < (real ? 1 : 2); ++part) {
    orders_of_rings(signal, first + part, fields, scales, s);
    T* out = real ? coefficients + first * 2 * half_size(bandwidth_) : s.part[part];
    for (int m = 0; m < bandwidth_; ++m)
      kernels::recurrence_analysis(recurrences_.order(m), s.orders + order(m, 0, 0),
                                   s.orders + order(m, 1, 0), scale, out, s.recurrence);
  }
  if (real) return;
  T* out = coefficients + first * full_size(bandwidth_);
  for (int l = 0; l < bandwidth_; ++l)
    for (int m = 0; m <= l; ++m)
      join(s.part[0] + 2 * half_index(l, m), s.part[1] + 2 * half_index(l, m), T(1),
           m % 2 == 0 ? T(1) : T(-1), out + 2 * full_index(l, m), out + 2 * full_index(l, -m));
}

template <typename T>
void ChannelBlock<T>::to_fields(Signal signal, std::size_t first, const T* coefficients,
                                Fields fields, const Scales<T>& scales, T* scratch) const noexcept {
  const Scratch s = divide(scratch);
  const T* scale = scales.degree.data();
  if (channels_ > 1) {
    for (int m = 0; m < bandwidth_; m += kOrdersAtOnce) {
      const int end = std::min(m + kOrdersAtOnce, bandwidth_);
      load(signal, first, m, end, scale, coefficients, s.degrees);
      orders_of_degrees(m, end, s);
    }
    rings_of_orders(signal, first, fields, scales, s);
    return;
  }
  const bool real = signal == Signal::real;
  const T* full = coefficients + first * full_size(bandwidth_);
  for (int l = 0; l < bandwidth_ && !real; ++l)
    for (int m = 0; m <= l; ++m)
      split(full + 2 * full_index(l, m), full + 2 * full_index(l, -m), T(1),
            m % 2 == 0 ? T(1) : T(-1), s.part[0] + 2 * half_index(l, m),
            s.part[1] + 2 * half_index(l, m));
  for (std::size_t part = 0; part < (real ? 1 : 2); ++part) {
    const T* in = real ? coefficients + first * 2 * half_size(bandwidth_) : s.part[part];
    for (int m = 0; m < bandwidth_; ++m)
      kernels::recurrence_synthesis(recurrences_.order(m), in, scale, s.orders + order(m, 0, 0),
                                    s.orders + order(m, 1, 0), s.recurrence);
    rings_of_orders(signal, first + part, fields, scales, s);
  }
}

template <typename T>
void ChannelBlock<T>::orders_of_rings(Signal signal, std::size_t first, const T* fields,
                                      const Scales<T>& scales, const Scratch& s) const noexcept {
  for (std::size_t j = 0; j < rings_; j += group_) {
    const std::size_t end = std::min(j + group_, rings_);
    pack(signal, first, fields, scales.ring.data(), j, end, s.rings);
    forward_.execute(complex(s.rings), complex(s.transformed), complex(s.dft));
    kernels::fold(folding(j, end), s.transformed, s.orders + order(0, 0, j),
                  s.orders + order(0, 1, j));
  }
}

template <typename T>
void ChannelBlock<T>::rings_of_orders(Signal signal, std::size_t first, Fields fields,
                                      const Scales<T>& scales, const Scratch& s) const noexcept {
  for (std::size_t j = 0; j < rings_; j += group_) {
    const std::size_t end = std::min(j + group_, rings_);
    kernels::unfold(folding(j, end), s.orders + order(0, 0, j), s.orders + order(0, 1, j), s.rings);
    backward_.execute(complex(s.rings), complex(s.transformed), complex(s.dft));
    unpack(signal, first, s.transformed, scales.ring.data(), j, end, fields);
  }
}

template class ChannelBlock<float>;
template class ChannelBlock<double>;

}  // namespace equicloud::sphere
