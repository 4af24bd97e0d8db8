// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/color_map.h>
#include <figures/confusion_picture.h>
#include <figures/layout.h>
#include <figures/text.h>

#include <algorithm>

namespace equicloud::figures {
namespace {

constexpr int kCell = 18;  // pixels; two digits of text at scale 1 fit
constexpr int kMargin = 12;
constexpr const char* kLegend = "share of a class (row) that got a label (column)";

void check(const ConfusionPicture& picture) {
  const std::size_t n = picture.names.size();
  if (n < 1 || n > 100 || picture.shares.size() != n * n)
    throw InvalidArgument("confusion picture: " + std::to_string(n) + " classes and " +
                          std::to_string(picture.shares.size()) +
                          " shares; expected 1 to 100 classes and the square of that");
}

std::vector<std::string> row_captions(const std::vector<std::string>& names) {
  std::vector<std::string> captions;
  for (std::size_t i = 0; i < names.size(); ++i)
    captions.push_back(names[i] + " " + std::to_string(i + 1));
  return captions;
}

void draw_right(Image& image, int right, int y, const std::string& text) {
  draw_text(image, right - text_width(text, 1), y, text, kInk);
}

}  // namespace

Image draw_confusion(const ConfusionPicture& picture) {
  check(picture);
  const std::vector<std::string> captions = row_captions(picture.names);
  const auto n = static_cast<int>(captions.size());
  int widest = 0;
  for (const std::string& caption : captions) widest = std::max(widest, text_width(caption, 1));
  const int left = kMargin + widest + 6;
  const int top = kMargin + text_height(1) + 6;
  const Size legend = legend_size(kLegend);
  const int below = top + n * kCell + kMargin;
  Image image(std::max(left + n * kCell, kMargin + legend.width) + kMargin,
              below + legend.height + kMargin);
  const int middle = (kCell - text_height(1)) / 2;
  for (int i = 0; i < n; ++i) {
    const std::string number = std::to_string(i + 1);
    draw_text(image, left + i * kCell + (kCell - text_width(number, 1)) / 2, kMargin, number, kInk);
    draw_right(image, left - 4, top + i * kCell + middle, captions[static_cast<std::size_t>(i)]);
    for (int j = 0; j < n; ++j) {
      const double share = picture.shares[static_cast<std::size_t>(i * n + j)];
      image.fill(left + j * kCell, top + i * kCell, kCell - 1, kCell - 1,
                 color_of(ColorMap::sequential, share));
    }
  }
  draw_legend(image, kMargin, below + legend.height, ColorMap::sequential, 0.0, 1.0, kLegend);
  return image;
}

}  // namespace equicloud::figures
