// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/bodies.h>
#include <equicloud/io/header_lines.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/text.h>

#include <algorithm>
#include <cctype>

namespace equicloud::io {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

char separator_of(std::string_view line) noexcept {
  for (const char candidate : {';', ',', '\t'})
    if (line.find(candidate) != std::string_view::npos) return candidate;
  return ' ';
}

std::vector<std::string_view> tokens_of(std::string_view line, char separator) {
  std::vector<std::string_view> found;
  Tokens tokens(line, separator);
  for (std::string_view token; tokens.next(token);) found.push_back(token);
  return found;
}

bool is_number(std::string_view token) noexcept {
  unsigned char value[8];
  return parse(token, Scalar::f64, value);
}

/// The name as a field may bear it: without quotes, blanks as '_', X Y Z in lower case.
std::string field_name(std::string_view token) {
  if (token.size() > 1 && token.front() == '"' && token.back() == '"')
    token = trimmed(token.substr(1, token.size() - 2));
  std::string name(token);
  std::replace_if(name.begin(), name.end(), is_blank, '_');
  if (name == "X" || name == "Y" || name == "Z")
    name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return name;
}

std::vector<std::string> field_names(std::string_view line, char separator) {
  std::vector<std::string> names;
  for (const std::string_view token : tokens_of(line, separator))
    names.push_back(field_name(token));
  return names;
}

bool names_xyz(const std::vector<std::string>& names) {
  return std::all_of(std::begin("xyz"), std::begin("xyz") + 3, [&](char axis) {
    return std::find(names.begin(), names.end(), std::string(1, axis)) != names.end();
  });
}

std::string_view without_mark(std::string_view comment) noexcept {
  while (!comment.empty() && (comment[0] == '#' || comment[0] == '/' || comment[0] == '%'))
    comment.remove_prefix(1);
  return trimmed(comment);
}

/// Reads up to the first line of numbers and finds out what the columns are.
class TextParser {
 public:
  explicit TextParser(std::shared_ptr<const Source> source) : source_(source), cursor_(source, 0) {
    header_.format = Format::text;
    header_.encoding = Encoding::ascii;
    header_.path = source->path();
    header_.source = std::move(source);
  }

  std::unique_ptr<Reader> parse() {
    const bool has_points = find_first_line();
    name_columns();
    lay_out_checked(header_);
    Cursor body(source_, header_.points_offset);
    body.set_line_number(header_lines_);
    if (has_points) count_points(body);
    header_.width = header_.points;
    LineRules rules;
    rules.separator = header_.text.separator;
    return ascii_reader(std::move(header_), std::move(body), rules);
  }

 private:
  /// Leaves everything before the first line of numbers in header_.raw; false if there is none.
  bool find_first_line() {
    while (cursor_.left() > 0) {
      const std::size_t before = header_.raw.size();
      std::string_view line = next_header_line(cursor_, header_.raw, "a line of numbers");
      std::size_t mark = 0;
      if (before == 0 && line.substr(0, 3) == kByteOrderMark) {
        mark = kByteOrderMark.size();
        line = trimmed(line.substr(mark));
      }
      if (!line.empty() && !take_line(line)) {
        header_.raw.resize(before + mark);
        header_.points_offset = header_.raw.size();
        return true;
      }
      ++header_lines_;
    }
    header_.points_offset = header_.raw.size();
    take_columns_of_empty_cloud();
    return false;
  }

  /// A file may hold a header alone: names, in a row or a comment, or the count 0.
  void take_columns_of_empty_cloud() {
    columns_ = names_.size();
    if (columns_ > 0) return;
    const auto names = field_names(last_comment_, separator_of(last_comment_));
    if (names_xyz(names))
      columns_ = names.size();
    else if (header_.text.count_line != TextStyle::none && declared_ == 0)
      columns_ = 3;
    else
      throw FormatError(header_.path + ": holds no line of numbers");
  }

