// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/junk.h>
#include <train/junk_forms.h>
#include <train/junk_points.h>

#include <algorithm>
#include <cmath>

namespace equicloud::train {
namespace {

using simulate::Vec3;

/// Shapes that pieces are taken from.
struct Stock {
  const ShapeSet& shapes;
  Span<const std::size_t> rows;

  std::size_t random_row(Random& random) const { return rows[random.below(rows.size())]; }
};

/// The cloud with its mean at 0 and a robust radius of 1.
Cloud to_unit_size(Cloud cloud) {
  const CloudSize size = size_of(cloud);
  const double scale = size.robust > 0.0 ? 1.0 / size.robust : 1.0;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    cloud[i] = static_cast<float>(scale * (cloud[i] - size.centre[i % 3]));
  }
  return cloud;
}

Cloud unit_shape(const Stock& stock, std::size_t row, Random& random) {
  return turned(to_unit_size(stock.shapes.clouds[row]), random);
}

Cloud random_shape(const Stock& stock, Random& random) {
  return unit_shape(stock, stock.random_row(random), random);
}

/// `piece` scaled and moved, behind the others.
void place(Cloud& cloud, const Cloud& piece, double scale, Vec3 to) {
  for (std::size_t i = 0; i < piece.size() / 3; ++i) {
    const Point p = point_of(piece, i);
    append(cloud, to + scale * Vec3{p[0], p[1], p[2]});
  }
}

Cloud blob(Random& random) {
  const double a = std::exp(random.uniform(-0.8, 0.0)), b = std::exp(random.uniform(-0.8, 0.0));
  Cloud cloud;
  for (std::size_t i = 0; i < kJunkPoints; ++i) {
    const Vec3 p = random_normal(random);
    append(cloud, Vec3{p.x, a * p.y, b * p.z});
  }
  return cloud;
}

Cloud solid(Random& random) {
  const bool ball = random.uniform() < 0.5;
  Cloud cloud;
  for (std::size_t i = 0; i < kJunkPoints; ++i) {
    append(cloud,
           ball ? std::cbrt(random.uniform()) * random_unit(random) : random_in_cube(random));
  }
  return stretched(std::move(cloud), 0.5, random);
}

Cloud patch(std::size_t count, double half_width, double noise, Random& random) {
  Cloud cloud;
  for (std::size_t i = 0; i < count; ++i) {
    const Vec3 p = random_in_cube(random);
    append(cloud, Vec3{p.x, half_width * p.y, noise * random.normal()});
  }
  return cloud;
}

Cloud plane(Random& random) {
  const double half_width = random.uniform(0.3, 1.0);
  return patch(kJunkPoints, half_width, random.uniform(0.003, 0.06), random);
}

/// Rectangles in the planes x = 0, y = 0, z = 0 that share their edges: the corner of a room. Or
/// two of them, one standing on the middle of the other: not on its edge, for that is a laptop.
Cloud corner(Random& random) {
  const bool floor = random.uniform() < 0.65;
  const double x = random.uniform(0.4, 1.2), y = random.uniform(0.4, 1.2);
  const double z = random.uniform(0.4, 1.2), noise = random.uniform(0.0, 0.02);
  const double start = floor ? 0.0 : random.uniform(-0.7, -0.3) * y;  // of the plane x = 0
  const double areas = y * z + x * z + (floor ? x * y : 0.0);
  Cloud cloud;
  for (std::size_t i = 0; i < kJunkPoints; ++i) {
    const double u = random.uniform(), v = random.uniform();
    const double which = areas * random.uniform();
    const Vec3 p = which < y * z           ? Vec3{0.0, start + u * y, v * z}
                   : which < y * z + x * z ? Vec3{u * x, 0.0, v * z}
                                           : Vec3{u * x, v * y, 0.0};
    append(cloud, p + noise * random_normal(random));
  }
  return cloud;
}

Cloud merged(const Stock& stock, Random& random) {
  const std::size_t first = stock.random_row(random);
  std::size_t second = stock.random_row(random);
  // Of different classes, unless there is but one.
  const std::vector<std::uint32_t>& labels = stock.shapes.labels;
  for (int tries = 0; tries < 50 && labels[second] == labels[first]; ++tries) {
    second = stock.random_row(random);
  }
  const auto count = static_cast<std::size_t>(random.uniform(0.35, 0.65) * kJunkPoints);
  Cloud cloud = exactly(unit_shape(stock, first, random), count, random);
  const Cloud other = exactly(unit_shape(stock, second, random), kJunkPoints - count, random);
  const double scale = std::exp(random.uniform(-0.4, 0.4));
  place(cloud, other, scale, random.uniform(0.3, 1.5) * random_unit(random));
  return cloud;
}

Cloud parts(const Stock& stock, Random& random) {
  const std::size_t pieces = 3 + random.below(4);
  Cloud cloud;
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::size_t count = kJunkPoints * (i + 1) / pieces - kJunkPoints * i / pieces;
    // Enough to take the points from: copies would be a mark that no object bears.
    const double fewest = 1.01 / static_cast<double>(pieces);
    const double share = std::max(fewest, random.uniform(0.15, 0.4));
    const Cloud cut = halved(random_shape(stock, random), share, random);
    const Cloud piece = to_unit_size(exactly(cut, count, random));
    place(cloud, piece, random.uniform(0.4, 1.0), random_normal(random));
  }
  return cloud;
}

