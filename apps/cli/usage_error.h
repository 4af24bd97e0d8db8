// SPDX-License-Identifier: BSD-3-Clause
// The command itself was wrong: exit status 2, one line that says what to type instead.
#pragma once

#include <stdexcept>

namespace equicloud::cli {

class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace equicloud::cli
