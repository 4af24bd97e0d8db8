// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/limits.h>

namespace equicloud::io {

void lay_out_checked(Header& header) {
  if (header.fields.empty()) throw FormatError(header.path + ": declares no fields");
  if (header.fields.size() > kMaxFields)
    throw FormatError(header.path + ": declares " + std::to_string(header.fields.size()) +
                      " fields, at most " + std::to_string(kMaxFields) + " are read");
  if (const Field* twice = duplicate(header.fields))
    throw FormatError(header.path + ": field " + twice->name + " is declared twice");
  std::uint64_t total = 0;
  for (const Field& field : header.fields) {
    std::uint64_t bytes = 0;
    if (!multiplied(size_of(field.type), field.count, bytes) || bytes > kMaxRecordBytes ||
        (total += bytes) > kMaxRecordBytes)
      throw FormatError(header.path + ": field " + field.name + " has count " +
                        std::to_string(field.count) + "; a point may take " +
                        std::to_string(kMaxRecordBytes) + " bytes at most");
  }
  lay_out(header);
}

void require_room(const Header& header, std::uint64_t per_point, std::uint64_t left) {
  std::uint64_t needed = 0;
  const bool fits = multiplied(header.points, per_point, needed);
  const bool ascii = header.encoding == Encoding::ascii;
  // In text the very last value may lack what separates it from the next.
  if (fits && needed <= left + (ascii ? 1 : 0)) return;
  throw FormatError(header.path + ": header declares " + std::to_string(header.points) +
                    " points (" + (ascii ? "at least " : "") +
                    (fits ? std::to_string(needed) : std::string("more than 2^64")) +
                    " bytes), the file holds " + std::to_string(left) +
                    (ascii ? " bytes of text" : " bytes") + " (truncated?)");
}

}  // namespace equicloud::io
