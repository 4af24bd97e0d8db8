// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the adaptive probabilities of LAZ's arithmetic coder. Both directions keep the same
// models, so that what one writes the other reads. Source: A. Said, "Introduction to Arithmetic
// Coding - Theory and Practice", HP Labs HPL-2004-76, with the constants of the LASzip
// specification (M. Isenburg, "LASzip: lossless compression of LiDAR data", 2013).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace equicloud::io::laz {

/// The probability of a bit being 0, of 2^kBits.
class BitModel {
 public:
  static constexpr unsigned kBits = 13;

  std::uint32_t zero() const noexcept { return zero_; }
  /// Learns a bit.
  void learn(unsigned bit) noexcept {
    if (bit == 0) ++zeros_;
    if (--until_update_ == 0) update();
  }

 private:
  void update() noexcept;

  std::uint32_t zero_ = 1U << (kBits - 1);
  std::uint32_t zeros_ = 1;
  std::uint32_t bits_ = 2;
  std::uint32_t cycle_ = 4;
  std::uint32_t until_update_ = 4;
};

/// The probabilities of `symbols` symbols (2 or more), cumulated, of 2^kBits.
class SymbolModel {
 public:
  static constexpr unsigned kBits = 15;

  explicit SymbolModel(unsigned symbols);

  unsigned symbols() const noexcept { return static_cast<unsigned>(counts_.size()); }
  /// How probable a smaller symbol is.
  std::uint32_t below(unsigned symbol) const noexcept { return below_[symbol]; }
  /// A symbol not above the one that the share `below` (of 2^kBits) falls into, and close to it.
  unsigned hint(std::uint32_t below) const noexcept { return hints_[below >> kHintShift]; }
  /// The same from above: the symbol is not this one or a later one.
  unsigned hint_end(std::uint32_t below) const noexcept {
    return hints_[(below >> kHintShift) + 1] + 1U;
  }
  void learn(unsigned symbol) noexcept {
    ++counts_[symbol];
    if (--until_update_ == 0) update();
  }

 private:
  static constexpr unsigned kHintShift = 8;  // 128 hints
  void update() noexcept;
  void place_hints() noexcept;

  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> below_;
  std::array<std::uint16_t, (1U << (kBits - kHintShift)) + 1> hints_{};
  std::uint32_t total_ = 0;
  std::uint32_t cycle_;
  std::uint32_t until_update_ = 0;
};

/// Models of one size, made when they are first asked for.
class SymbolModels {
 public:
  SymbolModels(std::size_t models, unsigned symbols) : models_(models), symbols_(symbols) {}
  SymbolModel& operator[](std::size_t i) {
    if (models_[i] == nullptr) models_[i] = std::make_unique<SymbolModel>(symbols_);
    return *models_[i];
  }

 private:
  std::vector<std::unique_ptr<SymbolModel>> models_;
  unsigned symbols_;
};

}  // namespace equicloud::io::laz
