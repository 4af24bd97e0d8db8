// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the points of formats 6 to 8 as LAZ codes them: values that belong together in layers
// of their own, each with its coder, and all that is remembered four times, once a scanner channel
// (items of version 3). Source: laz_models.h; the LASzip specification for LAS 1.4, 2017.
#pragma once

#include <equicloud/io/las_bytes.h>
#include <equicloud/io/laz_coder.h>
#include <equicloud/io/laz_values.h>

#include <memory>
#include <optional>
#include <vector>

namespace equicloud::io::laz {

/// A stream of one kind of value. A layer that nothing changes in is left out of the file.
template <typename Coder>
struct Layer {
  std::optional<Coder> coder;
  bool changes = false;  ///< something in it differs from what is foretold
};

/// Layers in file order: those of the point, then colours, near infrared, a layer an extra byte.
enum LayerOf : std::size_t {
  kPlaces,
  kHeights,
  kClasses,
  kFlags,
  kIntensities,
  kAngles,
  kUsers,
  kSources,
  kTimes,
  kPointLayers
};

/// The values of the first 30 bytes of a point record.
struct Values14 {
  std::int32_t x = 0, y = 0, z = 0;
  std::uint16_t intensity = 0;
  unsigned number = 0, count = 0;  ///< return number and number of returns
  unsigned flags = 0;              ///< classification flags, scan direction, edge of flight line
  unsigned channel = 0;
  unsigned point_class = 0;
  unsigned user = 0;
  std::int16_t angle = 0;
  std::uint16_t source = 0;
  std::int64_t time = 0;

  explicit Values14(const unsigned char* point) noexcept
      : x(las::load<std::int32_t>(point)),
        y(las::load<std::int32_t>(point + 4)),
        z(las::load<std::int32_t>(point + 8)),
        intensity(las::load<std::uint16_t>(point + 12)),
        number(point[14] & 15U),
        count(point[14] >> 4U),
        flags((point[15] & 15U) | (point[15] >> 2U & 0x30U)),
        channel(point[15] >> 4U & 3U),
        point_class(point[16]),
        user(point[17]),
        angle(las::load<std::int16_t>(point + 18)),
        source(las::load<std::uint16_t>(point + 20)),
        time(las::load<std::int64_t>(point + 22)) {}

  void pack(unsigned char* point) const noexcept {
    las::put(x, point);
    las::put(y, point + 4);
    las::put(z, point + 8);
    las::put(intensity, point + 12);
    point[14] = static_cast<unsigned char>(number | count << 4U);
    point[15] = static_cast<unsigned char>((flags & 15U) | channel << 4U | (flags & 0x30U) << 2U);
    point[16] = static_cast<unsigned char>(point_class);
    point[17] = static_cast<unsigned char>(user);
    las::put(angle, point + 18);
    las::put(source, point + 20);
    las::put(time, point + 22);
  }
};

/// What is remembered of the points of one scanner channel.
class Channel14 {
 public:
  explicit Channel14(const Values14& first)
      : last(first),
        changed(8, 128),
        next_channel(3),
        counts(16, 16),
        numbers(16, 16),
        number_steps(13),
        classes(64, 256),
        flags(64, 64),
        users(64, 256),
        intensities(16, 4),
        angles(16, 2),
        sources(16, 1),
        times(first.time, false) {
    heights.fill(first.z);
    last_intensities.fill(first.intensity);
  }

  Values14 last;
  bool time_changed = false;  ///< from the last point but one to the last
  SymbolModels changed;
  SymbolModel next_channel;
  SymbolModels counts, numbers;
  SymbolModel number_steps;
  SymbolModels classes, flags, users;
  Integers intensities, angles, sources;
  Times times;
  Coordinates places;
  std::array<Median, 12> x, y;
  std::array<std::int32_t, 8> heights{};
  std::array<std::uint16_t, 8> last_intensities{};
};

/// The first 30 bytes of point records.
class Point14 {
 public:
  explicit Point14(const unsigned char* first) : channel_(Values14(first).channel) {
    channels_[channel_] = std::make_unique<Channel14>(Values14(first));
  }

  /// Of the last point.
  unsigned channel() const noexcept { return channel_; }

