// SPDX-License-Identifier: BSD-3-Clause
// The house rules as data and as a check of one file at a time: which room may include which, where
// a third party's headers may appear, and what the library never does (print, exit, read the
// environment, start threads).
#pragma once

#include <string>
#include <vector>

namespace equicloud::architecture {

/// A source file: path from the repository's root with forward slashes, and its text.
struct Source {
  std::string path;
  std::string text;
};

/// The room a path lies in: "core/knn", "plugin/pcl", "apps/cli", "tests/base"; empty outside those
/// trees.
std::string room_of(const std::string& path);

/// True for a room that the table of the house names.
bool is_known_room(const std::string& room);

/// Every broken rule as a sentence "path:line: what"; empty where the file keeps all of them.
std::vector<std::string> broken_rules(const Source& source);

}  // namespace equicloud::architecture
