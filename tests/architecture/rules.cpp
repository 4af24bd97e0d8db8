// SPDX-License-Identifier: BSD-3-Clause
#include "architecture/rules.h"

#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace equicloud::architecture {
namespace {

using Names = std::set<std::string>;

// Who may know whom. A room may also include what these rooms may include.
const std::map<std::string, Names>& uses() {
  static const std::map<std::string, Names> table = {
      {"core/base", {}},
      {"core/kernels", {"core/base"}},
      {"core/points", {"core/kernels"}},
      {"core/nn", {"core/kernels"}},
      {"core/group", {"core/kernels"}},
      {"core/knn", {"core/points", "core/kernels"}},
      {"core/clusters", {"core/knn", "core/points"}},
      {"core/io", {"core/points"}},
      {"core/sets", {"core/nn", "core/kernels"}},
      {"core/outlier", {"core/knn", "core/sets", "core/points", "core/kernels"}},
      {"core/tiles", {"core/outlier", "core/knn", "core/points"}},
      {"core/fft", {"core/points", "core/nn"}},
      {"core/sphere", {"core/fft"}},
      {"core/so3", {"core/sphere", "core/group"}},
      {"core/classify", {"core/so3", "core/sets", "core/knn", "core/points", "core/outlier"}},
      {"core/statistics", {"core/so3", "core/sets", "core/knn", "core/points", "core/outlier"}},
      {"plugin/pcl", {"core/outlier", "core/classify", "core/clusters", "core/so3"}},
      {"plugin/open3d", {"core/outlier"}},
  };
  return table;
}

// Third-party headers by the beginning of their include path, and the rooms that may name them.
// Rooms of tests/ may include what the room they test may.
const std::map<std::string, Names>& third_party() {
  static const std::map<std::string, Names> table = {
      {"fftw3.h", {"core/fft"}},
      {"hwy/", {"core/kernels"}},
      {"nanoflann.hpp", {"apps/train", "apps/bench"}},
      {"lzf.h", {"core/io"}},
      {"lzma.h", {"apps/train"}},
      {"liblzf/", {"core/io"}},
      {"fast_float/", {"core/io"}},
      {"nlohmann/",
       {"core/nn", "core/outlier", "apps/cli", "apps/train", "apps/simulate", "apps/bench",
        "apps/viewer"}},
      {"Eigen/",
       {"core/points", "core/nn", "core/group", "core/knn", "core/fft", "core/sphere", "core/so3",
        "core/classify", "core/statistics", "plugin/pcl", "tests"}},
      {"pcl/", {"plugin/pcl", "apps/bench", "apps/examples", "tests/consumer"}},
      {"open3d/", {"apps/bench", "apps/viewer", "plugin/open3d"}},
      {"torch/", {"apps/train"}},
      {"CLI/",
       {"apps/cli", "apps/train", "apps/simulate", "apps/figures", "apps/bench", "apps/viewer"}},
      {"png.h", {"apps/figures"}},
      {"xxhash.h", {"apps/cli"}},
      {"benchmark/", {"apps/bench"}},
      {"cblas.h", {"apps/bench"}},
  };
  return table;
}

// Programs of apps/ that others may draw on; every other room of apps/ is a leaf.
const Names& shared_apps() {
  static const Names rooms = {"apps/figures", "apps/simulate"};
  return rooms;
}

// Benchmarks beside what is trained measure on the trainer's data, split and damages.
bool is_benchmark_of(const std::string& from, const std::string& to) {
  return from == "apps/bench" && to == "apps/train";
}

// The viewer opens, scores, cuts, labels and saves with the command line's own functions, so that
// both do the same.
bool shows_commands(const std::string& from, const std::string& to) {
  return from == "apps/viewer" && to == "apps/cli";
}

bool starts_with(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

bool may_include_core(const std::string& from, const std::string& to) {
  if (from == to) return true;
  const auto direct = uses().find(from);
  if (direct == uses().end()) return false;
  for (const std::string& room : direct->second)
    if (may_include_core(room, to)) return true;
  return false;
}

// The room whose headers an include path of ours names; empty for others' headers.
std::string room_of_include(const std::string& include) {
  std::smatch match;
  static const std::regex core("^equicloud/([a-z0-9_]+)/.*");
  static const std::regex app("^(figures|simulate|cli|train|bench|viewer|cluster|examples)/.*");
  if (std::regex_match(include, match, core)) {
    const std::string name = match[1].str();
    return (uses().count("plugin/" + name) != 0 ? "plugin/" : "core/") + name;
  }
  if (std::regex_match(include, match, app)) return "apps/" + match[1].str();
  return {};
}

// tests/knn keeps the rules of core/knn, tests/pcl those of plugin/pcl, tests/cli those of
// apps/cli; tests/consumer is a stranger's program.
std::string tested_room(const std::string& room) {
  if (!starts_with(room, "tests/") || room == "tests/consumer") return room;
  const std::string name = room.substr(6);
  for (const char* tree : {"core/", "plugin/"})
    if (uses().count(tree + name) != 0) return tree + name;
  return "apps/" + name;
}

// Drawing knows nothing of clouds' files or scores; only the programs of figures/ put them
// together.
bool is_drawing(const Source& source) {
  return room_of(source.path) == "apps/figures" &&
         source.path.find("main.cpp") == std::string::npos;
}

std::string against_room(const Source& source, const std::string& include) {
  const std::string from = room_of(source.path);
  const std::string to = room_of_include(include);
  if (to.empty() || starts_with(from, "tests/")) return {};
  if (starts_with(to, "core/") && !is_known_room(to)) return to + " is no room of the table";
  if (is_drawing(source) && (to == "core/io" || to == "core/outlier"))
    return "drawing may not know " + to;
  if (starts_with(from, "apps/")) {
    const bool fine = !starts_with(to, "apps/") || from == to || shared_apps().count(to) != 0 ||
                      is_benchmark_of(from, to) || shows_commands(from, to);
    return fine ? "" : from + " may not know " + to;
  }
  return may_include_core(from, to) ? "" : from + " may not know " + to;
}

std::string against_third_party(const Source& source, const std::string& include) {
  const std::string room = room_of(source.path);
  for (const auto& [prefix, rooms] : third_party()) {
    const bool in_tests = starts_with(room, "tests/") && rooms.count("tests") != 0;
    if (starts_with(include, prefix) && rooms.count(tested_room(room)) == 0 && !in_tests)
      return std::string(include).append(" may not be included in ").append(room);
  }
  return {};
}

// The line without string literals and what follows "//".
std::string code_of(const std::string& line) {
  static const std::regex literal("\"(\\\\.|[^\"\\\\])*\"");
  const std::string code = std::regex_replace(line, literal, "\"\"");
  return code.substr(0, code.find("//"));
}

std::string against_manners(const Source& source, const std::string& code) {
  if (!starts_with(source.path, "core/") && !starts_with(source.path, "plugin/")) return {};
  static const std::regex never(
      "\\b(cout|cerr|clog|v?f?printf|puts|fputs|exit|_exit|quick_exit|abort|terminate|getenv|"
      "secure_getenv|setenv)\\b(?!\\.)");
  static const std::regex threads("\\bstd::(thread|jthread|async)\\b");
  std::smatch match;
  if (std::regex_search(code, match, never)) return "the library may not use " + match.str();
  const bool pool = starts_with(source.path, "core/equicloud/base/executor");
  if (!pool && std::regex_search(code, match, threads))
    return "only the executor starts threads, not " + match.str();
  return {};
}

std::string include_of(const std::string& line) {
  static const std::regex include("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"].*");
  std::smatch match;
  return std::regex_match(line, match, include) ? match[1].str() : std::string();
}

}  // namespace

std::string room_of(const std::string& path) {
  static const std::regex room("^(core/equicloud|plugin/equicloud|apps|tests)/([^/]+)/.*");
  std::smatch match;
  if (!std::regex_match(path, match, room)) return {};
  const std::string tree = match[1].str();
  return tree.substr(0, tree.find('/')) + "/" + match[2].str();
}

bool is_known_room(const std::string& room) { return uses().count(room) != 0; }

std::vector<std::string> broken_rules(const Source& source) {
  std::vector<std::string> broken;
  std::istringstream lines(source.text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    const auto note = [&](const std::string& what) {
      if (!what.empty()) broken.push_back(source.path + ":" + std::to_string(number) + ": " + what);
    };
    if (number == 1 && line != "// SPDX-License-Identifier: BSD-3-Clause")
      note("the first line must be the SPDX line");
    const std::string include = include_of(line);
    if (include.empty()) {
      note(against_manners(source, code_of(line)));
    } else {
      note(against_room(source, include));
      note(against_third_party(source, include));
    }
  }
  return broken;
}

}  // namespace equicloud::architecture
