// SPDX-License-Identifier: BSD-3-Clause
// Files that are whole or absent: written under a temporary name in the same folder, synced, then
// renamed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud {

/// An output file that appears under its name only when commit() succeeds.
class AtomicFile {
 public:
  /// Creates `path` + ".part-<process>-<number>". Throws IoError naming `path`.
  explicit AtomicFile(std::string path);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  /// Removes the temporary file unless commit() succeeded.
  ~AtomicFile();

  /// Appends. Throws IoError (full disk, ...).
  void write(const void* bytes, std::size_t size);
  /// Bytes appended so far.
  std::uint64_t size() const noexcept { return size_; }
  /// Writes over bytes [offset, offset + size) that were appended before. Throws IoError.
  void replace(std::uint64_t offset, const void* bytes, std::size_t size);
  /// Flushes to disk and renames over `path`. Throws IoError; the temporary file is then removed.
  void commit();

 private:
  [[noreturn]] void fail(const char* what) const;

  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// All bytes of a regular file. Throws IoError naming it.
std::vector<unsigned char> read_whole_file(const std::string& path);

}  // namespace equicloud
