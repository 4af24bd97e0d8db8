// SPDX-License-Identifier: BSD-3-Clause
// Clean clouds for training an outlier scorer: generated scenes through generated sensors, without
// any outlier (no mixed pixels, no specks; noise below about a quarter of the point spacing, LiDAR
// up to 1.5 cm).
//
// The sample scans of data/clouds come from streams of their own: kStreetSeed and kRoomSeed with
// Use::sample. A stream for training begins with a state below 2^63, one for samples with a state
// of at least 2^63, so no training seed can give a sample's scene.
#pragma once

#include <equicloud/base/random.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::simulate {

enum class Use { training, sample };
constexpr std::uint64_t kStreetSeed = 7;
constexpr std::uint64_t kRoomSeed = 7;

/// The stream that a scene is made from.
Random scene_stream(Use use, std::uint64_t seed) noexcept;

/// What a training cloud shows and how it was taken.
enum class TrainingKind {
  tree_by_laser,    ///< one tree from 1 to 4 places: sparse, uneven crown
  airborne_block,   ///< houses and trees from above
  street_rings,     ///< part of a spinning LiDAR's scan: dense along rings, sparse across
  street_surface,   ///< part of a street at random over its surfaces
  room_camera,      ///< pixel grid views inside a room
  part_few_views,   ///< a machine part seen from 1 to 3 places: thin, uneven
  part_surface,     ///< a machine part at random over its surface
  part_views,       ///< a machine part from 5 to 8 places
  organic_surface,  ///< a rounded body at random over its surface
  organic_views,    ///< a rounded body from 5 to 8 places
};
constexpr int kTrainingKinds = 10;

/// The kind that training_cloud() takes for this seed.
TrainingKind training_kind(std::uint64_t seed) noexcept;

/// A clean cloud, x y z packed, metres (objects: about 1 in size). Same arguments, same bits.
/// @param about_points  at least 500; most clouds have between 0.7 and 1.0 times as many, never
/// more
/// @param noise_share  of the sensor's noise that stays, >= 0; 0: every point lies on its surface
std::vector<float> training_cloud(std::uint64_t seed, std::size_t about_points,
                                  double noise_share = 1.0);
/// The same of a chosen kind.
std::vector<float> training_cloud(TrainingKind kind, std::uint64_t seed, std::size_t about_points,
                                  double noise_share = 1.0);

}  // namespace equicloud::simulate
