// SPDX-License-Identifier: BSD-3-Clause
// equicloud info: what a file holds.
#include "cli/cloud_file.h"
#include "cli/json.h"
#include "cli/scoring.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/io/las.h>
#include <equicloud/io/positions.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/points/canonical_order.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace equicloud::cli {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Summary {
  io::Header header;
  std::size_t finite_points = 0;
  std::array<double, 3> low{kNaN, kNaN, kNaN};
  std::array<double, 3> high{kNaN, kNaN, kNaN};
  double spacing = kNaN;  ///< median distance to the nearest other position
};

// Bounds in double, of the finite points.
class Bounds {
 public:
  explicit Bounds(Summary& summary)
      : summary_(summary),
        fields_{summary.header.at("x"), summary.header.at("y"), summary.header.at("z")} {}

  void append(const io::Chunk& chunk) {
    for (std::size_t i = 0; i < chunk.points; ++i) {
      std::array<double, 3> p{};
      for (std::size_t a = 0; a < 3; ++a) p[a] = io::value(chunk.record(i), fields_[a]);
      if (!std::isfinite(p[0]) || !std::isfinite(p[1]) || !std::isfinite(p[2])) continue;
      ++summary_.finite_points;
      for (std::size_t a = 0; a < 3; ++a) {
        summary_.low[a] = std::fmin(summary_.low[a], p[a]);  // fmin and fmax pass over NaN
        summary_.high[a] = std::fmax(summary_.high[a], p[a]);
      }
    }
  }

 private:
  Summary& summary_;
  std::array<io::Field, 3> fields_;
};

// From 10,000 positions spread evenly along the cloud's curve: enough for a median.
double median_spacing(PointsView points, const Executor& executor) {
  constexpr std::size_t kSample = 10000;
  const CanonicalCloud cloud = canonical_order(points, executor);
  if (cloud.size() < 2) return kNaN;
  const knn::SelfJoin join{PointsView(Span<const float>(cloud.xyz))};
  const std::size_t count = std::min(cloud.size(), kSample);
  std::vector<std::uint32_t> neighbor(count);
  std::vector<float> distance(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = i * cloud.size() / count;
    join.nearest(row, row + 1, 1, {&neighbor[i], 1}, {&distance[i], 1});
  }
  const auto middle = distance.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(distance.begin(), middle, distance.end());
  return static_cast<double>(*middle) / cloud.scale;
}

Summary summarise(const std::string& path, const Executor& executor) {
  const auto reader = io::open(path);
  Summary summary;
  summary.header = reader->header();
  Bounds bounds(summary);
  io::ChunkPositions positions(summary.header);
  for_each_chunk(*reader, [&](const io::Chunk& chunk) {
    bounds.append(chunk);
    positions.append(chunk);
  });
  summary.spacing = median_spacing(positions.positions().view(), executor);
  return summary;
}

// The point record that a LAS cloud carries along is no field to tell of.
bool is_told(const io::Header& header, const io::Field& field) {
  return header.las == nullptr || field.name != "_";
}

Json fields_json(const io::Header& header) {
  Json fields = Json::array();
  for (const io::Field& field : header.fields)
    if (is_told(header, field))
      fields.push_back(
          {{"name", field.name}, {"type", io::name_of(field.type)}, {"count", field.count}});
  return fields;
}

std::string version_of(const io::LasHeader& las) { return "1." + std::to_string(las.minor); }

Json las_json(const io::LasHeader& las) {
  return {{"version", version_of(las)},
          {"point_format", las.point_format},
          {"coordinate_system", io::name_of(las.coordinate_system)}};
}

std::string to_json(const std::string& path, const Summary& summary) {
  const io::Header& header = summary.header;
  Json json = {{"input", path},
               {"format", io::name_of(header.format)},
               {"encoding", io::name_of(header.encoding)},
               {"points", header.points},
               {"finite_points", summary.finite_points},
               {"width", header.width},
               {"height", header.height},
               {"organized", header.height > 1},
               {"fields", fields_json(header)},
               {"bounds", {{"min", summary.low}, {"max", summary.high}}},
               {"spacing", summary.spacing},
               {"viewpoint", header.viewpoint},
               {"other_elements", header.other_elements()},
               {"comments", header.comments}};
  if (header.las != nullptr) json["las"] = las_json(*header.las);
  return to_line(json);
}

// Shortest text that gives the number back to nine digits.
std::string number(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.9g", value);
  return std::isnan(value) ? "-" : text.data();
}

template <typename Numbers>
std::string numbers(const Numbers& values) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "" : " ") + number(value);
  return text;
}

std::string fields_text(const io::Header& header) {
  std::vector<std::string> words;
  for (const io::Field& field : header.fields)
    if (is_told(header, field))
      words.push_back(field.name + " " + io::name_of(field.type) +
                      (field.count > 1 ? "[" + std::to_string(field.count) + "]" : ""));
  return joined(words);
}

std::string to_text(const std::string& path, const Summary& summary) {
  const io::Header& header = summary.header;
  const std::uint64_t lost = header.points - summary.finite_points;
  std::string text =
      path + "\n  format     " + io::name_of(header.format) + ", " + io::name_of(header.encoding) +
      "\n  points     " + grouped(header.points) +
      (lost > 0 ? ", of these " + grouped(lost) + " not finite" : "") +
      (header.height > 1 ? ", organised " + grouped(header.width) + " x " + grouped(header.height)
                         : "") +
      "\n  fields     " + fields_text(header) + "\n  bounds     min " + numbers(summary.low) +
      ", max " + numbers(summary.high) + "\n  spacing    " + number(summary.spacing) +
      " (median distance to the nearest other point, in the file's unit)";
  if (header.format == io::Format::pcd)
    text += "\n  viewpoint  " + numbers(header.viewpoint) + " (x y z, quaternion w x y z)";
  if (header.las != nullptr)
    text += "\n  LAS        version " + version_of(*header.las) + ", point format " +
            std::to_string(header.las->point_format) + ", coordinate system " +
            io::name_of(header.las->coordinate_system);
  if (!header.other_elements().empty()) text += "\n  also holds " + joined(header.other_elements());
  for (const std::string& comment : header.comments) text += "\n  comment    " + comment;
  return text + "\n";
}

}  // namespace

int run(const InfoOptions& options) {
  const InputList inputs = find_inputs(options.inputs);
  const std::vector<Job> jobs = plan_reading(inputs);
  BatchOptions batch;
  batch.run.json = options.json;
  batch.results_are_files = false;
  const auto work = [&](std::size_t index, const Means& means) {
    const std::string& path = jobs[index].input;
    const Summary summary = summarise(path, means.executor);
    FileReport report;
    report.text = to_text(path, summary);
    report.json = to_json(path, summary);
    report.points = summary.header.points;
    return report;
  };
  return run_batch(inputs, jobs, batch, work).exit_status();
}

}  // namespace equicloud::cli
