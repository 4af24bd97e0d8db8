// SPDX-License-Identifier: BSD-3-Clause
// Inside io: how a record of the output comes from a record of the source and the added values.
#pragma once

#include <equicloud/io/header.h>
#include <equicloud/io/writer.h>

#include <cstddef>
#include <vector>

namespace equicloud::io {

/// The plan of a writer: the header of its file and where each field's bytes come from.
struct RecordLayout {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  struct Column {
    std::size_t source_offset = none;  ///< in the source's record, or none
    std::size_t added = none;          ///< index of the added value, or none
  };

  Header output;
  std::vector<Column> columns;        ///< one a field of the output
  std::vector<std::size_t> replaced;  ///< of each source field: the added value it takes, or none
  std::size_t added = 0;              ///< number of added values a point
  bool keeps_lines = false;           ///< ascii to ascii in one format: tokens are copied
  std::vector<std::size_t> blanked;   ///< output fields x y z if removed points are blanked

  /// Throws InvalidArgument as the constructor of Writer does.
  static RecordLayout plan(const std::string& path, const Header& source,
                           const WriterOptions& options);

  /// Fills output.record_bytes bytes. Throws InvalidArgument if an added value does not fit.
  void make_record(const unsigned char* source, const double* added_values, bool blank,
                   unsigned char* record) const;
  /// The same for a line of tokens, appended to `text`.
  void make_line(std::string_view source, const Header& source_header, const double* added_values,
                 bool blank, std::string& text) const;
  /// A record of the output as a line without its end, appended to `text`.
  void print_record(const unsigned char* record, std::string& text) const;
};

}  // namespace equicloud::io
