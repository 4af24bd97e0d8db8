// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/header_lines.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/pcd.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace equicloud::io {
namespace {

char type_letter(Scalar type) {
  if (is_float(type)) return 'F';
  const bool is_signed =
      type == Scalar::i8 || type == Scalar::i16 || type == Scalar::i32 || type == Scalar::i64;
  return is_signed ? 'I' : 'U';
}

/// `key` and one word a field.
template <typename Word>
std::string field_line(const char* key, const Header& output, const Word& word) {
  std::string line = key;
  for (const Field& field : output.fields) line += " " + word(field);
  return line;
}

std::string viewpoint_line(const Header& output) {
  std::string line = "VIEWPOINT";
  for (const double number : output.viewpoint) {
    unsigned char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    append_text(bytes, Scalar::f64, line += " ");
  }
  return line;
}

/// Every line of a header in canonical order, by its keyword.
std::vector<std::pair<std::string, std::string>> header_lines(const Header& output) {
  return {
      {"VERSION", "VERSION 0.7"},
      {"FIELDS", field_line("FIELDS", output, [](const Field& f) { return f.name; })},
      {"SIZE",
       field_line("SIZE", output, [](const Field& f) { return std::to_string(size_of(f.type)); })},
      {"TYPE", field_line("TYPE", output,
                          [](const Field& f) { return std::string(1, type_letter(f.type)); })},
      {"COUNT",
       field_line("COUNT", output, [](const Field& f) { return std::to_string(f.count); })},
      {"WIDTH", "WIDTH " + std::to_string(output.width)},
      {"HEIGHT", "HEIGHT " + std::to_string(output.height)},
      {"VIEWPOINT", viewpoint_line(output)},
      {"POINTS", "POINTS " + std::to_string(output.points)},
      {"DATA", std::string("DATA ") + name_of(output.encoding)},
  };
}

std::string fresh_header(const Header& output) {
  std::string text = "# .PCD v0.7 - Point Cloud Data file format\n";
  for (const std::string& comment : output.comments) text += "# " + comment + "\n";
  for (const auto& line : header_lines(output)) text += line.second + "\n";
  return text;
}

/// The words of a line, joined by single blanks: equal for lines that say the same.
std::string normal(const std::string& line) {
  std::string text;
  Tokens tokens(line);
  for (std::string_view token; tokens.next(token);) text += std::string(token) + " ";
  return text;
}

}  // namespace

std::string render_pcd(const Header& output) {
  // Old headers may lack a HEIGHT line, which an output of several rows cannot do without.
  const bool lacks_height = output.height != 1 && output.raw.find("HEIGHT") == std::string::npos;
  if (output.raw.empty() || lacks_height) return fresh_header(output);
  const auto wanted = header_lines(output);
  std::string text;
  for (std::string line : split_lines(output.raw)) {
    std::string_view key;
    Tokens(line).next(key);
    std::string name(key == "COLUMNS" ? "FIELDS" : key);
    const auto found = std::find_if(wanted.begin(), wanted.end(),
                                    [&](const auto& pair) { return pair.first == name; });
    if (found != wanted.end() && name != "VERSION" && name != "VIEWPOINT") {
      const std::string changed = std::string(key) + found->second.substr(name.size());
      if (normal(changed) != normal(line)) line = with_text(line, changed);
    }
    text += line;
  }
  return text;
}

}  // namespace equicloud::io
