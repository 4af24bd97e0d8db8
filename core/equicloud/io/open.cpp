// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/bodies.h>
#include <equicloud/io/las_reader.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/pcd.h>
#include <equicloud/io/ply.h>
#include <equicloud/io/source.h>
#include <equicloud/io/text.h>

#include <algorithm>
#include <cctype>

namespace equicloud::io {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) noexcept {
  return text.substr(0, prefix.size()) == prefix;
}

/// The part after the last dot of the file's name, in lower case.
std::string extension(const std::string& path) {
  const std::size_t dot = path.find_last_of("./");
  if (dot == std::string::npos || path[dot] == '/') return "";
  std::string name = path.substr(dot + 1);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

std::string beginning(const Source& source) {
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(source.size(), 4096)), '\0');
  bytes.resize(source.read_at(0, bytes.data(), bytes.size()));
  return bytes;
}

bool looks_like_ply(std::string_view begin) noexcept {
  return starts_with(begin, "ply") && begin.size() > 3 && is_blank(begin[3]);
}

/// True if the first line that is not blank or a comment is one of a PCD header.
bool looks_like_pcd(std::string_view begin) noexcept {
  while (!begin.empty()) {
    const std::size_t end = std::min(begin.find('\n'), begin.size() - 1);
    const std::string_view line = trimmed(begin.substr(0, end + 1));
    begin.remove_prefix(end + 1);
    if (starts_with(line, "# .PCD")) return true;
    if (line.empty() || line[0] == '#') continue;
    return starts_with(line, "VERSION") || starts_with(line, "FIELDS ") ||
           starts_with(line, "COLUMNS ");
  }
  return false;
}

bool looks_like_text(std::string_view begin) noexcept {
  return std::all_of(begin.begin(), begin.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= ' ' || is_blank(c); });
}

void refuse_unsupported(std::string_view begin, const std::string& path,
                        const std::string& suffix) {
  if (starts_with(begin, "ASTM-E57") || suffix == "e57")
    throw FormatError(path +
                      ": E57 files are not supported; convert the file to LAS, PLY or PCD first");
  if (suffix == "las" || suffix == "laz")
    throw FormatError(path + ": does not begin with LASF, so it is no LAS or LAZ file");
}

std::unique_ptr<Reader> open_any(const std::shared_ptr<const Source>& source) {
  const std::string& path = source->path();
  if (source->size() == 0) throw FormatError(path + ": is empty (0 bytes)");
  const std::string begin = beginning(*source);
  const std::string suffix = extension(path);
  if (looks_like_ply(begin)) return open_ply(source);
  if (looks_like_pcd(begin)) return open_pcd(source);
  if (starts_with(begin, "LASF")) return open_las(source);
  refuse_unsupported(begin, path, suffix);
  if (suffix == "pcd") return open_pcd(source);
  if (suffix == "ply") return open_ply(source);
  if (suffix == "bin") return open_kitti(source);
  const bool is_text =
      suffix == "xyz" || suffix == "txt" || suffix == "pts" || suffix == "csv" || suffix == "asc";
  if (is_text || looks_like_text(begin)) return open_text(source);
  throw FormatError(path +
                    ": is no point cloud that can be read (PCD, PLY, LAS, text .xyz .txt "
                    ".pts .csv, KITTI .bin)");
}

}  // namespace

std::unique_ptr<Reader> open(const std::string& path) { return open_any(open_source(path)); }

std::unique_ptr<Reader> open_bytes(std::vector<unsigned char> bytes, const std::string& name) {
  return open_any(memory_source(std::move(bytes), name));
}

}  // namespace equicloud::io
