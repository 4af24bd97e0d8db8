// SPDX-License-Identifier: BSD-3-Clause
#include "cli/sample.h"

#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>
#include <figures/views.h>

#include <algorithm>
#include <cstdint>

namespace equicloud::cli {
namespace {

constexpr std::uint64_t kMostPoints = 5000;
constexpr int kSmoothing = 2;  // drawn larger, then shrunk
constexpr double kRadius_px = 2.6;

std::uint64_t step_of(std::uint64_t points) {
  return std::max<std::uint64_t>(1, (points + kMostPoints - 1) / kMostPoints);
}

figures::Cloud cloud_of(const Sample& sample) {
  figures::Cloud cloud;
  for (std::size_t i = 0; i < sample.scores.size(); ++i) {
    cloud.positions.push_back({static_cast<double>(sample.xyz[3 * i]),
                               static_cast<double>(sample.xyz[3 * i + 1]),
                               static_cast<double>(sample.xyz[3 * i + 2])});
    cloud.fields["score"].push_back(static_cast<double>(sample.scores[i]));
  }
  return cloud;
}

}  // namespace

Sample sample_of(PointsView points, const std::vector<float>& scores) {
  Sample sample;
  const std::size_t step = step_of(points.size);
  for (std::size_t i = 0; i < points.size; i += step) {
    sample.xyz.insert(sample.xyz.end(), points[i], points[i] + 3);
    sample.scores.push_back(scores[i]);
  }
  return sample;
}

Sample sample_of_file(const std::string& path) {
  Sample sample;
  try {
    const auto reader = io::open(path);
    const io::Header& header = reader->header();
    const io::Field& score = header.at("outlier_score");
    const std::uint64_t step = step_of(header.points);
    io::ChunkPositions positions(header);
    io::Chunk chunk;
    std::uint64_t before = 0;
    while (reader->read(chunk, io::kChunkPoints)) {
      positions.append(chunk);
      const std::vector<float> xyz = positions.take().xyz;
      for (std::size_t i = (step - before % step) % step; i < chunk.points; i += step) {
        sample.xyz.insert(sample.xyz.end(), &xyz[3 * i], &xyz[3 * i] + 3);
        sample.scores.push_back(static_cast<float>(io::value(chunk.record(i), score)));
      }
      before += chunk.points;
    }
  } catch (const Error&) {
    return {};
  }
  return sample;
}

std::vector<unsigned char> picture_of(const Sample& sample, int width, int height) {
  const figures::Cloud cloud = cloud_of(sample);
  figures::PictureStyle style;
  style.width = kSmoothing * width;
  style.height = kSmoothing * height;
  const figures::Coloring coloring = figures::by_field(cloud, "score");
  const figures::Camera camera = figures::parse_view("auto", cloud, style.width, style.height);
  const figures::Image image =
      figures::draw_cloud(figures::dots_of(cloud, &coloring, {}, kRadius_px), camera, style);
  return figures::encode_png(figures::shrink(image, kSmoothing));
}

}  // namespace equicloud::cli
