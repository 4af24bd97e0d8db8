// SPDX-License-Identifier: BSD-3-Clause
// The names of --format, and what a file name's extension says.
#pragma once

#include <equicloud/io/header.h>

#include <optional>
#include <string>

namespace equicloud::cli {

struct OutputFormat {
  std::string name;       ///< as --format takes it, e.g. "pcd-binary"
  std::string extension;  ///< of new files, with the dot
  io::Format format = io::Format::pcd;
  io::Encoding encoding = io::Encoding::binary;
};

/// Throws UsageError listing the names.
OutputFormat parse_format(const std::string& name);
/// "pcd-ascii, pcd-binary, ...".
std::string format_names();
/// The format that an extension (with the dot, any case) stands for; nothing if it is not one of
/// ours.
std::optional<io::Format> format_of_extension(const std::string& extension);

}  // namespace equicloud::cli
