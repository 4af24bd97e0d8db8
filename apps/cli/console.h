// SPDX-License-Identifier: BSD-3-Clause
// Standard output (results) and standard error (what goes wrong). A reader of standard output that
// goes away ends the printing, not the work.
#pragma once

#include <string>

namespace equicloud::cli {

/// Standard output; the text is flushed, so that a pipe sees each result as it comes.
void print(const std::string& text);
/// "equicloud: SENTENCE" on standard error.
void complain(const std::string& sentence);
/// "equicloud: warning: SENTENCE" on standard error.
void warn(const std::string& sentence);
/// False if results were lost (full disk; a closed pipe does not count); says so on standard error.
bool output_arrived();

}  // namespace equicloud::cli
