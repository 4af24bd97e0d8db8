// SPDX-License-Identifier: BSD-3-Clause
// Loaded before the C library (LD_PRELOAD): one call of a program fails, as a broken disk or a full
// memory makes it fail. EQUICLOUD_FAULT names it: CALL:NUMBER:ERROR, the NUMBER-th call (from 1) of
// open, read, pread, write, pwrite, fsync, fdatasync or rename on regular files and folders, or of
// new for 1 KiB and more, ends with this errno (of new: std::bad_alloc); ERROR "short" makes this
// and every later read or write transfer half of what was asked. The file that EQUICLOUD_FAULT_MARK
// names is made when that happens, so that a test knows when there is no NUMBER-th call.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

namespace {

constexpr int kShort = -1;

struct Fault {
  std::string call;
  long number = 0;
  int error = 0;

  Fault() {
    const char* text = std::getenv("EQUICLOUD_FAULT");
    if (text == nullptr) return;
    const std::string fault = text;
    const std::size_t first = fault.find(':'), second = fault.find(':', first + 1);
    call = fault.substr(0, first);
    number = std::stol(fault.substr(first + 1, second - first - 1));
    const std::string name = fault.substr(second + 1);
    error = name == "short"    ? kShort
            : name == "ENOSPC" ? ENOSPC
            : name == "EMFILE" ? EMFILE
            : name == "EACCES" ? EACCES
                               : EIO;
  }
};

const Fault fault;
std::atomic<long> calls{0};

void mark() {
  if (const char* path = std::getenv("EQUICLOUD_FAULT_MARK"))
    ::syscall(SYS_close, ::syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY, 0600));
}

/// Whether this call is the one: its errno or kShort; 0: it is not.
int strikes(const char* call) {
  if (fault.number == 0 || fault.call != call) return 0;
  const long number = ++calls;
  if (fault.error == kShort ? number < fault.number : number != fault.number) return 0;
  mark();
  return fault.error;
}

bool is_file(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

/// Fails, or transfers `size` bytes or half of them.
template <typename Transfer>
ssize_t transfer(const char* call, int descriptor, std::size_t size, const Transfer& some) {
  const int error = is_file(descriptor) ? strikes(call) : 0;
  if (error == kShort) return some(size > 1 ? size / 2 : size);
  if (error == 0) return some(size);
  errno = error;
  return -1;
}

int fails(int error) {
  errno = error;
  return -1;
}

}  // namespace

extern "C" {

ssize_t read(int descriptor, void* bytes, std::size_t size) {
  static const auto real = next<ssize_t (*)(int, void*, std::size_t)>("read");
  return transfer("read", descriptor, size,
                  [&](std::size_t some) { return real(descriptor, bytes, some); });
}
ssize_t pread(int descriptor, void* bytes, std::size_t size, off_t offset) {
  static const auto real = next<ssize_t (*)(int, void*, std::size_t, off_t)>("pread");
  return transfer("pread", descriptor, size,
                  [&](std::size_t some) { return real(descriptor, bytes, some, offset); });
}
ssize_t write(int descriptor, const void* bytes, std::size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, std::size_t)>("write");
  return transfer("write", descriptor, size,
                  [&](std::size_t some) { return real(descriptor, bytes, some); });
}
ssize_t pwrite(int descriptor, const void* bytes, std::size_t size, off_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, std::size_t, off_t)>("pwrite");
  return transfer("pwrite", descriptor, size,
                  [&](std::size_t some) { return real(descriptor, bytes, some, offset); });
}
int fsync(int descriptor) {
  static const auto real = next<int (*)(int)>("fsync");
  const int error = strikes("fsync");
  return error == 0 ? real(descriptor) : fails(error);
}
int fdatasync(int descriptor) {
  static const auto real = next<int (*)(int)>("fdatasync");
  const int error = strikes("fdatasync");
  return error == 0 ? real(descriptor) : fails(error);
}
int rename(const char* from, const char* to) {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  const int error = strikes("rename");
  return error == 0 ? real(from, to) : fails(error);
}
int open(const char* path, int flags, ...) {
  static const auto real = next<int (*)(const char*, int, ...)>("open");
  std::va_list rest;
  va_start(rest, flags);
  const auto mode = static_cast<mode_t>(va_arg(rest, unsigned));  // unused where none was given
  va_end(rest);
  const int error = strikes("open");
  return error == 0 ? real(path, flags, mode) : fails(error);
}

}  // extern "C"

void* operator new(std::size_t size) {
  if (size >= 1024 && strikes("new") != 0) throw std::bad_alloc();
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
