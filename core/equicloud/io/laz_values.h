// SPDX-License-Identifier: BSD-3-Clause
// Inside io: what the items of a LAZ point have in common: times, colours, single bytes, and the
// median that predicts coordinates. `code` takes a coder of either direction (laz_coder.h): what it
// is handed is written, or replaced by what is read. Source: laz_models.h.
#pragma once

#include <equicloud/io/laz_integers.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace equicloud::io::laz {

/// A running median of five that drops, in turn, its largest and its smallest value.
class Median {
 public:
  std::int32_t get() const noexcept { return sorted_[2]; }
  void add(std::int32_t value) noexcept {
    const bool turns = drops_largest_ ? value >= sorted_[2] : value <= sorted_[2];
    auto* first = sorted_.data() + (drops_largest_ ? 0 : 1);  // four stay
    auto* place = std::upper_bound(first, first + 4, value);
    if (drops_largest_)
      std::copy_backward(place, first + 4, first + 5);
    else
      std::copy(first, place--, first - 1);
    *place = value;
    if (turns) drops_largest_ = !drops_largest_;
  }

 private:
  std::array<std::int32_t, 5> sorted_{};
  bool drops_largest_ = true;
};

/// Two's complement arithmetic that wraps around.
inline std::int32_t plus(std::int32_t a, std::int32_t b) noexcept {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int32_t minus(std::int32_t a, std::int32_t b) noexcept {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
}
inline std::int32_t times(std::int32_t a, std::int32_t b) noexcept {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) * static_cast<std::uint32_t>(b));
}

/// The context of a size among `most / 2` pairs.
inline unsigned pair_of(unsigned size, unsigned most) noexcept {
  return size < most ? size & ~1U : most;
}

/// x, y and z from one point to the next; the contexts are the caller's.
class Coordinates {
 public:
  Coordinates() : x_(32, 2), y_(32, 22), z_(32, 20) {}

  /// @param single  1 if the pulse had one return
  template <typename Coder>
  std::int32_t code_x(Coder& coder, Median& median, std::int32_t last, std::int32_t x,
                      unsigned single) {
    const std::int32_t step = x_.code(coder, median.get(), minus(x, last), single);
    median.add(step);
    return plus(last, step);
  }
  template <typename Coder>
  std::int32_t code_y(Coder& coder, Median& median, std::int32_t last, std::int32_t y,
                      unsigned single) {
    const unsigned context = single + pair_of(x_.last_size(), 20);
    const std::int32_t step = y_.code(coder, median.get(), minus(y, last), context);
    median.add(step);
    return plus(last, step);
  }
  template <typename Coder>
  std::int32_t code_z(Coder& coder, std::int32_t predicted, std::int32_t z, unsigned single) {
    const unsigned size = (x_.last_size() + y_.last_size()) / 2;
    return z_.code(coder, predicted, z, single + pair_of(size, 18));
  }

 private:
  Integers x_, y_, z_;
};

/// GPS times: bits of a double as a whole number, up to four interleaved sequences of them, each
/// with the step that it last took.
class Times {
 public:
  /// @param tells_same  the code says of each point whether its time is the last one's (point
  ///                    formats 1 and 3); else it is only asked where the time has changed
  Times(std::int64_t first, bool tells_same)
      : same_(tells_same ? 1 : 0),
        unstepped_(5U + same_),
        stepped_(515U + same_),
        corrections_(32, 9) {
    times_[0] = first;
  }

  template <typename Coder>
  std::int64_t code(Coder& coder, std::int64_t time) {
    for (unsigned switches = 0; switches < 4; ++switches)
      if (steps_[current_] == 0 ? code_unstepped(coder, time) : code_stepped(coder, time))
        return times_[current_];
    coder.fail();  // a sequence is changed once at most
  }

 private:
  // What a symbol says in a sequence without a step, behind the "same" of those who tell it.
  enum Unstepped : unsigned { kStep, kWhole, kOther };
  static constexpr std::int32_t kMostSteps = 500;
  static constexpr std::int32_t kMostBack = 10;
  static constexpr unsigned kSteps = 511;  // symbols for 0 to 500 and -1 to -10 steps

