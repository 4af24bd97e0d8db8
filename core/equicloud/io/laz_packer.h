// SPDX-License-Identifier: BSD-3-Clause
// Inside io: point records compressed chunk after chunk. Memory: the records of a chunk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::io::laz {

class Packer {
 public:
  /// The point format is one that has_point_format().
  Packer(int point_format, std::size_t record_bytes);

  /// Takes a record; appends a chunk when it is full.
  void put(const unsigned char* record, std::string& output);
  /// Appends the last chunk.
  void finish_chunks(std::string& output);
  /// Appends the table of chunks, to be called last.
  void put_table(std::string& output) const;

 private:
  std::vector<unsigned char> packed_plain() const;
  std::vector<unsigned char> packed_layers() const;

  int point_format_;
  std::size_t record_bytes_;
  std::vector<unsigned char> records_;
  std::vector<std::uint32_t> chunk_bytes_;
};

}  // namespace equicloud::io::laz
