// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/panel.h"

#include "cli/wording.h"
#include "viewer/charts.h"

#include <open3d/geometry/Image.h>
#include <open3d/visualization/gui/Color.h>

#include <array>
#include <cmath>
#include <sstream>

namespace equicloud::viewer {
namespace {

namespace gui = open3d::visualization::gui;

constexpr std::size_t kLetters = 44;
constexpr std::array<const char*, 4> kDisplays = {"as the others", "marked red", "dimmed",
                                                  "hidden"};
constexpr std::array<const char*, 3> kGrounds = {"terrain", "plane", "none"};

std::shared_ptr<open3d::geometry::Image> converted(const figures::Image& image) {
  auto result = std::make_shared<open3d::geometry::Image>();
  result->Prepare(image.width(), image.height(), 3, 1);
  std::uint8_t* to = result->data_.data();
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const figures::Color c = image.at(x, y);
      for (const std::uint8_t channel : {c.r, c.g, c.b}) *to++ = channel;
    }
  return result;
}

std::string name_of(const Session& session) {
  switch (session.colour_by) {
    case ColourBy::height:
      return "height";
    case ColourBy::original:
      return "original";
    case ColourBy::score:
      return "score";
    case ColourBy::thing:
      return "thing";
    case ColourBy::field:
      break;
  }
  return session.field;
}

std::string list_item(std::size_t number, const Thing& thing) {
  return std::to_string(number) + ": " + thing.caption() + "  (" +
         cli::counted(thing.label.points, "point") + ")";
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t letters) {
  std::string result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::size_t used = 0;
    if (!result.empty()) result += '\n';
    for (std::string word; words >> word;) {
      if (used > 0 && used + 1 + word.size() > letters) {
        result += '\n';
        used = 0;
      }
      result += (used > 0 ? " " : "") + word;
      used += word.size() + (used > 0 ? 1 : 0);
    }
  }
  return result;
}

Panel::Panel(Controller& controller, WindowActions actions, int em)
    : controller_(controller), actions_(std::move(actions)), em_(em), width_(20 * em) {
  column_ = std::make_shared<gui::ScrollableVert>(em_ / 3, gui::Margins(em_ / 2));
  add_files();
  add_main_buttons();
  add_progress();
  add_cleaning();
  add_things();
  add_seeing();
}

template <typename W>
std::shared_ptr<W> Panel::add(Column& to, std::shared_ptr<W> widget) {
  to.AddChild(widget);
  return widget;
}

std::shared_ptr<gui::Button> Panel::button(Column& to, const char* text, const char* tip,
                                           std::function<void()> action) {
  auto made = add(to, std::make_shared<gui::Button>(text));
  made->SetTooltip(tip);
  made->SetOnClicked(std::move(action));
  return made;
}

void Panel::add_files() {
  const auto row = std::make_shared<gui::Horiz>(em_ / 3);
  const auto small = [&](const char* text, const std::function<void()>& action) {
    const auto made = std::make_shared<gui::Button>(text);
    made->SetPaddingEm(0.6F, 0.1F);
    made->SetOnClicked(action);
    row->AddChild(made);
  };
  small("Open... (O)", [this] { actions_.open(); });
  small("Save cleaned... (S)", [this] { actions_.save(); });
  small("Help (H)", [this] { actions_.help(); });
  column_->AddChild(row);
}

void Panel::add_main_buttons() {
  button(*column_, "Clean this  (C)", "finds the outliers and colours every point by its score",
         [this] { controller_.score(); })
      ->SetPaddingEm(1.0F, 0.5F);
  button(*column_, "What is this?  (W)", "takes the ground away and names the things on it",
         [this] { controller_.classify(false); })
      ->SetPaddingEm(1.0F, 0.5F);
  message_ = add(*column_, std::make_shared<gui::Label>(" \n \n "));
}

void Panel::add_progress() {
  progress_ = add(*column_, std::make_shared<Column>(em_ / 4));
  title_ = add(*progress_, std::make_shared<gui::Label>(" "));
  bar_ = add(*progress_, std::make_shared<gui::ProgressBar>());
  button(*progress_, "Cancel (Esc)", "stops what is at work", [this] { controller_.cancel(); });
}

