// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/copy_bytes.h>
#include <equicloud/io/las_bytes.h>
#include <equicloud/io/las_writer.h>
#include <equicloud/io/numbers.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace equicloud::io {
namespace {

constexpr std::size_t kMost16 = std::numeric_limits<std::uint16_t>::max();
constexpr std::uint64_t kMost32 = std::numeric_limits<std::uint32_t>::max();

const LasField& field_named(const LasHeader& las, const std::string& name) {
  return *std::find_if(las.fields.begin(), las.fields.end(),
                       [&](const LasField& field) { return field.name == name; });
}

/// The number of a type in a description of extra bytes.
unsigned described_type(Scalar type) noexcept {
  switch (type) {
    case Scalar::u8:
      return 1;
    case Scalar::i8:
      return 2;
    case Scalar::u16:
      return 3;
    case Scalar::i16:
      return 4;
    case Scalar::u32:
      return 5;
    case Scalar::i32:
      return 6;
    case Scalar::u64:
      return 7;
    case Scalar::i64:
      return 8;
    case Scalar::f32:
      return 9;
    case Scalar::f64:
      break;
  }
  return 10;
}

/// The head of a new Extra Bytes record.
std::vector<unsigned char> extra_bytes_head() {
  std::vector<unsigned char> head(las::kRecordHead);
  std::memcpy(head.data() + las::kUserId, "LASF_Spec", 9);
  las::put<std::uint16_t>(las::kExtraBytesId, head.data() + las::kRecordId);
  constexpr std::size_t kText = 22;
  std::memcpy(head.data() + kText, "Extra Bytes Record", 18);
  return head;
}

}  // namespace

LasTally::LasTally(const LasHeader& las) : return_number_(field_named(las, "return_number")) {
  std::fill_n(low_, 3, std::numeric_limits<std::int32_t>::max());
  std::fill_n(high_, 3, std::numeric_limits<std::int32_t>::min());
}

void LasTally::add(const unsigned char* record) noexcept {
  ++points_;
  ++returns_[(record[return_number_.byte] >> return_number_.shift) &
             ((1U << return_number_.bits) - 1U)];
  for (std::size_t a = 0; a < 3; ++a) {
    const auto value = las::load<std::int32_t>(record + 4 * a);
    low_[a] = std::min(low_[a], value);
    high_[a] = std::max(high_[a], value);
  }
}

void LasTally::write(const LasHeader& las, unsigned char* block) const {
  // Old counts are 0 where the points are too many for them or, since 1.4, of a new format.
  const bool counts_old = las.minor < 4 || las.point_format < 6 ||
                          las::load<std::uint32_t>(block + las::kLegacyPoints) != 0;
  const bool old = counts_old && points_ <= kMost32;
  las::put(static_cast<std::uint32_t>(old ? points_ : 0), block + las::kLegacyPoints);
  for (std::size_t r = 0; r < las::kLegacyReturnCount; ++r)
    las::put(static_cast<std::uint32_t>(old ? returns_[r + 1] : 0),
             block + las::kLegacyReturns + 4 * r);
  if (las.minor >= 4) {
    las::put(points_, block + las::kPoints);
    for (std::size_t r = 0; r < las::kReturnCount; ++r)
      las::put(returns_[r + 1], block + las::kReturns + 8 * r);
  }
  for (std::size_t a = 0; a < 3; ++a) {
    const LasField& axis = las.fields[a];
    double high = points_ == 0 ? 0.0 : high_[a] * axis.scale + axis.offset;
    double low = points_ == 0 ? 0.0 : low_[a] * axis.scale + axis.offset;
    if (low > high) std::swap(low, high);  // a negative scale
    las::put(high, block + las::kBounds + 16 * a);
    las::put(low, block + las::kBounds + 16 * a + 8);
  }
}

LasWriter::LasWriter(const Header& source, const RecordLayout& layout)
    : source_(source),
      las_(*source.las),
      path_(layout.output.path),
      fewer_points_(layout.output.points != source.points),
      block_(las_.block),
      tally_(las_) {
  plan_fields(layout);
  record_.resize(las_.record_length);
  for (const Field& field : appended_) record_.resize(record_.size() + field.bytes());
  if (record_.size() > kMost16)
    fail("a LAS point record takes " + std::to_string(kMost16) + " bytes at most, with the new " +
         "fields it would take " + std::to_string(record_.size()));
  if (las_.descriptions.size() + descriptions_.size() > kMost16)
    fail("the Extra Bytes record is full, no further field can be described");
  las::put(static_cast<std::uint16_t>(record_.size()), block_.data() + las::kRecordLength);
}

void LasWriter::fail(const std::string& sentence) const {
  throw InvalidArgument(path_ + ": " + sentence);
}

void LasWriter::plan_fields(const RecordLayout& layout) {
  const std::size_t values = las_.fields.size();
  packed_ = layout.output.fields[values].offset;
  for (std::size_t i = 0; i < values; ++i) {
    if (layout.columns[i].added == RecordLayout::none) continue;
    if (las_.fields[i].scaled || las_.fields[i].count != 1)
      fail("field " + las_.fields[i].name + " is no plain value and cannot be replaced");
    replaced_.push_back({layout.output.fields[i].offset, las_.fields[i]});
  }
  for (std::size_t i = values + 1; i < layout.output.fields.size(); ++i)
    describe(layout.output.fields[i]);
}

