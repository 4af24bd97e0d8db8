// SPDX-License-Identifier: BSD-3-Clause
// The window: scan, panel, status line; keys, dialogs, dropped files, and the script that a test or
// a picture runs instead of a person.
#pragma once

#include "viewer/cloud_view.h"
#include "viewer/panel.h"

#include <open3d/visualization/gui/Window.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace equicloud::viewer {

class ViewerWindow final : public open3d::visualization::gui::Window {
 public:
  using Print = std::function<void(const std::string&)>;

  /// @param files   scans that keys go through; the script opens the first
  /// @param script  done line by line, each when the one before is
  /// @param print   for what a script has to say
  /// @param failed  called with the reason if a line fails; the window then closes
  ViewerWindow(Controller& controller, std::vector<std::string> files,
               std::deque<ScriptLine> script, Print print, Print failed);

  void OnDragDropped(const char* path) override;

 protected:
  void Layout(const open3d::visualization::gui::LayoutContext& context) override;

 private:
  using Clock = std::chrono::steady_clock;

  bool tick();
  void draw_changes();
  void next_script_line();
  void run_in_window(const ScriptLine& line);
  void measure_frame();
  void take_screenshot(const std::string& path);
  bool key(const open3d::visualization::gui::KeyEvent& e);
  void ask_for_file(bool save);
  void show_help();
  void look_at_selected();
  void next_file(bool back);
  void close_later();
  void stop_script(const std::string& why);

  Controller& controller_;
  std::vector<std::string> files_;
  std::size_t file_ = 0;
  std::deque<ScriptLine> script_;
  Print print_, failed_;
  bool waiting_ = false;  // for a picture
  bool help_shown_ = false;
  Clock::time_point pause_until_{};
  Painting painting_;
  std::shared_ptr<CloudView> view_;
  std::unique_ptr<Panel> panel_;
  std::shared_ptr<open3d::visualization::gui::Label> status_;
};

}  // namespace equicloud::viewer
