// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/bodies.h>
#include <equicloud/io/header_lines.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/pcd.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

namespace equicloud::io {
namespace {

std::vector<std::string> words(std::string_view line) {
  std::vector<std::string> found;
  Tokens tokens(line);
  for (std::string_view token; tokens.next(token);) found.emplace_back(token);
  return found;
}

std::optional<Scalar> scalar_of(char type, std::uint64_t size) {
  static const std::map<std::pair<char, std::uint64_t>, Scalar> table = {
      {{'I', 1}, Scalar::i8},  {{'I', 2}, Scalar::i16}, {{'I', 4}, Scalar::i32},
      {{'I', 8}, Scalar::i64}, {{'U', 1}, Scalar::u8},  {{'U', 2}, Scalar::u16},
      {{'U', 4}, Scalar::u32}, {{'U', 8}, Scalar::u64}, {{'F', 4}, Scalar::f32},
      {{'F', 8}, Scalar::f64}};
  const auto found = table.find({type, size});
  return found == table.end() ? std::nullopt : std::optional<Scalar>(found->second);
}

/// Collects the header's lines, then makes sense of them together (their order is free but for
/// DATA, which is last).
class PcdParser {
 public:
  explicit PcdParser(std::shared_ptr<const Source> source) : cursor_(source, 0) {
    header_.format = Format::pcd;
    header_.path = source->path();
    header_.source = std::move(source);
  }

  std::unique_ptr<Reader> parse() {
    while (lines_.count("DATA") == 0) take_line();
    header_.points_offset = cursor_.offset();
    read_encoding();
    read_fields();
    read_size();
    read_viewpoint();
    if (header_.encoding == Encoding::ascii)
      return ascii_reader(std::move(header_), std::move(cursor_), {});
    if (header_.encoding == Encoding::binary_compressed)
      return compressed_reader(std::move(header_), std::move(cursor_));
    return binary_reader(std::move(header_), std::move(cursor_));
  }

 private:
  void take_line() {
    const std::string_view line = next_header_line(cursor_, header_.raw, "a DATA line");
    if (line.empty()) return;
    if (line[0] == '#') {
      if (line.find(".PCD") == std::string_view::npos)
        header_.comments.emplace_back(trimmed(line.substr(1)));
      return;
    }
    std::vector<std::string> values = words(line);
    std::string key = values.front();
    if (std::isupper(static_cast<unsigned char>(key[0])) == 0)
      throw FormatError(at_line(cursor_) + "'" + shown(line) +
                        "' is no header line of a PCD file (is the DATA line missing?)");
    if (key == "COLUMNS") key = "FIELDS";  // its name in version .5
    values.erase(values.begin());
    if (!lines_.emplace(key, std::move(values)).second)
      throw FormatError(at_line(cursor_) + "a second " + shown(key) + " line");
  }

  [[noreturn]] void fail(const std::string& sentence) const {
    throw FormatError(header_.path + ": " + sentence);
  }

  const std::vector<std::string>* find(const char* key) const {
    const auto found = lines_.find(key);
    return found == lines_.end() ? nullptr : &found->second;
  }

  const std::vector<std::string>& need(const char* key) const {
    const auto* found = find(key);
    if (found == nullptr) fail(std::string("the header has no ") + key + " line");
    return *found;
  }

  std::uint64_t count(const char* key, const std::string& text) const {
    std::uint64_t value = 0;
    if (!parse_count(text, value))
      fail(std::string(key) + " is '" + shown(text) + "', expected a whole number, 0 or more");
    return value;
  }

  std::uint64_t single(const char* key) const {
    const auto& values = need(key);
    if (values.size() != 1)
      fail(std::string(key) + " has " + std::to_string(values.size()) + " values, expected 1");
    return count(key, values[0]);
  }

  void read_encoding() {
    const auto& values = need("DATA");
    const std::string name = values.size() == 1 ? values[0] : "";
    if (name == "ascii")
      header_.encoding = Encoding::ascii;
    else if (name == "binary")
      header_.encoding = Encoding::binary;
    else if (name == "binary_compressed")
      header_.encoding = Encoding::binary_compressed;
    else
      fail("DATA is '" + shown(values.empty() ? "" : values[0]) +
           "', expected ascii, binary or binary_compressed");
  }

  void require_as_many(const char* key, std::size_t values, std::size_t fields) const {
    if (values != fields)
      fail(std::string(key) + " has " + std::to_string(values) + " values for " +
           std::to_string(fields) + " fields");
  }

  void read_fields() {
    const auto& names = need("FIELDS");
    const auto& sizes = need("SIZE");
    const auto& types = need("TYPE");
    const auto* counts = find("COUNT");
    require_as_many("SIZE", sizes.size(), names.size());
    require_as_many("TYPE", types.size(), names.size());
    if (counts != nullptr) require_as_many("COUNT", counts->size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      Field field;
      field.name = names[i];
      const auto type =
          scalar_of(types[i].size() == 1 ? types[i][0] : '?', count("SIZE", sizes[i]));
      if (!type)
        fail("field " + shown(names[i]) + " has TYPE " + shown(types[i]) + " and SIZE " +
             shown(sizes[i]) + ", expected I or U with 1, 2, 4, 8, or F with 4, 8");
      field.type = *type;
      if (counts != nullptr) field.count = count("COUNT", (*counts)[i]);
      if (field.count == 0) fail("field " + shown(names[i]) + " has COUNT 0, expected 1 or more");
      header_.fields.push_back(std::move(field));
    }
    lay_out_checked(header_);
  }

  void read_size() {
    const bool has_width = find("WIDTH") != nullptr;
    if (!has_width && find("HEIGHT") != nullptr) fail("the header has HEIGHT but no WIDTH line");
    header_.width = has_width ? single("WIDTH") : single("POINTS");
    header_.height = find("HEIGHT") != nullptr ? single("HEIGHT") : 1;
    const std::string product =
        std::to_string(header_.width) + " x " + std::to_string(header_.height);
    if (!multiplied(header_.width, header_.height, header_.points))
      fail("WIDTH x HEIGHT is " + product + ", more than 64 bits count");
    if (find("POINTS") != nullptr && single("POINTS") != header_.points)
      fail("POINTS is " + std::to_string(single("POINTS")) + ", WIDTH x HEIGHT is " + product);
  }

  void read_viewpoint() {
    const auto* values = find("VIEWPOINT");
    if (values == nullptr) return;
    if (values->size() != header_.viewpoint.size())
      fail("VIEWPOINT has " + std::to_string(values->size()) + " values, expected 7");
    for (std::size_t i = 0; i < values->size(); ++i) {
      unsigned char bytes[8];
      if (!io::parse((*values)[i], Scalar::f64, bytes))
        fail("VIEWPOINT holds '" + shown((*values)[i]) + "', expected numbers");
      header_.viewpoint[i] = load(bytes, Scalar::f64);
    }
  }

  Cursor cursor_;
  Header header_;
  std::map<std::string, std::vector<std::string>> lines_;
};

}  // namespace

std::unique_ptr<Reader> open_pcd(std::shared_ptr<const Source> source) {
  return PcdParser(std::move(source)).parse();
}

}  // namespace equicloud::io
