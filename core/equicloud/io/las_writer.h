// SPDX-License-Identifier: BSD-3-Clause
// Inside io: a LAS file again. Everything is copied from the source byte for byte, points first to
// last, except for what is told: values replaced within the point records, extra bytes behind them
// (described in the Extra Bytes record, which is made where there is none), points left out, and
// what follows from these in the public header block.
#pragma once

#include <equicloud/base/atomic_file.h>
#include <equicloud/io/las.h>
#include <equicloud/io/laz_packer.h>
#include <equicloud/io/record_layout.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace equicloud::io {

/// Numbers of the points written so far: what the header block says about them.
class LasTally {
 public:
  explicit LasTally(const LasHeader& las);
  void add(const unsigned char* record) noexcept;
  /// Brings counts and bounds of a header block up to date.
  void write(const LasHeader& las, unsigned char* block) const;

 private:
  LasField return_number_;
  std::uint64_t points_ = 0;
  std::uint64_t returns_[16] = {};
  std::int32_t low_[3];
  std::int32_t high_[3];
};

class LasWriter {
 public:
  /// Throws InvalidArgument if a value cannot be replaced or the extra bytes do not fit.
  LasWriter(const Header& source, const RecordLayout& layout);

  /// The header block and the records before the points.
  void begin(AtomicFile& file);
  /// Appends the point record that a record of the output stands for. Throws InvalidArgument if a
  /// replaced value does not fit its bits.
  void put(const unsigned char* values, std::string& buffer);
  /// What follows the points, then the header block again with the final numbers.
  void finish(AtomicFile& file);

 private:
  struct Replaced {
    std::size_t value;  ///< offset in the output's record
    LasField field;
  };
  /// A piece of the source's records that is written otherwise.
  struct Change {
    std::uint64_t begin = 0, end = 0;  ///< in the source
    std::vector<unsigned char> bytes;
  };

  [[noreturn]] void fail(const std::string& sentence) const;
  void plan_fields(const RecordLayout& layout);
  void describe(const Field& field);
  void append_description(unsigned type, unsigned options, const std::string& name);
  std::vector<unsigned char> source_bytes(std::uint64_t begin, std::size_t count) const;
  /// Another payload for the record at `at`; 0: a new record behind all others.
  void change_record(std::uint64_t at, const std::vector<unsigned char>& made_head,
                     const std::vector<unsigned char>& payload);
  void remove_record(std::uint64_t at);
  void plan_records();
  void finish_packing(AtomicFile& file);
  void replace(const Replaced& replaced, const unsigned char* values);

  const Header& source_;
  const LasHeader& las_;
  std::string path_;
  bool fewer_points_ = false;
  std::vector<Replaced> replaced_;
  std::vector<Field> appended_;
  std::vector<unsigned char> descriptions_;  ///< those that are added
  std::vector<Change> changes_;
  std::uint32_t records_;           ///< variable length records of the output
  std::uint64_t points_begin_ = 0;  ///< of the output
  std::optional<laz::Packer> packer_;
  std::size_t packed_ = 0;  ///< offset of the point record in the output's record
  std::vector<unsigned char> record_;
  std::vector<unsigned char> block_;
  LasTally tally_;
};

}  // namespace equicloud::io
