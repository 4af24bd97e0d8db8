// SPDX-License-Identifier: BSD-3-Clause
// A file is read twice: once for what the scorer sees, once, after scoring, record by record into
// the output. So memory holds positions and scores, never whole files, and what is not ours passes
// through untouched.
#pragma once

#include <equicloud/base/atomic_file.h>
#include <equicloud/base/span.h>
#include <equicloud/io/reader.h>
#include <equicloud/io/writer.h>

#include <functional>
#include <string>
#include <vector>

namespace equicloud::cli {

/// Calls visit with each remaining chunk in order. Throws as Reader::read does, and Interrupted.
void for_each_chunk(io::Reader& reader, const std::function<void(const io::Chunk&)>& visit);

/// The x y z of all points, packed. Throws as Reader::read does, and Interrupted.
std::vector<float> read_cloud(const std::string& path);

/// What one output holds, beside what it takes from its input.
struct Rewrite {
  io::WriterOptions options;
  Span<const unsigned char> keep;  ///< one a point, 0 = removed; empty: all kept
  Span<const double> added;        ///< points x options.added.size(); empty if none are added
  /// In place of `added`: appends the values of the next chunk's points.
  std::function<void(const io::Chunk& chunk, std::vector<double>& values)> values;
};

/// Creates the folder that a file is to lie in, where it is missing. Throws IoError.
void create_folder_of(const std::string& output);

/// Creates the output's folder where it is missing. Throws IoError, FormatError, InvalidArgument,
/// Interrupted; the output is then absent, or what it was before.
void rewrite_file(const std::string& input, const std::string& output, const Rewrite& rewrite);
/// The same, left under its temporary name, so that many can be put in place at once.
PendingFile rewrite_beside(const std::string& input, const std::string& output,
                           const Rewrite& rewrite);

}  // namespace equicloud::cli
