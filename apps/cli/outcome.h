// SPDX-License-Identifier: BSD-3-Clause
// What became of one file of many.
#pragma once

#include "cli/sample.h"

#include <equicloud/base/atomic_file.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace equicloud::cli {

/// What a verb has to say of one finished file.
struct FileReport {
  std::string text;  ///< for a person: whole lines
  std::string json;  ///< an object, or several a line each, without the last line's end; "": none
  std::vector<std::string> warnings;
  std::uint64_t points = 0;
  std::uint64_t outliers = 0;
  double seconds = 0.0;               ///< of scoring alone
  std::optional<PendingFile> output;  ///< whole, not yet under its name
  Sample sample;                      ///< empty unless a report is wanted
};

struct Outcome {
  enum class Kind {
    done,
    failed,
    interrupted,
    stopped,  ///< nothing further can succeed (full disk)
  };
  Kind kind = Kind::done;
  FileReport report;
  std::string reason;  ///< of failed and stopped: a sentence
};

/// Failed, or stopped where the reason is that no disk has room: all that follows would fail too.
Outcome failure(const std::string& reason);

}  // namespace equicloud::cli
