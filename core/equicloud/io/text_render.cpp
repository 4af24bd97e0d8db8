// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/header_lines.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/text.h>

namespace equicloud::io {
namespace {

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// The line of names with the names of fields that came after those it has.
std::string with_new_names(const std::string& line, const Header& output) {
  // Names stand alone in a row, or behind the mark of a comment, which may have a blank after it.
  std::string_view text = trimmed(line);
  while (!text.empty() && (text[0] == '#' || text[0] == '/' || text[0] == '%'))
    text.remove_prefix(1);
  char separator = ' ';
  for (const char candidate : {'\t', ',', ';'})
    if (text.find(candidate) != std::string_view::npos) separator = candidate;
  std::size_t named = 0;
  Tokens tokens(trimmed(text), separator);
  for (std::string_view token; tokens.next(token);) ++named;
  std::string names(trimmed(line));
  for (std::size_t i = named; i < output.fields.size(); ++i)
    names += separator + output.fields[i].name;
  return with_text(line, names);
}

}  // namespace

std::string render_text(const Header& output) {
  std::vector<std::string> lines = split_lines(output.raw);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == output.text.count_line) lines[i] = with_text(lines[i], std::to_string(output.points));
    if (i == output.text.names_line) lines[i] = with_new_names(lines[i], output);
    text += lines[i];
  }
  return text;
}

void begin_text(Header& output, const std::string& path) {
  const bool csv = ends_with(path, ".csv");
  const bool pts = ends_with(path, ".pts");
  output.text = TextStyle();
  output.text.separator = csv ? ',' : ' ';
  output.raw.clear();
  if (pts) {
    output.text.count_line = 0;
    output.raw = std::to_string(output.points) + "\n";
    return;
  }
  for (const std::string& comment : output.comments) output.raw += "# " + comment + "\n";
  output.text.names_line = output.comments.size();
  output.raw += csv ? "" : "#";
  for (const Field& field : output.fields)
    output.raw += (!csv ? " " : &field == output.fields.data() ? "" : ",") + field.name;
  output.raw += "\n";
}

}  // namespace equicloud::io