  bool is_near(std::int64_t time, unsigned sequence) const noexcept {
    const auto step = static_cast<std::int64_t>(static_cast<std::uint64_t>(time) -
                                                static_cast<std::uint64_t>(times_[sequence]));
    return step == static_cast<std::int32_t>(step);
  }
  std::int32_t step_to(std::int64_t time) const noexcept {
    return static_cast<std::int32_t>(static_cast<std::uint64_t>(time) -
                                     static_cast<std::uint64_t>(times_[current_]));
  }
  void step(std::int32_t step) noexcept {
    times_[current_] = static_cast<std::int64_t>(static_cast<std::uint64_t>(times_[current_]) +
                                                 static_cast<std::uint64_t>(std::int64_t{step}));
  }

  /// How far on the sequence is that the time lies near, 1 to 3; 0: there is none.
  unsigned other_sequence(std::int64_t time) const noexcept {
    for (unsigned i = 1; i < 4; ++i)
      if (is_near(time, (current_ + i) & 3U)) return i;
    return 0;
  }

  unsigned choose_unstepped(std::int64_t time) const noexcept {
    if (same_ != 0 && time == times_[current_]) return 0;
    if (is_near(time, current_)) return same_ + kStep;
    const unsigned other = other_sequence(time);
    return same_ + (other == 0 ? kWhole : kOther + other - 1);
  }

  /// True if the time is coded, false if another sequence goes on.
  template <typename Coder>
  bool code_unstepped(Coder& coder, std::int64_t time) {
    const unsigned symbol = coder.symbol(unstepped_, Coder::kWrites ? choose_unstepped(time) : 0);
    if (symbol < same_) return true;
    if (symbol == same_ + kStep) {
      steps_[current_] = corrections_.code(coder, 0, step_to(time), 0);
      step(steps_[current_]);
      extremes_[current_] = 0;
      return true;
    }
    if (symbol == same_ + kWhole) return code_whole(coder, time);
    current_ = (current_ + symbol - same_ - kOther + 1) & 3U;
    return false;
  }

  unsigned choose_stepped(std::int64_t time) const noexcept {
    if (same_ != 0 && time == times_[current_]) return kSteps;
    if (!is_near(time, current_)) return kSteps + same_ + other_sequence(time);
    const double steps = static_cast<double>(step_to(time)) / steps_[current_];
    const double most = steps >= 0 ? kMostSteps : kMostBack;
    const auto rounded =
        static_cast<std::int32_t>(std::clamp(steps < 0 ? steps - 0.5 : steps + 0.5, -most, most));
    return static_cast<unsigned>(rounded >= 0 ? rounded : kMostSteps - rounded);
  }

  template <typename Coder>
  bool code_stepped(Coder& coder, std::int64_t time) {
    const unsigned symbol = coder.symbol(stepped_, Coder::kWrites ? choose_stepped(time) : 0);
    if (symbol < kSteps) return code_steps(coder, time, static_cast<std::int32_t>(symbol));
    if (symbol < kSteps + same_) return true;
    if (symbol == kSteps + same_) return code_whole(coder, time);
    current_ = (current_ + symbol - kSteps - same_) & 3U;
    return false;
  }

  /// A multiple of the last step, and a correction.
  template <typename Coder>
  bool code_steps(Coder& coder, std::int64_t time, std::int32_t symbol) {
    const std::int32_t count = symbol <= kMostSteps ? symbol : kMostSteps - symbol;
    const bool extreme = count == 0 || count == kMostSteps || count == -kMostBack;
    const std::int32_t step_taken =
        corrections_.code(coder, times(count, steps_[current_]), step_to(time), context_of(count));
    step(step_taken);
    if (count == 1) extremes_[current_] = 0;
    if (extreme && ++extremes_[current_] > 3) {
      steps_[current_] = step_taken;
      extremes_[current_] = 0;
    }
    return true;
  }

  static unsigned context_of(std::int32_t count) noexcept {
    if (count == 1) return 1;
    if (count == 0) return 7;
    if (count > 0) return count < 10 ? 2 : count < kMostSteps ? 3 : 4;
    return count > -kMostBack ? 5 : 6;
  }

