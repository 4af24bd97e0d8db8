// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <equicloud/io/copy_bytes.h>
#include <equicloud/io/las_writer.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/lzf.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/pcd.h>
#include <equicloud/io/ply.h>
#include <equicloud/io/record_layout.h>
#include <equicloud/io/source.h>
#include <equicloud/io/text.h>
#include <equicloud/io/writer.h>

#include <algorithm>
#include <cstring>

namespace equicloud::io {
namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

/// True for elements whose values count vertices, so that they break when vertices go.
bool counts_vertices(const PlyElement& element) {
  return element.count > 0 && element.name != "vertex" &&
         (element.name == "edge" ||
          std::any_of(element.properties.begin(), element.properties.end(),
                      [](const PlyProperty& property) { return property.is_list; }));
}

std::string render(const Header& output, const Header& source) {
  switch (output.format) {
    case Format::pcd:
      return render_pcd(output);
    case Format::ply:
      return render_ply(output, source);
    case Format::text:
      return render_text(output);
    case Format::kitti:
    case Format::las:
      break;
  }
  return "";
}

}  // namespace

struct Writer::State {
  State(std::string path, const Header& from, const WriterOptions& options)
      : source(from), layout(RecordLayout::plan(path, from, options)), file(std::move(path)) {
    removed = options.removed;
    check_elements();
    if (is_columns()) begin_columns();
    if (layout.output.format == Format::las) las.emplace(source, layout).begin(file);
    const std::string text = render(layout.output, source);
    file.write(text.data(), text.size());
    for (const PlyElement& element : layout.output.elements) {
      if (element.name == "vertex") break;
      copy_before = true;
    }
    if (copy_before) copy_elements(source.raw.size(), true);
    record.resize(layout.output.record_bytes);
  }

  [[noreturn]] void fail(const std::string& sentence) const {
    throw InvalidArgument(layout.output.path + ": " + sentence);
  }

  void check_elements() const {
    if (layout.output.points == source.points) return;
    for (const PlyElement& element : layout.output.elements)
      if (counts_vertices(element))
        fail("element " + element.name +
             " counts vertices and cannot be copied when points are dropped");
  }

  /// The body of PCD's binary_compressed is made in memory, field after field.
  bool is_columns() const noexcept {
    return layout.output.encoding == Encoding::binary_compressed &&
           layout.output.format == Format::pcd;
  }

  /// The body of PCD's binary_compressed is made in memory, field after field.
  void begin_columns() {
    std::uint64_t bytes = 0;
    if (!multiplied(layout.output.points, layout.output.record_bytes, bytes) || bytes > 0xFFFFFFFFU)
      fail("binary_compressed holds 4 GiB of points at most; write binary instead");
    columns.resize(static_cast<std::size_t>(bytes));
  }

  void flush() {
    file.write(buffer.data(), buffer.size());
    buffer.clear();
  }

  void put_record() {
    const Header& output = layout.output;
    if (las) {
      las->put(record.data(), buffer);
    } else if (output.encoding == Encoding::ascii) {
      layout.print_record(record.data(), buffer);
      buffer += '\n';
    } else if (output.encoding == Encoding::binary_compressed) {
      for (const Field& field : output.fields)
        std::memcpy(columns.data() + output.points * field.offset + written * field.bytes(),
                    record.data() + field.offset, field.bytes());
    } else {
      if (output.encoding == Encoding::binary_big_endian)
        for (const Field& field : output.fields)
          swap_bytes(record.data() + field.offset, size_of(field.type), field.count);
      buffer.append(reinterpret_cast<const char*>(record.data()), record.size());
    }
  }

  void put_line(const Chunk& chunk, std::size_t i, const double* added, bool is_written,
                bool blank) {
    const Chunk::Line& line = chunk.lines[i];
    const std::size_t next = i + 1 < chunk.lines.size() ? chunk.lines[i + 1].lead : chunk.text_tail;
    if (!is_written) {  // the comments before the point stay
      const std::size_t end = chunk.text.rfind('\n', line.begin);
      if (end != std::string::npos && end >= line.lead && end < line.begin)
        buffer.append(chunk.text, line.lead, end + 1 - line.lead);
      return;
    }
    buffer.append(chunk.text, line.lead, line.begin - line.lead);
    layout.make_line(chunk.line(i), source, added, blank, buffer);
    buffer.append(chunk.text, line.end, next - line.end);
  }

  void put(const Chunk& chunk, std::size_t i, const double* added, bool keep) {
    const bool blank = !keep && removed == Removed::blank;
    const bool is_written = keep || blank;
    if (is_written && written == layout.output.points)
      fail("more points than the declared " + std::to_string(layout.output.points));
    if (layout.keeps_lines) {
      put_line(chunk, i, added, is_written, blank);
    } else if (is_written) {
      layout.make_record(chunk.record(i), added, blank, record.data());
      put_record();
    }
    if (is_written) ++written;
    if (buffer.size() >= kFlushBytes) flush();
  }