  template <typename Coder>
  void code(std::vector<Layer<Coder>>& layers, unsigned char* point) {
    Values14 now(point);
    Coder& coder = *layers[kPlaces].coder;
    const unsigned changed = code_changed(coder, now);
    Channel14& channel = *channels_[channel_];
    const bool time_changed = (changed & kTime) != 0;
    code_returns(coder, channel, changed, now);
    const unsigned single = now.count == 1 ? 1 : 0;
    const std::size_t kind = 2U * kind_of(now.count, now.number) + (time_changed ? 1 : 0);
    now.x = channel.places.code_x(coder, channel.x[kind], channel.last.x, now.x, single);
    now.y = channel.places.code_y(coder, channel.y[kind], channel.last.y, now.y, single);
    std::int32_t& height = channel.heights[level_of(now.count, now.number)];
    now.z = height = channel.places.code_z(*layers[kHeights].coder, height, now.z, single);
    code_others(layers, channel, changed, now);
    channel.last = now;
    channel.time_changed = time_changed;
    now.pack(point);
  }

 private:
  enum Changed : unsigned {
    kNumber = 3,  // 0: the same, 1: one more, 2: one less, 3: another
    kCount = 4,
    kAngle = 8,
    kTime = 16,
    kSource = 32,
    kChannel = 64
  };

  static unsigned kind_of(unsigned count, unsigned number) noexcept;
  static unsigned level_of(unsigned count, unsigned number) noexcept {
    return std::min(count > number ? count - number : number - count, 7U);
  }

  /// Of a return among those of its pulse: 2 if it is the first, 1 if it is the last, or both.
  static unsigned place_of(const Values14& values) noexcept {
    return (values.number == 1 ? 2U : 0U) + (values.number >= values.count ? 1U : 0U);
  }

  unsigned choose(const Values14& now) const noexcept {
    const auto& entered = channels_[now.channel];
    const Values14& last = (entered != nullptr ? entered : channels_[channel_])->last;
    unsigned changed = 0;
    if (now.channel != channel_) changed |= kChannel;
    if (now.source != last.source) changed |= kSource;
    if (now.time != last.time) changed |= kTime;
    if (now.angle != last.angle) changed |= kAngle;
    if (now.count != last.count) changed |= kCount;
    const unsigned step = (now.number - last.number) & 15U;
    return changed | (step <= 1 ? step : step == 15 ? 2U : 3U);
  }

  /// What has changed; the channel is then that of the point.
  template <typename Coder>
  unsigned code_changed(Coder& coder, Values14& now) {
    Channel14& before = *channels_[channel_];
    const unsigned place = place_of(before.last);
    const unsigned context = place / 2 + place % 2 * 2 + (before.time_changed ? 4U : 0U);
    const unsigned changed =
        coder.symbol(before.changed[context], Coder::kWrites ? choose(now) : 0);
    if ((changed & kChannel) != 0) {
      const unsigned step = coder.symbol(before.next_channel, (now.channel - channel_ - 1) & 3U);
      channel_ = (channel_ + step + 1) & 3U;
      if (channels_[channel_] == nullptr)
        channels_[channel_] = std::make_unique<Channel14>(before.last);
    }
    now.channel = channel_;
    return changed;
  }

  template <typename Coder>
  static void code_returns(Coder& coder, Channel14& channel, unsigned changed, Values14& now) {
    const Values14& last = channel.last;
    now.count =
        (changed & kCount) != 0 ? coder.symbol(channel.counts[last.count], now.count) : last.count;
    switch (changed & kNumber) {
      case 0:
        now.number = last.number;
        break;
      case 1:
        now.number = (last.number + 1) & 15U;
        break;
      case 2:
        now.number = (last.number + 15) & 15U;
        break;
      default:
        if ((changed & kTime) != 0)
          now.number = coder.symbol(channel.numbers[last.number], now.number);
        else
          now.number = (last.number + 2 +
                        coder.symbol(channel.number_steps, (now.number - last.number - 2) & 15U)) &
                       15U;
    }
  }

  /// A value in a layer of its own: as it is coded or, where the layer is missing, as it was.
  template <typename Coder, typename Value, typename Code>
  static void code_layer(Layer<Coder>& layer, const Value& last, Value& now, const Code& code) {
    if (!layer.coder) {
      now = last;
      return;
    }
    if (now != last) layer.changes = true;
    now = static_cast<Value>(code(*layer.coder));
  }

