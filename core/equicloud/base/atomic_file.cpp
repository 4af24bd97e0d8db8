// SPDX-License-Identifier: BSD-3-Clause
#include <dirent.h>
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <utility>

namespace equicloud {
namespace {

constexpr std::string_view kMark = ".part-";
constexpr int kMostTries = 1000;

std::string system_reason() { return std::generic_category().message(errno); }

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw IoError(path + ": " + what + ": " + system_reason());
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// NAME.part-<process>-<number>
bool is_temporary_name(std::string_view name) {
  const std::size_t mark = name.rfind(kMark);
  if (mark == std::string_view::npos) return false;
  const std::string_view numbers = name.substr(mark + kMark.size());
  const std::size_t dash = numbers.find('-');
  return dash != std::string_view::npos && is_digits(numbers.substr(0, dash)) &&
         is_digits(numbers.substr(dash + 1));
}

// Locks a file that was just created. False if whoever removes abandoned files was faster.
bool claim(int descriptor) {
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && status.st_nlink > 0;
}

bool remove_if_abandoned(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return false;
  const bool removed = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::unlink(path.c_str()) == 0;
  ::close(descriptor);
  return removed;
}

}  // namespace

PendingFile::PendingFile(PendingFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

PendingFile& PendingFile::operator=(PendingFile&& other) noexcept {
  if (this == &other) return *this;
  drop();
  path_ = std::move(other.path_);
  temporary_ = std::move(other.temporary_);
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

PendingFile::~PendingFile() { drop(); }

void PendingFile::drop() noexcept {
  if (descriptor_ < 0) return;
  ::unlink(temporary_.c_str());
  ::close(descriptor_);
  descriptor_ = -1;
}

void PendingFile::begin_sync() noexcept {
  ::sync_file_range(descriptor_, 0, 0, SYNC_FILE_RANGE_WRITE);  // a hint: sync() tells of errors
}

void PendingFile::sync() {
  if (::fdatasync(descriptor_) != 0 && errno != EINVAL) fail(path_, "cannot be written to disk");
}

void PendingFile::publish() {
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_, "cannot be put in place");
  ::close(descriptor_);
  descriptor_ = -1;
}

AtomicFile::AtomicFile(std::string path) {
  static std::atomic<unsigned> number{0};
  const std::string beginning = path + std::string(kMark) + std::to_string(::getpid()) + "-";
  // A killed process of the same number may have left a file of the same name.
  for (int tries = 0; tries < kMostTries && file_.descriptor_ < 0; ++tries) {
    file_.temporary_ = beginning + std::to_string(number++);
    file_.descriptor_ =
        ::open(file_.temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file_.descriptor_ < 0 && errno != EEXIST) break;
    if (file_.descriptor_ >= 0 && !claim(file_.descriptor_)) {
      ::close(file_.descriptor_);
      file_.descriptor_ = -1;
      errno = EBUSY;
    }
  }
  if (file_.descriptor_ < 0) fail(path, "cannot be created");
  file_.path_ = std::move(path);
}

void AtomicFile::write(const void* bytes, std::size_t size) {
  const auto* next = static_cast<const unsigned char*>(bytes);
  while (size > 0) {
    const ssize_t written = ::write(file_.descriptor_, next, std::min<std::size_t>(size, 1U << 30));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(file_.path_, "cannot be written");
    next += written;
    size -= static_cast<std::size_t>(written);
    size_ += static_cast<std::uint64_t>(written);
  }
}

void AtomicFile::replace(std::uint64_t offset, const void* bytes, std::size_t size) {
  const auto* next = static_cast<const unsigned char*>(bytes);
  while (size > 0) {
    const ssize_t written = ::pwrite(file_.descriptor_, next, size, static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(file_.path_, "cannot be written");
    next += written;
    offset += static_cast<std::uint64_t>(written);
    size -= static_cast<std::size_t>(written);
  }
}

void AtomicFile::commit() {
  PendingFile file = hold();
  file.sync();
  file.publish();
}

void sync_folder(const std::string& folder) {
  const std::string path = folder.empty() ? "." : folder;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail(path, "cannot be opened");
  const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;
  const int reason = errno;
  ::close(descriptor);
  errno = reason;
  if (!synced) fail(path, "cannot be written to disk");
}

std::size_t remove_abandoned_files(const std::string& folder) noexcept {
  std::size_t removed = 0;
  DIR* entries = ::opendir(folder.empty() ? "." : folder.c_str());
  if (entries == nullptr) return removed;
  while (const dirent* entry = ::readdir(entries))
    if (is_temporary_name(entry->d_name) &&
        remove_if_abandoned(folder + (folder.empty() ? "" : "/") + entry->d_name))
      ++removed;
  ::closedir(entries);
  return removed;
}

std::vector<unsigned char> read_whole_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw IoError(path + ": cannot be opened: " + system_reason());
  struct Closer {
    int descriptor;
    ~Closer() { ::close(descriptor); }
  } const closer{descriptor};
  struct stat status {};
  if (::fstat(descriptor, &status) != 0)
    throw IoError(path + ": cannot be read: " + system_reason());
  if (!S_ISREG(status.st_mode)) throw IoError(path + ": is not a regular file");
  std::vector<unsigned char> bytes(static_cast<std::size_t>(status.st_size));
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t count = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw IoError(path + ": cannot be read: " + system_reason());
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace equicloud
