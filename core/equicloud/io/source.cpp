// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/source.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace equicloud::io {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 18;

class FileSource final : public Source {
 public:
  explicit FileSource(std::string path) : path_(std::move(path)) {
    // O_NONBLOCK: a named pipe without a writer must not hang us; regular files ignore it.
    descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor_ < 0) fail("cannot be opened");
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) close_and_fail("cannot be read");
    if (!S_ISREG(status.st_mode)) {
      ::close(descriptor_);
      throw IoError(path_ + (S_ISDIR(status.st_mode) ? ": is a folder, expected a file"
                                                     : ": is not a regular file"));
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { ::close(descriptor_); }

  std::uint64_t size() const noexcept override { return size_; }
  const std::string& path() const noexcept override { return path_; }

  std::size_t read_at(std::uint64_t offset, void* bytes, std::size_t count) const override {
    std::size_t filled = 0;
    while (filled < count) {
      const ssize_t got = ::pread(descriptor_, static_cast<char*>(bytes) + filled, count - filled,
                                  static_cast<off_t>(offset + filled));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail("cannot be read");
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    return filled;
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    throw IoError(path_ + ": " + what + ": " + std::generic_category().message(errno));
  }
  [[noreturn]] void close_and_fail(const char* what) const {
    const int reason = errno;
    ::close(descriptor_);
    errno = reason;
    fail(what);
  }

  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

class MemorySource final : public Source {
 public:
  MemorySource(std::vector<unsigned char> bytes, std::string name)
      : bytes_(std::move(bytes)), name_(std::move(name)) {}
  std::uint64_t size() const noexcept override { return bytes_.size(); }
  const std::string& path() const noexcept override { return name_; }
  std::size_t read_at(std::uint64_t offset, void* bytes, std::size_t count) const override {
    if (offset >= bytes_.size()) return 0;
    const std::size_t got = std::min<std::size_t>(count, bytes_.size() - offset);
    if (got > 0) std::memcpy(bytes, bytes_.data() + offset, got);
    return got;
  }

 private:
  std::vector<unsigned char> bytes_;
  std::string name_;
};

}  // namespace

std::shared_ptr<const Source> open_source(const std::string& path) {
  return std::make_shared<FileSource>(path);
}

std::shared_ptr<const Source> memory_source(std::vector<unsigned char> bytes, std::string name) {
  return std::make_shared<MemorySource>(std::move(bytes), std::move(name));
}

Cursor::Cursor(std::shared_ptr<const Source> source, std::uint64_t offset)
    : source_(std::move(source)), buffer_offset_(std::min(offset, source_->size())) {}

bool Cursor::refill() {
  // What is not used up moves to the front; the buffer grows only for a line longer than itself.
  if (next_ > 0 && filled_ > next_)
    std::memmove(buffer_.data(), buffer_.data() + next_, filled_ - next_);
  buffer_offset_ += next_;
  filled_ -= next_;
  next_ = 0;
  const std::size_t wanted = static_cast<std::size_t>(
      std::min<std::uint64_t>(source_->size() - buffer_offset_, filled_ + kBufferBytes));
  if (wanted <= filled_) return false;
  if (buffer_.size() < wanted) buffer_.resize(wanted);
  const std::size_t got =
      source_->read_at(buffer_offset_ + filled_, buffer_.data() + filled_, wanted - filled_);
  filled_ += got;
  return got > 0;
}

void Cursor::read(void* bytes, std::size_t count, const char* what) {
  auto* out = static_cast<unsigned char*>(bytes);
  while (count > 0) {
    if (next_ == filled_ && !refill())
      throw FormatError(path() + ": ends inside " + what + " at byte " + std::to_string(offset()) +
                        " (truncated?)");
    const std::size_t part = std::min(count, filled_ - next_);
    std::memcpy(out, buffer_.data() + next_, part);
    next_ += part;
    out += part;
    count -= part;
  }
}

void Cursor::skip(std::uint64_t count, const char* what) {
  if (count > left())
    throw FormatError(path() + ": ends inside " + what + ": " + std::to_string(count) +
                      " bytes expected at byte " + std::to_string(offset()) + ", " +
                      std::to_string(left()) + " left (truncated?)");
  if (count <= filled_ - next_) {
    next_ += static_cast<std::size_t>(count);
    return;
  }
  buffer_offset_ += next_ + count;
  next_ = filled_ = 0;
}

bool Cursor::line(std::string_view& line) {
  std::size_t searched = 0;
  for (;;) {
    const std::size_t have = filled_ - next_;
    const void* end = have > searched
                          ? std::memchr(buffer_.data() + next_ + searched, '\n', have - searched)
                          : nullptr;
    std::size_t length = have;
    if (end != nullptr)
      length = static_cast<std::size_t>(static_cast<const unsigned char*>(end) - buffer_.data()) -
               next_ + 1;
    if (length > kMaxLineBytes)
      throw FormatError(path() + ": line " + std::to_string(lines_ + 1) + " is longer than " +
                        std::to_string(kMaxLineBytes) + " bytes");
    searched = have;
    if (end == nullptr && refill()) continue;
    if (length == 0) return false;
    line = std::string_view(reinterpret_cast<const char*>(buffer_.data()) + next_, length);
    next_ += length;
    ++lines_;
    return true;
  }
}

}  // namespace equicloud::io
