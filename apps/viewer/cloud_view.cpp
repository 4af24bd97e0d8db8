// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/cloud_view.h"

#include <open3d/geometry/LineSet.h>
#include <open3d/visualization/gui/Color.h>
#include <open3d/visualization/gui/Events.h>
#include <open3d/visualization/rendering/Camera.h>
#include <open3d/visualization/rendering/MaterialRecord.h>
#include <open3d/visualization/rendering/Scene.h>
#include <open3d/visualization/rendering/View.h>

#include <algorithm>
#include <cmath>

namespace equicloud::viewer {
namespace {

namespace gui = open3d::visualization::gui;
namespace rendering = open3d::visualization::rendering;
using open3d::core::Tensor;

constexpr const char* kCloud = "cloud";
constexpr std::size_t kWhileMoving = 100000;  // points drawn while the camera moves
constexpr std::size_t kCaptions = 40;         // more would hide each other and the scan
constexpr int kClick = 4;                     // pixels that a click may slip
constexpr int kReach = 8;                     // pixels around a click
constexpr std::size_t kFramesInFlight = 4;    // that the renderer is behind at most, and one more
constexpr double kFieldOfView = 50.0;         // degrees
constexpr double kDistance = 0.85;            // diagonals of the box from its middle

Tensor colours_of(const Painting& painting) {
  const auto count = static_cast<std::int64_t>(painting.colours.size());
  Tensor colours = Tensor::Empty({count, 3}, open3d::core::Float32);
  auto* to = colours.GetDataPtr<float>();
  for (const figures::Color& c : painting.colours)
    for (const std::uint8_t channel : {c.r, c.g, c.b}) *to++ = static_cast<float>(channel) / 255.0F;
  return colours;
}

Tensor places_of(const std::vector<std::array<float, 3>>& places) {
  Tensor tensor =
      Tensor::Empty({static_cast<std::int64_t>(places.size()), 3}, open3d::core::Float32);
  std::copy(&places.front()[0], &places.front()[0] + 3 * places.size(), tensor.GetDataPtr<float>());
  return tensor;
}

Eigen::Vector3f vector(const std::array<float, 3>& v) { return {v[0], v[1], v[2]}; }

open3d::geometry::AxisAlignedBoundingBox box_in_double(const Box& box) {
  return {vector(box.low).cast<double>(), vector(box.high).cast<double>()};
}

Eigen::Vector3d colour_of(const figures::Color& c) {
  return Eigen::Vector3d(c.r, c.g, c.b) / 255.0;
}

}  // namespace

CloudView::CloudView(rendering::Renderer& renderer) {
  SetScene(std::make_shared<rendering::Open3DScene>(renderer));
  // Exact colours, so that the legend is true, and a quarter of the time.
  rendering::View* view = GetScene()->GetView();
  view->SetPostProcessing(false);
  view->SetAmbientOcclusion(false);
  view->SetAntiAliasing(false);
  view->SetSampleCount(1);
  view->SetShadowing(false, rendering::View::ShadowType::kPCF);
  GetScene()->SetDownsampleThreshold(kWhileMoving);
  SetViewControls(Controls::ROTATE_CAMERA);
  set_dark(true);
}

void CloudView::show(const Painting& painting, PointsView points, float point_size) {
  drawn_.clear();
  places_.clear();
  Painting finite;
  for (std::size_t k = 0; k < painting.points.size(); ++k) {
    const float* p = points[painting.points[k]];
    if (!is_finite(p)) continue;
    drawn_.push_back(painting.points[k]);
    places_.push_back({p[0], p[1], p[2]});
    finite.colours.push_back(painting.colours[k]);
  }
  GetScene()->RemoveGeometry(kCloud);
  if (places_.empty()) return;
  open3d::t::geometry::PointCloud cloud(places_of(places_));
  cloud.SetPointColors(colours_of(finite));
  rendering::MaterialRecord material;
  material.shader = "defaultUnlit";
  material.point_size = point_size;
  GetScene()->AddGeometry(kCloud, &cloud, material);
  ForceRedraw();
}

void CloudView::recolour(const Painting& painting) {
  if (places_.empty()) return;
  Painting finite;
  std::size_t k = 0;
  for (std::size_t i = 0; i < painting.points.size() && k < drawn_.size(); ++i)
    if (painting.points[i] == drawn_[k]) {
      finite.colours.push_back(painting.colours[i]);
      ++k;
    }
  // The renderer's thread copies the colours later, from where they lie: they have to stay there.
  in_flight_.emplace_back(frames_, places_of(places_));
  open3d::t::geometry::PointCloud& cloud = in_flight_.back().second;
  cloud.SetPointColors(colours_of(finite));
  GetScene()->GetScene()->UpdateGeometry(kCloud, cloud, rendering::Scene::kUpdateColorsFlag);
  ForceRedraw();
}

CloudView::DrawResult CloudView::Draw(const open3d::visualization::gui::DrawContext& context) {
  ++frames_;
  while (!in_flight_.empty() && in_flight_.front().first + kFramesInFlight < frames_)
    in_flight_.pop_front();
  return SceneWidget::Draw(context);
}

void CloudView::show_things(const std::vector<Thing>& things, std::optional<std::size_t> selected) {
  for (const std::string& name : boxes_) GetScene()->RemoveGeometry(name);
  for (const auto& caption : captions_) RemoveLabel(caption);
  boxes_.clear();
  captions_.clear();
  for (std::size_t i = 0; i < things.size(); ++i) {
    const figures::Color colour = things[i].known() ? thing_colour(i) : kUnknownColour;
    const auto lines =
        open3d::geometry::LineSet::CreateFromAxisAlignedBoundingBox(box_in_double(things[i].box));
    lines->PaintUniformColor(selected == i ? Eigen::Vector3d(1.0, 1.0, dark_ ? 1.0 : 0.0)
                                           : colour_of(colour));
    rendering::MaterialRecord material;
    material.shader = "unlitLine";
    material.line_width = selected == i ? 4.0F : things[i].known() ? 2.0F : 1.0F;
    boxes_.push_back("box " + std::to_string(i));
    GetScene()->AddGeometry(boxes_.back(), lines.get(), material, false);
    if (i >= kCaptions && selected != i) continue;
    const Eigen::Vector3f top((things[i].box.low[0] + things[i].box.high[0]) / 2.0F,
                              (things[i].box.low[1] + things[i].box.high[1]) / 2.0F,
                              things[i].box.high[2]);
    captions_.push_back(AddLabel(top, things[i].caption().c_str()));
    const float light = things[i].known() ? (dark_ ? 1.0F : 0.0F) : (dark_ ? 0.8F : 0.35F);
    captions_.back()->SetTextColor(gui::Color(light, light, light));
    captions_.back()->SetTextScale(1.2F);
  }
  ForceRedraw();
}

void CloudView::set_dark(bool dark) {
  dark_ = dark;
  const float level = dark ? 0.09F : 1.0F;
  GetScene()->SetBackground(Eigen::Vector4f(level, level, dark ? 0.11F : level, 1.0F));
  ForceRedraw();
}

void CloudView::set_axes(bool shown) {
  GetScene()->ShowAxes(shown);
  ForceRedraw();
}

void CloudView::look_at(const Box& box) {
  box_ = box;
  SetupCamera(static_cast<float>(kFieldOfView), box_in_double(box),
              (vector(box.low) + vector(box.high)) / 2.0F);
  look(-60.0, 30.0, kDistance);
}

void CloudView::look(double azimuth_deg, double elevation_deg, double distance) {
  azimuth_deg_ = azimuth_deg;
  elevation_deg_ = elevation_deg;
  distance_ = distance;
  const double azimuth = azimuth_deg * M_PI / 180.0, elevation = elevation_deg * M_PI / 180.0;
  const Eigen::Vector3f middle = (vector(box_.low) + vector(box_.high)) / 2.0F;
  const float diagonal = (vector(box_.high) - vector(box_.low)).norm();
  const Eigen::Vector3d from(std::cos(azimuth) * std::cos(elevation),
                             std::sin(azimuth) * std::cos(elevation), std::sin(elevation));
  LookAt(middle, middle + static_cast<float>(distance) * diagonal * from.cast<float>(),
         Eigen::Vector3f(0.0F, 0.0F, 1.0F));
  ForceRedraw();
}

void CloudView::nudge() { look(azimuth_deg_ + 1.0, elevation_deg_, distance_); }

std::optional<std::array<int, 2>> CloudView::pixel_of(const std::array<float, 3>& place) const {
  const rendering::Camera* camera = GetScene()->GetCamera();
  const Eigen::Vector4f seen = camera->GetProjectionMatrix().matrix() *
                               camera->GetViewMatrix().matrix() *
                               Eigen::Vector4f(place[0], place[1], place[2], 1.0F);
  if (seen.w() <= 0.0F) return {};
  const auto width = static_cast<float>(GetFrame().width);
  const auto height = static_cast<float>(GetFrame().height);
  return std::array<int, 2>{
      static_cast<int>(std::lround(0.5F * (seen.x() / seen.w() + 1.0F) * width)),
      static_cast<int>(std::lround(0.5F * (1.0F - seen.y() / seen.w()) * height))};
}

void CloudView::pick(int x, int y) {
  const rendering::Camera* camera = GetScene()->GetCamera();
  const Eigen::Matrix4f view =
      camera->GetProjectionMatrix().matrix() * camera->GetViewMatrix().matrix();
  const auto width = static_cast<float>(GetFrame().width);
  const auto height = static_cast<float>(GetFrame().height);
  float nearest = std::numeric_limits<float>::infinity();
  std::optional<std::uint32_t> found;
  for (std::size_t k = 0; k < places_.size(); ++k) {
    const Eigen::Vector4f p =
        view * Eigen::Vector4f(places_[k][0], places_[k][1], places_[k][2], 1.0F);
    if (p.w() <= 0.0F || p.w() >= nearest) continue;
    const float px = 0.5F * (p.x() / p.w() + 1.0F) * width;
    const float py = 0.5F * (1.0F - p.y() / p.w()) * height;
    if (std::abs(px - static_cast<float>(x)) > kReach ||
        std::abs(py - static_cast<float>(y)) > kReach)
      continue;
    nearest = p.w();
    found = drawn_[k];
  }
  if (found && picked_) picked_(*found);
}

gui::Widget::EventResult CloudView::Mouse(const gui::MouseEvent& e) {
  const int x = e.x - GetFrame().x, y = e.y - GetFrame().y;
  if (e.type == gui::MouseEvent::BUTTON_DOWN) {
    pressed_x_ = x;
    pressed_y_ = y;
  }
  const bool still = std::abs(x - pressed_x_) <= kClick && std::abs(y - pressed_y_) <= kClick;
  if (e.type == gui::MouseEvent::BUTTON_UP && e.button.button == gui::MouseButton::LEFT && still)
    pick(x, y);
  return SceneWidget::Mouse(e);
}

}  // namespace equicloud::viewer