  /// False for the first line of numbers.
  bool take_line(std::string_view line) {
    if (is_comment(line)) {
      last_comment_ = without_mark(line);
      last_comment_line_ = header_lines_;
      header_.comments.push_back(last_comment_);
      return true;
    }
    header_.text.separator = separator_of(line);
    const auto tokens = tokens_of(line, header_.text.separator);
    const auto bad = std::find_if_not(tokens.begin(), tokens.end(), is_number);
    if (bad == tokens.end()) {
      if (tokens.size() == 1 && take_count(tokens[0])) return true;
      columns_ = tokens.size();
      return false;
    }
    if (!names_.empty() || std::any_of(tokens.begin(), tokens.end(), is_number))
      throw FormatError(at_line(cursor_) + "'" + shown(*bad) + "' is no number");
    names_ = field_names(line, header_.text.separator);
    header_.text.names_line = header_lines_;
    return true;
  }

  bool take_count(std::string_view token) {
    if (header_.text.count_line != TextStyle::none || !parse_count(token, declared_)) return false;
    header_.text.count_line = header_lines_;
    return true;
  }

  void name_columns() {
    if (names_.empty() && !last_comment_.empty()) {
      std::vector<std::string> names = field_names(last_comment_, separator_of(last_comment_));
      if (names.size() == columns_ && names_xyz(names)) {
        names_ = std::move(names);
        header_.text.names_line = last_comment_line_;
      }
    }
    if (names_.empty()) {
      if (columns_ < 3) fail(std::to_string(columns_) + " columns, expected x y z at least");
      names_ = {"x", "y", "z"};
      while (names_.size() < columns_ && names_.size() <= kMaxFields)
        names_.push_back("column_" + std::to_string(names_.size() + 1));
    }
    if (names_.size() != columns_)
      fail(std::to_string(columns_) + " values under " + std::to_string(names_.size()) + " names");
    for (std::string& name : names_) {
      if (name.empty()) fail("a column without a name");
      Field field;
      field.name = std::move(name);
      field.type = Scalar::f64;
      header_.fields.push_back(std::move(field));
    }
  }

  void count_points(Cursor counter) {
    for (std::string_view line; counter.line(line);) {
      const std::string_view text = trimmed(line);
      if (!text.empty() && !is_comment(text)) ++header_.points;
    }
    if (header_.text.count_line != TextStyle::none && header_.points != declared_)
      throw FormatError(header_.path + ": line " + std::to_string(header_.text.count_line + 1) +
                        " declares " + std::to_string(declared_) + " points, the file holds " +
                        std::to_string(header_.points) + " (truncated?)");
  }

  [[noreturn]] void fail(const std::string& sentence) const {
    throw FormatError(at_line(cursor_) + sentence);
  }

  std::shared_ptr<const Source> source_;
  Cursor cursor_;
  Header header_;
  std::vector<std::string> names_;
  std::string last_comment_;
  std::size_t last_comment_line_ = 0;
  std::size_t header_lines_ = 0;
  std::size_t columns_ = 0;
  std::uint64_t declared_ = 0;
};

}  // namespace

std::unique_ptr<Reader> open_text(std::shared_ptr<const Source> source) {
  return TextParser(std::move(source)).parse();
}

std::unique_ptr<Reader> open_kitti(std::shared_ptr<const Source> source) {
  Header header = make_header(Format::kitti, Encoding::binary, {{"x"}, {"y"}, {"z"}, {"intensity"}},
                              source->size() / 16);
  header.path = source->path();
  header.source = source;
  if (source->size() % header.record_bytes != 0)
    throw FormatError(header.path + ": " + std::to_string(source->size()) +
                      " bytes are no whole number of KITTI points (16 bytes: float32 x y z "
                      "intensity); truncated?");
  return binary_reader(std::move(header), Cursor(std::move(source), 0));
}

}  // namespace equicloud::io
