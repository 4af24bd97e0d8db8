// SPDX-License-Identifier: BSD-3-Clause
// How unevenly clean surfaces get sampled in practice, imposed on evenly sampled ones. Every
// function returns a subset of (or, for flatten, the same number of) the given points.
#pragma once

#include <equicloud/base/random.h>

#include <cstddef>
#include <vector>

namespace equicloud::train {

/// `count` of the points at random (all of them if there are fewer), in random order.
std::vector<float> random_subset(const std::vector<float>& xyz, std::size_t count, Random& random);
/// Thinned along a random direction: density falls exponentially, by `ratio` >= 1 from end to end.
std::vector<float> thinned(const std::vector<float>& xyz, double ratio, Random& random);
/// What is seen from `views` random directions: the nearest point of each pixel of a grid of
/// `pixel` (> 0, a length), in parallel projection.
std::vector<float> seen_from(const std::vector<float>& xyz, int views, double pixel,
                             Random& random);
/// Along lines, as a spinning sensor's rings lie: what is within `width` of planes `gap` apart
/// across a random direction. @param gap, width  lengths, 0 < width <= gap
std::vector<float> in_rings(const std::vector<float>& xyz, double gap, double width,
                            Random& random);
/// One random axis shortened to `factor` of its length.
std::vector<float> flattened(std::vector<float> xyz, double factor, Random& random);

/// The cloud with crowns grown on it: 1-12 balls of radius 3-14 spacings, filled with 0.08-1 points
/// a cubic spacing, each touching the surface; clean points, like foliage seen through. At most
/// 2,000 points a crown and, in all, half as many as the cloud has.
/// @param spacing  > 0, of the cloud
std::vector<float> with_crowns(std::vector<float> xyz, double spacing, Random& random);

/// One of the ways a cloud comes to be sampled, drawn as the trainer's recipe says: 45 % as it is,
/// 20 % thinned up to 37:1, 15 % seen from 1-4 directions, 20 % flattened to 0.5-15 % of one axis,
/// seen from 1-4 directions and thinned; then a random subset of at most `count` points.
std::vector<float> random_density(const std::vector<float>& xyz, std::size_t count, Random& random);

}  // namespace equicloud::train
