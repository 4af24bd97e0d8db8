// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/copy_bytes.h>
#include <equicloud/io/las_bytes.h>
#include <equicloud/io/las_writer.h>
#include <equicloud/io/laz_settings.h>
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

/// The head of a new record.
std::vector<unsigned char> record_head(const std::string& user, int id, const std::string& text) {
  std::vector<unsigned char> head(las::kRecordHead);
  std::copy(user.begin(), user.end(), head.begin() + las::kUserId);
  las::put(static_cast<std::uint16_t>(id), head.data() + las::kRecordId);
  std::copy(text.begin(), text.end(), head.begin() + las::kRecordText);
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
      records_(las::load<std::uint32_t>(las_.block.data() + las::kRecords)),
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
  if (layout.output.encoding != Encoding::binary_compressed) return;
  if (!laz::has_point_format(las_.point_format))
    fail("has point format " + std::to_string(las_.point_format) +
         ", LAZ is written for formats 0 to 3 and 6 to 8; write LAS instead");
  packer_.emplace(las_.point_format, record_.size());
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
  std::copy(name.begin(), name.end(), description + las::kDescribedName);
}

std::vector<unsigned char> LasWriter::source_bytes(std::uint64_t begin, std::size_t count) const {
  std::vector<unsigned char> bytes(count);
  if (source_.source->read_at(begin, bytes.data(), count) != count)
    throw IoError(source_.path + ": became shorter while it was read");
  return bytes;
}

void LasWriter::change_record(std::uint64_t at, const std::vector<unsigned char>& made_head,
                              const std::vector<unsigned char>& payload) {
  Change change;
  change.begin = change.end = las_.records_end;
  change.bytes = made_head;
  if (at != 0) {
    change.bytes = source_bytes(at, las::kRecordHead);
    change.begin = at;
    change.end =
        at + las::kRecordHead + las::load<std::uint16_t>(change.bytes.data() + las::kPayloadBytes);
  } else {
    ++records_;
  }
  las::put(static_cast<std::uint16_t>(payload.size()), change.bytes.data() + las::kPayloadBytes);
  change.bytes.insert(change.bytes.end(), payload.begin(), payload.end());
  changes_.push_back(std::move(change));
}

void LasWriter::remove_record(std::uint64_t at) {
  if (at == 0) return;
  const std::vector<unsigned char> head = source_bytes(at, las::kRecordHead);
  const std::size_t payload = las::load<std::uint16_t>(head.data() + las::kPayloadBytes);
  changes_.push_back({at, at + las::kRecordHead + payload, {}});
  --records_;
}

void LasWriter::plan_records() {
  if (!descriptions_.empty()) {
    std::vector<unsigned char> payload = las_.descriptions;
    payload.insert(payload.end(), descriptions_.begin(), descriptions_.end());
    change_record(las_.extra_record,
                  record_head("LASF_Spec", las::kExtraBytesId, "Extra Bytes Record"), payload);
  }
  if (packer_)
    change_record(las_.laszip_record, record_head(las::kLaszipUser, las::kLaszipId, "equicloud"),
                  laz::make_settings(las_.point_format, record_.size()));
  else if (las_.compressed)
    remove_record(las_.laszip_record);
  // A COPC octree says where chunks lie, which is no longer so.
  if (las_.compressed) remove_record(las_.copc_record);
  std::stable_sort(changes_.begin(), changes_.end(),
                   [](const Change& a, const Change& b) { return a.begin < b.begin; });
}

void LasWriter::begin(AtomicFile& file) {
  plan_records();
  file.write(block_.data(), block_.size());
  std::uint64_t next = block_.size();
  for (const Change& change : changes_) {
    copy_bytes(*source_.source, next, change.begin, file);
    file.write(change.bytes.data(), change.bytes.size());
    next = change.end;
  }
  copy_bytes(*source_.source, next, source_.points_offset, file);
  points_begin_ = file.size();
  if (points_begin_ > kMost32) fail("has variable length records of more than 4 GiB");
  las::put(static_cast<std::uint32_t>(points_begin_), block_.data() + las::kPointsOffset);
  las::put(records_, block_.data() + las::kRecords);
  unsigned char& format = block_[las::kPointFormat];
  format = static_cast<unsigned char>(las_.point_format | (packer_ ? las::kCompressed : 0U));
  if (!packer_) return;
  const std::uint64_t table = 0;  // not known yet
  file.write(&table, sizeof table);
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
  if (packer_)
    packer_->put(record_.data(), buffer);
  else
    buffer.append(reinterpret_cast<const char*>(record_.data()), record_.size());
}

void LasWriter::finish_packing(AtomicFile& file) {
  std::string bytes;
  packer_->finish_chunks(bytes);
  file.write(bytes.data(), bytes.size());
  const std::uint64_t table = file.size();
  bytes.clear();
  packer_->put_table(bytes);
  file.write(bytes.data(), bytes.size());
  file.replace(points_begin_, &table, sizeof table);
}

void LasWriter::finish(AtomicFile& file) {
  if (packer_) finish_packing(file);
  const std::uint64_t tail = file.size();
  copy_bytes(*source_.source, las_.points_end, las_.tail_end, file);
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
