// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/bodies.h>
#include <equicloud/io/header_lines.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/ply.h>

#include <algorithm>
#include <map>

namespace equicloud::io {
namespace {

class PlyParser {
 public:
  explicit PlyParser(std::shared_ptr<const Source> source) : cursor_(source, 0) {
    header_.format = Format::ply;
    header_.path = source->path();
    header_.source = std::move(source);
  }

  Header parse(Cursor& body) {
    if (next_line() != "ply") fail("expected 'ply'");
    for (std::string_view line = next_line(); line != "end_header"; line = next_line())
      take_line(line);
    if (!has_format_) throw FormatError(header_.path + ": the header has no format line");
    take_vertices();
    body = cursor_;
    return std::move(header_);
  }

 private:
  std::string_view next_line() {
    return next_header_line(cursor_, header_.raw, "an end_header line");
  }

  [[noreturn]] void fail(const std::string& sentence) const {
    throw FormatError(at_line(cursor_) + sentence);
  }

  void take_line(std::string_view line) {
    Tokens tokens(line);
    std::string_view key;
    if (!tokens.next(key)) return;
    if (key == "comment" || key == "obj_info") {
      if (key == "comment") header_.comments.emplace_back(trimmed(line.substr(key.size())));
    } else if (key == "format") {
      take_format(tokens);
    } else if (key == "element") {
      take_element(tokens);
    } else if (key == "property") {
      take_property(tokens);
    } else {
      fail("'" + shown(line) + "' is no header line of a PLY file (is end_header missing?)");
    }
  }

  std::string word(Tokens& tokens, const char* what) const {
    std::string_view token;
    if (!tokens.next(token)) fail(std::string("expected ") + what + ", the line ends");
    return std::string(token);
  }

  void end_of(Tokens& tokens) const {
    std::string_view token;
    if (tokens.next(token)) fail("'" + shown(token) + "' was not expected");
  }

  void take_format(Tokens& tokens) {
    static const std::map<std::string, Encoding> encodings = {
        {"ascii", Encoding::ascii},
        {"binary_little_endian", Encoding::binary},
        {"binary_big_endian", Encoding::binary_big_endian}};
    if (has_format_) fail("a second format line");
    has_format_ = true;
    const std::string name = word(tokens, "a format");
    const auto found = encodings.find(name);
    if (found == encodings.end())
      fail("format '" + shown(name) +
           "', expected ascii, binary_little_endian or binary_big_endian");
    header_.encoding = found->second;
    const std::string version = word(tokens, "version 1.0");
    if (version != "1.0") fail("version '" + shown(version) + "', expected 1.0");
    end_of(tokens);
  }

  void take_element(Tokens& tokens) {
    PlyElement element;
    element.name = word(tokens, "a name");
    const std::string count = word(tokens, "a number of instances");
    if (!parse_count(count, element.count))
      fail("element " + shown(element.name) + " has count '" + shown(count) +
           "', expected a whole number, 0 or more");
    end_of(tokens);
    for (const PlyElement& other : header_.elements)
      if (other.name == element.name) fail("a second element " + shown(element.name));
    if (header_.elements.size() >= kMaxFields) fail("too many elements");
    header_.elements.push_back(std::move(element));
  }

  Scalar type(Tokens& tokens) const {
    static const std::map<std::string, Scalar> types = {
        {"char", Scalar::i8},    {"int8", Scalar::i8},     {"uchar", Scalar::u8},
        {"uint8", Scalar::u8},   {"short", Scalar::i16},   {"int16", Scalar::i16},
        {"ushort", Scalar::u16}, {"uint16", Scalar::u16},  {"int", Scalar::i32},
        {"int32", Scalar::i32},  {"uint", Scalar::u32},    {"uint32", Scalar::u32},
        {"float", Scalar::f32},  {"float32", Scalar::f32}, {"double", Scalar::f64},
        {"float64", Scalar::f64}};
    const std::string name = word(tokens, "a type");
    const auto found = types.find(name);
    if (found == types.end())
      fail("unknown type '" + shown(name) + "', expected char .. double or int8 .. float64");
    return found->second;
  }

  void take_property(Tokens& tokens) {
    if (header_.elements.empty()) fail("a property before the first element");
    PlyProperty property;
    Tokens ahead = tokens;
    property.is_list = word(ahead, "a type") == "list";
    if (property.is_list) {
      tokens = ahead;
      property.length_type = type(tokens);
      if (is_float(property.length_type)) fail("a list cannot have a float as its length");
    }
    property.type = type(tokens);
    property.name = word(tokens, "a name");
    end_of(tokens);
    std::vector<PlyProperty>& properties = header_.elements.back().properties;
    if (properties.size() >= kMaxFields) fail("too many properties");
    for (const PlyProperty& other : properties)
      if (other.name == property.name) fail("a second property " + shown(property.name));
    properties.push_back(std::move(property));
  }

  void take_vertices() {
    const auto vertex =
        std::find_if(header_.elements.begin(), header_.elements.end(),
                     [](const PlyElement& element) { return element.name == "vertex"; });
    if (vertex == header_.elements.end())
      throw FormatError(header_.path + ": has no element vertex, so no points");
    for (const PlyProperty& property : vertex->properties) {
      if (property.is_list)
        throw FormatError(header_.path + ": property " + shown(property.name) +
                          " of the vertices is a list; only single values are supported there");
      Field field;
      field.name = property.name;
      field.type = property.type;
      header_.fields.push_back(std::move(field));
    }
    lay_out_checked(header_);
    header_.width = header_.points = vertex->count;
  }

  Cursor cursor_;
  Header header_;
  bool has_format_ = false;
};

/// Walks the elements behind the vertices; then nothing may follow (a lone line end may: zero bytes
/// and blanks carry no point).
void check_rest(Cursor& cursor, const std::vector<PlyElement>& elements, Encoding encoding) {
  for (const PlyElement& element : elements)
    walk_element(cursor, element, encoding, encoding, nullptr);
  const std::uint64_t left = cursor.left();
  unsigned char bytes[4096];
  while (cursor.left() > 0) {
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(cursor.left(), 4096));
    cursor.read(bytes, part, "what follows the last element");
    if (!std::all_of(bytes, bytes + part,
                     [](unsigned char c) { return c == 0 || is_blank(static_cast<char>(c)); }))
      throw FormatError(cursor.path() + ": " + std::to_string(left) +
                        " bytes follow the last element the header declares");
  }
}

}  // namespace

std::unique_ptr<Reader> open_ply(std::shared_ptr<const Source> source) {
  Cursor cursor(source, 0);
  Header header = PlyParser(std::move(source)).parse(cursor);
  auto element = header.elements.begin();
  for (; element->name != "vertex"; ++element)
    walk_element(cursor, *element, header.encoding, header.encoding, nullptr);
  header.points_offset = cursor.offset();
  const std::vector<PlyElement> behind(element + 1, header.elements.end());
  const AfterPoints after = [behind, encoding = header.encoding](Cursor& rest) {
    check_rest(rest, behind, encoding);
  };
  if (header.encoding != Encoding::ascii)
    return binary_reader(std::move(header), std::move(cursor), after);
  LineRules rules;
  rules.comments = false;
  return ascii_reader(std::move(header), std::move(cursor), rules, after);
}

}  // namespace equicloud::io
