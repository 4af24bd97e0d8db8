// SPDX-License-Identifier: BSD-3-Clause
// Inside io: a text header as lines, so that a writer can change one and leave the others as they
// are, to the last blank and line end.
#pragma once

#include <equicloud/io/source.h>

#include <string>
#include <string_view>
#include <vector>

namespace equicloud::io {

/// The lines of `raw`, each with its line end; together they are `raw`.
std::vector<std::string> split_lines(const std::string& raw);

/// The line with `text` in place of its trimmed text; what is before and after it stays.
std::string with_text(const std::string& line, const std::string& text);

/// Takes the next header line from the cursor and appends it to `raw`. Throws FormatError if the
/// file ends (naming `expected`), the header grows beyond kMaxHeaderBytes, or the line holds a NUL.
std::string_view next_header_line(Cursor& cursor, std::string& raw, const char* expected);

/// "FILE: line N: ": the beginning of a sentence about the line that was read last.
std::string at_line(const Cursor& cursor);

}  // namespace equicloud::io
