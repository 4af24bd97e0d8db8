// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/window.h"

#include "cli/wording.h"
#include "viewer/screenshot.h"

#include <equicloud/base/error.h>
#include <open3d/visualization/gui/Application.h>
#include <open3d/visualization/gui/Dialog.h>
#include <open3d/visualization/gui/Events.h>
#include <open3d/visualization/gui/FileDialog.h>
#include <open3d/visualization/gui/Theme.h>
#include <open3d/visualization/rendering/Scene.h>

#include <filesystem>

namespace equicloud::viewer {
namespace {

namespace gui = open3d::visualization::gui;

constexpr int kPanelEms = 22;

constexpr const char* kHelp =
    "C  clean: score every point        W  what is this: name the things\n"
    "A  automatic threshold             space  outliers shown / hidden\n"
    "T  turn the data at random         L  look at the selected thing\n"
    "O  open     S  save cleaned        B  background     + -  point size\n"
    "R  whole scan in view              N P  next, previous scan\n"
    "Esc  cancel, or select nothing\n\n"
    "Drag: turn the view.  Wheel: nearer, farther.  Ctrl and drag: move.\n"
    "Click a point: select the thing it belongs to.\n"
    "A score is the probability of being an outlier. Grey boxes are things\n"
    "that the classifier refuses to name.";

}  // namespace

ViewerWindow::ViewerWindow(Controller& controller, std::vector<std::string> files,
                           std::deque<ScriptLine> script, Print print, Print failed)
    : gui::Window("equicloud", controller.settings().width, controller.settings().height),
      controller_(controller),
      files_(std::move(files)),
      script_(std::move(script)),
      print_(std::move(print)),
      failed_(std::move(failed)) {
  const int em = GetTheme().font_size;
  view_ = std::make_shared<CloudView>(GetRenderer());
  view_->on_pick(
      [this](std::uint32_t point) { controller_.select(controller_.session().thing_of(point)); });
  panel_ = std::make_unique<Panel>(
      controller_,
      WindowActions{[this] { ask_for_file(false); }, [this] { ask_for_file(true); },
                    [this] { show_help(); }, [this] { look_at_selected(); }},
      em);
  status_ = std::make_shared<gui::Label>(" ");
  AddChild(view_);
  AddChild(panel_->widget());
  AddChild(status_);
  view_->set_dark(controller_.settings().dark);
  view_->set_axes(controller_.settings().axes);
  panel_->update(painting_);
  status_->SetText(controller_.models().c_str());
  SetOnTickEvent([this] { return tick(); });
  SetOnKeyEvent([this](const gui::KeyEvent& e) { return key(e); });
  SetOnClose([this] {
    controller_.cancel();
    return true;
  });
}

void ViewerWindow::Layout(const gui::LayoutContext& context) {
  const gui::Rect all = GetContentRect();
  const int em = context.theme.font_size;
  const int panel = std::min(all.width / 2, kPanelEms * em);
  const int status = 3 * em / 2;
  view_->SetFrame(gui::Rect(all.x, all.y, all.width - panel, all.height - status));
  panel_->widget()->SetFrame(gui::Rect(all.x + all.width - panel, all.y, panel, all.height));
  status_->SetFrame(
      gui::Rect(all.x + em / 2, all.y + all.height - status, all.width - panel, status));
  controller_.settings().width = GetSize().width;
  controller_.settings().height = GetSize().height;
  gui::Window::Layout(context);
}

bool ViewerWindow::tick() {
  const bool busy = controller_.work().busy();
  controller_.poll();
  if (busy) panel_->update_progress();
  draw_changes();
  const bool leaving = !script_.empty() && script_.front().verb == "leave";
  const bool idle = !controller_.work().busy() || leaving;
  if (!waiting_ && idle && Clock::now() >= pause_until_) next_script_line();
  return busy;
}

void ViewerWindow::draw_changes() {
  const Changes changes = controller_.take_changes();
  if (!changes.any()) return;
  const Session& session = controller_.session();
  if (session.has_scan() && (changes.points || changes.colours)) {
    painting_ = paint(session, controller_.settings().drawn_points);
    if (changes.points)
      view_->show(painting_, session.points(),
                  static_cast<float>(controller_.settings().point_size) * GetScaling());
    else
      view_->recolour(painting_);
  }
  if (changes.style) {
    view_->set_dark(controller_.settings().dark);
    view_->set_axes(controller_.settings().axes);
  }
  if (changes.things) view_->show_things(session.things(), session.selected());
  if (changes.camera) view_->look_at(box_of(session.points()));
  panel_->update(painting_);
  status_->SetText(controller_.models().c_str());
  SetNeedsLayout();
  PostRedraw();
}

void ViewerWindow::next_script_line() {
  if (script_.empty()) return;
  if (controller_.failed()) return stop_script(controller_.message());
  const ScriptLine line = script_.front();
  script_.pop_front();
  try {
    if (!controller_.run(line)) run_in_window(line);
  } catch (const Error& error) {
    stop_script(error.what());
  }
  if (script_.empty() && controller_.failed()) stop_script(controller_.message());
  PostRedraw();
}

void ViewerWindow::run_in_window(const ScriptLine& line) {
  if (line.verb == "look")
    view_->look(line.number_at(0), line.number_at(1), line.number_at(2));
  else if (line.verb == "screenshot")
    take_screenshot(line.words[0]);
  else if (line.verb == "frame")
    measure_frame();
  else if (line.verb == "pause")
    pause_until_ =
        Clock::now() + std::chrono::milliseconds(static_cast<int>(1000.0 * line.number_at(0)));
  else if (line.verb == "quit" || line.verb == "leave")
    close_later();
}

// From an input event to the picture on the screen: the event moves the camera, and the renderer
// hands the picture over once it is finished.
void ViewerWindow::measure_frame() {
  waiting_ = true;
  const Clock::time_point start = Clock::now();
  view_->nudge();
  view_->GetScene()->GetScene()->RenderToImage(
      [this, start](const std::shared_ptr<open3d::geometry::Image>&) {
        const std::chrono::duration<double, std::milli> passed = Clock::now() - start;
        print_("frame: " + cli::fixed(passed.count(), 0) + " ms, drawn " +
               cli::grouped(painting_.points.size()) + " of " + cli::grouped(painting_.shown) +
               " points");
        waiting_ = false;
      });
}

void ViewerWindow::take_screenshot(const std::string& path) {
  waiting_ = true;
  view_->ForceRedraw();
  view_->GetScene()->GetScene()->RenderToImage(
      [this, path](const std::shared_ptr<open3d::geometry::Image>& rendered) {
        try {
          figures::save_png(
              finished_picture(*rendered, *view_, controller_.session(), painting_.legend), path);
        } catch (const Error& error) {
          stop_script(error.what());
        }
        waiting_ = false;
      });
}

bool ViewerWindow::key(const gui::KeyEvent& e) {
  if (e.type != gui::KeyEvent::DOWN) return false;
  const Session& session = controller_.session();
  switch (e.key) {
    case gui::KEY_C:
      return controller_.score(), true;
    case gui::KEY_W:
      return controller_.classify(false), true;
    case gui::KEY_A:
      return controller_.auto_threshold(), true;
    case gui::KEY_T:
      return controller_.turn_at_random(), true;
    case gui::KEY_O:
      return ask_for_file(false), true;
    case gui::KEY_S:
      return ask_for_file(true), true;
    case gui::KEY_H:
    case gui::KEY_F1:
      return show_help(), true;
    case gui::KEY_N:
    case gui::KEY_P:
      return next_file(e.key == gui::KEY_P), true;
    case gui::KEY_L:
      return look_at_selected(), true;
    case gui::KEY_R:
      return view_->look_at(box_of(session.points())), true;
    case gui::KEY_B:
      return controller_.set_dark(!controller_.settings().dark), true;
    case gui::KEY_PLUS:
    case gui::KEY_EQUALS:
      return controller_.set_point_size(controller_.settings().point_size + 1), true;
    case gui::KEY_MINUS:
      return controller_.set_point_size(controller_.settings().point_size - 1), true;
    case gui::KEY_SPACE:
      controller_.show_outliers(session.outliers == OutlierDisplay::hidden
                                    ? OutlierDisplay::shown
                                    : OutlierDisplay::hidden);
      return true;
    case gui::KEY_ESCAPE:
      controller_.work().busy() ? controller_.cancel() : controller_.select({});
      return true;
    default:
      return false;
  }
}

void ViewerWindow::ask_for_file(bool save) {
  if (save && controller_.session().scores() == nullptr)
    return controller_.fail("there is nothing to save yet; clean this first");
  auto dialog = std::make_shared<gui::FileDialog>(
      save ? gui::FileDialog::Mode::SAVE : gui::FileDialog::Mode::OPEN,
      save ? "Save the cleaned cloud" : "Open a scan", GetTheme());
  if (controller_.session().has_scan())
    dialog->SetPath(
        std::filesystem::path(controller_.session().scan().path).parent_path().string().c_str());
  dialog->AddFilter(".pcd .ply .las .laz .xyz .txt .pts .csv .bin", "point clouds");
  dialog->AddFilter("", "all files");
  dialog->SetOnCancel([this] { CloseDialog(); });
  dialog->SetOnDone([this, save](const char* path) {
    CloseDialog();
    save ? controller_.save(path, false) : controller_.open(path);
  });
  ShowDialog(dialog);
}

void ViewerWindow::show_help() {
  help_shown_ = !help_shown_;
  if (!help_shown_) return CloseDialog();
  const int em = GetTheme().font_size;
  auto dialog = std::make_shared<gui::Dialog>("Help");
  auto column = std::make_shared<gui::Vert>(em / 2, gui::Margins(em));
  column->AddChild(std::make_shared<gui::Label>(kHelp));
  auto close = std::make_shared<gui::Button>("Close");
  close->SetOnClicked([this] {
    help_shown_ = false;
    CloseDialog();
  });
  column->AddChild(close);
  dialog->AddChild(column);
  ShowDialog(dialog);
}

void ViewerWindow::next_file(bool back) {
  if (files_.size() < 2) return controller_.fail("there is no other scan; open one with O");
  file_ = (file_ + (back ? files_.size() - 1 : 1)) % files_.size();
  controller_.open(files_[file_]);
}

void ViewerWindow::look_at_selected() {
  const Session& session = controller_.session();
  if (!session.selected()) return controller_.fail("select a thing first: click at it");
  view_->look_at(session.things()[*session.selected()].box);
  view_->look(-60.0, 25.0, 2.0);
}

void ViewerWindow::stop_script(const std::string& why) {
  script_.clear();
  failed_(why);
  close_later();
}

// The application walks through its windows while it calls tick(): none may go meanwhile.
void ViewerWindow::close_later() {
  waiting_ = true;
  gui::Application::GetInstance().PostToMainThread(this, [this] { Close(); });
}

void ViewerWindow::OnDragDropped(const char* path) { controller_.open(path); }

}  // namespace equicloud::viewer
