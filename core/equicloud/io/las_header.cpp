// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/las_bytes.h>
#include <equicloud/io/las_reader.h>
#include <equicloud/io/limits.h>

#include <algorithm>
#include <cmath>

namespace equicloud::io {
namespace {

constexpr std::size_t kSmallestHeader = 227;
constexpr int kLastMinor = 4;

std::size_t header_bytes(int minor) noexcept { return minor < 3 ? 227 : minor == 3 ? 235 : 375; }

/// A name as fields have it: no blanks, nothing unprintable.
std::string field_name(std::string name) {
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 127; }, '_');
  return name;
}

class LasParser {
 public:
  explicit LasParser(std::shared_ptr<const Source> source)
      : source_(std::move(source)), las_(std::make_shared<LasHeader>()) {
    header_.format = Format::las;
    header_.path = source_->path();
    header_.source = source_;
  }

  Header parse() {
    take_block();
    take_layout();
    take_points();
    take_records();
    take_extended_records();
    take_fields();
    header_.encoding = las_->compressed ? Encoding::binary_compressed : Encoding::binary;
    header_.las = std::move(las_);
    return std::move(header_);
  }

 private:
  [[noreturn]] void fail(const std::string& sentence) const {
    throw FormatError(header_.path + ": " + sentence);
  }

  template <typename T>
  T at(std::size_t offset) const noexcept {
    return las::load<T>(las_->block.data() + offset);
  }

  void read(std::uint64_t offset, void* bytes, std::size_t count) const {
    if (source_->read_at(offset, bytes, count) != count)
      throw IoError(header_.path + ": became shorter while it was read");
  }

  void take_block() {
    const std::uint64_t size = source_->size();
    if (size < kSmallestHeader)
      fail("holds " + std::to_string(size) + " bytes, a LAS header takes at least " +
           std::to_string(kSmallestHeader) + " (truncated?)");
    std::vector<unsigned char>& block = las_->block;
    block.resize(kSmallestHeader);
    read(0, block.data(), block.size());
    const int major = block[las::kMinor - 1];
    las_->minor = block[las::kMinor];
    if (major != 1 || las_->minor > kLastMinor)
      fail("is LAS " + std::to_string(major) + "." + std::to_string(las_->minor) +
           ", versions 1.0 to 1.4 are read");
    const std::size_t bytes = at<std::uint16_t>(las::kHeaderSize);
    const std::size_t least = header_bytes(las_->minor);
    if (bytes < least)
      fail("declares a header of " + std::to_string(bytes) + " bytes, LAS 1." +
           std::to_string(las_->minor) + " has " + std::to_string(least));
    if (bytes > size)
      fail("declares a header of " + std::to_string(bytes) + " bytes, the file holds " +
           std::to_string(size) + " (truncated?)");
    block.resize(bytes);
    read(0, block.data(), block.size());
  }

  void take_layout() {
    const unsigned format = at<std::uint8_t>(las::kPointFormat);
    las_->compressed = (format & 0xC0U) != 0;  // LASzip marks its files so
    las_->point_format = static_cast<int>(format & 0x3FU);
    las_->record_length = at<std::uint16_t>(las::kRecordLength);
    const std::size_t least = las_record_bytes(las_->point_format);
    if (least == 0)
      fail("has point format " + std::to_string(las_->point_format) + ", formats 0 to 10 are read");
    if (las_->record_length < least)
      fail("declares point records of " + std::to_string(las_->record_length) +
           " bytes, point format " + std::to_string(las_->point_format) + " takes " +
           std::to_string(least));
    for (std::size_t axis = 0; axis < 3; ++axis) take_axis(axis);
    for (LasField& field : las_fields(las_->point_format)) las_->fields.push_back(std::move(field));
  }

  void take_axis(std::size_t axis) {
    LasField field;
    field.name = std::string(1, static_cast<char>('x' + axis));
    field.type = Scalar::i32;
    field.byte = 4 * axis;
    field.scaled = true;
    field.scale = at<double>(las::kScale + 8 * axis);
    field.offset = at<double>(las::kOffset + 8 * axis);
    if (!std::isfinite(field.scale) || field.scale == 0.0)
      fail("the scale of " + field.name + " is " + std::to_string(field.scale) +
           ", expected a number other than 0");
    if (!std::isfinite(field.offset))
      fail("the offset of " + field.name + " is " + std::to_string(field.offset) +
           ", expected a number");
    las_->fields.push_back(std::move(field));
  }

