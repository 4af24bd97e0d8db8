// SPDX-License-Identifier: BSD-3-Clause
#include <bench/program.h>

#include <cstdio>
#include <exception>

namespace equicloud::bench {

int exit_status(const char* name, int (*run)(int, char**), int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", name, error.what());
    return 1;
  }
}

}  // namespace equicloud::bench
