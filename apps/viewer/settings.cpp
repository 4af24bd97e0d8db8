// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/settings.h"

#include <equicloud/base/atomic_file.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace equicloud::viewer {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

template <typename T>
void take(const Json& json, const char* key, T low, T high, T& value) {
  if (!json.contains(key) || !json[key].is_number()) return;
  const auto found = json[key].get<double>();
  if (found >= static_cast<double>(low) && found <= static_cast<double>(high))
    value = static_cast<T>(found);
}

void take(const Json& json, const char* key, bool& value) {
  if (json.contains(key) && json[key].is_boolean()) value = json[key].get<bool>();
}

}  // namespace

std::string settings_path() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  fs::path folder;
  if (config != nullptr && *config != '\0')
    folder = config;
  else if (home != nullptr && *home != '\0')
    folder = fs::path(home) / ".config";
  else
    return {};
  return (folder / "equicloud" / "viewer.json").string();
}

Settings load_settings(const std::string& path) {
  Settings settings;
  std::ifstream file(path);
  const Json json = Json::parse(file, nullptr, false);
  if (!json.is_object()) return settings;
  take(json, "width", 400, 8192, settings.width);
  take(json, "height", 300, 8192, settings.height);
  take(json, "point_size", 1, 10, settings.point_size);
  take(json, "drawn_points", std::size_t{1000}, std::size_t{20000000}, settings.drawn_points);
  take(json, "dark", settings.dark);
  take(json, "axes", settings.axes);
  if (json.contains("ground") && json["ground"].is_string()) {
    const auto ground = json["ground"].get<std::string>();
    if (ground == "terrain" || ground == "plane" || ground == "none") settings.ground = ground;
  }
  return settings;
}

bool save_settings(const Settings& settings, const std::string& path) noexcept {
  if (path.empty()) return false;
  try {
    fs::create_directories(fs::path(path).parent_path());
    const Json json = {{"width", settings.width},
                       {"height", settings.height},
                       {"point_size", settings.point_size},
                       {"drawn_points", settings.drawn_points},
                       {"dark", settings.dark},
                       {"axes", settings.axes},
                       {"ground", settings.ground}};
    const std::string text = json.dump(2) + "\n";
    AtomicFile file(path);
    file.write(text.data(), text.size());
    file.commit();
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace equicloud::viewer
