// SPDX-License-Identifier: BSD-3-Clause
// What the viewer remembers from one day to the next, in a file of the user's.
#pragma once

#include <cstddef>
#include <string>

namespace equicloud::viewer {

struct Settings {
  int width = 1280, height = 860;     ///< of the window, pixels
  int point_size = 3;                 ///< pixels, 1 to 10
  bool dark = true;                   ///< background
  bool axes = false;                  ///< drawn at the origin
  std::string ground = "terrain";     ///< terrain, plane or none: what things stand on
  std::size_t drawn_points = 300000;  ///< at most
};

/// XDG_CONFIG_HOME or ~/.config, then equicloud/viewer.json; "" where neither is known.
std::string settings_path();
/// Defaults where the file is missing or damaged, and for each value out of its range.
Settings load_settings(const std::string& path);
/// Whether they could be kept. A path of "" keeps nothing.
bool save_settings(const Settings& settings, const std::string& path) noexcept;

}  // namespace equicloud::viewer
