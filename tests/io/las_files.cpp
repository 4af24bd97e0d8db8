// SPDX-License-Identifier: BSD-3-Clause
#include "io/las_files.h"

#include <equicloud/base/random.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "io/sample_files.h"

namespace equicloud::io::testing {

std::string LasRecord::user() const { return head.substr(2, 16).c_str(); }
int LasRecord::id() const { return number_at<std::uint16_t>(head, 18); }

std::string LasParts::extra_bytes() const {
  for (const LasRecord& record : records)
    if (record.user() == "LASF_Spec" && record.id() == 4) return record.payload;
  return "";
}

namespace {

std::string piece(const std::string& file, std::uint64_t begin, std::uint64_t bytes) {
  if (begin > file.size() || bytes > file.size() - begin) throw std::out_of_range("piece");
  return file.substr(begin, bytes);
}

}  // namespace

LasParts cut_las(const std::string& file) {
  LasParts parts;
  parts.header = piece(file, 0, number_at<std::uint16_t>(file, 94));
  const int minor = static_cast<unsigned char>(file.at(25));
  std::uint64_t at = parts.header.size();
  for (auto left = number_at<std::uint32_t>(file, 100); left > 0; --left) {
    LasRecord record;
    record.head = piece(file, at, 54);
    record.payload = piece(file, at + 54, number_at<std::uint16_t>(record.head, 20));
    at += 54 + record.payload.size();
    parts.records.push_back(record);
  }
  const std::uint64_t points = number_at<std::uint32_t>(file, 96);
  parts.gap = piece(file, at, points - at);
  at = points;
  const std::uint64_t length = number_at<std::uint16_t>(file, 105);
  std::uint64_t count = number_at<std::uint32_t>(file, 107);
  if (minor >= 4) count = number_at<std::uint64_t>(file, 247);
  for (std::uint64_t i = 0; i < count; ++i, at += length)
    parts.points.push_back(piece(file, at, length));
  if (minor >= 4 && number_at<std::uint32_t>(file, 243) > 0) {
    at = number_at<std::uint64_t>(file, 235);
    for (auto left = number_at<std::uint32_t>(file, 243); left > 0; --left) {
      LasRecord record;
      record.head = piece(file, at, 60);
      record.payload = piece(file, at + 60, number_at<std::uint64_t>(record.head, 20));
      at += 60 + record.payload.size();
      parts.extended.push_back(record);
    }
  }
  parts.tail = piece(file, at, file.size() - at);
  return parts;
}

int las_point_bytes(int format) {
  return std::array<int, 11>{20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67}.at(
      static_cast<std::size_t>(format));
}

std::int32_t las_axis(std::uint32_t i, int axis) {
  const auto k = static_cast<std::int32_t>(i);
  return axis == 0   ? 1234567 + 1013 * k
         : axis == 1 ? -777777 + (k % 4093) * (k % 4093) % 4093
                     : 5 * (k % 11) - 7;
}

namespace {

std::string padded(std::string text, std::size_t bytes) {
  text.resize(bytes, '\0');
  return text;
}

std::string record(const std::string& user, std::uint16_t id, const std::string& payload) {
  return bytes_of(std::uint16_t{0xAABB}) + padded(user, 16) + bytes_of(id) +
         bytes_of(static_cast<std::uint16_t>(payload.size())) + padded("by hand", 32) + payload;
}

std::string extended_record(const std::string& user, std::uint16_t id, const std::string& payload) {
  return bytes_of(std::uint16_t{0xAABB}) + padded(user, 16) + bytes_of(id) +
         bytes_of(static_cast<std::uint64_t>(payload.size())) + padded("by hand", 32) + payload;
}

std::string description(char type, char options, const std::string& name, double scale) {
  std::string text(192, '\0');
  text[2] = type;
  text[3] = options;
  text.replace(4, name.size(), name);
  return with_number(text, 112, scale);
}

// A point with random bits, but coordinates and returns.
std::string point(const LasRecipe& recipe, std::uint32_t i, Random& random) {
  std::string bytes;
  for (int axis = 0; axis < 3; ++axis) bytes += bytes_of(las_axis(i, axis));
  const int length = las_point_bytes(recipe.format) + (recipe.extra_bytes ? 6 : 0);
  while (static_cast<int>(bytes.size()) < length + recipe.undescribed)
    bytes += static_cast<char>(random.bits());
  const unsigned returns = 1 + i % 5;
  bytes[14] =
      static_cast<char>(recipe.format < 6 ? (static_cast<unsigned>(bytes[14]) & 0xF8U) | returns
                                          : (static_cast<unsigned>(bytes[14]) & 0xF0U) | returns);
  return bytes;
}

// The public header block with everything that does not depend on what comes behind.
std::string header_block(const LasRecipe& recipe, std::size_t point_bytes) {
  const std::size_t bytes = recipe.minor < 3 ? 227 : recipe.minor == 3 ? 235 : 375;
  std::string block = padded("LASF", bytes);
  Random random(7);
  for (std::size_t i = 4; i < 94; ++i) block[i] = static_cast<char>(random.bits());
  block[24] = 1;
  block[25] = static_cast<char>(recipe.minor);
  block = with_number(block, 94, static_cast<std::uint16_t>(bytes));
  block[104] = static_cast<char>(recipe.format);
  block = with_number(block, 105, static_cast<std::uint16_t>(point_bytes));
  const bool is_new = recipe.minor >= 4 && recipe.format >= 6;
  if (!is_new) block = with_number(block, 107, recipe.points);
  if (recipe.minor >= 4) block = with_number(block, 247, std::uint64_t{recipe.points});
  for (std::size_t axis = 0; axis < 3; ++axis) {
    block = with_number(block, 131 + 8 * axis, kLasScale);
    block = with_number(block, 155 + 8 * axis, kLasOffset[axis]);
    block = with_number(block, 179 + 16 * axis, 1e9);  // bounds that are wrong, and stay
    block = with_number(block, 187 + 16 * axis, -1e9);
  }
  return block;
}

}  // namespace

std::string make_las(const LasRecipe& recipe) {
  Random random(static_cast<std::uint64_t>(recipe.format) + 1);
  std::vector<std::string> records;
  if (recipe.surroundings) records.push_back(record("LASF_Projection", 34735, "1234567"));
  if (recipe.extra_bytes)
    records.push_back(record(
        "LASF_Spec", 4, description(3, 0, "Pulse Width", 0) + description(6, 8, "height", 0.01)));
  if (recipe.surroundings) records.push_back(record("somebody", 77, std::string(333, 'q')));
  std::string behind;
  for (const std::string& bytes : records) behind += bytes;
  if (recipe.surroundings) behind += "gap\xDD\xCC";
  std::string points;
  for (std::uint32_t i = 0; i < recipe.points; ++i) points += point(recipe, i, random);
  const std::size_t length = static_cast<std::size_t>(las_point_bytes(recipe.format)) +
                             (recipe.extra_bytes ? 6 : 0) +
                             static_cast<std::size_t>(recipe.undescribed);
  std::string block = header_block(recipe, length);
  block = with_number(block, 96, static_cast<std::uint32_t>(block.size() + behind.size()));
  block = with_number(block, 100, static_cast<std::uint32_t>(records.size()));
  std::string extended;
  if (recipe.surroundings) {
    const std::uint64_t begin = block.size() + behind.size() + points.size() + 3;
    extended = "pad";
    if (recipe.minor >= 3) block = with_number(block, 227, begin);
    if (recipe.minor >= 4) {
      block = with_number(block, 235, begin);
      block = with_number(block, 243, std::uint32_t{2});
    }
    extended += extended_record("LASF_Spec", 65535, std::string(101, 'w')) +
                extended_record("LASF_Projection", 2112, "GEOGCS[\"far away\"]") + "tail";
  }
  return block + behind + points + extended;
}

}  // namespace equicloud::io::testing
