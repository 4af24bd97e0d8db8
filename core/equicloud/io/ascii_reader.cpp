// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/bodies.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/numbers.h>

namespace equicloud::io {
namespace {

class AsciiReader final : public Reader {
 public:
  AsciiReader(Header header, Cursor cursor, LineRules rules, AfterPoints after)
      : Reader(std::move(header)),
        cursor_(std::move(cursor)),
        rules_(rules),
        after_(std::move(after)) {
    for (const Field& field : header_.fields) values_ += field.count;
    // Each value takes a digit and what separates it from the next. (Text declares nothing: its
    // points were counted.)
    if (header_.format != Format::text) require_room(header_, 2 * values_, cursor_.left());
  }

  bool read(Chunk& chunk, std::size_t max_points) override {
    chunk.points = 0;
    chunk.record_bytes = header_.record_bytes;
    chunk.records.clear();
    chunk.text.clear();
    chunk.lines.clear();
    while (chunk.points < max_points && done_ < header_.points) next_point(chunk);
    chunk.text_tail = chunk.text.size();
    if (done_ == header_.points && !ended_) {
      ended_ = true;
      if (after_)
        after_(cursor_);
      else
        take_tail(chunk);
    }
    return chunk.points > 0;
  }

 private:
  bool passed_over(std::string_view line) const noexcept {
    const std::string_view text = trimmed(line);
    return text.empty() || (rules_.comments && is_comment(text));
  }

  void next_point(Chunk& chunk) {
    Chunk::Line place;
    place.lead = chunk.text.size();
    std::string_view line;
    do {
      if (!cursor_.line(line))
        throw FormatError(header_.path + ": header declares " + std::to_string(header_.points) +
                          " points, the file ends after " + std::to_string(done_) +
                          " (truncated?)");
      chunk.text += line;
    } while (passed_over(line));
    const std::string_view body = trimmed(line);
    place.begin =
        chunk.text.size() - line.size() + static_cast<std::size_t>(body.data() - line.data());
    place.end = place.begin + body.size();
    chunk.lines.push_back(place);
    chunk.records.resize(chunk.records.size() + header_.record_bytes);
    parse_line(body, chunk.records.data() + chunk.points * header_.record_bytes);
    ++chunk.points;
    ++done_;
  }

  void parse_line(std::string_view body, unsigned char* record) const {
    Tokens tokens(body, rules_.separator);
    std::string_view token;
    for (const Field& field : header_.fields) {
      for (std::size_t c = 0; c < field.count; ++c) {
        if (!tokens.next(token)) fail_on_count(body);
        if (!parse(token, field.type, record + field.offset + c * size_of(field.type)))
          throw FormatError(where() + "'" + shown(token) + "' is no " + name_of(field.type) +
                            " value for field " + field.name);
      }
    }
    if (tokens.next(token)) fail_on_count(body);
  }

  [[noreturn]] void fail_on_count(std::string_view body) const {
    Tokens tokens(body, rules_.separator);
    std::string_view token;
    std::size_t count = 0;
    while (tokens.next(token)) ++count;
    throw FormatError(where() + std::to_string(count) + (count == 1 ? " value" : " values") +
                      ", expected " + std::to_string(values_));
  }

  void take_tail(Chunk& chunk) {
    std::string_view line;
    while (cursor_.line(line)) {
      if (!passed_over(line))
        throw FormatError(where() + "text after the last of " + std::to_string(header_.points) +
                          " declared points: '" + shown(trimmed(line)) + "'");
      chunk.text += line;
    }
  }

  std::string where() const {
    return header_.path + ": line " + std::to_string(cursor_.line_number()) + ": ";
  }

  Cursor cursor_;
  LineRules rules_;
  AfterPoints after_;
  std::uint64_t values_ = 0;  // a line
  std::uint64_t done_ = 0;
  bool ended_ = false;
};

}  // namespace

bool is_comment(std::string_view line) noexcept {
  return !line.empty() && (line[0] == '#' || line[0] == '%' || line.substr(0, 2) == "//");
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string copy(text.substr(0, most));
  for (char& c : copy)
    if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > 126) c = '?';
  return text.size() > most ? copy + "..." : copy;
}

std::unique_ptr<Reader> ascii_reader(Header header, Cursor cursor, LineRules rules,
                                     AfterPoints after) {
  return std::make_unique<AsciiReader>(std::move(header), std::move(cursor), rules,
                                       std::move(after));
}

}  // namespace equicloud::io
