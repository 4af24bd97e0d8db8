// SPDX-License-Identifier: BSD-3-Clause
// Writes the sample scans of data/clouds, and single objects in any pose.
#include <equicloud/base/error.h>
#include <simulate/sample_objects.h>
#include <simulate/scan_files.h>

#include <cstdio>
#include <exception>
#include <string>

namespace {

constexpr const char* kUsage =
    "usage: equicloud_simulate street OUT.pcd   a street seen by a spinning LiDAR\n"
    "       equicloud_simulate room OUT.pcd     a room seen by an RGB-D camera\n"
    "       equicloud_simulate object NAME POSE OUT.pcd\n"
    "                                           a chair, sofa, table or vase; pose 0: upright,\n"
    "                                           1, 2, ...: turned at random\n"
    "       equicloud_simulate showroom OUT.pcd furniture, a person and an odd thing on a floor\n"
    "The same files every time; what the fields mean: data/clouds/README.md\n";

std::uint64_t pose_of(const std::string& text) {
  if (text.empty() || text.size() > 9 ||
      text.find_first_not_of("0123456789") != std::string::npos) {
    throw equicloud::InvalidArgument("POSE is '" + text + "'; expected a number from 0 on");
  }
  return std::stoull(text);
}

}  // namespace

int main(int argc, char** argv) {
  namespace simulate = equicloud::simulate;
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string what = words.empty() ? "" : words[0];
  if (what == "--help" || what == "-h") {
    std::fputs(kUsage, stdout);
    return 0;
  }
  try {
    if (what == "street" && words.size() == 2) {
      simulate::write_street(simulate::street_scan(), words[1]);
    } else if (what == "room" && words.size() == 2) {
      simulate::write_room(simulate::room_scan(), words[1]);
    } else if (what == "showroom" && words.size() == 2) {
      simulate::write_object(simulate::sample_showroom(), words[1]);
    } else if (what == "object" && words.size() == 4) {
      simulate::write_object(simulate::sample_object(words[1], pose_of(words[2])), words[3]);
    } else {
      std::fputs(kUsage, stderr);
      return 2;
    }
  } catch (const equicloud::InvalidArgument& error) {
    std::fprintf(stderr, "equicloud_simulate: %s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "equicloud_simulate: %s\n", error.what());
    return 1;
  }
  return 0;
}
