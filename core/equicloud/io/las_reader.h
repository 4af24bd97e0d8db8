// SPDX-License-Identifier: BSD-3-Clause
// Inside io: reading LAS.
#pragma once

#include <equicloud/io/las.h>
#include <equicloud/io/reader.h>
#include <equicloud/io/source.h>

#include <memory>

namespace equicloud::io {

/// Throws FormatError.
std::unique_ptr<Reader> open_las(std::shared_ptr<const Source> source);

/// The header of a LAS file with all its fields. Throws FormatError.
Header parse_las(std::shared_ptr<const Source> source);

/// Point records, one behind the other.
class PointRecords {
 public:
  PointRecords() = default;
  PointRecords(const PointRecords&) = delete;
  PointRecords& operator=(const PointRecords&) = delete;
  virtual ~PointRecords() = default;
  /// The next `count` records, which the header promised. Throws FormatError.
  virtual void read(unsigned char* records, std::size_t count) = 0;
};

}  // namespace equicloud::io
