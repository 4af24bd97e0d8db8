// SPDX-License-Identifier: BSD-3-Clause
#include "cli/cloud_file.h"

#include "cli/interrupt.h"

#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>

#include <filesystem>
#include <system_error>

namespace equicloud::cli {

void create_folder_of(const std::string& output) {
  const std::filesystem::path folder = std::filesystem::path(output).parent_path();
  if (folder.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw IoError(folder.string() + ": cannot be made a folder: " + error.message());
}

void for_each_chunk(io::Reader& reader, const std::function<void(const io::Chunk&)>& visit) {
  io::Chunk chunk;
  while (reader.read(chunk, io::kChunkPoints)) {
    stop_if_interrupted();
    visit(chunk);
  }
}

std::vector<float> read_cloud(const std::string& path) {
  const auto reader = io::open(path);
  io::ChunkPositions positions(reader->header());
  for_each_chunk(*reader, [&](const io::Chunk& chunk) { positions.append(chunk); });
  return positions.take().xyz;
}

PendingFile rewrite_beside(const std::string& input, const std::string& output,
                           const Rewrite& rewrite) {
  const auto reader = io::open(input);
  create_folder_of(output);
  io::Writer writer(output, reader->header(), rewrite.options);
  const std::size_t added = rewrite.options.added.size();
  std::size_t done = 0;
  std::vector<double> values;
  for_each_chunk(*reader, [&](const io::Chunk& chunk) {
    const std::size_t end = done + chunk.points;
    values.clear();
    if (rewrite.values) rewrite.values(chunk, values);
    const bool has_values = rewrite.values ? values.size() == chunk.points * added
                                           : end * added <= rewrite.added.size();
    if ((!rewrite.keep.empty() && end > rewrite.keep.size()) || !has_values)
      throw FormatError(input + ": changed while it was being read");
    writer.write(chunk,
                 rewrite.keep.empty() ? rewrite.keep : rewrite.keep.subspan(done, chunk.points),
                 rewrite.values ? Span<const double>(values)
                                : rewrite.added.subspan(done * added, chunk.points * added));
    done = end;
  });
  stop_if_interrupted();
  return writer.hold();
}

void rewrite_file(const std::string& input, const std::string& output, const Rewrite& rewrite) {
  PendingFile file = rewrite_beside(input, output, rewrite);
  file.sync();
  file.publish();
}

}  // namespace equicloud::cli
