// SPDX-License-Identifier: BSD-3-Clause
#include "io/laz_files.h"

#include <equicloud/base/random.h>

#include <algorithm>
#include <array>

#include "io/las_files.h"
#include "io/sample_files.h"

namespace equicloud::io::testing {
namespace {

class Flight {
 public:
  Flight(int format, int extra, bool channels)
      : random_(static_cast<std::uint64_t>(format * 100 + extra)),
        format_(format),
        channels_(channels),
        extra_(static_cast<std::size_t>(extra), 0) {}

  std::string next() {
    move();
    fly();
    paint();
    return format_ < 6 ? old_record() : new_record();
  }

 private:
  bool chance(double p) { return random_.uniform() < p; }
  std::int32_t step(int most) {
    return static_cast<std::int32_t>(random_.below(2 * static_cast<std::uint64_t>(most) + 1)) -
           most;
  }
  template <typename T>
  T any() {
    return static_cast<T>(random_.bits());
  }

  void move() {
    for (std::size_t a = 0; a < 3; ++a) {
      const int most = a == 0 ? 50 : a == 1 ? 9 : 300;
      xyz_[a] = static_cast<std::int32_t>(static_cast<std::uint32_t>(xyz_[a]) +
                                          static_cast<std::uint32_t>(step(most)));
      if (chance(0.01)) xyz_[a] = any<std::int32_t>();
    }
    if (chance(0.3))
      intensity_ = chance(0.2) ? any<std::uint16_t>() : static_cast<std::uint16_t>(intensity_ + 3);
  }

  // Returns, times, angles.
  void fly() {
    const std::uint64_t most = format_ < 6 ? 8 : 16;
    if (chance(0.4)) {
      count_ = static_cast<unsigned>(random_.below(most));
      number_ = static_cast<unsigned>(random_.below(most));
    } else if (number_ < count_) {
      ++number_;
    } else {
      count_ = 1 + static_cast<unsigned>(random_.below(4));
      number_ = 1;
    }
    static constexpr std::array<double, 10> steps{1, 1, 1, 2, 15, -1, -4, -30, 600, 0};
    static constexpr std::array<double, 4> others{1e5, 2e5, 3.5e6, -4.0};
    if (chance(0.6)) time_ += 0.001 * steps[random_.below(steps.size())];
    if (chance(0.05)) time_ = others[random_.below(others.size())] + random_.uniform();
    if (chance(0.01)) time_ = random_.uniform(-1e9, 1e9);
    if (chance(0.2)) angle_ = any<std::int16_t>();
    if (chance(0.1)) user_ = any<std::uint8_t>();
    if (chance(0.1)) source_ = any<std::uint16_t>();
    if (chance(0.1)) class_ = any<std::uint8_t>();
    if (chance(0.1)) flags_ = any<std::uint8_t>();
    if (channels_) channel_ = (channel_ + 1 + static_cast<unsigned>(random_.below(3))) % 4;
  }

  void paint() {
    if (chance(0.5))
      for (std::uint16_t& c : colour_) c = static_cast<std::uint16_t>(c + step(40));
    if (chance(0.1))
      for (std::uint16_t& c : colour_) c = any<std::uint16_t>();
    if (chance(0.1)) colour_.fill(colour_[0]);
    for (char& byte : extra_)
      if (chance(0.4)) byte = chance(0.3) ? any<char>() : static_cast<char>(byte + 1);
  }

  std::string place() const { return bytes_of(xyz_) + bytes_of(intensity_); }
  std::string rgb() const {
    return bytes_of(colour_[0]) + bytes_of(colour_[1]) + bytes_of(colour_[2]);
  }
  std::string extra() const { return {extra_.begin(), extra_.end()}; }

  std::string old_record() const {
    std::string record =
        place() + static_cast<char>((number_ & 7U) | (count_ & 7U) << 3U | (flags_ & 0xC0U));
    record += static_cast<char>(class_);
    record += static_cast<char>(angle_ >> 8);
    record += static_cast<char>(user_);
    record += bytes_of(source_);
    if (format_ == 1 || format_ == 3) record += bytes_of(time_);
    if (format_ == 2 || format_ == 3) record += rgb();
    return record + extra();
  }

  std::string new_record() const {
    std::string record = place() + static_cast<char>(number_ | count_ << 4U);
    record += static_cast<char>((flags_ & 0xCFU) | channel_ << 4U);
    record += static_cast<char>(class_);
    record += static_cast<char>(user_);
    record += bytes_of(angle_) + bytes_of(source_) + bytes_of(time_);
    if (format_ >= 7) record += rgb();
    if (format_ == 8) record += bytes_of(colour_[3]);
    return record + extra();
  }

  Random random_;
  int format_;
  bool channels_;
  std::array<std::int32_t, 3> xyz_{};
  std::uint16_t intensity_ = 100;
  unsigned number_ = 1, count_ = 1, channel_ = 0;
  std::uint8_t user_ = 0, class_ = 2, flags_ = 0;
  std::int16_t angle_ = 0;
  std::uint16_t source_ = 5;
  double time_ = 123456.789;
  std::array<std::uint16_t, 4> colour_{1000, 2000, 3000, 77};
  std::vector<char> extra_;
};

}  // namespace

std::string make_survey(int format, std::uint32_t points, int extra, Likeness likeness) {
  LasRecipe recipe;
  recipe.format = format;
  recipe.minor = format < 6 ? 2 : 4;
  recipe.points = points;
  recipe.undescribed = extra;
  std::string file = make_las(recipe);
  if (likeness == Likeness::noise) {
    // make_las() keeps coordinates and returns tame.
    Random random(9);
    const std::size_t begin = number_at<std::uint32_t>(file, 96);
    const std::size_t bytes = points * number_at<std::uint16_t>(file, 105);
    for (std::size_t i = 0; i < bytes; ++i) file[begin + i] = static_cast<char>(random.bits());
    return file;
  }
  Flight flight(format, extra, likeness == Likeness::channels);
  const std::string first = flight.next();
  const std::size_t begin = number_at<std::uint32_t>(file, 96);
  for (std::uint32_t i = 0; i < points; ++i)
    file.replace(begin + i * first.size(), first.size(),
                 i == 0 || likeness == Likeness::constant ? first : flight.next());
  return file;
}

}  // namespace equicloud::io::testing
