// SPDX-License-Identifier: BSD-3-Clause
// Writes the sample scans of data/clouds.
#include <equicloud/base/error.h>
#include <simulate/scan_files.h>

#include <cstdio>
#include <exception>
#include <string>

namespace {

constexpr const char* kUsage =
    "usage: equicloud_simulate street OUT.pcd   a street seen by a spinning LiDAR\n"
    "       equicloud_simulate room OUT.pcd     a room seen by an RGB-D camera\n"
    "The same files every time; what the fields mean: data/clouds/README.md\n";

}  // namespace

int main(int argc, char** argv) {
  namespace simulate = equicloud::simulate;
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "--help" || what == "-h") {
    std::fputs(kUsage, stdout);
    return 0;
  }
  if (argc != 3 || (what != "street" && what != "room")) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  try {
    if (what == "street") {
      simulate::write_street(simulate::street_scan(), argv[2]);
    } else {
      simulate::write_room(simulate::room_scan(), argv[2]);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "equicloud_simulate: %s\n", error.what());
    return 1;
  }
  return 0;
}