void Panel::add_cleaning() {
  const auto section =
      add(*column_, std::make_shared<gui::CollapsableVert>("Clean", em_ / 4, gui::Margins()));
  cleaning_ = add(*section, std::make_shared<Column>(em_ / 4));
  counts_ = add(*cleaning_, std::make_shared<gui::Label>(" "));
  histogram_ = add(*cleaning_, std::make_shared<gui::ImageWidget>());
  threshold_ = add(*cleaning_, std::make_shared<gui::Slider>(gui::Slider::DOUBLE));
  threshold_->SetLimits(0.0, 1.0);
  threshold_->SetTooltip("a point with a higher outlier probability is removed");
  threshold_->SetOnValueChanged([this](double value) {
    if (static_cast<float>(value) != controller_.session().threshold())
      controller_.set_threshold(static_cast<float>(value));
  });
  button(*cleaning_, "Auto threshold (A)", "cuts where the expected F1 is highest",
         [this] { controller_.auto_threshold(); });
  const auto row = std::make_shared<gui::Horiz>(em_ / 3);
  row->AddChild(std::make_shared<gui::Label>("Outliers are"));
  outliers_ = std::make_shared<gui::Combobox>();
  for (const char* display : kDisplays) outliers_->AddItem(display);
  outliers_->SetOnValueChanged([this](const char*, int index) {
    controller_.show_outliers(static_cast<OutlierDisplay>(index));
  });
  row->AddChild(outliers_);
  cleaning_->AddChild(row);
}

void Panel::add_things() {
  const auto section =
      add(*column_, std::make_shared<gui::CollapsableVert>("Things", em_ / 4, gui::Margins()));
  const auto row = std::make_shared<gui::Horiz>(em_ / 3);
  row->AddChild(std::make_shared<gui::Label>("They stand on"));
  ground_ = std::make_shared<gui::Combobox>();
  for (const char* ground : kGrounds) ground_->AddItem(ground);
  ground_->SetTooltip("terrain: up is z; plane: a table or floor, whichever way it lies");
  ground_->SetOnValueChanged(
      [this](const char* value, int) { controller_.settings().ground = value; });
  row->AddChild(ground_);
  section->AddChild(row);
  button(*section, "The whole cloud is one thing", "names the scan as it is",
         [this] { controller_.classify(true); });
  things_ = add(*section, std::make_shared<Column>(em_ / 4));
  list_ = add(*things_, std::make_shared<gui::ListView>());
  list_->SetMaxVisibleItems(7);
  list_->SetOnValueChanged([this](const char*, bool) {
    const int index = list_->GetSelectedIndex();
    if (index >= 0) controller_.select(static_cast<std::size_t>(index));
  });
  button(*things_, "Look at it (L)", "moves the camera to the selected thing",
         [this] { actions_.look(); });
  selected_ = add(*things_, std::make_shared<gui::Label>(" "));
  guesses_ = add(*things_, std::make_shared<gui::ImageWidget>());
  add(*things_, std::make_shared<gui::Label>("What the spherical network sees of it: the\n"
                                             "density of shells over directions, inmost\n"
                                             "first; the power of degrees 0 to 7"));
  signals_ = add(*things_, std::make_shared<gui::ImageWidget>());
}

void Panel::add_seeing() {
  const auto section =
      add(*column_, std::make_shared<gui::CollapsableVert>("See", em_ / 4, gui::Margins()));
  const auto row = std::make_shared<gui::Horiz>(em_ / 3);
  row->AddChild(std::make_shared<gui::Label>("Colour by"));
  colour_ = std::make_shared<gui::Combobox>();
  colour_->SetOnValueChanged([this](const char* value, int) { controller_.colour_by(value); });
  row->AddChild(colour_);
  section->AddChild(row);
  legend_ = add(*section, std::make_shared<gui::ImageWidget>());
  image_ = add(*section, std::make_shared<gui::ImageWidget>());
  drawn_ = add(*section, std::make_shared<gui::Label>(" "));
  add(*section, std::make_shared<gui::Label>("Point size"));
  size_ = add(*section, std::make_shared<gui::Slider>(gui::Slider::INT));
  size_->SetLimits(1, 10);
  size_->SetOnValueChanged(
      [this](double value) { controller_.set_point_size(static_cast<int>(std::lround(value))); });
  dark_ = add(*section, std::make_shared<gui::Checkbox>("dark background (B)"));
  dark_->SetOnChecked([this](bool on) { controller_.set_dark(on); });
  axes_ = add(*section, std::make_shared<gui::Checkbox>("axes at the origin"));
  axes_->SetOnChecked([this](bool on) { controller_.set_axes(on); });
  button(*section, "Turn the data at random (T)",
         "a random rotation; scores and labels should not change",
         [this] { controller_.turn_at_random(); });
}