  void take_points() {
    const std::uint64_t legacy = at<std::uint32_t>(las::kLegacyPoints);
    const std::uint64_t wide = las_->minor < 4 ? 0 : at<std::uint64_t>(las::kPoints);
    if (legacy != 0 && wide != 0 && legacy != wide)
      fail("declares " + std::to_string(legacy) + " points in its old count and " +
           std::to_string(wide) + " in the new one");
    header_.points = header_.width = std::max(legacy, wide);
    header_.points_offset = at<std::uint32_t>(las::kPointsOffset);
    const std::uint64_t size = source_->size();
    if (header_.points_offset < las_->block.size())
      fail("the points begin at byte " + std::to_string(header_.points_offset) +
           ", within the header of " + std::to_string(las_->block.size()) + " bytes");
    if (header_.points_offset > size)
      fail("the points begin at byte " + std::to_string(header_.points_offset) +
           ", the file holds " + std::to_string(size) + " (truncated?)");
    las_->tail_end = size;
    las_->points_end = header_.points_offset;
    if (las_->compressed) return;
    require_room(header_, las_->record_length, size - header_.points_offset);
    las_->points_end += header_.points * las_->record_length;
  }

  void take_records() {
    const std::uint32_t count = at<std::uint32_t>(las::kRecords);
    std::uint64_t offset = las_->block.size();
    for (std::uint32_t i = 0; i < count; ++i) {
      unsigned char head[las::kRecordHead];
      const std::uint64_t room = header_.points_offset - offset;
      const auto refuse = [&](std::uint64_t bytes) {
        fail("variable length record " + std::to_string(i + 1) + " of " + std::to_string(count) +
             " takes " + std::to_string(bytes) + " bytes, " + std::to_string(room) +
             " are left before the points");
      };
      if (room < sizeof head) refuse(sizeof head);
      read(offset, head, sizeof head);
      const std::uint64_t payload = las::load<std::uint16_t>(head + las::kPayloadBytes);
      if (payload > room - sizeof head) refuse(payload + sizeof head);
      take_record(head, offset, static_cast<std::size_t>(payload));
      offset += sizeof head + payload;
    }
    las_->records_end = offset;
  }

  void take_record(const unsigned char* head, std::uint64_t offset, std::size_t payload) {
    note_coordinate_system(head);
    const std::string user = las::text(head + las::kUserId, las::kUserIdBytes);
    const unsigned id = las::load<std::uint16_t>(head + las::kRecordId);
    if (user == "copc" && id == 1) las_->copc_record = offset;
    if (user == las::kLaszipUser && id == las::kLaszipId) {
      las_->laszip_record = offset;
      las_->laszip.resize(payload);
      read(offset + las::kRecordHead, las_->laszip.data(), payload);
    }
    if (user != "LASF_Spec" || id != las::kExtraBytesId) return;
    if (las_->extra_record != 0) fail("has two Extra Bytes records, at most one is allowed");
    if (payload % las::kDescription != 0)
      fail("the Extra Bytes record holds " + std::to_string(payload) +
           " bytes, a description takes " + std::to_string(las::kDescription));
    las_->extra_record = offset;
    las_->descriptions.resize(payload);
    read(offset + las::kRecordHead, las_->descriptions.data(), payload);
  }

  void note_coordinate_system(const unsigned char* head) {
    if (las::text(head + las::kUserId, las::kUserIdBytes) != "LASF_Projection") return;
    const unsigned id = las::load<std::uint16_t>(head + las::kRecordId);
    if (id == 2112) las_->coordinate_system = CoordinateSystem::wkt;
    if (id == 34735 && las_->coordinate_system == CoordinateSystem::none)
      las_->coordinate_system = CoordinateSystem::geotiff;
  }

  void take_extended_records() {
    walk_extended_records();
    if (!las_->compressed) return;
    // Behind compressed points lies their chunk table, before or after the extended records.
    if (las_->evlr_begin == 0) las_->evlr_end = source_->size();
    las_->points_end = las_->evlr_begin == 0 ? las_->evlr_end : las_->evlr_begin;
    las_->tail_end = las_->evlr_end;
  }

