// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/header_lines.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/numbers.h>

namespace equicloud::io {

std::vector<std::string> split_lines(const std::string& raw) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < raw.size();) {
    const std::size_t end = raw.find('\n', begin);
    const std::size_t next = end == std::string::npos ? raw.size() : end + 1;
    lines.push_back(raw.substr(begin, next - begin));
    begin = next;
  }
  return lines;
}

std::string with_text(const std::string& line, const std::string& text) {
  const std::string_view old = trimmed(line);
  if (old.empty()) return text + line;
  const auto begin = static_cast<std::size_t>(old.data() - line.data());
  return line.substr(0, begin) + text + line.substr(begin + old.size());
}

std::string_view next_header_line(Cursor& cursor, std::string& raw, const char* expected) {
  std::string_view line;
  if (!cursor.line(line))
    throw FormatError(cursor.path() + ": the header ends without " + expected + " (truncated?)");
  if (line.find('\0') != std::string_view::npos)
    throw FormatError(at_line(cursor) + "a zero byte in the header, expected " + expected);
  raw += line;
  if (raw.size() > kMaxHeaderBytes)
    throw FormatError(cursor.path() + ": the header is longer than " +
                      std::to_string(kMaxHeaderBytes) + " bytes");
  return trimmed(line);
}

std::string at_line(const Cursor& cursor) {
  return cursor.path() + ": line " + std::to_string(cursor.line_number()) + ": ";
}

}  // namespace equicloud::io
