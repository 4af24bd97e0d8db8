// SPDX-License-Identifier: BSD-3-Clause
// LAS files made by hand, and a little reader of its own kind that knows nothing of core/io: it
// only cuts a file into its parts, as the specification says where they are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::io::testing {

/// A variable length record, or an extended one.
struct LasRecord {
  std::string head;  ///< 54 bytes, extended 60
  std::string payload;
  std::string user() const;
  int id() const;
};

/// A LAS file in parts; joined they are the file.
struct LasParts {
  std::string header;
  std::vector<LasRecord> records;
  std::string gap;  ///< between the records and the points
  std::vector<std::string> points;
  std::vector<LasRecord> extended;
  std::string tail;  ///< behind everything that the header tells of

  /// The payload of the Extra Bytes record; "" if there is none.
  std::string extra_bytes() const;
};

/// Cuts a file. Throws std::out_of_range where it is not what it says.
LasParts cut_las(const std::string& file);

/// What a made file holds.
struct LasRecipe {
  int minor = 4;
  int format = 6;
  std::uint32_t points = 50;
  bool extra_bytes = false;  ///< two described values (u16 "Pulse Width", scaled i32 "height")
  int undescribed = 0;       ///< extra bytes without a description
  bool surroundings = true;  ///< other records, bytes in the gap, extended records, a tail
};

/// X, Y, Z of point i as stored; scale 0.001, offset (500000, 5400000, 100).
std::int32_t las_axis(std::uint32_t i, int axis);
constexpr double kLasOffset[3] = {500000, 5400000, 100};
constexpr double kLasScale = 0.001;

/// The file; every bit of its points that is not a coordinate is random, but returns count 1 to 5.
std::string make_las(const LasRecipe& recipe);

/// Bytes of a point record without extra bytes, from the tables of the specification.
int las_point_bytes(int format);

/// The number at `offset`.
template <typename T>
T number_at(const std::string& bytes, std::size_t offset);
/// The bytes with another number at `offset`.
template <typename T>
std::string with_number(std::string bytes, std::size_t offset, T number);

}  // namespace equicloud::io::testing

#include <cstring>
#include <stdexcept>

template <typename T>
T equicloud::io::testing::number_at(const std::string& bytes, std::size_t offset) {
  T number;
  if (offset + sizeof number > bytes.size()) throw std::out_of_range("number_at");
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

template <typename T>
std::string equicloud::io::testing::with_number(std::string bytes, std::size_t offset, T number) {
  if (offset + sizeof number > bytes.size()) throw std::out_of_range("with_number");
  bytes.replace(offset, sizeof number, reinterpret_cast<const char*>(&number), sizeof number);
  return bytes;
}
