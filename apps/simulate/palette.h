// SPDX-License-Identifier: BSD-3-Clause
// The materials that the builders share, in colours that vary a little with the seed.
#pragma once

#include <simulate/scene.h>

namespace equicloud::simulate {

struct Palette {
  MaterialId asphalt, pavement, plaster, brick, glass, metal, paint, white, wood, fabric, bark,
      leaf, grass, rubber, skin, tile;
};

/// Adds every material to the scene; colours shift by up to about 20 of 255.
Palette add_palette(Scene& scene, Random& random);
/// One more material, of a random saturated colour (cars, books, clothes).
MaterialId add_bright(Scene& scene, Random& random);

}  // namespace equicloud::simulate
