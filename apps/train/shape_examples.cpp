// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/junk.h>
#include <train/shape_examples.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace equicloud::train {
namespace {

using classify::kLevels;
using classify::kMaxPoints;
using classify::kPairNumbers;
using classify::kPointNumbers;

constexpr std::size_t kSpherical = classify::kSphericalChannels * classify::kSphericalSize;

void copy_level(const classify::SetFeatures::Level& from, std::size_t room, std::size_t k,
                ShapeArrays::Level& to, std::size_t row) {
  if (from.k != k || from.centres > room) {
    throw InvalidArgument("a level of a shape has " + std::to_string(from.centres) + " x " +
                          std::to_string(from.k) + " pairs, expected at most " +
                          std::to_string(room) + " x " + std::to_string(k));
  }
  std::copy(from.pairs.begin(), from.pairs.end(),
            to.pairs.begin() + static_cast<std::ptrdiff_t>(row * room * k * kPairNumbers));
  std::copy(from.neighbors.begin(), from.neighbors.end(),
            to.neighbors.begin() + static_cast<std::ptrdiff_t>(row * room * k));
}

}  // namespace

ShapeArrays::ShapeArrays(std::size_t shapes)
    : count(shapes),
      point(shapes * kMaxPoints * kPointNumbers),
      spherical(shapes * kSpherical),
      label(shapes) {
  for (std::size_t i = 0; i < kLevels; ++i) {
    const std::size_t edges = shapes * kLevelCentres[i] * kLevelNeighbors[i];
    level[i].pairs.resize(edges * kPairNumbers);
    level[i].neighbors.resize(edges);
  }
}

struct ShapeWriter::Memory {
  classify::ShapeBuilder builder;
  classify::FeatureExtractor extractor;
  classify::SphericalFeatures spherical;
};

ShapeWriter::ShapeWriter() : memory_(std::make_unique<Memory>()) {}
ShapeWriter::~ShapeWriter() = default;

bool ShapeWriter::write(const Cloud& cloud, std::int64_t label, ShapeArrays& arrays,
                        std::size_t row) {
  const classify::Shape& shape = memory_->builder.build(PointsView(cloud));
  // Flat shapes are learned: doors and curtains can be one plane.
  if (shape.status != classify::ShapeStatus::ok && shape.status != classify::ShapeStatus::flat) {
    return false;
  }
  const classify::SetFeatures& set = memory_->extractor.extract(shape);
  std::copy(set.point.begin(), set.point.end(),
            arrays.point.begin() + static_cast<std::ptrdiff_t>(row * kMaxPoints * kPointNumbers));
  for (std::size_t i = 0; i < kLevels; ++i) {
    copy_level(set.level[i], kLevelCentres[i], kLevelNeighbors[i], arrays.level[i], row);
  }
  const classify::Axes& axes = memory_->extractor.axes();
  const Span<const float> signals =
      memory_->spherical.extract({shape.xyz, axes.axis,
                                  Span<const float>(axes.numbers.data() + classify::kFlat,
                                                    axes.numbers.size() - classify::kFlat),
                                  kPointNumbers});
  std::copy(signals.begin(), signals.end(),
            arrays.spherical.begin() + static_cast<std::ptrdiff_t>(row * kSpherical));
  arrays.label[row] = label;
  return true;
}

ShapeSource::ShapeSource(const ShapeSet& shapes, const std::vector<std::size_t>& rows,
                         const Options& options)
    : shapes_(shapes), rows_(rows), options_(options), of_class_(shapes.classes.size()) {
  if (rows.empty()) throw InvalidArgument("no shapes to learn from");
  for (const std::size_t row : rows) of_class_[shapes.labels[row]].push_back(row);
  double sum = 0.0;
  for (const auto& members : of_class_) {
    sum += std::pow(static_cast<double>(members.size()), 1.0 - options.class_balance);
    cumulative_.push_back(sum);
  }
}

std::size_t ShapeSource::random_row(Random& random) const {
  const double at = random.uniform(0.0, cumulative_.back());
  auto c = static_cast<std::size_t>(std::upper_bound(cumulative_.begin(), cumulative_.end(), at) -
                                    cumulative_.begin());
  while (of_class_[c].empty()) c = (c + 1) % of_class_.size();  // at the very edge of a weight of 0
  return of_class_[c][random.below(of_class_[c].size())];
}

ShapeArrays ShapeSource::block(std::uint64_t number) const {
  ShapeArrays arrays(options_.block);
  ShapeWriter writer;
  StrayFilter filter(filter_);
  const Random parent = Random(options_.seed).fork(number);
  const auto junk = static_cast<std::int64_t>(shapes_.classes.size());
  for (std::size_t i = 0; i < options_.block; ++i) {
    Random random = parent.fork(i);
    for (bool written = false; !written;) {
      const bool is_junk = random.uniform() < options_.junk_share;
      const std::size_t row = random_row(random);
      const Cloud junk_cloud = is_junk ? training_junk(shapes_, rows_, random) : Cloud{};
      // Junk is damaged like shapes are, lest a lack of damage give it away.
      const Cloud cloud = damaged(is_junk ? junk_cloud : shapes_.clouds[row], random_recipe(random),
                                  random, filter);
      written = writer.write(cloud, is_junk ? junk : shapes_.labels[row], arrays, i);
    }
  }
  return arrays;
}

ShapeArrays damaged_arrays(const ShapeSet& shapes, const std::vector<std::size_t>& rows,
                           std::size_t begin, std::size_t end, Damage damage, std::uint64_t seed) {
  ShapeArrays arrays(end - begin);
  ShapeWriter writer;
  StrayFilter filter;
  for (std::size_t i = begin; i < end; ++i) {
    const Cloud& clean = shapes.clouds[rows[i]];
    const Cloud cloud = damaged(clean, damage, Random(seed).fork(rows[i]).bits(), filter);
    const std::int64_t label = shapes.labels[rows[i]];
    if (!writer.write(cloud, label, arrays, i - begin)) {
      throw InvalidArgument("shape " + std::to_string(rows[i]) + ", " + name_of(damage) +
                            ": is no shape any more");
    }
  }
  return arrays;
}

}  // namespace equicloud::train
