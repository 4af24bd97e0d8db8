// SPDX-License-Identifier: BSD-3-Clause
// Single things to classify, in any pose: clean points on generated furniture.
#pragma once

#include <equicloud/base/span.h>

#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::simulate {

/// "chair", "sofa", "table", "vase".
const std::vector<std::string>& object_names();

/// About 4,000 points at random on its surface, with noise of 2 mm, packed x y z in metres.
/// @param name  one of object_names(); throws InvalidArgument for another
/// @param pose  0: upright; else turned at random (uniform over SO(3)) and moved; same pose, same
/// bits
std::vector<float> sample_object(const std::string& name, std::uint64_t pose);

/// Two chairs, a sofa, a table, a large vase, a person and a thing that nobody has a name for, on a
/// floor of 8 x 6 m: 60,000 points with noise of 2 mm and 300 stray ones, packed x y z in metres.
/// The same bits every time.
std::vector<float> sample_showroom();

}  // namespace equicloud::simulate
