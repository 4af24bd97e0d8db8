// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/scratch_file.h>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace equicloud {
namespace {

constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;

[[noreturn]] void fail(const std::string& folder, const char* what) {
  throw IoError(folder + ": a scratch file there cannot be " + what + ": " +
                std::generic_category().message(errno));
}

std::string here(std::string folder) { return folder.empty() ? "." : std::move(folder); }

// For file systems that know no nameless files.
int open_and_unlink(const std::string& folder) {
  std::string name = folder + "/.equicloud-scratch-XXXXXX";  // mkostemp fills in the Xs
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

}  // namespace

ScratchFile::ScratchFile(std::string folder) : folder_(here(std::move(folder))) {
  descriptor_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
    descriptor_ = open_and_unlink(folder_);
  if (descriptor_ < 0) fail(folder_, "made");
}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : folder_(std::move(other.folder_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

ScratchFile& ScratchFile::operator=(ScratchFile&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

ScratchFile::~ScratchFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void ScratchFile::write(std::uint64_t offset, const void* bytes, std::size_t size) const {
  const auto* next = static_cast<const unsigned char*>(bytes);
  while (size > 0) {
    const ssize_t done =
        ::pwrite(descriptor_, next, std::min(size, kMostAtOnce), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) fail(folder_, "written");
    next += done;
    offset += static_cast<std::uint64_t>(done);
    size -= static_cast<std::size_t>(done);
  }
}

void ScratchFile::read(std::uint64_t offset, void* bytes, std::size_t size) const {
  auto* next = static_cast<unsigned char*>(bytes);
  while (size > 0) {
    const ssize_t done =
        ::pread(descriptor_, next, std::min(size, kMostAtOnce), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done == 0) errno = EIO;  // never asked for more than was written
    if (done <= 0) fail(folder_, "read");
    next += done;
    offset += static_cast<std::uint64_t>(done);
    size -= static_cast<std::size_t>(done);
  }
}

std::uint64_t free_space(const std::string& folder) {
  struct statvfs status {};
  if (::statvfs(here(folder).c_str(), &status) != 0)
    throw IoError(folder +
                  ": its free space is not known: " + std::generic_category().message(errno));
  return std::uint64_t{status.f_bavail} * status.f_frsize;
}

}  // namespace equicloud
