// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <train/curve.h>

#include <cmath>
#include <sstream>
#ifdef EQUICLOUD_TRAIN_FIGURES
#include <figures/plot.h>

#include <filesystem>
#endif

namespace equicloud::train {
namespace {

#ifdef EQUICLOUD_TRAIN_FIGURES
/// Loss and what the validation lacks to 1, on one logarithmic axis.
void save_picture(const std::vector<CurveRow>& rows, const std::string& path,
                  const std::string& measure) {
  figures::Curve loss{"loss", {}, {}}, lacking{"1 - " + measure, {}, {}};
  for (const CurveRow& row : rows) {
    loss.x.push_back(row.step);
    loss.y.push_back(row.loss);
    if (std::isnan(row.validation)) continue;
    lacking.x.push_back(row.step);
    lacking.y.push_back(1.0 - row.validation);
  }
  figures::PlotStyle style;
  style.title = "training";
  style.x.label = "step";
  style.y = {"", figures::Scale::logarithmic};
  const std::string picture = std::filesystem::path(path).replace_extension(".png").string();
  figures::save_png(figures::draw_plot({loss, lacking}, style), picture);
}
#else
void save_picture(const std::vector<CurveRow>&, const std::string&, const std::string&) {}
#endif

}  // namespace

void save_curve(const std::vector<CurveRow>& rows, const std::string& path,
                const std::string& measure) {
  std::ostringstream text;
  text << "step,seconds,loss,learning_rate," << measure << '\n';
  for (const CurveRow& row : rows) {
    text << row.step << ',' << row.seconds << ',';
    if (!std::isnan(row.loss)) text << row.loss;
    text << ',' << row.learning_rate << ',';
    if (!std::isnan(row.validation)) text << row.validation;
    text << '\n';
  }
  const std::string bytes = text.str();
  AtomicFile file(path);
  file.write(bytes.data(), bytes.size());
  file.commit();
  if (!rows.empty()) save_picture(rows, path, measure);
}

}  // namespace equicloud::train
