// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/bodies.h>
#include <equicloud/io/header_lines.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/ply.h>

#include <algorithm>

namespace equicloud::io {
namespace {

/// Where single values come from: bytes of either order, or the tokens of a line.
class ValueSource {
 public:
  ValueSource(Cursor& cursor, Encoding encoding, const PlyElement& element)
      : cursor_(cursor), encoding_(encoding), what_("element " + element.name) {}

  void begin_instance() {
    if (encoding_ != Encoding::ascii) return;
    do {
      if (!cursor_.line(line_)) cursor_.skip(1, what_.c_str());
    } while (trimmed(line_).empty());
    tokens_ = Tokens(line_);
  }

  void take(Scalar type, unsigned char* value) {
    if (encoding_ == Encoding::ascii) {
      std::string_view token;
      if (!tokens_.next(token) || !parse(token, type, value))
        throw FormatError(at_line(cursor_) + "'" + shown(token) + "' is no " + name_of(type) +
                          " value for " + what_);
      return;
    }
    cursor_.read(value, size_of(type), what_.c_str());
    if (encoding_ == Encoding::binary_big_endian) swap_bytes(value, size_of(type), 1);
  }

  void end_instance() {
    std::string_view token;
    if (encoding_ == Encoding::ascii && tokens_.next(token))
      throw FormatError(at_line(cursor_) + "'" + shown(token) + "' is one value too many for " +
                        what_);
  }

 private:
  Cursor& cursor_;
  Encoding encoding_;
  std::string what_;
  std::string_view line_;
  Tokens tokens_{std::string_view()};
};

/// Collects values in an encoding and hands them on in pieces.
class ValueSink {
 public:
  ValueSink(Encoding encoding, const ByteSink* sink) : encoding_(encoding), sink_(sink) {}

  void put(Scalar type, unsigned char* value) {
    if (sink_ == nullptr) return;
    if (encoding_ == Encoding::ascii) {
      if (!bytes_.empty() && bytes_.back() != '\n') bytes_ += ' ';
      append_text(value, type, bytes_);
      return;
    }
    if (encoding_ == Encoding::binary_big_endian) swap_bytes(value, size_of(type), 1);
    bytes_.append(reinterpret_cast<const char*>(value), size_of(type));
  }

  void end_instance() {
    if (sink_ == nullptr) return;
    if (encoding_ == Encoding::ascii) bytes_ += '\n';
    if (bytes_.size() >= kPieceBytes) flush();
  }

  void flush() {
    if (sink_ != nullptr) (*sink_)(bytes_.data(), bytes_.size());
    bytes_.clear();
  }

 private:
  static constexpr std::size_t kPieceBytes = std::size_t{1} << 16;
  Encoding encoding_;
  const ByteSink* sink_;
  std::string bytes_;
};

std::uint64_t list_length(const Cursor& cursor, ValueSource& source, ValueSink& sink,
                          const PlyElement& element, const PlyProperty& property) {
  unsigned char bytes[8];
  source.take(property.length_type, bytes);
  const double length = load(bytes, property.length_type);
  if (length < 0)
    throw FormatError(cursor.path() + ": element " + element.name + ": list " + property.name +
                      " has the negative length " + std::to_string(static_cast<long long>(length)) +
                      " before byte " + std::to_string(cursor.offset()));
  sink.put(property.length_type, bytes);
  return static_cast<std::uint64_t>(length);
}

/// Least bytes an instance takes in a file of this encoding.
std::uint64_t least_bytes(const PlyElement& element, Encoding encoding) {
  std::uint64_t bytes = 0;
  for (const PlyProperty& property : element.properties) {
    if (encoding == Encoding::ascii)
      bytes += 2;
    else
      bytes += size_of(property.is_list ? property.length_type : property.type);
  }
  return bytes;
}

void require_room_for(const Cursor& cursor, const PlyElement& element, Encoding encoding) {
  const std::uint64_t least = least_bytes(element, encoding);
  std::uint64_t needed = 0;
  if (least == 0 && element.count > 0)
    throw FormatError(cursor.path() + ": element " + element.name + " has no properties");
  if (multiplied(least, element.count, needed) &&
      needed <= cursor.left() + (encoding == Encoding::ascii ? 1 : 0))
    return;
  throw FormatError(cursor.path() + ": header declares " + std::to_string(element.count) +
                    " instances of element " + element.name + ", at least " +
                    std::to_string(least) + " bytes each, the file holds " +
                    std::to_string(cursor.left()) + " bytes more (truncated?)");
}

}  // namespace

void walk_element(Cursor& cursor, const PlyElement& element, Encoding from, Encoding to,
                  const ByteSink* sink) {
  require_room_for(cursor, element, from);
  ValueSource source(cursor, from, element);
  ValueSink values(to, sink);
  unsigned char bytes[8];
  for (std::uint64_t i = 0; i < element.count; ++i) {
    source.begin_instance();
    for (const PlyProperty& property : element.properties) {
      std::uint64_t count = 1;
      if (property.is_list) count = list_length(cursor, source, values, element, property);
      for (std::uint64_t k = 0; k < count; ++k) {
        source.take(property.type, bytes);
        values.put(property.type, bytes);
      }
    }
    source.end_instance();
    values.end_instance();
  }
  values.flush();
}

const char* ply_name(Scalar type) noexcept {
  switch (type) {
    case Scalar::i8:
      return "char";
    case Scalar::u8:
      return "uchar";
    case Scalar::i16:
      return "short";
    case Scalar::u16:
      return "ushort";
    case Scalar::i32:
      return "int";
    case Scalar::u32:
      return "uint";
    case Scalar::f32:
      return "float";
    case Scalar::f64:
      return "double";
    case Scalar::i64:
    case Scalar::u64:
      break;
  }
  return nullptr;
}

}  // namespace equicloud::io
