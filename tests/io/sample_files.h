// SPDX-License-Identifier: BSD-3-Clause
// Small files written by hand: the seeds that tests bend.
#pragma once

#include <map>
#include <string>

namespace equicloud::io::testing {

/// The lines of a PCD header; a value changed to "" leaves its line out.
struct PcdHeader {
  std::string version = "0.7", fields = "x y z", size = "4 4 4", type = "F F F", count = "1 1 1",
              width = "1000", height = "1", viewpoint = "0 0 0 1 0 0 0", points = "1000",
              data = "binary";
  std::string text() const;
};

/// `count` lines "i.25 -i.5 0.125".
std::string ascii_points(int count);
/// `count` float32 triples (i + 0.25, -i - 0.5, 0.125).
std::string binary_points(int count);
/// The two sizes and the LZF block of points as PCD lays them out: all x, all y, all z.
std::string compressed_points(int count);

/// Two valid files or more of each encoding of each format, by a name with the right extension.
std::map<std::string, std::string> valid_files();

/// Little-endian bytes of a number.
template <typename T>
std::string bytes_of(T number) {
  return {reinterpret_cast<const char*>(&number), sizeof number};
}

}  // namespace equicloud::io::testing
