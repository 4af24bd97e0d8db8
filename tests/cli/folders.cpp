// SPDX-License-Identifier: BSD-3-Clause
#include "cli/folders.h"

#include "cli/sample_clouds.h"

namespace equicloud::cli_tests {

void save_folder(const Workplace& place, int clouds) {
  constexpr int kSide = 16;
  for (int i = 0; i < clouds; ++i)
    save(place.path("in/" + std::to_string(i % 3) + "/c" + std::to_string(i) + ".pcd"),
         sheet(kSide + i % 5, static_cast<std::uint64_t>(i)));
}

std::map<std::string, std::string> outputs(const Workplace& place, const std::string& folder) {
  std::map<std::string, std::string> bytes;
  for (const std::string& name : place.files())
    if (name.rfind(folder + "/", 0) == 0) bytes[name.substr(folder.size())] = place.bytes(name);
  return bytes;
}

}  // namespace equicloud::cli_tests
