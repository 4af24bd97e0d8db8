// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <train/error_curves.h>

#include <cmath>
#include <iomanip>
#include <ostream>
#include <sstream>
#ifdef EQUICLOUD_TRAIN_FIGURES
#include <figures/layout.h>
#include <figures/plot.h>

#include <filesystem>
#endif

namespace equicloud::train {
namespace {

constexpr int kColumn = 16;

#ifdef EQUICLOUD_TRAIN_FIGURES
figures::Image draw(const ErrorCurves& curves, const ErrorPanel& panel) {
  std::vector<figures::Curve> lines;
  for (const ErrorCurve& curve : panel.curves)
    lines.push_back({curve.name, curves.sizes, curve.errors});
  figures::PlotStyle style;
  style.width = 640;
  style.title = panel.title;
  style.x = {curves.size, figures::Scale::logarithmic};
  style.y = {curves.error, figures::Scale::logarithmic};
  style.key_beside = true;
  return figures::draw_plot(lines, style);
}

void save_picture(const ErrorCurves& curves, const std::string& path) {
  std::vector<figures::Panel> panels;
  for (const ErrorPanel& panel : curves.panels) panels.push_back({draw(curves, panel), ""});
  const std::string picture = std::filesystem::path(path).replace_extension(".png").string();
  figures::save_png(figures::side_by_side(panels), picture);
}
#else
void save_picture(const ErrorCurves&, const std::string&) {}
#endif

}  // namespace

void print_table(const ErrorCurves& curves, std::ostream& out) {
  out << curves.error << '\n';
  for (const ErrorPanel& panel : curves.panels) {
    out << panel.title << '\n' << std::setw(kColumn) << curves.size;
    for (const ErrorCurve& curve : panel.curves) out << std::setw(kColumn) << curve.name;
    out << '\n';
    for (std::size_t i = 0; i < curves.sizes.size(); ++i) {
      out << std::setw(kColumn) << curves.sizes[i] << std::setprecision(4);
      for (const ErrorCurve& curve : panel.curves) out << std::setw(kColumn) << curve.errors[i];
      out << '\n';
    }
  }
}

void save(const ErrorCurves& curves, const std::string& path) {
  std::ostringstream text;
  text << "panel,size";
  for (const ErrorCurve& curve : curves.panels.front().curves) text << ',' << curve.name;
  text << '\n';
  for (const ErrorPanel& panel : curves.panels) {
    for (std::size_t i = 0; i < curves.sizes.size(); ++i) {
      text << panel.title << ',' << curves.sizes[i];
      for (const ErrorCurve& curve : panel.curves) {
        text << ',';
        if (!std::isnan(curve.errors[i])) text << curve.errors[i];
      }
      text << '\n';
    }
  }
  const std::string bytes = text.str();
  AtomicFile file(path);
  file.write(bytes.data(), bytes.size());
  file.commit();
  save_picture(curves, path);
}

}  // namespace equicloud::train