void LasWriter::describe(const Field& field) {
  if (field.name.size() > las::kDescribedNameBytes)
    fail("field " + field.name + " has a name longer than the " +
         std::to_string(las::kDescribedNameBytes) + " bytes LAS allows");
  if (appended_.empty()) {  // a description tells nothing of where: those before must be complete
    std::size_t undescribed =
        las_.record_length - las_record_bytes(las_.point_format) - las_.described_bytes;
    for (std::size_t part = 0; undescribed > 0; undescribed -= part) {
      part = std::min<std::size_t>(undescribed, 255);
      append_description(0, static_cast<unsigned>(part), "undocumented");
    }
  }
  append_description(described_type(field.type), 0, field.name);
  appended_.push_back(field);
}

void LasWriter::append_description(unsigned type, unsigned options, const std::string& name) {
  const std::size_t begin = descriptions_.size();
  descriptions_.resize(begin + las::kDescription);
  unsigned char* description = descriptions_.data() + begin;
  description[las::kDescribedType] = static_cast<unsigned char>(type);
  description[las::kDescribedOptions] = static_cast<unsigned char>(options);
  std::memcpy(description + las::kDescribedName, name.data(), name.size());
}

void LasWriter::begin(AtomicFile& file) {
  file.write(block_.data(), block_.size());
  const Source& source = *source_.source;
  const std::uint64_t header = block_.size();
  if (descriptions_.empty()) {
    copy_bytes(source, header, source_.points_offset, file);
    return;
  }
  std::vector<unsigned char> head = extra_bytes_head();
  const bool is_new = las_.extra_record == 0;
  const std::uint64_t at = is_new ? las_.records_end : las_.extra_record;
  if (!is_new && source.read_at(at, head.data(), head.size()) != head.size())
    throw IoError(source_.path + ": became shorter while it was read");
  const std::size_t payload = las_.descriptions.size() + descriptions_.size();
  las::put(static_cast<std::uint16_t>(payload), head.data() + las::kPayloadBytes);
  copy_bytes(source, header, at, file);
  file.write(head.data(), head.size());
  file.write(las_.descriptions.data(), las_.descriptions.size());
  file.write(descriptions_.data(), descriptions_.size());
  const std::uint64_t old = is_new ? 0 : las::kRecordHead + las_.descriptions.size();
  copy_bytes(source, at + old, source_.points_offset, file);
  const std::uint64_t offset = source_.points_offset + las::kRecordHead + payload - old;
  if (offset > kMost32) fail("has variable length records of more than 4 GiB");
  las::put(static_cast<std::uint32_t>(offset), block_.data() + las::kPointsOffset);
  const auto records = las::load<std::uint32_t>(block_.data() + las::kRecords);
  las::put(records + (is_new ? 1U : 0U), block_.data() + las::kRecords);
}

void LasWriter::replace(const Replaced& replaced, const unsigned char* values) {
  const LasField& field = replaced.field;
  const unsigned char* value = values + replaced.value;
  unsigned char* stored = record_.data() + field.byte;
  if (field.bits == 0) {
    std::memcpy(stored, value, field.bytes());
    return;
  }
  const unsigned most = (1U << field.bits) - 1U;
  if (*value > most)
    fail(field.name + " " + std::to_string(*value) + " does not fit: point format " +
         std::to_string(las_.point_format) + " has room for 0 to " + std::to_string(most));
  *stored = static_cast<unsigned char>((*stored & ~(most << field.shift)) |
                                       (static_cast<unsigned>(*value) << field.shift));
}

void LasWriter::put(const unsigned char* values, std::string& buffer) {
  std::memcpy(record_.data(), values + packed_, las_.record_length);
  for (const Replaced& replaced : replaced_) replace(replaced, values);
  unsigned char* next = record_.data() + las_.record_length;
  for (const Field& field : appended_) {
    std::memcpy(next, values + field.offset, field.bytes());
    next += field.bytes();
  }
  tally_.add(record_.data());
  buffer.append(reinterpret_cast<const char*>(record_.data()), record_.size());
}

void LasWriter::finish(AtomicFile& file) {
  const std::uint64_t tail = file.size();
  copy_bytes(*source_.source, las_.points_end, source_.source->size(), file);
  // What lies behind the points moves with them; waveform data may also lie in a file of its own.
  const auto move = [&](std::uint64_t begin, std::size_t at) {
    if (begin >= las_.points_end) las::put(begin - las_.points_end + tail, block_.data() + at);
  };
  if (las_.evlr_begin != 0) move(las_.evlr_begin, las::kFirstExtended);
  if (las_.waveform_begin != 0) move(las_.waveform_begin, las::kWaveform);
  if (fewer_points_) tally_.write(las_, block_.data());
  file.replace(0, block_.data(), block_.size());
}

}  // namespace equicloud::io
