// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/header_lines.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/ply.h>

#include <algorithm>

namespace equicloud::io {
namespace {

std::string format_line(Encoding encoding) {
  const char* name = encoding == Encoding::ascii    ? "ascii"
                     : encoding == Encoding::binary ? "binary_little_endian"
                                                    : "binary_big_endian";
  return std::string("format ") + name + " 1.0";
}

std::string vertex_line(const Header& output) {
  return "element vertex " + std::to_string(output.points);
}

std::string property_line(const Field& field) {
  return std::string("property ") + ply_name(field.type) + " " + field.name;
}

std::string fresh_header(const Header& output) {
  std::string text = "ply\n" + format_line(output.encoding) + "\n";
  for (const std::string& comment : output.comments) text += "comment " + comment + "\n";
  text += vertex_line(output) + "\n";
  for (const Field& field : output.fields) text += property_line(field) + "\n";
  return text + "end_header\n";
}

/// Goes through the lines of the source's header and changes those that must.
class Editor {
 public:
  Editor(const Header& output, Encoding encoding_before, const std::vector<Field>& fields_before)
      : output_(output), encoding_before_(encoding_before), fields_before_(fields_before) {}

  std::string edited() {
    for (const std::string& line : split_lines(output_.raw)) take(line);
    return std::move(text_);
  }

 private:
  void take(const std::string& line) {
    Tokens tokens(line);
    std::string_view key;
    std::string_view name;
    tokens.next(key);
    tokens.next(name);
    if (key == "element") begin_element(std::string(name));
    const bool of_vertex = element_ == "vertex";
    if (key == "format" && output_.encoding != encoding_before_)
      text_ += with_text(line, format_line(output_.encoding));
    else if (key == "element" && of_vertex)
      text_ += with_text(line, vertex_line(output_));
    else if (key == "property" && of_vertex)
      take_property(line);
    else if (!dropped_ || (key != "element" && key != "property"))
      text_ += line;
  }

  void begin_element(const std::string& name) {
    element_ = name;
    dropped_ = std::none_of(output_.elements.begin(), output_.elements.end(),
                            [&](const PlyElement& element) { return element.name == name; });
  }

  void take_property(const std::string& line) {
    const Field& field = output_.fields[properties_];
    const bool same = field.type == fields_before_[properties_].type;
    text_ += same ? line : with_text(line, property_line(field));
    if (++properties_ < fields_before_.size()) return;
    for (std::size_t i = properties_; i < output_.fields.size(); ++i)
      text_ += with_text(line, property_line(output_.fields[i]));
  }

  const Header& output_;
  Encoding encoding_before_;
  const std::vector<Field>& fields_before_;
  std::string text_;
  std::string element_;
  bool dropped_ = false;
  std::size_t properties_ = 0;
};

}  // namespace

std::string render_ply(const Header& output, const Header& source) {
  if (output.raw.empty()) return fresh_header(output);
  return Editor(output, source.encoding, source.fields).edited();
}

}  // namespace equicloud::io
