// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <figures/image.h>

#include <png.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace equicloud::figures {
namespace {

constexpr int kLargest = 16384;

std::uint8_t mix(std::uint8_t below, std::uint8_t above, double cover) {
  return static_cast<std::uint8_t>(std::lround(below + cover * (above - below)));
}

}  // namespace

Image::Image(int width, int height, Color background) : width_(width), height_(height) {
  if (width < 1 || height < 1 || width > kLargest || height > kLargest) {
    throw InvalidArgument("picture size is " + std::to_string(width) + " x " +
                          std::to_string(height) + ", expected 1 to " + std::to_string(kLargest) +
                          " on both sides");
  }
  pixels_.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), background);
}

void Image::set(int x, int y, Color color) noexcept {
  if (inside(x, y)) pixels_[index(x, y)] = color;
}

void Image::blend(int x, int y, Color color, double cover) noexcept {
  if (!inside(x, y)) return;
  Color& p = pixels_[index(x, y)];
  p = {mix(p.r, color.r, cover), mix(p.g, color.g, cover), mix(p.b, color.b, cover)};
}

void Image::fill(int x, int y, int width, int height, Color color) noexcept {
  for (int row = y; row < y + height; ++row) {
    for (int column = x; column < x + width; ++column) set(column, row, color);
  }
}

void Image::frame(int x, int y, int width, int height, Color color) noexcept {
  fill(x, y, width, 1, color);
  fill(x, y + height - 1, width, 1, color);
  fill(x, y, 1, height, color);
  fill(x + width - 1, y, 1, height, color);
}

void Image::line(double x0, double y0, double x1, double y1, Color color,
                 double thickness) noexcept {
  const double length = std::max(1e-9, std::hypot(x1 - x0, y1 - y0));
  const double reach = 0.5 * thickness + 1.0;
  const auto low = [&](double a, double b) {
    return static_cast<int>(std::floor(std::min(a, b) - reach));
  };
  const auto high = [&](double a, double b) {
    return static_cast<int>(std::ceil(std::max(a, b) + reach));
  };
  for (int y = std::max(0, low(y0, y1)); y <= std::min(height_ - 1, high(y0, y1)); ++y) {
    for (int x = std::max(0, low(x0, x1)); x <= std::min(width_ - 1, high(x0, x1)); ++x) {
      const double px = x + 0.5 - x0;
      const double py = y + 0.5 - y0;
      const double along = std::clamp((px * (x1 - x0) + py * (y1 - y0)) / length, 0.0, length);
      const double off =
          std::hypot(px - along * (x1 - x0) / length, py - along * (y1 - y0) / length);
      const double cover = std::clamp(0.5 * thickness + 0.5 - off, 0.0, 1.0);
      if (cover > 0.0) blend(x, y, color, cover);
    }
  }
}

void Image::paste(const Image& other, int x, int y) noexcept {
  for (int row = 0; row < other.height(); ++row) {
    for (int column = 0; column < other.width(); ++column) {
      set(x + column, y + row, other.at(column, row));
    }
  }
}

Image shrink(const Image& image, int factor) {
  Image small(image.width() / factor, image.height() / factor);
  const int block = factor * factor;
  for (int y = 0; y < small.height(); ++y) {
    for (int x = 0; x < small.width(); ++x) {
      int r = 0, g = 0, b = 0;
      for (int i = 0; i < block; ++i) {
        const Color c = image.at(factor * x + i % factor, factor * y + i / factor);
        r += c.r;
        g += c.g;
        b += c.b;
      }
      const auto mean = [&](int sum) {
        return static_cast<std::uint8_t>((sum + block / 2) / block);
      };
      small.set(x, y, {mean(r), mean(g), mean(b)});
    }
  }
  return small;
}

std::vector<std::uint8_t> encode_png(const Image& image) {
  std::vector<std::uint8_t> rows;
  rows.reserve(3 * static_cast<std::size_t>(image.width()) *
               static_cast<std::size_t>(image.height()));
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const Color c = image.at(x, y);
      rows.insert(rows.end(), {c.r, c.g, c.b});
    }
  }
  png_image png;
  std::memset(&png, 0, sizeof png);
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(image.width());
  png.height = static_cast<png_uint_32>(image.height());
  png.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = 0;
  std::vector<std::uint8_t> bytes;
  if (png_image_write_to_memory(&png, nullptr, &size, 0, rows.data(), 0, nullptr) != 0) {
    bytes.resize(size);
    if (png_image_write_to_memory(&png, bytes.data(), &size, 0, rows.data(), 0, nullptr) != 0) {
      bytes.resize(size);
      return bytes;
    }
  }
  throw IoError(std::string("picture cannot be encoded as PNG: ") + png.message);
}

void save_png(const Image& image, const std::string& path) {
  const std::vector<std::uint8_t> bytes = encode_png(image);
  AtomicFile file(path);
  file.write(bytes.data(), bytes.size());
  file.commit();
}

}  // namespace equicloud::figures
