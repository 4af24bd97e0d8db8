// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/laz_models.h>

#include <algorithm>

namespace equicloud::io::laz {
namespace {

// 2^31 over a count: what turns counts into probabilities without a division for each.
std::uint32_t scale_of(std::uint32_t total) noexcept { return 0x80000000U / total; }

}  // namespace

void BitModel::update() noexcept {
  bits_ += cycle_;
  if (bits_ > (1U << kBits)) {
    bits_ = (bits_ + 1) >> 1U;
    zeros_ = (zeros_ + 1) >> 1U;
    if (zeros_ == bits_) ++bits_;
  }
  zero_ = (zeros_ * scale_of(bits_)) >> (31U - kBits);
  cycle_ = std::min<std::uint32_t>((5 * cycle_) >> 2U, 64);
  until_update_ = cycle_;
}

SymbolModel::SymbolModel(unsigned symbols) : counts_(symbols, 1), below_(symbols), cycle_(symbols) {
  update();
  cycle_ = until_update_ = (symbols + 6) >> 1U;
}

void SymbolModel::update() noexcept {
  total_ += cycle_;
  if (total_ > (1U << kBits)) {
    total_ = 0;
    for (std::uint32_t& count : counts_) total_ += count = (count + 1) >> 1U;
  }
  const std::uint32_t scale = scale_of(total_);
  std::uint32_t sum = 0;
  for (std::size_t k = 0; k < counts_.size(); ++k) {
    below_[k] = (scale * sum) >> (31U - kBits);
    sum += counts_[k];
  }
  place_hints();
  cycle_ = std::min((5 * cycle_) >> 2U, (symbols() + 6) << 3U);
  until_update_ = cycle_;
}

void SymbolModel::place_hints() noexcept {
  std::uint16_t symbol = 0;
  for (std::size_t i = 0; i < hints_.size(); ++i) {
    while (symbol + 1U < below_.size() && below_[symbol + 1U] <= i << kHintShift) ++symbol;
    hints_[i] = symbol;
  }
}

}  // namespace equicloud::io::laz
