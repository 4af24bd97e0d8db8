// SPDX-License-Identifier: BSD-3-Clause
#include <train/density.h>
#include <train/shape_recipe.h>

#include <algorithm>
#include <cmath>

namespace equicloud::train {
namespace {

constexpr double kWarpWavelength =
    2.0;  // robust radii: the object bends, its parts keep their form
constexpr double kMostStretch = 0.2;
constexpr double kFilteredShare = 1.0 / 3.0;

/// `after` unless it left too little of `before`.
Cloud if_enough(Cloud after, Cloud before) {
  return after.size() / 3 >= kFewestShapePoints ? after : before;
}

Cloud thinned_to(const Cloud& cloud, const Recipe& recipe, Random& random) {
  const std::size_t n = cloud.size() / 3;
  const auto share =
      static_cast<std::size_t>(std::llround(recipe.point_share * static_cast<double>(n)));
  const std::size_t most = recipe.points == 0 ? n : std::min(n, recipe.points);
  const std::size_t count = std::min(most, std::max(share, kFewestShapePoints));
  return count < n ? random_subset(cloud, count, random) : cloud;
}

/// What is missing: a side, a half, holes.
Cloud with_parts_missing(Cloud cloud, const Recipe& recipe, Random& random) {
  if (recipe.view > 0.0) cloud = if_enough(one_view(cloud, recipe.view, random), cloud);
  if (recipe.cut < 1.0) cloud = if_enough(halved(cloud, recipe.cut, random), cloud);
  if (recipe.holes == 0) return cloud;
  const auto size =
      static_cast<std::size_t>(recipe.hole_share * static_cast<double>(cloud.size() / 3));
  return with_holes(cloud, recipe.holes, size, random);
}

/// What every training example has, with noise up to `most_jitter`.
Recipe base_recipe(double most_jitter, Random& random) {
  Recipe recipe;
  recipe.stretch = kMostStretch;
  recipe.jitter = random.uniform(0.0, most_jitter);
  recipe.filter = random.uniform() < kFilteredShare;
  return recipe;
}

void add_holes(Recipe& recipe, Random& random) {
  recipe.holes = 1 + random.below(4);
  recipe.hole_share = random.uniform(0.01, 0.05);
}

Recipe nearly_clean(Random& random) {
  Recipe recipe = base_recipe(0.01, random);
  if (random.uniform() < 0.5) recipe.point_share = random.uniform(0.7, 1.0);
  if (random.uniform() < 0.2) recipe.warp = random.uniform(0.0, 0.03);
  if (random.uniform() < 0.1) add_holes(recipe, random);
  return recipe;
}

void few_points(Recipe& recipe, Random& random) { recipe.points = 150 + random.below(551); }
void cut(Recipe& recipe, Random& random) { recipe.cut = random.uniform(0.45, 0.95); }
void view(Recipe& recipe, Random& random) { recipe.view = random.uniform(0.7, 1.3); }
void stray(Recipe& recipe, Random& random) {
  recipe.stray = std::exp(random.uniform(std::log(0.003), std::log(0.12)));
  recipe.filter = true;
}

/// Two damages at once, milder cuts, holes and a warp beside them.
Recipe mixture(Random& random) {
  Recipe recipe = base_recipe(0.03, random);
  if (random.uniform() < 0.5) view(recipe, random);
  if (random.uniform() < 0.5) recipe.cut = random.uniform(0.7, 0.95);
  if (random.uniform() < 0.5) recipe.point_share = random.uniform(0.4, 1.0);
  if (random.uniform() < 0.5) stray(recipe, random);
  if (random.uniform() < 0.5) add_holes(recipe, random);
  if (random.uniform() < 0.5) recipe.warp = random.uniform(0.0, 0.05);
  return recipe;
}

/// Noise of fixed strength is told in farthest distances, recipes in robust radii.
double in_robust_radii(double share, const Cloud& cloud) {
  const CloudSize size = size_of(cloud);
  return size.robust > 0.0 ? share * size.largest / size.robust : 0.0;
}

Recipe recipe_of(Damage damage, const Cloud& cloud) {
  Recipe recipe;
  switch (damage) {
    case Damage::clean:
      break;
    case Damage::points512:
      recipe.points = 512;
      break;
    case Damage::points256:
      recipe.points = 256;
      break;
    case Damage::stray1:
      recipe.stray = 0.01;
      break;
    case Damage::stray10:
      recipe.stray = 0.1;
      break;
    case Damage::half:
      recipe.cut = 0.5;
      break;
    case Damage::view:
      recipe.view = 1.0;
      break;
    case Damage::jitter1:
      recipe.jitter = in_robust_radii(0.01, cloud);
      break;
    case Damage::jitter2:
      recipe.jitter = in_robust_radii(0.02, cloud);
      break;
  }
  recipe.filter = recipe.stray > 0.0;
  return recipe;
}

}  // namespace

Cloud StrayFilter::operator()(const Cloud& cloud) {
  scorer_->score(PointsView(cloud), serial_executor(), workspace_, scores_);
  const std::vector<bool> gone = outlier::removed(scores_, kThreshold);
  Cloud kept;
  kept.reserve(cloud.size());
  for (std::size_t i = 0; i < gone.size(); ++i) {
    if (!gone[i]) append(kept, point_of(cloud, i));
  }
  return kept;
}

Cloud damaged(const Cloud& cloud, const Recipe& recipe, Random& random, StrayFilter& filter) {
  const double radius = size_of(cloud).robust;
  Cloud result = cloud;
  if (recipe.stretch > 0.0) result = stretched(std::move(result), recipe.stretch, random);
  if (recipe.warp > 0.0) {
    result = warped(std::move(result), recipe.warp * radius, kWarpWavelength * radius, random);
  }
  result = with_parts_missing(turned(result, random), recipe, random);
  result = thinned_to(result, recipe, random);
  if (recipe.jitter > 0.0) result = jittered(std::move(result), recipe.jitter * radius, random);
  if (recipe.stray > 0.0) result = with_stray_points(std::move(result), recipe.stray, random);
  return recipe.filter ? if_enough(filter(result), result) : result;
}

Recipe random_recipe(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.45) return nearly_clean(random);
  if (kind >= 0.91) return mixture(random);
  // Every fourth is noisier than the nearly clean ones.
  Recipe recipe = base_recipe(random.uniform() < 0.25 ? 0.03 : 0.01, random);
  if (kind < 0.55) {
    few_points(recipe, random);
  } else if (kind < 0.67) {
    cut(recipe, random);
  } else if (kind < 0.79) {
    view(recipe, random);
  } else {
    stray(recipe, random);
  }
  return recipe;
}

const char* name_of(Damage damage) noexcept {
  static constexpr const char* names[kDamages] = {"clean",  "points512",  "points256",
                                                  "stray1", "stray10",    "half",
                                                  "view",   "jitter0.01", "jitter0.02"};
  return names[static_cast<std::size_t>(damage)];
}

Cloud damaged(const Cloud& cloud, Damage damage, std::uint64_t seed, StrayFilter& filter) {
  Random random(seed);
  return damaged(cloud, recipe_of(damage, cloud), random, filter);
}

}  // namespace equicloud::train