  void walk_extended_records() {
    if (las_->minor >= 3) las_->waveform_begin = at<std::uint64_t>(las::kWaveform);
    if (las_->minor < 4) return;
    const std::uint32_t count = at<std::uint32_t>(las::kExtended);
    if (count == 0) return;
    std::uint64_t offset = at<std::uint64_t>(las::kFirstExtended);
    las_->evlr_begin = offset;
    if (offset < las_->points_end)
      fail("the extended records begin at byte " + std::to_string(offset) +
           ", the points end at byte " + std::to_string(las_->points_end));
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint64_t size = source_->size();
      const auto refuse = [&] {
        fail("extended record " + std::to_string(i + 1) + " of " + std::to_string(count) +
             " at byte " + std::to_string(offset) + " does not fit into the file of " +
             std::to_string(size) + " bytes (truncated?)");
      };
      unsigned char head[las::kExtendedHead];
      if (offset > size || size - offset < sizeof head) refuse();
      read(offset, head, sizeof head);
      const auto payload = las::load<std::uint64_t>(head + las::kPayloadBytes);
      if (payload > size - offset - sizeof head) refuse();
      note_coordinate_system(head);
      offset += sizeof head + payload;
    }
    las_->evlr_end = offset;
  }

  void take_fields() {
    take_extra_bytes();
    for (const LasField& field : las_->fields)
      header_.fields.push_back({field.name, field.scaled ? Scalar::f64 : field.type, field.count});
    header_.fields.push_back({"_", Scalar::u8, las_->record_length});
    lay_out_checked(header_);
  }

  void take_extra_bytes() {
    const std::size_t begin = las_record_bytes(las_->point_format);
    const std::size_t room = las_->record_length - begin;
    std::size_t used = 0;
    for (std::size_t d = 0; d < las_->descriptions.size(); d += las::kDescription) {
      LasField field = described(las_->descriptions.data() + d);
      field.byte = begin + used;
      used += field.bytes();
      if (used > room)
        fail("the Extra Bytes record describes " + std::to_string(used) +
             " bytes or more, the point records have " + std::to_string(room) + " of them");
      if (is_new(field)) las_->fields.push_back(std::move(field));
    }
    las_->described_bytes = used;
  }

  LasField described(const unsigned char* description) const {
    static constexpr Scalar types[] = {Scalar::u8,  Scalar::i8,  Scalar::u16, Scalar::i16,
                                       Scalar::u32, Scalar::i32, Scalar::u64, Scalar::i64,
                                       Scalar::f32, Scalar::f64};
    constexpr unsigned kTypes = 10;
    const unsigned type = description[las::kDescribedType];
    const unsigned options = description[las::kDescribedOptions];
    LasField field;
    if (type == 0) {  // undocumented: the options tell how many bytes
      field.count = options;
      return field;
    }
    field.name = field_name(las::text(description + las::kDescribedName, las::kDescribedNameBytes));
    if (type > 3 * kTypes)
      fail("extra bytes " + field.name + " have type " + std::to_string(type) +
           ", types 0 to 30 are known");
    field.type = types[(type - 1) % kTypes];
    field.count = 1 + (type - 1) / kTypes;
    take_scale(description, options, field);
    return field;
  }

  static void take_scale(const unsigned char* description, unsigned options, LasField& field) {
    if ((options & (las::kHasScale | las::kHasOffset)) == 0 || field.count != 1) return;
    if ((options & las::kHasScale) != 0)
      field.scale = las::load<double>(description + las::kDescribedScale);
    if ((options & las::kHasOffset) != 0)
      field.offset = las::load<double>(description + las::kDescribedOffset);
    // A scale that is no number is none: the stored values stand for themselves.
    field.scaled = std::isfinite(field.scale) && field.scale != 0.0 && std::isfinite(field.offset);
  }

  /// Extra bytes without a name, or with one that is taken, stay in the record alone.
  bool is_new(const LasField& field) const {
    return !field.name.empty() && field.name != "_" &&
           std::none_of(las_->fields.begin(), las_->fields.end(),
                        [&](const LasField& other) { return other.name == field.name; });
  }

  std::shared_ptr<const Source> source_;
  Header header_;
  std::shared_ptr<LasHeader> las_;
};

}  // namespace

Header parse_las(std::shared_ptr<const Source> source) {
  return LasParser(std::move(source)).parse();
}

}  // namespace equicloud::io
