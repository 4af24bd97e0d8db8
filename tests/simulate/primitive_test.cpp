// SPDX-License-Identifier: BSD-3-Clause
// Rays, distances and samples of a surface tell of the same surface; the tree finds what a search
// through all primitives finds.
#include <simulate/scene.h>

#include <gtest/gtest.h>

#include <algorithm>

namespace equicloud::simulate {
namespace {

// Rounding of coordinates of size 1 to 10 through a dozen operations.
constexpr double kRounding = 1e-9;

Vec3 random_point(Random& random) {
  return {random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)};
}

Vec3 random_direction(Random& random) {
  return normalized(random_point(random) + Vec3{0, 0, 1e-3});
}

Primitive random_primitive(Shape shape, Random& random) {
  Primitive p{shape, 0,   random_point(random), random_point(random), random_point(random),
              0.3,   0.15};
  if (shape == Shape::disc) p.b = random_direction(random);
  return p;
}

constexpr std::array<Shape, 4> kShapes = {Shape::triangle, Shape::disc, Shape::cone, Shape::sphere};

TEST(Primitive, SampledPointsLieOnIt) {
  Random random(1);
  for (int i = 0; i < 400; ++i) {
    const Primitive p = random_primitive(kShapes[static_cast<std::size_t>(i % 4)], random);
    EXPECT_LE(distance(p, sample(p, random)), kRounding) << "primitive " << i;
  }
}

TEST(Primitive, SampledPointsLieInItsBounds) {
  Random random(2);
  for (int i = 0; i < 400; ++i) {
    const Primitive p = random_primitive(kShapes[static_cast<std::size_t>(i % 4)], random);
    EXPECT_LE(bounds(p).squared_distance(sample(p, random)), kRounding * kRounding)
        << "primitive " << i;
  }
}

TEST(Primitive, RayTowardsASampledPointHitsNoLaterThanThere) {
  Random random(3);
  int hits = 0;
  for (int i = 0; i < 400; ++i) {
    const Primitive p = random_primitive(kShapes[static_cast<std::size_t>(i % 4)], random);
    const Vec3 to = sample(p, random);
    const Vec3 from = random_point(random) + Vec3{4, 0, 0};
    const Ray ray{from, normalized(to - from)};
    const double t = hit_distance(p, ray, 0.0);
    if (t == kNever) continue;  // a point on the very rim may be missed by rounding
    ++hits;
    EXPECT_LE(t, norm(to - from) + kRounding);
    EXPECT_LE(distance(p, ray.at(t)), kRounding);
  }
  EXPECT_GE(hits, 395);
}

Scene mixed_scene(Random& random, std::size_t primitives) {
  Scene scene;
  scene.add_material({});
  for (std::size_t i = 0; i < primitives; ++i) {
    Primitive p = random_primitive(kShapes[i % 4], random);
    const Vec3 shift = 4.0 * random_point(random);
    p.a = p.a + shift;
    if (p.shape != Shape::disc) p.b = p.b + shift;
    p.c = p.c + shift;
    scene.add(p);
  }
  scene.seal();
  return scene;
}

TEST(Scene, FirstHitIsThatOfASearchThroughAll) {
  Random random(4);
  const Scene scene = mixed_scene(random, 300);
  int found = 0;
  for (int i = 0; i < 300; ++i) {
    const Ray ray{6.0 * random_point(random), random_direction(random)};
    double first = kNever;
    for (const Primitive& p : scene.primitives())
      first = std::min(first, hit_distance(p, ray, 1e-6));
    EXPECT_EQ(scene.cast(ray).distance, first);
    found += first < kNever ? 1 : 0;
  }
  EXPECT_GT(found, 50);
}

TEST(Scene, NearestSurfaceIsThatOfASearchThroughAll) {
  Random random(5);
  const Scene scene = mixed_scene(random, 300);
  for (int i = 0; i < 300; ++i) {
    const Vec3 p = 6.0 * random_point(random);
    double nearest = kNever;
    for (const Primitive& q : scene.primitives()) nearest = std::min(nearest, distance(q, p));
    EXPECT_NEAR(scene.distance(p), nearest, kRounding);
  }
}

TEST(Scene, EmptySceneIsHitByNothing) {
  Scene scene;
  scene.seal();
  EXPECT_FALSE(scene.cast({{0, 0, 0}, {0, 0, 1}}).found());
  EXPECT_EQ(scene.distance({0, 0, 0}), kNever);
}

}  // namespace
}  // namespace equicloud::simulate
