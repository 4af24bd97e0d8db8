// SPDX-License-Identifier: BSD-3-Clause
// Draws clouds and curves: `equicloud_figures --help`.
#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/scorer.h>
#include <figures/layout.h>
#include <figures/plot.h>
#include <figures/table.h>
#include <figures/views.h>

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>

namespace {

using namespace equicloud;
using namespace equicloud::figures;

struct Request {
  std::string input, output, view = "auto", color_by = "height", x;
  std::vector<std::string> y;
  int width = 0, height = 0;  // 0: the verb's own
  bool log_x = false, log_y = false;
};

// rgb is four bytes b g r a in little-endian order, whatever type the field claims.
Color packed_color(const unsigned char* record, const io::Field& field) {
  const unsigned char* p = record + field.offset;
  return {p[2], p[1], p[0]};
}

void append_colors(const io::Chunk& chunk, const io::Header& header, std::vector<Color>& colors) {
  const io::Field* field = header.find("rgb") != nullptr ? header.find("rgb") : header.find("rgba");
  if (field == nullptr || field->bytes() != 4) return;
  for (std::size_t i = 0; i < chunk.points; ++i)
    colors.push_back(packed_color(chunk.record(i), *field));
}

// Throws IoError or FormatError.
Cloud load_cloud(const std::string& path) {
  const auto reader = io::open(path);
  const io::Header& header = reader->header();
  Cloud cloud;
  cloud.name = path;
  io::Chunk chunk;
  while (reader->read(chunk, io::kChunkPoints)) {
    for (const io::Field& field : header.fields) {
      if (field.count == 1 && field.name != "_")
        io::append_values(chunk, field, cloud.fields[field.name]);
    }
    append_colors(chunk, header, cloud.colors);
  }
  const std::vector<double>& x = cloud.field("x");
  const std::vector<double>& y = cloud.field("y");
  const std::vector<double>& z = cloud.field("z");
  for (std::size_t i = 0; i < x.size(); ++i) cloud.positions.push_back({x[i], y[i], z[i]});
  return cloud;
}

void draw_one_cloud(const Request& request) {
  const Cloud cloud = load_cloud(request.input);
  PictureStyle style;
  if (request.width > 0) style.width = request.width;
  if (request.height > 0) style.height = request.height;
  style.grow = growth_distance(cloud);
  const Camera camera = parse_view(request.view, cloud, style.width, style.height);
  if (request.color_by == "rgb") {
    save_png(draw_cloud(dots_of(cloud, nullptr, {}, 1.0), camera, style), request.output);
    return;
  }
  const bool score = request.color_by == "score";
  const Coloring coloring = request.color_by == "height"
                                ? by_height(cloud)
                                : by_field(cloud, score ? "outlier_score" : request.color_by);
  Image picture = draw_cloud(dots_of(cloud, &coloring, {}, 1.0), camera, style);
  draw_legend(picture, 8, style.height - 8, coloring.map, coloring.low, coloring.high,
              coloring.label);
  save_png(picture, request.output);
}

void draw_before_after(const Request& request) {
  const Cloud cloud = load_cloud(request.input);
  const std::vector<float> xyz = cloud.xyz();
  const outlier::OutlierScorer scorer;
  const ThreadPool pool;
  const outlier::Scores scores = scorer.score(PointsView(Span<const float>(xyz)), pool);
  const int width = request.width > 0 ? request.width : 520;
  const int height = request.height > 0 ? request.height : 540;
  save_png(before_after(cloud, scores.probability, scorer.model().info().default_threshold,
                        request.view, width, height),
           request.output);
}

// Without the rows where the column is empty: what is measured now and then is still one line.
Curve measured(const std::string& name, const std::vector<double>& x,
               const std::vector<double>& y) {
  Curve curve{name, {}, {}};
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(y[i])) continue;
    curve.x.push_back(x[i]);
    curve.y.push_back(y[i]);
  }
  return curve;
}

void draw_curves(const Request& request) {
  const Table table = load_table(request.input);
  std::vector<Curve> curves;
  PlotStyle style;
  for (const std::string& name : request.y) {
    curves.push_back(measured(name, table.column(request.x), table.column(name)));
  }
  if (request.width > 0) style.width = request.width;
  if (request.height > 0) style.height = request.height;
  style.x = {request.x, request.log_x ? Scale::logarithmic : Scale::linear};
  style.y = {request.y.size() == 1 ? request.y.front() : "",
             request.log_y ? Scale::logarithmic : Scale::linear};
  save_png(draw_plot(curves, style), request.output);
}

CLI::App* add_verb(CLI::App& app, const char* name, const char* what, Request& request) {
  CLI::App* verb = app.add_subcommand(name, what);
  verb->add_option("IN", request.input, "file to draw")->required();
  verb->add_option("-o,--output", request.output, "PNG file to write")->required();
  verb->add_option("--width", request.width, "pixels (before-after: of one panel)")
      ->check(CLI::Range(16, 8192));
  verb->add_option("--height", request.height, "pixels")->check(CLI::Range(16, 8192));
  return verb;
}

void add_view(CLI::App* verb, Request& request) {
  verb->add_option("--view", request.view,
                   "auto, top, or eye_x,eye_y,eye_z,target_x,target_y,target_z[,field_deg], in the "
                   "cloud's unit");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Pictures of clouds and curves as PNG files."};
  app.require_subcommand(1);
  Request request;
  CLI::App* cloud = add_verb(app, "cloud", "one cloud in one colouring", request);
  cloud->add_option("--color-by", request.color_by,
                    "height, score (the field outlier_score), rgb, or a field's name");
  add_view(cloud, request);
  CLI::App* pair =
      add_verb(app, "before-after", "a scan, its outlier probabilities, and what is left", request);
  add_view(pair, request);
  CLI::App* curves = add_verb(app, "curves", "columns of a CSV file as lines", request);
  curves->add_option("--x", request.x, "column along the x axis")->required();
  curves->add_option("--y", request.y, "columns to draw, COL,COL,...")->required()->delimiter(',');
  curves->add_flag("--log-x", request.log_x, "logarithmic x axis");
  curves->add_flag("--log-y", request.log_y, "logarithmic y axis");
  cloud->callback([&] { draw_one_cloud(request); });
  pair->callback([&] { draw_before_after(request); });
  curves->callback([&] { draw_curves(request); });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "equicloud_figures: %s\n", error.what());
    return 1;
  }
  return 0;
}
