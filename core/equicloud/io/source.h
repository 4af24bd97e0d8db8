// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the bytes of an input, by offset, from a file or from memory, and a buffered cursor
// over them. A file stays open as long as its Source lives, so it may be replaced meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace equicloud::io {

/// Read-only bytes. Safe for several threads at once.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const noexcept = 0;
  /// Name in messages.
  virtual const std::string& path() const noexcept = 0;
  /// Copies bytes [offset, offset + count) that exist; returns how many (less only at the end).
  /// Throws IoError.
  virtual std::size_t read_at(std::uint64_t offset, void* bytes, std::size_t count) const = 0;
};

/// Throws IoError if the file is missing, unreadable or not a regular file.
std::shared_ptr<const Source> open_source(const std::string& path);
std::shared_ptr<const Source> memory_source(std::vector<unsigned char> bytes, std::string name);

/// A place in a source, moving forward.
class Cursor {
 public:
  Cursor(std::shared_ptr<const Source> source, std::uint64_t offset);

  const std::string& path() const noexcept { return source_->path(); }
  /// Offset of the next byte.
  std::uint64_t offset() const noexcept { return buffer_offset_ + next_; }
  std::uint64_t left() const noexcept { return source_->size() - offset(); }

  /// Exactly `count` bytes. Throws FormatError naming `what` if there are fewer.
  void read(void* bytes, std::size_t count, const char* what);
  /// Moves on by `count` bytes. Throws FormatError if there are fewer.
  void skip(std::uint64_t count, const char* what);
  /// The next line with its line end (none at the end of the file); false if nothing is left. The
  /// view lasts until the next call. Throws FormatError on a line above kMaxLineBytes.
  bool line(std::string_view& line);
  /// Lines read so far.
  std::uint64_t line_number() const noexcept { return lines_; }
  void set_line_number(std::uint64_t lines) noexcept { lines_ = lines; }

 private:
  bool refill();

  std::shared_ptr<const Source> source_;
  std::uint64_t buffer_offset_;
  std::vector<unsigned char> buffer_;
  std::size_t next_ = 0;
  std::size_t filled_ = 0;
  std::uint64_t lines_ = 0;
};

}  // namespace equicloud::io
