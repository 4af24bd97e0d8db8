// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/buildings.h>
#include <simulate/scenes.h>
#include <simulate/street_furniture.h>
#include <simulate/vegetation.h>

#include <vector>

namespace equicloud::simulate {
namespace {

constexpr double kHalfLength = 40.0;
constexpr double kCurb = 0.14;

// The measures of one street; y runs across it.
struct StreetPlan {
  double half_road, half_width;  // curb and facade at +- these
  double slope, wave, phase;

  double road_height(double x, double y) const {
    return slope * x + wave * std::sin(0.11 * x + phase) - 0.015 * std::abs(y);
  }
  Vec3 on_pavement(double x, double y) const {
    return {x, y, road_height(x, y) + kCurb + 0.03 * (std::abs(y) - half_road)};
  }
  Vec3 on_road(double x, double y) const { return {x, y, road_height(x, y)}; }
};

StreetPlan random_plan(Random& random) {
  StreetPlan plan{};
  plan.half_road = random.uniform(3.6, 5.5);
  plan.half_width = plan.half_road + random.uniform(2.4, 4.5);
  plan.slope = random.uniform(-0.02, 0.02);
  plan.wave = random.uniform(0.02, 0.15);
  plan.phase = random.uniform(0.0, 2.0 * kPi);
  return plan;
}

void add_ground(Scene& scene, const Palette& palette, const StreetPlan& plan) {
  const auto strip = [&](MaterialId m, int across, const SurfaceFunction& point) {
    add_surface(scene, m, 60, across, point);
  };
  const auto along = [](double u) { return kHalfLength * (2.0 * u - 1.0); };
  strip(palette.asphalt, 8, [&](double u, double v) {
    return plan.on_road(along(u), plan.half_road * (2.0 * v - 1.0));
  });
  for (const double side : {-1.0, 1.0}) {
    const double curb = side * plan.half_road;
    strip(palette.pavement, 1, [&](double u, double v) {
      Vec3 p = plan.on_road(along(u), curb);
      p.z += v * kCurb;
      return p;
    });
    // The pavement runs on a little below the houses, into alleys.
    strip(palette.pavement, 4, [&](double u, double v) {
      return plan.on_pavement(along(u), curb + v * side * (plan.half_width + 6.0 - plan.half_road));
    });
  }
}

void add_houses(Scene& scene, const Palette& palette, const StreetPlan& plan, Random& random) {
  for (const double side : {-1.0, 1.0}) {
    double x = -kHalfLength;
    while (x < kHalfLength - 6.0) {
      const double width = std::min(random.uniform(7.0, 16.0), kHalfLength - x);
      HouseForm house = random_house_form(random, width);
      const Vec3 foot = plan.on_pavement(x + 0.5 * width, side * plan.half_width);
      add_house(scene, palette, {{foot.x, foot.y, foot.z - 0.6}, side > 0 ? kPi : 0.0}, house,
                random);
      x += width;
      if (random.uniform() < 0.3) x += random.uniform(1.5, 5.0);
    }
  }
}

void add_parked_cars(Scene& scene, const Palette& palette, const StreetPlan& plan, Random& random) {
  for (const double side : {-1.0, 1.0}) {
    for (double x = -kHalfLength + 4.0; x < kHalfLength - 4.0; x += random.uniform(5.2, 9.0)) {
      if (random.uniform() < 0.4) continue;
      const double y = side * (plan.half_road - random.uniform(1.05, 1.3));
      const double yaw = (side > 0 ? kPi : 0.0) + 0.04 * random.normal();
      add_car(scene, palette, {plan.on_road(x, y), yaw}, random);
    }
  }
}

void add_poles_and_wires(Scene& scene, const Palette& palette, const StreetPlan& plan,
                         Random& random) {
  for (const double side : {-1.0, 1.0}) {
    if (side > 0 && random.uniform() < 0.4) continue;
    const double gap = random.uniform(16.0, 26.0);
    const double height = random.uniform(6.0, 8.5);
    std::vector<Vec3> feet;
    for (double x = -kHalfLength + random.uniform(1.0, gap); x < kHalfLength; x += gap) {
      feet.push_back(plan.on_pavement(x, side * (plan.half_road + 0.5)));
      add_lamp_post(scene, palette, {feet.back(), side > 0 ? -0.5 * kPi : 0.5 * kPi}, height);
    }
    const auto wires = random.below(4);
    for (std::size_t w = 0; w < wires; ++w) {
      const Vec3 up{0, side * 0.15 * static_cast<double>(w),
                    height - 0.35 * static_cast<double>(w)};
      for (std::size_t i = 0; i + 1 < feet.size(); ++i) {
        add_wire(scene, palette.rubber, feet[i] + up, feet[i + 1] + up, random.uniform(0.3, 0.9),
                 0.018);
      }
    }
  }
  // Wires across the street, house to house.
  for (std::size_t w = random.below(4); w > 0; --w) {
    const double x = random.uniform(-25.0, 25.0);
    const Vec3 a = plan.on_pavement(x, -plan.half_width) + Vec3{0, 0, random.uniform(5.0, 7.0)};
    const Vec3 b = plan.on_pavement(x + random.uniform(-4, 4), plan.half_width) + Vec3{0, 0, 6.0};
    add_wire(scene, palette.rubber, a, b, random.uniform(0.3, 0.8), 0.015);
  }
}

void add_green(Scene& scene, const Palette& palette, const StreetPlan& plan, int leaves,
               Random& random) {
  for (const double side : {-1.0, 1.0}) {
    for (double x = -32.0 + random.uniform(0, 8); x < 34.0; x += random.uniform(7.0, 16.0)) {
      const Vec3 foot = plan.on_pavement(x, side * (plan.half_road + random.uniform(0.7, 1.1)));
      const double what = random.uniform();
      if (what < 0.55) {
        add_tree(scene, palette, foot, random_tree_form(random, leaves), random);
      } else if (what < 0.8) {
        add_bush(scene, palette, foot, random.uniform(0.4, 1.0), leaves / 2, random);
      }
    }
  }
}

void add_small_things(Scene& scene, const Palette& palette, const StreetPlan& plan,
                      Random& random) {
  const auto somewhere = [&](double from_curb) {
    const double side = random.uniform() < 0.5 ? -1.0 : 1.0;
    const double room = plan.half_width - plan.half_road - 1.0;
    const double y = side * (plan.half_road + from_curb + room * random.uniform());
    return Pose{plan.on_pavement(random.uniform(-28.0, 28.0), y), random.uniform(0.0, 2.0 * kPi)};
  };
  for (std::size_t i = 3 + random.below(8); i > 0; --i) {
    add_pedestrian(scene, palette, somewhere(0.4), random);
  }
  for (std::size_t i = 2 + random.below(5); i > 0; --i)
    add_sign(scene, palette, somewhere(0.3), random);
  for (std::size_t i = 1 + random.below(4); i > 0; --i)
    add_bin(scene, palette, somewhere(0.6), random);
  for (std::size_t i = 1 + random.below(3); i > 0; --i) {
    const double side = random.uniform() < 0.5 ? -1.0 : 1.0;
    const Vec3 foot = plan.on_pavement(random.uniform(-25.0, 15.0), side * (plan.half_road + 0.25));
    add_fence(scene, palette, {foot, 0.0}, random.uniform(4.0, 10.0));
  }
}

}  // namespace

Scene street_scene(Random random, int leaves) {
  Scene scene;
  const Palette palette = add_palette(scene, random);
  const StreetPlan plan = random_plan(random);
  add_ground(scene, palette, plan);
  add_houses(scene, palette, plan, random);
  add_parked_cars(scene, palette, plan, random);
  add_poles_and_wires(scene, palette, plan, random);
  add_green(scene, palette, plan, leaves, random);
  add_small_things(scene, palette, plan, random);
  scene.seal();
  return scene;
}

}  // namespace equicloud::simulate
