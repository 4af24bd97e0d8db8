// SPDX-License-Identifier: BSD-3-Clause
// The column of buttons, charts and lists beside the scan. It shows a controller's state and calls
// its actions; it decides nothing.
#pragma once

#include "viewer/controller.h"
#include "viewer/paint.h"

#include <open3d/visualization/gui/Button.h>
#include <open3d/visualization/gui/Checkbox.h>
#include <open3d/visualization/gui/Combobox.h>
#include <open3d/visualization/gui/ImageWidget.h>
#include <open3d/visualization/gui/Label.h>
#include <open3d/visualization/gui/Layout.h>
#include <open3d/visualization/gui/ListView.h>
#include <open3d/visualization/gui/ProgressBar.h>
#include <open3d/visualization/gui/Slider.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::viewer {

/// What only the window can do.
struct WindowActions {
  std::function<void()> open, save, help, look;
};

class Panel {
 public:
  /// @param em  size of a letter, pixels
  Panel(Controller& controller, WindowActions actions, int em);

  std::shared_ptr<open3d::visualization::gui::Widget> widget() const { return column_; }
  /// Everything as the controller has it now.
  void update(const Painting& painting);
  /// The progress alone: called often.
  void update_progress();

 private:
  using Column = open3d::visualization::gui::Vert;
  template <typename W>
  std::shared_ptr<W> add(Column& to, std::shared_ptr<W> widget);
  std::shared_ptr<open3d::visualization::gui::Button> button(Column& to, const char* text,
                                                             const char* tip,
                                                             std::function<void()> action);
  void add_files();
  void add_main_buttons();
  void add_progress();
  void add_cleaning();
  void add_things();
  void add_seeing();
  void update_cleaning();
  void update_things();
  void update_colours(const Painting& painting);
  void update_image();
  void set_image(open3d::visualization::gui::ImageWidget& widget, const figures::Image& image);

  Controller& controller_;
  WindowActions actions_;
  int em_;
  int width_;  // of charts, pixels
  std::shared_ptr<Column> column_;
  std::shared_ptr<Column> progress_, cleaning_, things_;
  std::shared_ptr<open3d::visualization::gui::Label> title_, message_, counts_, drawn_, selected_;
  std::shared_ptr<open3d::visualization::gui::ProgressBar> bar_;
  std::shared_ptr<open3d::visualization::gui::ImageWidget> histogram_, guesses_, signals_, legend_,
      image_;
  std::shared_ptr<open3d::visualization::gui::Slider> threshold_, size_;
  std::shared_ptr<open3d::visualization::gui::Combobox> outliers_, colour_, ground_;
  std::shared_ptr<open3d::visualization::gui::Checkbox> dark_, axes_;
  std::shared_ptr<open3d::visualization::gui::ListView> list_;
  std::string fields_of_;                // path whose fields the colour box offers
  const Thing* signals_of_ = nullptr;    // the thing whose signals are shown
  std::vector<std::string> list_items_;  // as shown
};

/// The text broken into lines of at most so many letters.
std::string wrapped(const std::string& text, std::size_t letters);

}  // namespace equicloud::viewer
