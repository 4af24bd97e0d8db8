// SPDX-License-Identifier: BSD-3-Clause
// The scan in its window: points, boxes around things with their captions, a camera. It draws what
// it is given and knows nothing of scores.
#pragma once

#include "viewer/paint.h"

#include <open3d/t/geometry/PointCloud.h>
#include <open3d/visualization/gui/Label3D.h>
#include <open3d/visualization/gui/SceneWidget.h>
#include <open3d/visualization/rendering/Open3DScene.h>
#include <open3d/visualization/rendering/Renderer.h>

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace equicloud::viewer {

class CloudView final : public open3d::visualization::gui::SceneWidget {
 public:
  explicit CloudView(open3d::visualization::rendering::Renderer& renderer);

  /// New points. @param points  all of the scan; the painting says which are drawn
  void show(const Painting& painting, PointsView points, float point_size);
  /// The points of the last show() in other colours.
  void recolour(const Painting& painting);
  /// Boxes and captions; the selected one is drawn thick.
  void show_things(const std::vector<Thing>& things, std::optional<std::size_t> selected);
  void set_dark(bool dark);
  void set_axes(bool shown);

  /// The whole box, from its side and above.
  void look_at(const Box& box);
  /// Around the middle of the last look_at(). @param distance  in diagonals of the box
  void look(double azimuth_deg, double elevation_deg, double distance);
  /// A little to the side: what dragging the mouse does.
  void nudge();

  /// Where a place is seen; nothing behind the eye.
  std::optional<std::array<int, 2>> pixel_of(const std::array<float, 3>& place) const;
  /// Called with the number of the point that was clicked at.
  void on_pick(std::function<void(std::uint32_t)> picked) { picked_ = std::move(picked); }

  EventResult Mouse(const open3d::visualization::gui::MouseEvent& e) override;
  DrawResult Draw(const open3d::visualization::gui::DrawContext& context) override;

 private:
  void pick(int x, int y);

  std::function<void(std::uint32_t)> picked_;
  std::vector<std::uint32_t> drawn_;          // numbers of the drawn points
  std::vector<std::array<float, 3>> places_;  // of them
  // What the renderer's thread may still be reading, with the frame of its last change.
  std::deque<std::pair<std::size_t, open3d::t::geometry::PointCloud>> in_flight_;
  std::size_t frames_ = 0;
  std::vector<std::string> boxes_;  // names of what was added for things
  std::vector<std::shared_ptr<open3d::visualization::gui::Label3D>> captions_;
  Box box_;
  bool dark_ = true;
  double azimuth_deg_ = -60.0, elevation_deg_ = 30.0, distance_ = 0.85;
  int pressed_x_ = 0, pressed_y_ = 0;
};

}  // namespace equicloud::viewer
