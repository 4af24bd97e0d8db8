// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/layout.h>
#include <figures/text.h>

#include <algorithm>

namespace equicloud::figures {
namespace {

constexpr int kMargin = 10;
constexpr int kBarWidth = 132;
constexpr int kBarHeight = 9;
constexpr Color kPlate{40, 43, 50};
constexpr Color kPale{225, 227, 232};

}  // namespace

Image side_by_side(const std::vector<Panel>& panels, int text_scale) {
  if (panels.empty())
    throw InvalidArgument("side_by_side: there are no panels, expected at least one");
  const int height = panels.front().picture.height();
  int width = kMargin;
  for (const Panel& panel : panels) {
    if (panel.picture.height() != height) {
      throw InvalidArgument("side_by_side: panels are " + std::to_string(height) + " and " +
                            std::to_string(panel.picture.height()) +
                            " pixels high, expected one height");
    }
    width += panel.picture.width() + kMargin;
  }
  const int above = text_height(text_scale) + 2 * kMargin;
  Image sheet(width, above + height + kMargin);
  int x = kMargin;
  for (const Panel& panel : panels) {
    draw_text(sheet, x, kMargin, panel.caption, kInk, text_scale);
    sheet.paste(panel.picture, x, above);
    x += panel.picture.width() + kMargin;
  }
  return sheet;
}

Size legend_size(const std::string& label, int text_scale) noexcept {
  const int inner = std::max(kBarWidth * text_scale, text_width(label, text_scale));
  return {inner + 2 * kMargin, 2 * text_height(text_scale) + kBarHeight * text_scale + 3 * kMargin};
}

void draw_legend(Image& image, int x, int y, ColorMap map, double low, double high,
                 const std::string& label, int text_scale) {
  const Size size = legend_size(label, text_scale);
  const int top = y - size.height;
  image.fill(x, top, size.width, size.height, kPlate);
  const int left = x + kMargin;
  const int bar_top = top + kMargin + text_height(text_scale) + kMargin / 2;
  const int bar_height = kBarHeight * text_scale;
  const int bar_width = size.width - 2 * kMargin;
  draw_text(image, left, top + kMargin, label, kPale, text_scale);
  for (int i = 0; i < bar_width; ++i) {
    image.fill(left + i, bar_top, 1, bar_height, color_of(map, (i + 0.5) / bar_width));
  }
  const int below = bar_top + bar_height + kMargin / 2;
  for (const double t : {0.0, 0.5, 1.0}) {
    const std::string number = short_number(low + t * (high - low), (high - low) / 20.0);
    const int shift = static_cast<int>(t * text_width(number, text_scale));
    draw_text(image, left + static_cast<int>(t * bar_width) - shift, below, number, kPale,
              text_scale);
  }
}

}  // namespace equicloud::figures