  template <typename Coder>
  static void code_others(std::vector<Layer<Coder>>& layers, Channel14& channel, unsigned changed,
                          Values14& now) {
    const Values14& last = channel.last;
    const unsigned place = place_of(now);
    const unsigned time_changed = (changed & kTime) != 0 ? 1 : 0;
    code_layer(layers[kClasses], last.point_class, now.point_class, [&](Coder& coder) {
      const unsigned context = (last.point_class & 31U) * 2 + (place == 3 ? 1 : 0);
      return coder.symbol(channel.classes[context], now.point_class);
    });
    code_layer(layers[kFlags], last.flags, now.flags,
               [&](Coder& coder) { return coder.symbol(channel.flags[last.flags], now.flags); });
    std::uint16_t& intensity = channel.last_intensities[2 * place + time_changed];
    code_layer(layers[kIntensities], intensity, now.intensity, [&](Coder& coder) {
      return channel.intensities.code(coder, intensity, now.intensity, place);
    });
    intensity = now.intensity;
    code_if(changed & kAngle, layers[kAngles], last.angle, now.angle, [&](Coder& coder) {
      return channel.angles.code(coder, last.angle, now.angle, time_changed);
    });
    code_layer(layers[kUsers], last.user, now.user,
               [&](Coder& coder) { return coder.symbol(channel.users[last.user / 4], now.user); });
    code_if(changed & kSource, layers[kSources], last.source, now.source,
            [&](Coder& coder) { return channel.sources.code(coder, last.source, now.source, 0); });
    code_if(changed & kTime, layers[kTimes], last.time, now.time,
            [&](Coder& coder) { return channel.times.code(coder, now.time); });
  }

  /// The same for values that are coded where they have changed only.
  template <typename Coder, typename Value, typename Code>
  static void code_if(unsigned changed, Layer<Coder>& layer, const Value& last, Value& now,
                      const Code& code) {
    if (changed != 0)
      code_layer(layer, last, now, code);
    else
      now = last;
  }

  std::array<std::unique_ptr<Channel14>, 4> channels_;
  unsigned channel_;
};

inline unsigned Point14::kind_of(unsigned count, unsigned number) noexcept {
  static constexpr unsigned char kinds[16][16] = {{0, 1, 2, 3, 4, 5, 3, 4, 4, 5, 5, 5, 5, 5, 5, 5},
                                                  {1, 0, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3},
                                                  {2, 1, 2, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3},
                                                  {3, 3, 4, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4},
                                                  {4, 3, 4, 4, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4},
                                                  {5, 3, 4, 4, 4, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4},
                                                  {3, 3, 4, 4, 4, 4, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4},
                                                  {4, 3, 4, 4, 4, 4, 4, 5, 4, 4, 4, 4, 4, 4, 4, 4},
                                                  {4, 3, 4, 4, 4, 4, 4, 4, 5, 4, 4, 4, 4, 4, 4, 4},
                                                  {5, 3, 4, 4, 4, 4, 4, 4, 4, 5, 4, 4, 4, 4, 4, 4},
                                                  {5, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 4, 4, 4, 4, 4},
                                                  {5, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 4, 4, 4},
                                                  {5, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 4, 4},
                                                  {5, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 4},
                                                  {5, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5},
                                                  {5, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5}};
  return kinds[count][number];
}

/// Colours and near infrared, and what is remembered of them.
struct Colours14 {
  explicit Colours14(const std::array<std::uint16_t, 4>& first)
      : last(first), infrared_used(4), infrared(2, 256) {}
  std::array<std::uint16_t, 4> last;
  Colours colours;
  SymbolModel infrared_used;
  SymbolModels infrared;
};

/// Extra bytes.
struct Bytes14 {
  explicit Bytes14(const std::vector<unsigned char>& first)
      : last(first), bytes(first.size(), 256) {}
  std::vector<unsigned char> last;
  SymbolModels bytes;
};

/// What lies behind the point is remembered by scanner channel as well. Where a channel is entered
/// again, the first point still goes on from, and is remembered in, the channel that was left: so
/// does the format's reference, and so must everyone.
template <typename Memory>
class ByChannel {
 public:
  ByChannel(unsigned channel, Memory first) : channel_(channel) {
    memories_[channel] = std::make_unique<Memory>(std::move(first));
  }

  struct Entered {
    Memory& models;
    Memory& values;  ///< its `last` alone
  };
  Entered enter(unsigned channel) {
    Memory* values = memories_[channel_].get();
    channel_ = channel;
    if (memories_[channel] == nullptr) {
      memories_[channel] = std::make_unique<Memory>(Memory(values->last));
      values = memories_[channel].get();
    }
    return {*memories_[channel], *values};
  }

