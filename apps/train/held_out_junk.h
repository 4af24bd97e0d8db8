// SPDX-License-Identifier: BSD-3-Clause
// Kinds of junk that no training may use: what "unknown" is tested on. Kept in a header of its own
// so that an include of it in a trainer is seen.
#pragma once

#include <equicloud/base/random.h>
#include <train/junk.h>

#include <cstddef>

namespace equicloud::train {

enum class HeldOutJunk {
  walk,      ///< a random walk
  terrain,   ///< a patch of fractal terrain
  segments,  ///< a bundle of random straight segments
  springs,   ///< helices with a thin wire
  shells,    ///< nested spheres with holes
  knot,      ///< the tube about a torus knot
};
constexpr std::size_t kHeldOutJunkKinds = 6;
const char* name_of(HeldOutJunk kind) noexcept;

/// kJunkPoints points of one kind, turned at random.
Cloud held_out_junk(HeldOutJunk kind, Random& random);

}  // namespace equicloud::train