void Panel::set_image(gui::ImageWidget& widget, const figures::Image& image) {
  widget.UpdateImage(converted(image));
}

void Panel::update_cleaning() {
  const Session& session = controller_.session();
  const bool scored = session.scores() != nullptr;
  cleaning_->SetVisible(scored);
  if (!scored) return;
  const Counts counts = session.counts();
  const std::string missing =
      counts.not_finite == 0 ? "" : ", " + cli::grouped(counts.not_finite) + " not finite";
  counts_->SetText((cli::grouped(counts.kept) + " kept, " + cli::grouped(counts.outliers()) +
                    " removed above " + cli::fixed(static_cast<double>(session.threshold()), 3) +
                    missing)
                       .c_str());
  set_image(*histogram_, draw_histogram(session.histogram(), session.threshold(), width_, 6 * em_));
  threshold_->SetValue(static_cast<double>(session.threshold()));
  outliers_->SetSelectedIndex(static_cast<int>(session.outliers));
}

void Panel::update_things() {
  const Session& session = controller_.session();
  const std::vector<Thing>& things = session.things();
  things_->SetVisible(!things.empty());
  if (things.empty()) return;
  std::vector<std::string> items;
  for (std::size_t i = 0; i < things.size(); ++i) items.push_back(list_item(i, things[i]));
  if (items != list_items_) list_->SetItems(items);
  list_items_ = items;
  if (!session.selected()) return;
  list_->SetSelectedIndex(static_cast<int>(*session.selected()));
  const Thing& thing = things[*session.selected()];
  selected_->SetText(wrapped(thing.known() ? "Selected: " + thing.caption()
                                           : "Selected: unknown, " + thing.label.it.reason,
                             kLetters)
                         .c_str());
  set_image(*guesses_,
            draw_guesses(thing.label.it, controller_.classifier()->model().info().classes, width_));
  if (&thing == signals_of_) return;
  signals_of_ = &thing;
  const std::vector<float> part = cli::part_of(session.points(), thing.points);
  const auto signals = spherical_signals(PointsView(part));
  signals_->SetVisible(signals.has_value());
  if (signals) set_image(*signals_, draw_signals(*signals, width_));
}

// An organised scan beside its points, as the sensor saw it.
void Panel::update_image() {
  const Session& session = controller_.session();
  const bool organised = session.has_scan() && session.scan().header.height > 1 &&
                         session.scan().header.points == session.points().size;
  image_->SetVisible(organised);
  if (!organised) return;
  const Painting all = paint(session, session.points().size);
  set_image(*image_, draw_organised(all, session.points(),
                                    static_cast<std::size_t>(session.scan().header.width), width_));
}

void Panel::update_colours(const Painting& painting) {
  update_image();
  const Session& session = controller_.session();
  const std::string path = session.has_scan() ? session.scan().path : "";
  if (path != fields_of_ || colour_->GetNumberOfItems() == 0) {
    colour_->ClearItems();
    for (const char* item : {"height", "original", "score", "thing"}) colour_->AddItem(item);
    if (session.has_scan())
      for (const std::string& field : field_names(session.scan().header))
        colour_->AddItem(field.c_str());
    fields_of_ = path;
  }
  colour_->SetSelectedValue(name_of(session).c_str());
  legend_->SetVisible(painting.legend.has_value());
  if (painting.legend) set_image(*legend_, draw_legend_bar(*painting.legend, width_));
  drawn_->SetText(("drawn " + cli::grouped(painting.points.size()) + " of " +
                   cli::grouped(painting.shown) + " points")
                      .c_str());
}

void Panel::update(const Painting& painting) {
  const Settings& settings = controller_.settings();
  message_->SetText(wrapped(controller_.message(), kLetters).c_str());
  message_->SetTextColor(controller_.failed() ? gui::Color(1.0F, 0.45F, 0.4F)
                                              : gui::Color(0.92F, 0.92F, 0.92F));
  update_cleaning();
  update_things();
  update_colours(painting);
  ground_->SetSelectedValue(settings.ground.c_str());
  size_->SetValue(settings.point_size);
  dark_->SetChecked(settings.dark);
  axes_->SetChecked(settings.axes);
  update_progress();
}

void Panel::update_progress() {
  const Work& work = controller_.work();
  progress_->SetVisible(work.busy());
  if (!work.busy()) return;
  title_->SetText(work.title().c_str());
  bar_->SetValue(static_cast<float>(work.share()));
}

}  // namespace equicloud::viewer
