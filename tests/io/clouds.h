// SPDX-License-Identifier: BSD-3-Clause
// What the tests of io share: a folder that goes away, small clouds with awkward fields, whole
// files as strings, and the comparison of two clouds bit by bit.
#pragma once

#include <equicloud/io/reader.h>
#include <equicloud/io/writer.h>

#include <string>
#include <vector>

namespace equicloud::io::testing {

/// A new folder for temporary files, removed with all it holds.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }
  /// Names of what lies in it.
  std::vector<std::string> names() const;

 private:
  std::string path_;
};

void write_text(const std::string& path, const std::string& bytes);
std::string read_text(const std::string& path);

/// A whole file in memory.
struct Cloud {
  Header header;
  Chunk chunk;
};

Cloud read_all(Reader& reader, std::size_t chunk_points = 1000000);
Cloud read_all(const std::string& path, std::size_t chunk_points = 1000000);
Cloud read_bytes(const std::string& bytes, const std::string& name);

/// Points whose fields hold arbitrary bits (finite floats, but a NaN position in every seventh).
std::vector<unsigned char> random_records(const Header& header, std::uint64_t seed);

/// The mixes of fields the formats must carry: plain, double, label first, padding, COUNT > 1, rgb.
std::vector<std::vector<Field>> field_mixes();

/// Every field of `before` is in `after` with the same bits (floats: NaN for NaN if `as_values`).
void expect_same_points(const Cloud& before, const Cloud& after, bool as_values = false);

/// The sentence of the FormatError that reading these bytes to the end throws; "" if it does not.
std::string refusal(const std::string& bytes, const std::string& name);

}  // namespace equicloud::io::testing
