// SPDX-License-Identifier: BSD-3-Clause
// The stages between which channel_block.cpp passes a few channels.
#include <equicloud/kernels/product.h>
#include <equicloud/sphere/channel_block.h>
#include <equicloud/sphere/complex_parts.h>
#include <equicloud/sphere/index.h>

#include <algorithm>

namespace equicloud::sphere {
namespace {

constexpr std::size_t kFetched = 64;  // points from which a batch is too large for the cache

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
typename ChannelBlock<T>::RingPair ChannelBlock<T>::pair(Signal signal, std::size_t channel,
                                                         std::size_t ring) const noexcept {
  const Place place = place_of(signal, channel, grid_rings_ * columns_);
  const std::size_t mirror = grid_rings_ - 1 - ring;
  return {place.offset + ring * columns_ * place.step,
          place.offset + mirror * columns_ * place.step, place.step, mirror == ring};
}

template <typename T>
void ChannelBlock<T>::fetch_after(Signal signal, std::size_t first, const T* fields,
                                  std::size_t channel, std::size_t ring) const noexcept {
  const bool same_ring = channel + 1 < channels_;
  const bool last = !same_ring && ring + 1 == rings_;
  if (last || channels_ == 1 || columns_ < kFetched) return;
  const RingPair next =
      pair(signal, first + (same_ring ? channel + 1 : 0), same_ring ? ring : ring + 1);
  kernels::fetch(fields + next.north, columns_ * next.step);
  kernels::fetch(fields + next.south, columns_ * next.step);
}

template <typename T>
void ChannelBlock<T>::pack(Signal signal, std::size_t first, const T* fields, const T* scale,
                           std::size_t begin, std::size_t end, T* rings) const noexcept {
  for (std::size_t j = begin; j < end; ++j)
    for (std::size_t c = 0; c < channels_; ++c, rings += 2 * columns_) {
      fetch_after(signal, first, fields, c, j);
      const RingPair r = pair(signal, first + c, j);
      kernels::pack_pair(fields + r.north, r.equator ? nullptr : fields + r.south, r.step, columns_,
                         scale[j], rings);
    }
}

template <typename T>
void ChannelBlock<T>::unpack(Signal signal, std::size_t first, const T* rings, const T* scale,
                             std::size_t begin, std::size_t end, T* fields) const noexcept {
  for (std::size_t j = begin; j < end; ++j)
    for (std::size_t c = 0; c < channels_; ++c, rings += 2 * columns_) {
      fetch_after(signal, first, fields, c, j);
      const RingPair r = pair(signal, first + c, j);
      kernels::unpack_pair(rings, columns_, scale[j], fields + r.north,
                           r.equator ? nullptr : fields + r.south, r.step);
    }
}

// Rows of the products are degrees l = m + parity, m + parity + 2, ..: every second one.
template <typename T>
void ChannelBlock<T>::degrees_of_orders(int begin, int end, const Scratch& s) const noexcept {
  const std::size_t width = 2 * channels_;
  for (int m = begin; m < end; ++m)
    for (int parity = 0; parity < 2; ++parity) {
      const LegendreBlock<T>& block = tables_.block(m, parity);
      kernels::product<T>(block.degrees, rings_ - block.first, width, {block.table, 1, block.step},
                          s.orders + order(m, parity, block.first), width,
                          s.degrees + degree(begin, m, m + parity), 2 * width);
    }
}

template <typename T>
void ChannelBlock<T>::orders_of_degrees(int begin, int end, const Scratch& s) const noexcept {
  const std::size_t width = 2 * channels_;
  for (int m = begin; m < end; ++m)
    for (int parity = 0; parity < 2; ++parity) {
      const LegendreBlock<T>& block = tables_.block(m, parity);
      T* out = s.orders + order(m, parity, 0);
      std::fill_n(out, block.first * width, T(0));
      kernels::product<T>(rings_ - block.first, block.degrees, width, {block.table, block.step, 1},
                          s.degrees + degree(begin, m, m + parity), 2 * width,
                          out + block.first * width, width);
    }
}

template <typename T>
void ChannelBlock<T>::store(Signal signal, std::size_t first, int begin, int end, const T* scale,
                            const T* degrees, T* coefficients) const noexcept {
  if (signal == Signal::real) {
    kernels::store_degrees(exchange(begin, end), scale, degrees,
                           coefficients + first * 2 * half_size(bandwidth_));
    return;
  }
  T* out = coefficients + first * full_size(bandwidth_);  // two channels a signal
  for (std::size_t c = 0; c < channels_; c += 2, out += 2 * full_size(bandwidth_))
    for (int l = begin; l < bandwidth_; ++l)
      for (int m = begin; m < std::min(end, l + 1); ++m) {
        const T* uv = degrees + degree(begin, m, l) + 2 * c;
        join(uv, uv + 2, scale[l], m % 2 == 0 ? scale[l] : -scale[l], out + 2 * full_index(l, m),
             out + 2 * full_index(l, -m));
      }
}

template <typename T>
void ChannelBlock<T>::load(Signal signal, std::size_t first, int begin, int end, const T* scale,
                           const T* coefficients, T* degrees) const noexcept {
  if (signal == Signal::real) {
    kernels::load_degrees(exchange(begin, end), scale,
                          coefficients + first * 2 * half_size(bandwidth_), degrees);
    return;
  }
  const T* in = coefficients + first * full_size(bandwidth_);
  for (std::size_t c = 0; c < channels_; c += 2, in += 2 * full_size(bandwidth_))
    for (int l = begin; l < bandwidth_; ++l)
      for (int m = begin; m < std::min(end, l + 1); ++m) {
        T* uv = degrees + degree(begin, m, l) + 2 * c;
        split(in + 2 * full_index(l, m), in + 2 * full_index(l, -m), scale[l],
              m % 2 == 0 ? scale[l] : -scale[l], uv, uv + 2);
      }
}

template class ChannelBlock<float>;
template class ChannelBlock<double>;

}  // namespace equicloud::sphere
