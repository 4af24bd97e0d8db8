// SPDX-License-Identifier: BSD-3-Clause
// Bytes on disk that belong to nobody else: a file without a name, which is gone when it is closed
// or its process dies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace equicloud {

/// Reading and writing may be done from many threads at once.
class ScratchFile {
 public:
  /// In a folder that exists. Throws IoError naming it.
  explicit ScratchFile(std::string folder);
  ScratchFile(ScratchFile&& other) noexcept;
  ScratchFile& operator=(ScratchFile&& other) noexcept;
  ~ScratchFile();

  /// Puts bytes at an offset; what lies before it and was never written is 0. Throws IoError (full
  /// disk, ...).
  void write(std::uint64_t offset, const void* bytes, std::size_t size) const;
  /// Exactly `size` bytes that were written. Throws IoError.
  void read(std::uint64_t offset, void* bytes, std::size_t size) const;

 private:
  std::string folder_;
  int descriptor_ = -1;
};

/// Bytes that may still be written into files of a folder. Throws IoError naming it.
std::uint64_t free_space(const std::string& folder);

}  // namespace equicloud
