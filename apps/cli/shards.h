// SPDX-License-Identifier: BSD-3-Clause
// Shard lists: the inputs of one task of many, as JSON Lines. The first line says of which plan the
// list is which part, each further line is one file.
#pragma once

#include "cli/inputs.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::cli {

/// One list.
struct Shard {
  std::string plan;  ///< hash of all lists together: lists of two plans do not mix
  std::size_t number = 0;
  std::size_t count = 1;  ///< lists of the plan
  std::vector<InputFile> files;
};

/// "017": the name of a list's file, three digits at least, as many for each list of a plan.
std::string shard_name(std::size_t number, std::size_t count);
/// OUT/.equicloud/shard-017.list, the copy kept beside the manifest, and the manifest's own name.
std::string kept_list(const std::string& output_folder, const Shard& shard);
std::string shard_manifest(const Shard& shard);

/// Appears whole or not at all. Throws IoError.
void write_shard(const std::string& path, const Shard& shard);
/// Throws IoError; FormatError naming the line that is none.
Shard read_shard(const std::string& path);

/// Deals files out so that bytes are as even as they get: the largest first, each to the list that
/// has least. The same input gives the same lists; each list keeps the order of the inputs.
/// @param bytes  one a file
std::vector<Shard> deal_out(const std::vector<InputFile>& files,
                            const std::vector<std::uintmax_t>& bytes, std::size_t count);

}  // namespace equicloud::cli
