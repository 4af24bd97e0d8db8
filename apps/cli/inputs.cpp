// SPDX-License-Identifier: BSD-3-Clause
#include "cli/inputs.h"

#include "cli/output_format.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/io/reader.h>

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>
#include <system_error>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

// .txt and .csv in a folder may be anything: those count whose beginning is a cloud's.
bool begins_like_a_cloud(const fs::path& path) {
  try {
    const auto reader = io::open(path.string());
    const io::Header& header = reader->header();
    return header.find("x") != nullptr && header.find("y") != nullptr &&
           header.find("z") != nullptr;
  } catch (const Error&) {
    return false;
  }
}

class Finder {
 public:
  explicit Finder(const std::string& left_out)
      : left_out_(left_out.empty() ? "" : real_path(left_out)) {}

  InputList take() { return std::move(list_); }

  void add_argument(const std::string& argument) {
    std::error_code error;
    if (argument == "-") {
      add_listed_files();
    } else if (fs::is_directory(argument, error)) {
      add_folder(argument, fs::path());
    } else if (argument.find_first_of("*?[") != std::string::npos && !fs::exists(argument, error)) {
      add_matches(argument);
    } else {
      add_file(argument, fs::path(argument).filename());
    }
  }

  // True if the argument names a file, be it there or not.
  static bool names_a_file(const std::string& argument) {
    std::error_code error;
    if (argument == "-" || fs::is_directory(argument, error)) return false;
    return argument.find_first_of("*?[") == std::string::npos || fs::exists(argument, error);
  }

 private:
  void add_file(const fs::path& path, const fs::path& relative) {
    if (seen_.insert(path.string()).second)
      list_.files.push_back({path.string(), relative.string()});
  }

  // A listed path is mirrored whole, so that files of one name in several folders stay apart:
  // /archive/a/scan.pcd goes to archive/a/scan.pcd, ../b.pcd to b.pcd.
  void add_listed_files() {
    const std::size_t before = list_.files.size();
    for (std::string line; std::getline(std::cin, line);) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (line.empty()) continue;
      fs::path mirrored;
      for (const fs::path& part : fs::path(line).lexically_normal().relative_path())
        if (part != ".." && part != ".") mirrored /= part;
      std::error_code error;
      if (fs::is_directory(line, error))
        add_folder(line, mirrored);
      else
        add_file(line, mirrored);
    }
    if (list_.files.size() == before)
      list_.problems.emplace_back("standard input: names no file; expected one path a line");
  }

  void add_matches(const std::string& pattern) {
    const std::size_t slash = pattern.rfind('/', pattern.find_first_of("*?["));
    const fs::path fixed = pattern.substr(0, slash == std::string::npos ? 0 : slash + 1);
    glob_t matches = {};
    if (glob(pattern.c_str(), 0, nullptr, &matches) != 0) {
      list_.problems.push_back(pattern + ": no file has such a name");
    } else {
      for (std::size_t i = 0; i < matches.gl_pathc; ++i) {
        const fs::path path = matches.gl_pathv[i];
        const fs::path relative = fixed.empty() ? path : path.lexically_relative(fixed);
        std::error_code error;
        if (fs::is_directory(path, error))
          add_folder(path, relative);
        else
          add_file(path, relative);
      }
    }
    globfree(&matches);
  }

  void add_folder(const fs::path& folder, const fs::path& relative) {
    const std::size_t before = list_.files.size();
    const std::size_t problems = list_.problems.size();
    passed_over_ = 0;
    search(folder, relative);
    if (passed_over_ > 0)
      list_.notes.push_back(folder.string() + ": " + counted(passed_over_, ".txt or .csv file") +
                            " passed over for not beginning with points");
    if (list_.files.size() == before && list_.problems.size() == problems)
      list_.problems.push_back(
          folder.string() + ": holds no cloud; looked for .pcd .ply .las .xyz .pts .txt .csv .bin");
  }

  void search(const fs::path& folder, const fs::path& relative) {
    std::error_code error;
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
      entries.push_back(entry->path());
    if (error) list_.problems.push_back(folder.string() + ": " + error.message());
    std::sort(entries.begin(), entries.end());
    for (const fs::path& entry : entries) visit(entry, relative / entry.filename());
  }

  void visit(const fs::path& entry, const fs::path& relative) {
    std::error_code error;
    if (entry.filename().native().front() == '.') return;
    if (fs::is_directory(entry, error)) {
      const bool left_out = !left_out_.empty() && real_path(entry.string()) == left_out_;
      if (!left_out && !fs::is_symlink(entry, error)) search(entry, relative);
      return;
    }
    const std::string extension = entry.extension().string();
    if (!format_of_extension(extension) || !fs::is_regular_file(entry, error)) return;
    if ((extension == ".txt" || extension == ".csv") && !begins_like_a_cloud(entry))
      ++passed_over_;
    else
      add_file(entry, relative);
  }

  std::string left_out_;
  std::set<std::string> seen_;
  std::size_t passed_over_ = 0;
  InputList list_;
};

}  // namespace

std::string real_path(const std::string& path) {
  std::error_code error;
  const fs::path result = fs::weakly_canonical(path, error);
  return (error ? fs::path(path).lexically_normal() : result).string();
}

InputList find_inputs(const std::vector<std::string>& arguments, const std::string& left_out) {
  Finder finder(left_out);
  for (const std::string& argument : arguments) finder.add_argument(argument);
  InputList list = finder.take();
  list.one_named_file = arguments.size() == 1 && Finder::names_a_file(arguments.front());
  return list;
}

}  // namespace equicloud::cli
