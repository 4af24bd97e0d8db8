// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/header.h>
#include <equicloud/io/limits.h>

#include <algorithm>

namespace equicloud::io {

std::size_t size_of(Scalar type) noexcept {
  switch (type) {
    case Scalar::i8:
    case Scalar::u8:
      return 1;
    case Scalar::i16:
    case Scalar::u16:
      return 2;
    case Scalar::i32:
    case Scalar::u32:
    case Scalar::f32:
      return 4;
    case Scalar::i64:
    case Scalar::u64:
    case Scalar::f64:
      break;
  }
  return 8;
}

bool is_float(Scalar type) noexcept { return type == Scalar::f32 || type == Scalar::f64; }

const char* name_of(Scalar type) noexcept {
  static constexpr const char* names[] = {"i8",  "u8",  "i16", "u16", "i32",
                                          "u32", "i64", "u64", "f32", "f64"};
  return names[static_cast<std::size_t>(type)];
}

const char* name_of(Format format) noexcept {
  static constexpr const char* names[] = {"PCD", "PLY", "text", "KITTI", "LAS"};
  return names[static_cast<std::size_t>(format)];
}

const char* name_of(Encoding encoding) noexcept {
  static constexpr const char* names[] = {"ascii", "binary", "binary_big_endian",
                                          "binary_compressed"};
  return names[static_cast<std::size_t>(encoding)];
}

const Field* Header::find(const std::string& name) const noexcept {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

const Field& Header::at(const std::string& name) const {
  const Field* field = find(name);
  if (field != nullptr) return *field;
  std::string names;
  for (const Field& other : fields) names += (names.empty() ? "" : " ") + other.name;
  throw FormatError(path + ": has no field " + name + "; fields are: " + names);
}

std::vector<std::string> Header::other_elements() const {
  std::vector<std::string> names;
  for (const PlyElement& element : elements)
    if (element.name != "vertex" && element.count > 0) names.push_back(element.name);
  return names;
}

void lay_out(Header& header) {
  header.record_bytes = 0;
  for (Field& field : header.fields) {
    field.offset = header.record_bytes;
    header.record_bytes += field.bytes();
  }
}

namespace {

bool well_named(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != 127;
  });
}

}  // namespace

Header make_header(Format format, Encoding encoding, std::vector<Field> fields, std::uint64_t width,
                   std::uint64_t height) {
  Header header;
  header.format = format;
  header.encoding = encoding;
  header.width = width;
  header.height = height;
  if (!multiplied(width, height, header.points))
    throw InvalidArgument("a cloud of " + std::to_string(width) + " x " + std::to_string(height) +
                          " points is more than 64 bits count");
  if (fields.empty()) throw InvalidArgument("a cloud needs at least one field");
  for (const Field& field : fields) {
    if (!well_named(field.name))
      throw InvalidArgument("'" + field.name +
                            "' is no name for a field: it is empty or has blanks");
    if (field.count < 1 || field.count > kMaxRecordBytes)
      throw InvalidArgument("field " + field.name + " has count " + std::to_string(field.count) +
                            ", expected 1 or more");
  }
  header.fields = std::move(fields);
  if (const Field* twice = duplicate(header.fields))
    throw InvalidArgument("field " + twice->name + " comes twice");
  lay_out(header);
  return header;
}

const Field* duplicate(const std::vector<Field>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (fields[i].name == fields[j].name && fields[i].name != "_") return &fields[i];
  return nullptr;
}

}  // namespace equicloud::io
