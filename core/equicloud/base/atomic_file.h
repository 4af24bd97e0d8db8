// SPDX-License-Identifier: BSD-3-Clause
// Files that are whole or absent: written under a temporary name in the same folder, synced, then
// renamed. A temporary file is locked (flock) as long as its process lives, so that what a killed
// process left behind can be told from what is still being written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud {

/// A whole output under its temporary name. Several of them are put in place together for little
/// more than the cost of one: begin_sync() all, sync() all, publish() all.
class PendingFile {
 public:
  PendingFile() = default;
  PendingFile(PendingFile&& other) noexcept;
  PendingFile& operator=(PendingFile&& other) noexcept;
  /// Removes the temporary file unless publish() succeeded.
  ~PendingFile();

  /// The name it is to have, and the one it has until then.
  const std::string& path() const noexcept { return path_; }
  const std::string& temporary() const noexcept { return temporary_; }

  /// Has the system begin to write to disk; does not wait.
  void begin_sync() noexcept;
  /// Waits until all bytes are on disk. Throws IoError naming `path` (full disk, ...).
  void sync();
  /// Renames over `path`. Throws IoError; the temporary file is then removed by the destructor.
  void publish();

 private:
  friend class AtomicFile;
  void drop() noexcept;

  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
};

/// An output file that appears under its name only when commit() succeeds.
class AtomicFile {
 public:
  /// Creates `path` + ".part-<process>-<number>". Throws IoError naming `path`.
  explicit AtomicFile(std::string path);

  /// Appends. Throws IoError (full disk, ...).
  void write(const void* bytes, std::size_t size);
  /// Bytes appended so far.
  std::uint64_t size() const noexcept { return size_; }
  /// Writes over bytes [offset, offset + size) that were appended before. Throws IoError.
  void replace(std::uint64_t offset, const void* bytes, std::size_t size);
  /// Flushes to disk and renames over `path`. Throws IoError; the temporary file is then removed.
  void commit();
  /// Hands the file over as it is; nothing more can be written.
  PendingFile hold() noexcept { return std::move(file_); }

 private:
  PendingFile file_;
  std::uint64_t size_ = 0;
};

/// Waits until the names in a folder are on disk, those of files just published among them. File
/// systems that cannot do that for folders do without. Throws IoError naming it.
void sync_folder(const std::string& folder);

/// Removes temporary files that processes which are gone left in a folder; those of living ones
/// stay. @returns how many were removed; 0 if the folder is not there. Never throws: what cannot
/// be removed stays.
std::size_t remove_abandoned_files(const std::string& folder) noexcept;

/// All bytes of a regular file. Throws IoError naming it.
std::vector<unsigned char> read_whole_file(const std::string& path);

}  // namespace equicloud
