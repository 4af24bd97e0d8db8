// SPDX-License-Identifier: BSD-3-Clause
// Orbits, stabilisers, double cosets. Laws: |orbit of x| |stabiliser of x| = |G|; the double cosets
// H u K cut G into pieces, one for each orbit of H on G/K.
#pragma once

#include <equicloud/group/g_space.h>

#include <vector>

namespace equicloud::group {

/// The orbits, each sorted, in order of their smallest point. A homogeneous space has one.
std::vector<std::vector<Point>> orbits(const GSpace& x);

/// {u : u x = x}. Throws InvalidArgument if `x` is no point of the space.
Subgroup stabiliser(const GSpace& space, Point x);

/// The smallest subgroup with these elements. Throws InvalidArgument for one that is not in `g`.
Subgroup generated_subgroup(const FiniteGroup& g, const std::vector<Element>& elements);

/// Throws InvalidArgument if `h` is not sorted, not in `g` or not closed.
void check_subgroup(const FiniteGroup& g, const Subgroup& h);

/// H\G/K: the sets H u K, each sorted, in order of their smallest element. Cost: O(|H| |K|) each.
std::vector<std::vector<Element>> double_cosets(const FiniteGroup& g, const Subgroup& h,
                                                const Subgroup& k);

}  // namespace equicloud::group
