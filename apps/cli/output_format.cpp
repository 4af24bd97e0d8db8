// SPDX-License-Identifier: BSD-3-Clause
#include "cli/output_format.h"

#include "cli/suggest.h"
#include "cli/usage_error.h"
#include "cli/wording.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <vector>

namespace equicloud::cli {
namespace {

using io::Encoding;
using io::Format;

const std::vector<OutputFormat>& formats() {
  static const std::vector<OutputFormat> list = {
      {"pcd-ascii", ".pcd", Format::pcd, Encoding::ascii},
      {"pcd-binary", ".pcd", Format::pcd, Encoding::binary},
      {"pcd-compressed", ".pcd", Format::pcd, Encoding::binary_compressed},
      {"ply-ascii", ".ply", Format::ply, Encoding::ascii},
      {"ply-binary", ".ply", Format::ply, Encoding::binary},
      {"ply-big-endian", ".ply", Format::ply, Encoding::binary_big_endian},
      {"las", ".las", Format::las, Encoding::binary},
      {"laz", ".laz", Format::las, Encoding::binary_compressed},
      {"xyz", ".xyz", Format::text, Encoding::ascii},
      {"kitti", ".bin", Format::kitti, Encoding::binary},
  };
  return list;
}

std::vector<std::string> names() {
  std::vector<std::string> list;
  for (const OutputFormat& format : formats()) list.push_back(format.name);
  return list;
}

}  // namespace

OutputFormat parse_format(const std::string& name) {
  for (const OutputFormat& format : formats())
    if (format.name == name) return format;
  const std::string near = nearest_word(name, names());
  throw UsageError("--format has no '" + name + "'; " +
                   (near.empty() ? "it takes " + format_names() : "did you mean " + near + "?"));
}

std::string format_names() { return joined(names()); }

std::optional<Format> format_of_extension(const std::string& extension) {
  static const std::map<std::string, Format> known = {
      {".pcd", Format::pcd},   {".ply", Format::ply},  {".xyz", Format::text},
      {".txt", Format::text},  {".pts", Format::text}, {".csv", Format::text},
      {".bin", Format::kitti}, {".las", Format::las},  {".laz", Format::las}};
  std::string lower = extension;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = known.find(lower);
  return found == known.end() ? std::nullopt : std::make_optional(found->second);
}

}  // namespace equicloud::cli