  /// All 64 bits; a new sequence begins.
  template <typename Coder>
  bool code_whole(Coder& coder, std::int64_t time) {
    const auto high = [](std::int64_t t) {
      return static_cast<std::int32_t>(static_cast<std::uint64_t>(t) >> 32U);
    };
    const std::int32_t upper = corrections_.code(coder, high(times_[current_]), high(time), 8);
    const std::uint32_t lower = coder.bits(32, static_cast<std::uint32_t>(time));
    current_ = newest_ = (newest_ + 1) & 3U;
    times_[current_] = static_cast<std::int64_t>(
        static_cast<std::uint64_t>(static_cast<std::uint32_t>(upper)) << 32U | lower);
    steps_[current_] = 0;
    extremes_[current_] = 0;
    return true;
  }

  unsigned same_;
  SymbolModel unstepped_, stepped_;
  Integers corrections_;
  std::array<std::int64_t, 4> times_{};
  std::array<std::int32_t, 4> steps_{};
  std::array<std::int32_t, 4> extremes_{};  // steps in a row that the last one did not foretell
  unsigned current_ = 0;
  unsigned newest_ = 0;
};

/// A byte that is coded by its difference from a predicted one.
template <typename Coder>
unsigned code_byte(Coder& coder, SymbolModel& model, unsigned predicted, unsigned byte) {
  return (predicted + coder.symbol(model, (byte - predicted) & 255U)) & 255U;
}

using Colour = std::array<std::uint16_t, 3>;

/// Red, green and blue: green from the step of red, blue from those of both.
class Colours {
 public:
  Colours() : used_(128), bytes_(6, 256) {}

  template <typename Coder>
  Colour code(Coder& coder, const Colour& last, const Colour& colour) {
    const unsigned used = coder.symbol(used_, Coder::kWrites ? choose(last, colour) : 0);
    Colour coded = last;
    for (unsigned half = 0; half < 2; ++half) code_red(coder, last, colour, used, half, coded);
    if ((used & kColoured) == 0) {
      coded[2] = coded[1] = coded[0];
      return coded;
    }
    for (unsigned half = 0; half < 2; ++half) code_others(coder, last, colour, used, half, coded);
    return coded;
  }

 private:
  static constexpr unsigned kColoured = 64;

  static int byte(std::uint16_t value, unsigned half) noexcept {
    return (value >> (8 * half)) & 255;
  }
  static void set_byte(std::uint16_t& value, unsigned half, unsigned byte) noexcept {
    value = static_cast<std::uint16_t>((value & (0xFF00U >> (8 * half))) | byte << (8 * half));
  }
  static unsigned clamped(int value) noexcept {
    return static_cast<unsigned>(std::clamp(value, 0, 255));
  }

  static unsigned choose(const Colour& last, const Colour& colour) noexcept {
    unsigned used = colour[0] != colour[1] || colour[0] != colour[2] ? kColoured : 0;
    for (unsigned c = 0; c < 3; ++c)
      for (unsigned half = 0; half < 2; ++half)
        if (byte(last[c], half) != byte(colour[c], half)) used |= 1U << (2 * c + half);
    return used;
  }

  template <typename Coder>
  void code_channel(Coder& coder, const Colour& colour, unsigned used, unsigned bit,
                    unsigned predicted, Colour& coded) {
    if ((used & (1U << bit)) == 0) return;
    const unsigned channel = bit / 2;
    const auto now = static_cast<unsigned>(byte(colour[channel], bit % 2));
    set_byte(coded[channel], bit % 2, code_byte(coder, bytes_[bit], predicted, now));
  }

  template <typename Coder>
  void code_red(Coder& coder, const Colour& last, const Colour& colour, unsigned used,
                unsigned half, Colour& coded) {
    code_channel(coder, colour, used, half, static_cast<unsigned>(byte(last[0], half)), coded);
  }

  template <typename Coder>
  void code_others(Coder& coder, const Colour& last, const Colour& colour, unsigned used,
                   unsigned half, Colour& coded) {
    int step = byte(coded[0], half) - byte(last[0], half);
    code_channel(coder, colour, used, 2 + half, clamped(step + byte(last[1], half)), coded);
    step = (step + byte(coded[1], half) - byte(last[1], half)) / 2;
    code_channel(coder, colour, used, 4 + half, clamped(step + byte(last[2], half)), coded);
  }

  SymbolModel used_;
  SymbolModels bytes_;
};

}  // namespace equicloud::io::laz