Cloud strongly_warped(const Stock& stock, Random& random) {
  const double amplitude = random.uniform(0.2, 0.5), wavelength = random.uniform(0.9, 2.2);
  const Cloud shape = exactly(random_shape(stock, random), kJunkPoints, random);
  return warped(shape, amplitude, wavelength, random);
}

Cloud shuffled(const Stock& stock, Random& random) {
  const Cloud shape = exactly(random_shape(stock, random), kJunkPoints, random);
  const Cloud dealt = random_subset(shape, kJunkPoints, random);
  Cloud cloud;
  for (std::size_t i = 0; i < kJunkPoints; ++i) {
    const Point p = point_of(shape, i), q = point_of(dealt, i);
    const Vec3 direction{p[0], p[1], p[2]};
    const double length = norm(direction);
    const double radius = norm(Vec3{q[0], q[1], q[2]});
    append(cloud, length > 0.0 ? (radius / length) * direction : Vec3{});
  }
  return cloud;
}

Cloud blobs(Random& random) {
  const std::size_t count = 3 + random.below(6);
  Cloud cloud;
  for (std::size_t i = 0; i < count; ++i) {
    const Vec3 centre = random_in_cube(random);
    const double sigma = random.uniform(0.04, 0.2);
    const std::size_t last = kJunkPoints * (i + 1) / count;
    while (cloud.size() < 3 * last) append(cloud, centre + sigma * random_normal(random));
  }
  return cloud;
}

Cloud sheet(Random& random) {
  const double share = random.uniform(0.15, 0.5);
  const auto count = static_cast<std::size_t>((1.0 - share) * kJunkPoints);
  Cloud cloud = patch(count, random.uniform(0.4, 1.0), random.uniform(0.0, 0.02), random);
  cloud = warped(std::move(cloud), random.uniform(0.0, 0.2), 2.0, random);
  while (cloud.size() < 3 * kJunkPoints) append(cloud, 1.2 * random_in_cube(random));
  return cloud;
}

/// The kinds that are formulas.
Cloud form(Junk kind, Random& random) {
  switch (kind) {
    case Junk::nested:
      return nested_surfaces(random);
    case Junk::curve:
      return smooth_curves(random);
    case Junk::chain:
      return chain(random);
    case Junk::frame:
      return frame(random);
    case Junk::polygons:
      return polygons(random);
    case Junk::quadric:
      return quadric(random);
    case Junk::bumps:
      return bumps(random);
    case Junk::level:
      return level_set(random);
    case Junk::fractal:
      return fractal(random);
    case Junk::wall:
      return wall(random);
    default:
      return sheet(random);
  }
}

Cloud unturned_junk(Junk kind, const Stock& stock, Random& random) {
  switch (kind) {
    case Junk::blob:
      return blob(random);
    case Junk::solid:
      return solid(random);
    case Junk::plane:
      return plane(random);
    case Junk::corner:
      return corner(random);
    case Junk::merged:
      return merged(stock, random);
    case Junk::parts:
      return parts(stock, random);
    case Junk::warped:
      return strongly_warped(stock, random);
    case Junk::shuffled:
      return shuffled(stock, random);
    case Junk::blobs:
      return blobs(random);
    default:
      return form(kind, random);
  }
}

}  // namespace

const char* name_of(Junk kind) noexcept {
  static constexpr const char* names[kJunkKinds] = {
      "blob",     "solid",   "plane", "corner", "merged",  "parts", "warped",
      "shuffled", "blobs",   "sheet", "nested", "curve",   "chain", "frame",
      "polygons", "quadric", "bumps", "level",  "fractal", "wall"};
  return names[static_cast<std::size_t>(kind)];
}

Cloud training_junk(Junk kind, const ShapeSet& shapes, Span<const std::size_t> allowed,
                    Random& random) {
  if (allowed.empty()) {
    throw InvalidArgument("junk is made of pieces of shapes: got no allowed row, expected one");
  }
  return turned(unturned_junk(kind, {shapes, allowed}, random), random);
}

Cloud training_junk(const ShapeSet& shapes, Span<const std::size_t> allowed, Random& random) {
  const auto kind = static_cast<Junk>(random.below(kJunkKinds));
  return training_junk(kind, shapes, allowed, random);
}

}  // namespace equicloud::train
