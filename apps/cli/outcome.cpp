// SPDX-License-Identifier: BSD-3-Clause
#include "cli/outcome.h"

#include <cerrno>
#include <system_error>

namespace equicloud::cli {

Outcome failure(const std::string& reason) {
  Outcome outcome;
  outcome.kind = Outcome::Kind::failed;
  outcome.reason = reason;
  for (const int full : {ENOSPC, EDQUOT})
    if (reason.find(std::generic_category().message(full)) != std::string::npos)
      outcome.kind = Outcome::Kind::stopped;
  return outcome;
}

}  // namespace equicloud::cli