 private:
  unsigned channel_;
  std::array<std::unique_ptr<Memory>, 4> memories_;
};

/// The records of one chunk of point format 6 to 8, the second to the last.
class LayeredPoints {
 public:
  /// @param first  the chunk's first record, which is not coded
  LayeredPoints(int point_format, std::size_t record_bytes, const unsigned char* first);

  /// Layers of a chunk of these.
  static std::size_t layers(int point_format, std::size_t record_bytes) noexcept {
    return kPointLayers + static_cast<std::size_t>(point_format - 6) + record_bytes -
           las_bytes(point_format);
  }

  template <typename Coder>
  void code(std::vector<Layer<Coder>>& layers, unsigned char* record) {
    point_.code(layers, record);
    if (extra_ > kPointBytes) code_colours(layers, record + kPointBytes);
    if (bytes_) code_bytes(layers, record);
  }

 private:
  static constexpr std::size_t kPointBytes = 30;
  static constexpr std::size_t las_bytes(int point_format) noexcept {
    return point_format == 6 ? 30 : point_format == 7 ? 36 : 38;
  }
  static constexpr std::size_t kColourLayer = kPointLayers;

  template <typename Coder>
  void code_colours(std::vector<Layer<Coder>>& layers, unsigned char* place) {
    const auto [models, values] = colours_->enter(point_.channel());
    Layer<Coder>& layer = layers[kColourLayer];
    const Colour last{values.last[0], values.last[1], values.last[2]};
    auto colour = las::load<Colour>(place);
    if (colour != last) layer.changes = true;
    colour = layer.coder ? models.colours.code(*layer.coder, last, colour) : last;
    std::copy(colour.begin(), colour.end(), values.last.begin());
    las::put(colour, place);
    if (extra_ == kPointBytes + sizeof colour) return;
    std::uint16_t& infrared = values.last[3];
    const auto now = las::load<std::uint16_t>(place + sizeof colour);
    if (now != infrared) layers[kColourLayer + 1].changes = true;
    if (layers[kColourLayer + 1].coder)
      infrared = code_infrared(*layers[kColourLayer + 1].coder, models, infrared, now);
    las::put(infrared, place + sizeof colour);
  }

  template <typename Coder>
  static std::uint16_t code_infrared(Coder& coder, Colours14& models, unsigned last, unsigned now) {
    const unsigned differs = ((last ^ now) & 0xFFU) != 0 ? 1 : 0;
    const unsigned used =
        coder.symbol(models.infrared_used, differs | ((last ^ now) > 0xFFU ? 2U : 0U));
    unsigned coded = last;
    for (unsigned half = 0; half < 2; ++half) {
      if ((used >> half & 1U) == 0) continue;
      const unsigned shift = 8 * half;
      const unsigned byte =
          code_byte(coder, models.infrared[half], last >> shift & 255U, now >> shift & 255U);
      coded = (coded & (0xFF00U >> shift)) | byte << shift;
    }
    return static_cast<std::uint16_t>(coded);
  }

  template <typename Coder>
  void code_bytes(std::vector<Layer<Coder>>& layers, unsigned char* record) {
    const auto [models, values] = bytes_->enter(point_.channel());
    const std::size_t first = layers.size() - values.last.size();
    for (std::size_t i = 0; i < values.last.size(); ++i) {
      Layer<Coder>& layer = layers[first + i];
      unsigned char& last = values.last[i];
      unsigned char& byte = record[extra_ + i];
      if (byte != last) layer.changes = true;
      if (layer.coder)
        last = static_cast<unsigned char>(code_byte(*layer.coder, models.bytes[i], last, byte));
      byte = last;
    }
  }

  std::size_t extra_;  // where extra bytes begin
  Point14 point_;
  std::optional<ByChannel<Colours14>> colours_;
  std::optional<ByChannel<Bytes14>> bytes_;
};

inline LayeredPoints::LayeredPoints(int point_format, std::size_t record_bytes,
                                    const unsigned char* first)
    : extra_(las_bytes(point_format)), point_(first) {
  if (extra_ > kPointBytes) {
    std::array<std::uint16_t, 4> colours{};
    std::memcpy(colours.data(), first + kPointBytes, extra_ - kPointBytes);
    colours_.emplace(point_.channel(), Colours14(colours));
  }
  if (record_bytes > extra_)
    bytes_.emplace(point_.channel(),
                   Bytes14(std::vector<unsigned char>(first + extra_, first + record_bytes)));
}

}  // namespace equicloud::io::laz
