// SPDX-License-Identifier: BSD-3-Clause
// A raster of 8-bit colours, and PNG files of it. Row 0 is at the top; pixel (x, y) covers x .. x
// + 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::figures {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0;
};
inline bool operator==(Color a, Color b) noexcept { return a.r == b.r && a.g == b.g && a.b == b.b; }
inline bool operator!=(Color a, Color b) noexcept { return !(a == b); }

constexpr Color kWhite{255, 255, 255};
constexpr Color kInk{40, 44, 52};
constexpr Color kFaint{222, 224, 228};

class Image {
 public:
  /// Throws InvalidArgument unless both sides are 1 to 16384.
  Image(int width, int height, Color background = kWhite);

  int width() const noexcept { return width_; }
  int height() const noexcept { return height_; }
  Color at(int x, int y) const noexcept { return pixels_[index(x, y)]; }
  bool inside(int x, int y) const noexcept { return x >= 0 && y >= 0 && x < width_ && y < height_; }
  /// Outside is ignored.
  void set(int x, int y, Color color) noexcept;
  /// Mixes with what is there; `cover` 0 .. 1.
  void blend(int x, int y, Color color, double cover) noexcept;
  void fill(int x, int y, int width, int height, Color color) noexcept;
  void frame(int x, int y, int width, int height, Color color) noexcept;
  /// Smooth-edged line between pixel coordinates.
  void line(double x0, double y0, double x1, double y1, Color color,
            double thickness = 1.0) noexcept;
  /// Copies another image to (x, y).
  void paste(const Image& other, int x, int y) noexcept;

 private:
  std::size_t index(int x, int y) const noexcept {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
           static_cast<std::size_t>(x);
  }
  int width_;
  int height_;
  std::vector<Color> pixels_;
};

/// Mean over blocks of factor x factor pixels: smooth edges. The sides must be multiples of the
/// factor.
Image shrink(const Image& image, int factor);

/// The bytes of a PNG file (8-bit RGB). Same image, same bytes for one version of libpng and zlib.
std::vector<std::uint8_t> encode_png(const Image& image);
/// Writes beside `path` and renames. Throws IoError.
void save_png(const Image& image, const std::string& path);

}  // namespace equicloud::figures
