// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/las.h>

namespace equicloud::io {
namespace {

LasField whole(const char* name, Scalar type, std::size_t byte) {
  LasField field;
  field.name = name;
  field.type = type;
  field.byte = byte;
  return field;
}

LasField part(const char* name, std::size_t byte, unsigned shift, unsigned bits) {
  LasField field = whole(name, Scalar::u8, byte);
  field.shift = shift;
  field.bits = bits;
  return field;
}

std::vector<LasField> fields_to_5() {
  return {whole("intensity", Scalar::u16, 12),
          part("return_number", 14, 0, 3),
          part("number_of_returns", 14, 3, 3),
          part("scan_direction_flag", 14, 6, 1),
          part("edge_of_flight_line", 14, 7, 1),
          part("classification", 15, 0, 5),
          part("synthetic", 15, 5, 1),
          part("key_point", 15, 6, 1),
          part("withheld", 15, 7, 1),
          whole("scan_angle_rank", Scalar::i8, 16),
          whole("user_data", Scalar::u8, 17),
          whole("point_source_id", Scalar::u16, 18)};
}

std::vector<LasField> fields_from_6() {
  return {whole("intensity", Scalar::u16, 12),
          part("return_number", 14, 0, 4),
          part("number_of_returns", 14, 4, 4),
          part("synthetic", 15, 0, 1),
          part("key_point", 15, 1, 1),
          part("withheld", 15, 2, 1),
          part("overlap", 15, 3, 1),
          part("scanner_channel", 15, 4, 2),
          part("scan_direction_flag", 15, 6, 1),
          part("edge_of_flight_line", 15, 7, 1),
          whole("classification", Scalar::u8, 16),
          whole("user_data", Scalar::u8, 17),
          whole("scan_angle", Scalar::i16, 18),
          whole("point_source_id", Scalar::u16, 20),
          whole("gps_time", Scalar::f64, 22)};
}

void add_colours(std::vector<LasField>& fields, std::size_t byte) {
  fields.push_back(whole("red", Scalar::u16, byte));
  fields.push_back(whole("green", Scalar::u16, byte + 2));
  fields.push_back(whole("blue", Scalar::u16, byte + 4));
}

}  // namespace

const char* name_of(CoordinateSystem system) noexcept {
  static constexpr const char* names[] = {"none", "GeoTIFF", "WKT"};
  return names[static_cast<std::size_t>(system)];
}

std::size_t las_record_bytes(int point_format) noexcept {
  static constexpr std::size_t bytes[] = {20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67};
  return point_format < 0 || point_format > 10 ? 0 : bytes[point_format];
}

std::vector<LasField> las_fields(int point_format) {
  std::vector<LasField> fields = point_format < 6 ? fields_to_5() : fields_from_6();
  const int f = point_format;
  const bool has_time = f == 1 || f == 3 || f == 4 || f == 5;
  if (has_time) fields.push_back(whole("gps_time", Scalar::f64, 20));
  if (f == 2) add_colours(fields, 20);
  if (f == 3 || f == 5) add_colours(fields, 28);
  if (f == 7 || f == 8 || f == 10) add_colours(fields, 30);
  if (f == 8 || f == 10) fields.push_back(whole("nir", Scalar::u16, 36));
  return fields;
}

}  // namespace equicloud::io
