// SPDX-License-Identifier: BSD-3-Clause
// What happens to the cloud of an object before a classifier sees it: turned, stretched, noisy,
// sparse, cut, seen from one side only, with stray points. Each function takes a packed x y z cloud
// (finite points, any number of them, any scale) and returns another; all that is random comes from
// the Random passed in. Cost: O(n), unless said otherwise.
#pragma once

#include <equicloud/base/random.h>
#include <train/surface.h>

#include <cstddef>
#include <vector>

namespace equicloud::train {

using Cloud = std::vector<float>;

/// A classifier asks for that many distinct points.
constexpr std::size_t kFewestShapePoints = 64;

/// How large a cloud is, about its mean. All zero for no point.
struct CloudSize {
  Point centre = {};     ///< the mean
  double robust = 0.0;   ///< mean of the sorted distances from it with ranks [0.80 n, 0.95 n)
  double largest = 0.0;  ///< the farthest point's distance from it
};
/// Cost: O(n log n).
CloudSize size_of(const Cloud& cloud);

/// How far apart neighbours are: the median, over at most 64 points evenly picked by index, of the
/// distance to the nearest point elsewhere; 0 if all points coincide. Cost: O(64 n).
double sampled_spacing(const Cloud& cloud);

/// Turned about 0 by a rotation uniform over SO(3).
Cloud turned(const Cloud& cloud, Random& random);

/// Each axis multiplied by its own exp(u), u uniform in [-range, range); range >= 0.
Cloud stretched(Cloud cloud, double range, Random& random);

/// Gaussian noise of this standard deviation (a length, >= 0) on every coordinate.
Cloud jittered(Cloud cloud, double sigma, Random& random);

/// A smooth displacement: x + amplitude sqrt(2 / 6) sum_{j=1..6} a_j sin(k_j . x + phase_j), a_j
/// standard normal, k_j of uniform direction and of a length uniform in [0.5, 1.5) 2 pi /
/// wavelength. `amplitude` (>= 0, a length) is thus the root mean square displacement along each
/// axis; wavelength > 0.
Cloud warped(Cloud cloud, double amplitude, double wavelength, Random& random);

/// The ceil(keep n) points that lie farthest along a random direction, in their order;
/// keep in (0, 1] (checked; throws InvalidArgument). Cost: O(n) on average.
Cloud halved(const Cloud& cloud, double keep, Random& random);

/// What an eye at infinity in the direction `eye` (a unit vector) sees: the points p for which
/// there is no point q with (q - p) . eye > depth and a distance from the line of sight through p
/// below `radius` (> 0 and >= 0: lengths). Orthographic self-occlusion by discs: no point of a
/// cloud alone hides another, so each is thought to be as wide as the gaps between them. In the
/// points' order. Cost: O(n) for evenly sampled clouds.
Cloud visible_from(const Cloud& cloud, const std::array<double, 3>& eye, double radius,
                   double depth);

/// Discs that close the gaps of an evenly sampled surface, in spacings of sampled_spacing(), and
/// the depth, in radii, that weighs slanting surfaces hiding themselves against thin walls seen
/// through. Of 1024 random points of a sphere, a cube and a cylinder 420 to 460 stay, 2 to 10 % of
/// the far side's among them (tests ShapeDamage, OneViewOf*).
constexpr double kViewRadius = 2.0;
constexpr double kViewDepth = 2.0;
/// visible_from() a random direction, with discs of kViewRadius * factor spacings. At least one
/// point stays.
Cloud one_view(const Cloud& cloud, double factor, Random& random);

/// Holes: `holes` times the `size` points nearest to a random one are removed, itself included, but
/// never the last kFewestShapePoints.
Cloud with_holes(const Cloud& cloud, std::size_t holes, std::size_t size, Random& random);

/// round(share n) points added behind the others: uniform in a ball, or (at even odds) in a cube,
/// about the mean, its radius or half side 1.2 x the distance of the farthest point. share >= 0.
Cloud with_stray_points(Cloud cloud, double share, Random& random);

}  // namespace equicloud::train
