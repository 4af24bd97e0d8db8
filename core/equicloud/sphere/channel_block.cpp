// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/sphere/channel_block.h>
#include <equicloud/sphere/index.h>

#include <algorithm>

namespace equicloud::sphere {
namespace {

constexpr std::size_t kRingBytes = 16384;  // packed rings of a group: half a first-level cache
constexpr int kOrdersAtOnce = 4;           // whose coefficients of one degree fill a cache line

std::size_t group_size(const Grid& grid, std::size_t pairs, std::size_t channels,
                       std::size_t complex_bytes) {
  const std::size_t pair = channels * static_cast<std::size_t>(grid.columns) * complex_bytes;
  const std::size_t most = std::clamp(kRingBytes / pair, std::size_t(1), pairs);
  const std::size_t groups = (pairs + most - 1) / most;
  return (pairs + groups - 1) / groups;
}

// Where channel c's numbers begin, and how far apart they are, in memory of `size` numbers a field.
struct Place {
  std::size_t offset;
  std::size_t step;
};
Place place_of(Signal signal, std::size_t channel, std::size_t size) {
  if (signal == Signal::real) return {channel * size, 1};
  return {channel / 2 * 2 * size + channel % 2, 2};
}

}  // namespace

template <typename T>
ChannelBlock<T>::ChannelBlock(const Grid& grid, const LegendreTables<T>& tables,
                              std::size_t channels, const fft::Options& dft)
    : bandwidth_(grid.bandwidth),
      columns_(static_cast<std::size_t>(grid.columns)),
      grid_rings_(grid.rings()),
      tables_(tables),
      channels_(channels),
      group_(group_size(grid, tables.rings(), channels, sizeof(Complex))),
      // One line more than needed: orders at distances of a power of two would evict each other.
      order_step_((whole_lines<T>(4 * tables.rings() * channels) + kAlignment / sizeof(T)) / 2),
      forward_(columns_, group_ * channels, fft::Direction::forward, dft),
      backward_(columns_, group_ * channels, fft::Direction::backward, dft) {
  const std::size_t degrees = static_cast<std::size_t>(bandwidth_ + 1) / 2;
  const bool single = channels == 1;  // one channel: degrees are the columns of the product
  imaginary_ = single ? whole_lines<T>(degrees) : 1;
  degree_step_ = single ? 1 : 2 * channels;
  parity_size_ = single ? 2 * imaginary_ : degrees * degree_step_;
}

template <typename T>
std::size_t ChannelBlock<T>::scratch_size() const noexcept {
  const Scratch s = divide(nullptr);
  return static_cast<std::size_t>(s.parts - static_cast<T*>(nullptr)) +
         2 * whole_lines<T>(tables_.rings());
}

template <typename T>
typename ChannelBlock<T>::Scratch ChannelBlock<T>::divide(T* scratch) const noexcept {
  const std::size_t dft = std::max(forward_.workspace_size(), backward_.workspace_size());
  Scratch s{};
  s.rings = scratch;
  s.dft = s.rings + whole_lines<T>(2 * forward_.size());
  s.orders = s.dft + whole_lines<T>(2 * dft);
  s.degrees = s.orders + whole_lines<T>(2 * order_step_ * static_cast<std::size_t>(bandwidth_));
  s.parts = s.degrees + whole_lines<T>(2 * parity_size_ * kOrdersAtOnce);
  return s;
}

template <typename T>
kernels::Folding ChannelBlock<T>::folding(std::size_t begin, std::size_t end) const noexcept {
  return {columns_, (end - begin) * channels_, static_cast<std::size_t>(bandwidth_), order_step_};
}

template <typename T>
T* ChannelBlock<T>::order(const Scratch& scratch, int m, int parity,
                          std::size_t ring) const noexcept {
  const std::size_t row = static_cast<std::size_t>(parity) * tables_.rings() + ring;
  return scratch.orders + 2 * (static_cast<std::size_t>(m) * order_step_ + row * channels_);
}

template <typename T>
std::size_t ChannelBlock<T>::cell(int order_in_group, int l_minus_m) const noexcept {
  return static_cast<std::size_t>(2 * order_in_group + l_minus_m % 2) * parity_size_ +
         static_cast<std::size_t>(l_minus_m / 2) * degree_step_;
}

template <typename T>
void ChannelBlock<T>::to_coefficients(Signal signal, std::size_t first, const T* fields,
                                      T* coefficients, const Scales<T>& scales,
                                      T* scratch) const noexcept {
  const Scratch s = divide(scratch);
  for (std::size_t j = 0; j < tables_.rings(); j += group_) {
    const std::size_t end = std::min(j + group_, tables_.rings());
    pack(signal, first, fields, scales.ring.data(), j, end, s.rings);
    auto* z = reinterpret_cast<Complex*>(s.rings);
    forward_.execute(z, z, reinterpret_cast<Complex*>(s.dft));
    kernels::fold(folding(j, end), s.rings, order(s, 0, 0, j), order(s, 0, 1, j));
  }
  for (int m = 0; m < bandwidth_; m += kOrdersAtOnce) {
    const int end = std::min(m + kOrdersAtOnce, bandwidth_);
    degrees_of_orders(m, end, s);
    store(signal, first, m, end, scales.degree.data(), s.degrees, coefficients);
  }
}

template <typename T>
void ChannelBlock<T>::to_fields(Signal signal, std::size_t first, const T* coefficients, T* fields,
                                const Scales<T>& scales, T* scratch) const noexcept {
  const Scratch s = divide(scratch);
  for (int m = 0; m < bandwidth_; m += kOrdersAtOnce) {
    const int end = std::min(m + kOrdersAtOnce, bandwidth_);
    load(signal, first, m, end, scales.degree.data(), coefficients, s.degrees);
    orders_of_degrees(m, end, s);
  }
  for (std::size_t j = 0; j < tables_.rings(); j += group_) {
    const std::size_t end = std::min(j + group_, tables_.rings());
    kernels::unfold(folding(j, end), order(s, 0, 0, j), order(s, 0, 1, j), s.rings);
    auto* z = reinterpret_cast<Complex*>(s.rings);
    backward_.execute(z, z, reinterpret_cast<Complex*>(s.dft));
    unpack(signal, first, s.rings, scales.ring.data(), j, end, fields);
  }
}

template <typename T>
void ChannelBlock<T>::pack(Signal signal, std::size_t first, const T* fields, const T* scale,
                           std::size_t begin, std::size_t end, T* rings) const noexcept {
  for (std::size_t j = begin; j < end; ++j)
    for (std::size_t c = 0; c < channels_; ++c, rings += 2 * columns_) {
      const Place place = place_of(signal, first + c, grid_rings_ * columns_);
      const std::size_t mirror = grid_rings_ - 1 - j;
      const T* north = fields + place.offset + j * columns_ * place.step;
      const T* south = fields + place.offset + mirror * columns_ * place.step;
      kernels::pack_pair(north, mirror == j ? nullptr : south, place.step, columns_, scale[j],
                         rings);
    }
}

template <typename T>
void ChannelBlock<T>::unpack(Signal signal, std::size_t first, const T* rings, const T* scale,
                             std::size_t begin, std::size_t end, T* fields) const noexcept {
  for (std::size_t j = begin; j < end; ++j)
    for (std::size_t c = 0; c < channels_; ++c, rings += 2 * columns_) {
      const Place place = place_of(signal, first + c, grid_rings_ * columns_);
      const std::size_t mirror = grid_rings_ - 1 - j;
      T* north = fields + place.offset + j * columns_ * place.step;
      T* south = fields + place.offset + mirror * columns_ * place.step;
      kernels::unpack_pair(rings, columns_, scale[j], north, mirror == j ? nullptr : south,
                           place.step);
    }
}

// Many channels: degrees x rings times rings x channels. One: its real and imaginary parts are the
// rows, degrees the columns, so that vectors are full.
template <typename T>
void ChannelBlock<T>::degrees_of_orders(int begin, int end, const Scratch& s) const noexcept {
  for (int m = begin; m < end; ++m)
    for (int parity = 0; parity < 2; ++parity) {
      const LegendreBlock<T>& block = tables_.block(m, parity);
      const std::size_t rings = tables_.rings() - block.first;
      const T* in = order(s, m, parity, block.first);
      T* out = s.degrees + cell(m - begin, parity);
      if (channels_ == 1)
        kernels::product<T>(2, rings, block.degrees, {in, 1, 2}, block.by_ring, block.degree_step,
                            out, imaginary_);
      else
        kernels::product<T>(block.degrees, rings, 2 * channels_,
                            {block.by_ring, 1, block.degree_step}, in, 2 * channels_, out,
                            degree_step_);
    }
}

template <typename T>
void ChannelBlock<T>::orders_of_degrees(int begin, int end, const Scratch& s) const noexcept {
  for (int m = begin; m < end; ++m)
    for (int parity = 0; parity < 2; ++parity) {
      const LegendreBlock<T>& block = tables_.block(m, parity);
      const std::size_t rings = tables_.rings() - block.first;
      const T* in = s.degrees + cell(m - begin, parity);
      T* out = order(s, m, parity, block.first);
      std::fill(order(s, m, parity, 0), out, T(0));
      if (channels_ > 1) {
        kernels::product<T>(rings, block.degrees, 2 * channels_,
                            {block.by_degree, 1, block.ring_step}, in, degree_step_, out,
                            2 * channels_);
        continue;
      }
      T* imaginary = s.parts + whole_lines<T>(rings);
      kernels::product<T>(2, block.degrees, rings, {in, imaginary_, 1}, block.by_degree,
                          block.ring_step, s.parts, whole_lines<T>(rings));
      kernels::pack_pair<T>(s.parts, imaginary, 1, rings, T(1), out);
    }
}

template <typename T>
void ChannelBlock<T>::store(Signal signal, std::size_t first, int begin, int end, const T* scale,
                            const T* degrees, T* coefficients) const noexcept {
  const std::size_t half = 2 * half_size(bandwidth_);
  const std::size_t full = 2 * full_size(bandwidth_);
  for (std::size_t c = 0; c < channels_; c += signal == Signal::real ? 1 : 2) {
    const T* u = degrees + 2 * c;
    T* out = coefficients + (signal == Signal::real ? (first + c) * half : (first + c) / 2 * full);
    for (int l = begin; l < bandwidth_; ++l)
      for (int m = begin; m < std::min(end, l + 1); ++m) {
        const T* from = u + cell(m - begin, l - m);
        if (signal == Signal::real) {
          T* to = out + 2 * half_index(l, m);
          to[0] = scale[l] * from[0];
          to[1] = scale[l] * from[imaginary_];
          continue;
        }
        // Of f = u + i v with real u, v: f_lm = u_lm + i v_lm, and at -m with both conjugate.
        const T sign = m % 2 == 0 ? scale[l] : -scale[l];
        T* minus = out + 2 * full_index(l, -m);
        minus[0] = sign * (from[0] + from[3]);
        minus[1] = sign * (from[2] - from[1]);
        T* plus = out + 2 * full_index(l, m);
        plus[0] = scale[l] * (from[0] - from[3]);
        plus[1] = scale[l] * (from[1] + from[2]);
      }
  }
}

template <typename T>
void ChannelBlock<T>::load(Signal signal, std::size_t first, int begin, int end, const T* scale,
                           const T* coefficients, T* degrees) const noexcept {
  const std::size_t half = 2 * half_size(bandwidth_);
  const std::size_t full = 2 * full_size(bandwidth_);
  for (std::size_t c = 0; c < channels_; c += signal == Signal::real ? 1 : 2) {
    T* u = degrees + 2 * c;
    const T* in =
        coefficients + (signal == Signal::real ? (first + c) * half : (first + c) / 2 * full);
    for (int l = begin; l < bandwidth_; ++l)
      for (int m = begin; m < std::min(end, l + 1); ++m) {
        T* to = u + cell(m - begin, l - m);
        if (signal == Signal::real) {
          const T* from = in + 2 * half_index(l, m);
          to[0] = scale[l] * from[0];
          to[imaginary_] = m == 0 ? T(0) : scale[l] * from[1];
          continue;
        }
        // u_lm = (f_lm + s conj f_{l,-m}) / 2, i v_lm = (f_lm - s conj f_{l,-m}) / 2, s = (-1)^m.
        const T* plus = in + 2 * full_index(l, m);
        const T* minus = in + 2 * full_index(l, -m);
        const T half_scale = scale[l] / 2;
        const T sign = m % 2 == 0 ? half_scale : -half_scale;
        to[0] = half_scale * plus[0] + sign * minus[0];
        to[1] = half_scale * plus[1] - sign * minus[1];
        to[2] = half_scale * plus[1] + sign * minus[1];
        to[3] = sign * minus[0] - half_scale * plus[0];
      }
  }
}

template class ChannelBlock<float>;
template class ChannelBlock<double>;

}  // namespace equicloud::sphere