  /// Where the source's elements behind the vertices begin.
  Cursor behind_points() const {
    Cursor cursor(source.source, source.points_offset);
    if (source.encoding != Encoding::ascii) {
      cursor.skip(source.points * source.record_bytes, "the points");
      return cursor;
    }
    std::string_view line;
    for (std::uint64_t i = 0; i < source.points;)
      if (!cursor.line(line))
        cursor.skip(1, "the points");
      else if (!trimmed(line).empty())
        ++i;
    return cursor;
  }

  bool is_kept(const PlyElement& element) const {
    const auto& kept = layout.output.elements;
    return std::any_of(kept.begin(), kept.end(),
                       [&](const PlyElement& other) { return other.name == element.name; });
  }

  /// Copies or converts the elements on one side of the vertices, starting at `offset`.
  void copy_elements(std::uint64_t offset, bool before_vertices) {
    const ByteSink sink = [this](const void* bytes, std::size_t count) {
      file.write(bytes, count);
    };
    Cursor cursor(source.source, offset);
    bool before = true;
    for (const PlyElement& element : source.elements) {
      if (element.name == "vertex") before = false;
      if (element.name == "vertex" || before != before_vertices) continue;
      const bool same = source.encoding == layout.output.encoding;
      const std::uint64_t begin = cursor.offset();
      const bool kept = is_kept(element);
      walk_element(cursor, element, source.encoding, layout.output.encoding,
                   kept && !same ? &sink : nullptr);
      if (kept && same) copy_bytes(*source.source, begin, cursor.offset(), file);
    }
  }

  void put_compressed() {
    const std::vector<unsigned char> block = lzf_pack(columns);
    if (block.size() > 0xFFFFFFFFU)
      fail("binary_compressed holds 4 GiB at most; write binary instead");
    const std::uint32_t sizes[2] = {static_cast<std::uint32_t>(block.size()),
                                    static_cast<std::uint32_t>(columns.size())};
    file.write(sizes, sizeof sizes);
    file.write(block.data(), block.size());
  }

  Header source;
  RecordLayout layout;
  AtomicFile file;
  std::optional<LasWriter> las;
  Removed removed = Removed::drop;
  bool copy_before = false;
  bool finished = false;
  std::uint64_t written = 0;
  std::string buffer;
  std::vector<unsigned char> record;
  std::vector<unsigned char> columns;
};

Writer::Writer(std::string path, const Header& source, WriterOptions options)
    : state_(std::make_unique<State>(std::move(path), source, options)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

const Header& Writer::header() const noexcept { return state_->layout.output; }

void Writer::write(const Chunk& chunk, Span<const unsigned char> keep, Span<const double> added) {
  State& state = *state_;
  const std::size_t width = state.layout.added;
  if (state.finished) state.fail("is finished, nothing more can be written");
  if (chunk.points > 0 && chunk.record_bytes != state.source.record_bytes)
    state.fail("the chunk is not one of the source's");
  if (!keep.empty() && keep.size() != chunk.points)
    state.fail("the mask has " + std::to_string(keep.size()) + " values for " +
               std::to_string(chunk.points) + " points");
  if (added.size() != chunk.points * width)
    state.fail(std::to_string(added.size()) + " added values for " + std::to_string(chunk.points) +
               " points and " + std::to_string(width) + " added fields");
  for (std::size_t i = 0; i < chunk.points; ++i)
    state.put(chunk, i, added.data() + i * width, keep.empty() || keep[i] != 0);
  if (state.layout.keeps_lines) state.buffer.append(chunk.text, chunk.text_tail);
}

void Writer::finish() {
  if (state_->finished) return;
  PendingFile file = hold();
  file.sync();
  file.publish();
}

PendingFile Writer::hold() {
  State& state = *state_;
  if (state.finished) state.fail("is finished, nothing is left to be handed over");
  const Header& output = state.layout.output;
  if (state.written != output.points)
    state.fail(std::to_string(state.written) + " points were written, " +
               std::to_string(output.points) + " declared");
  state.flush();
  if (state.las)
    state.las->finish(state.file);
  else if (output.encoding == Encoding::binary_compressed)
    state.put_compressed();
  if (!output.elements.empty() && output.elements.back().name != "vertex")
    state.copy_elements(state.behind_points().offset(), false);
  state.finished = true;
  return state.file.hold();
}

void write_cloud(const std::string& path, const Header& header, Span<const unsigned char> records) {
  if (header.record_bytes == 0 || records.size() % header.record_bytes != 0 ||
      records.size() / header.record_bytes != header.points)
    throw InvalidArgument(path + ": " + std::to_string(records.size()) + " bytes for " +
                          std::to_string(header.points) + " points of " +
                          std::to_string(header.record_bytes) + " bytes");
  Writer writer(path, header);
  Chunk chunk;
  chunk.record_bytes = header.record_bytes;
  for (std::uint64_t done = 0; done < header.points; done += chunk.points) {
    chunk.points =
        static_cast<std::size_t>(std::min<std::uint64_t>(kChunkPoints, header.points - done));
    const unsigned char* first = records.data() + done * header.record_bytes;
    chunk.records.assign(first, first + chunk.points * header.record_bytes);
    writer.write(chunk);
  }
  writer.finish();
}

}  // namespace equicloud::io
