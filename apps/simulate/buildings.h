// SPDX-License-Identifier: BSD-3-Clause
// Houses along a street, and simple ones for a view from above.
#pragma once

#include <simulate/palette.h>
#include <simulate/shapes.h>

namespace equicloud::simulate {

/// A facade of floors x columns of windows.
struct HouseForm {
  double width = 10.0;
  double floor_height = 3.0;
  int floors = 4;
  int columns = 4;
  double window_width = 1.1;   ///< less than width / columns
  double window_height = 1.5;  ///< less than floor_height - 0.9
  double recess = 0.2;         ///< of the panes, behind the facade
  double balcony_share = 0.2;  ///< of the windows above the ground floor
};

HouseForm random_house_form(Random& random, double width);
/// The facade lies in the pose's xz plane, its middle at the origin, and looks along +y; the house
/// behind it.
void add_house(Scene& scene, const Palette& palette, const Pose& pose, const HouseForm& form,
               Random& random);
/// A block with a ridged roof (or a flat one with a parapet where `pitch` is 0), half lengths in
/// the pose's axes.
void add_roofed_block(Scene& scene, const Palette& palette, const Pose& pose, double half_x,
                      double half_y, double wall_height, double pitch);

}  // namespace equicloud::simulate
