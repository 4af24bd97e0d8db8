// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/screenshot.h"

#include "viewer/charts.h"

namespace equicloud::viewer {
namespace {

constexpr int kMargin = 12;
constexpr int kLegendWidth = 260;

figures::Image converted(const open3d::geometry::Image& rendered) {
  figures::Image image(rendered.width_, rendered.height_);
  for (int y = 0; y < rendered.height_; ++y)
    for (int x = 0; x < rendered.width_; ++x) {
      const std::uint8_t* p =
          rendered.data_.data() +
          (static_cast<std::size_t>(y) * static_cast<std::size_t>(rendered.width_) +
           static_cast<std::size_t>(x)) *
              static_cast<std::size_t>(rendered.num_of_channels_);
      image.set(x, y, {p[0], p[1], p[2]});
    }
  return image;
}

}  // namespace

figures::Image finished_picture(const open3d::geometry::Image& rendered, const CloudView& view,
                                const Session& session, const std::optional<Legend>& legend) {
  figures::Image image = converted(rendered);
  for (std::size_t i = 0; i < session.things().size(); ++i) {
    const Thing& thing = session.things()[i];
    const auto at =
        view.pixel_of({(thing.box.low[0] + thing.box.high[0]) / 2.0F,
                       (thing.box.low[1] + thing.box.high[1]) / 2.0F, thing.box.high[2]});
    if (at)
      draw_label(image, (*at)[0], (*at)[1] - 2 * kMargin, thing.caption(),
                 thing.known() ? thing_colour(i) : kUnknownColour);
  }
  if (legend) {
    const figures::Image bar = draw_legend_bar(*legend, kLegendWidth);
    image.paste(bar, kMargin, image.height() - bar.height() - kMargin);
  }
  return image;
}

}  // namespace equicloud::viewer
