// SPDX-License-Identifier: BSD-3-Clause
#include "cli/console.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace equicloud::cli {
namespace {

// errno of the first write that failed, 0 if none.
int& output_error() {
  static int error = 0;
  return error;
}

// One call a line, so that lines of several processes do not mix.
void to_standard_error(const std::string& line) {
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

}  // namespace

void print(const std::string& text) {
  if (output_error() != 0) return;
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) output_error() = errno != 0 ? errno : EIO;
}

void complain(const std::string& sentence) { to_standard_error("equicloud: " + sentence + "\n"); }

void warn(const std::string& sentence) {
  to_standard_error("equicloud: warning: " + sentence + "\n");
}

bool output_arrived() {
  if (output_error() == 0 || output_error() == EPIPE) return true;
  complain("standard output: " + std::string(std::strerror(output_error())) +
           "; results that were to be printed are lost");
  return false;
}

}  // namespace equicloud::cli
