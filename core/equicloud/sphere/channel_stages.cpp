// SPDX-License-Identifier: BSD-3-Clause
// The stages between which channel_block.cpp passes a few channels.
#include <equicloud/kernels/product.h>
#include <equicloud/sphere/channel_block.h>
#include <equicloud/sphere/complex_parts.h>
#include <equicloud/sphere/index.h>

#include <algorithm>

namespace equicloud::sphere {
namespace {

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
typename ChannelBlock<T>::RingRun ChannelBlock<T>::run_of_pairs(std::size_t first, std::size_t ring,
                                                                std::size_t end) const noexcept {
  const std::size_t size = grid_rings_ * columns_;
  const auto field = static_cast<std::ptrdiff_t>(size);
  const auto step = static_cast<std::ptrdiff_t>(columns_);
  RingRun run{{columns_, channels_, field, field, 0}, 1, 0, 0};  // all channels at one ring
  if (channels_ == 1) {                                          // many rings of one channel
    run.rings = std::min(end, grid_rings_ / 2) - ring;
    run.pairs = {columns_, run.rings, step, -step, 1};
  }
  run.north = first * size + ring * columns_;
  run.south = first * size + (grid_rings_ - 1 - ring) * columns_;
  return run;
}

template <typename T>
void ChannelBlock<T>::pack(Signal signal, std::size_t first, const T* fields, const T* scale,
                           std::size_t begin, std::size_t end, T* rings) const noexcept {
  for (std::size_t j = begin; j < end;) {
    const std::size_t mirror = grid_rings_ - 1 - j;
    if (signal == Signal::real && mirror != j) {
      const RingRun run = run_of_pairs(first, j, end);
      kernels::pack_pairs(run.pairs, fields + run.north, fields + run.south, scale + j, rings);
      rings += 2 * columns_ * run.pairs.pairs;
      j += run.rings;
      continue;
    }
    for (std::size_t c = 0; c < channels_; ++c, rings += 2 * columns_) {
      const Place place = place_of(signal, first + c, grid_rings_ * columns_);
      const T* channel = fields + place.offset;
      kernels::pack_pair(channel + j * columns_ * place.step,
                         mirror == j ? nullptr : channel + mirror * columns_ * place.step,
                         place.step, columns_, scale[j], rings);
    }
    ++j;
  }
}

template <typename T>
void ChannelBlock<T>::unpack(Signal signal, std::size_t first, const T* rings, const T* scale,
                             std::size_t begin, std::size_t end, Fields fields) const noexcept {
  for (std::size_t j = begin; j < end;) {
    const std::size_t mirror = grid_rings_ - 1 - j;
    if (signal == Signal::real && mirror != j) {
      RingRun run = run_of_pairs(first, j, end);
      run.pairs.past_cache = fields.past_cache;
      kernels::unpack_pairs(run.pairs, rings, scale + j, fields.begin + run.north,
                            fields.begin + run.south);
      rings += 2 * columns_ * run.pairs.pairs;
      j += run.rings;
      continue;
    }
    for (std::size_t c = 0; c < channels_; ++c, rings += 2 * columns_) {
      const Place place = place_of(signal, first + c, grid_rings_ * columns_);
      T* channel = fields.begin + place.offset;
      kernels::unpack_pair(rings, columns_, scale[j], channel + j * columns_ * place.step,
                           mirror == j ? nullptr : channel + mirror * columns_ * place.step,
                           place.step);
    }
    ++j;
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
