// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the points of formats 0 to 3 as LAZ codes them, one behind the other: point, time,
// colour, extra bytes, each from what it was before (items of version 2). Source: laz_models.h.
#pragma once

#include <equicloud/io/las_bytes.h>
#include <equicloud/io/laz_values.h>

#include <cstdlib>
#include <optional>
#include <vector>

namespace equicloud::io::laz {

/// The first 20 bytes of a point record.
class Point10 {
 public:
  explicit Point10(const unsigned char* first)
      : changed_(64),
        returns_(256, 256),
        classes_(256, 256),
        angles_(2, 256),
        user_(256, 256),
        intensities_(16, 4),
        sources_(16, 1) {
    std::copy_n(first, kBytes, last_.begin());
    last_[kIntensity] = last_[kIntensity + 1] = 0;
  }

  template <typename Coder>
  void code(Coder& coder, unsigned char* point) {
    const unsigned changed = coder.symbol(changed_, Coder::kWrites ? choose(point) : 0);
    std::array<unsigned char, kBytes> now = last_;
    if ((changed & kReturns) != 0)
      now[kFlags] = byte(coder.symbol(returns_[last_[kFlags]], point[kFlags]));
    const unsigned number = now[kFlags] & 7U;
    const unsigned count = (now[kFlags] >> 3U) & 7U;
    const unsigned kind = kind_of(count, number);
    std::uint16_t& intensity = last_intensity_[kind];
    if ((changed & kIntensities) != 0)
      intensity = static_cast<std::uint16_t>(intensities_.code(
          coder, intensity, las::load<std::uint16_t>(point + kIntensity), std::min(kind, 3U)));
    las::put(intensity, now.data() + kIntensity);
    if ((changed & kClasses) != 0)
      now[kClass] = byte(coder.symbol(classes_[last_[kClass]], point[kClass]));
    if ((changed & kAngles) != 0)
      now[kAngle] =
          byte(code_byte(coder, angles_[now[kFlags] >> 6U & 1U], last_[kAngle], point[kAngle]));
    if ((changed & kUsers) != 0) now[kUser] = byte(coder.symbol(user_[last_[kUser]], point[kUser]));
    if ((changed & kSources) != 0)
      las::put(static_cast<std::uint16_t>(
                   sources_.code(coder, las::load<std::uint16_t>(last_.data() + kSource),
                                 las::load<std::uint16_t>(point + kSource), 0)),
               now.data() + kSource);
    code_place(coder, point, now, kind, count, number);
    last_ = now;
    std::copy(now.begin(), now.end(), point);
  }

 private:
  static constexpr std::size_t kBytes = 20;
  static constexpr std::size_t kIntensity = 12, kFlags = 14, kClass = 15, kAngle = 16, kUser = 17,
                               kSource = 18;
  enum Changed : unsigned {
    kSources = 1,
    kUsers = 2,
    kAngles = 4,
    kClasses = 8,
    kIntensities = 16,
    kReturns = 32
  };

  static unsigned char byte(unsigned value) noexcept { return static_cast<unsigned char>(value); }

  /// Points alike: a number for each pair of return count and number, the sensible ones apart.
  static unsigned kind_of(unsigned count, unsigned number) noexcept {
    static constexpr unsigned char kinds[8][8] = {
        {15, 14, 13, 12, 11, 10, 9, 8},  {14, 0, 1, 3, 6, 10, 10, 9},
        {13, 1, 2, 4, 7, 11, 11, 10},    {12, 3, 4, 5, 8, 12, 12, 11},
        {11, 6, 7, 8, 9, 13, 13, 12},    {10, 10, 11, 12, 13, 14, 14, 13},
        {9, 10, 11, 12, 13, 14, 15, 14}, {8, 9, 10, 11, 12, 13, 14, 15}};
    return kinds[count][number];
  }

  unsigned choose(const unsigned char* point) const noexcept {
    const unsigned kind = kind_of((point[kFlags] >> 3U) & 7U, point[kFlags] & 7U);
    unsigned changed = 0;
    if (point[kFlags] != last_[kFlags]) changed |= kReturns;
    if (las::load<std::uint16_t>(point + kIntensity) != last_intensity_[kind])
      changed |= kIntensities;
    if (point[kClass] != last_[kClass]) changed |= kClasses;
    if (point[kAngle] != last_[kAngle]) changed |= kAngles;
    if (point[kUser] != last_[kUser]) changed |= kUsers;
    if (!std::equal(point + kSource, point + kBytes, last_.data() + kSource)) changed |= kSources;
    return changed;
  }

  template <typename Coder>
  void code_place(Coder& coder, const unsigned char* point, std::array<unsigned char, kBytes>& now,
                  unsigned kind, unsigned count, unsigned number) {
    const unsigned single = count == 1 ? 1 : 0;
    const auto axis = [](const unsigned char* bytes, std::size_t a) {
      return las::load<std::int32_t>(bytes + 4 * a);
    };
    las::put(places_.code_x(coder, x_[kind], axis(last_.data(), 0), axis(point, 0), single),
             now.data());
    las::put(places_.code_y(coder, y_[kind], axis(last_.data(), 1), axis(point, 1), single),
             now.data() + 4);
    std::int32_t& height = heights_[count > number ? count - number : number - count];
    height = places_.code_z(coder, height, axis(point, 2), single);
    las::put(height, now.data() + 8);
  }

  std::array<unsigned char, kBytes> last_{};
  std::array<std::uint16_t, 16> last_intensity_{};
  std::array<Median, 16> x_, y_;
  std::array<std::int32_t, 8> heights_{};
  SymbolModel changed_;
  SymbolModels returns_, classes_, angles_, user_;
  Integers intensities_, sources_;
  Coordinates places_;
};

/// The records of one chunk of point format 0 to 3, the second to the last.
class PlainPoints {
 public:
  /// @param first  the chunk's first record, which is not coded
  PlainPoints(int point_format, std::size_t record_bytes, const unsigned char* first)
      : time_(point_format == 1 || point_format == 3 ? 20 : 0),
        colour_(point_format == 2   ? 20
                : point_format == 3 ? 28
                                    : 0),
        extra_(point_format == 0   ? 20
               : point_format == 1 ? 28
               : point_format == 2 ? 26
                                   : 34),
        point_(first),
        bytes_(record_bytes - extra_, 256),
        last_(first, first + record_bytes) {
    if (time_ != 0) times_.emplace(las::load<std::int64_t>(first + time_), true);
  }

  template <typename Coder>
  void code(Coder& coder, unsigned char* record) {
    point_.code(coder, record);
    if (times_)
      las::put(times_->code(coder, las::load<std::int64_t>(record + time_)), record + time_);
    if (colour_ != 0)
      las::put(colours_.code(coder, las::load<Colour>(last_.data() + colour_),
                             las::load<Colour>(record + colour_)),
               record + colour_);
    for (std::size_t i = extra_; i < last_.size(); ++i)
      record[i] =
          static_cast<unsigned char>(code_byte(coder, bytes_[i - extra_], last_[i], record[i]));
    std::copy_n(record, last_.size(), last_.begin());
  }

 private:
  std::size_t time_, colour_, extra_;  // where they begin, 0: there is none
  Point10 point_;
  std::optional<Times> times_;
  Colours colours_;
  SymbolModels bytes_;
  std::vector<unsigned char> last_;
};

}  // namespace equicloud::io::laz
