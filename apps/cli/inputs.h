// SPDX-License-Identifier: BSD-3-Clause
// From IN... to files: files as they are, folders searched recursively in the order of names
// (bytes), globs, and `-` for a list of paths on standard input. Hidden files and folders are left
// out of searches, and links to folders are not followed.
#pragma once

#include <string>
#include <vector>

namespace equicloud::cli {

struct InputFile {
  std::string path;      ///< to open
  std::string relative;  ///< where it goes under an output folder, so that trees are mirrored
};

struct InputList {
  std::vector<InputFile> files;       ///< each path once
  std::vector<std::string> problems;  ///< arguments that gave no file: a sentence each
  std::vector<std::string> notes;     ///< what was passed over in folders: a sentence each
  bool one_named_file = false;        ///< the one argument was the name of a file
};

/// A file that does not exist is no problem here: opening it says so.
/// @param left_out  a folder that searches do not enter (the output's), or ""
InputList find_inputs(const std::vector<std::string>& arguments, const std::string& left_out = "");

/// Absolute, without links, `.` and `..`; what does not exist yet is taken as written. Two names of
/// one file give the same.
std::string real_path(const std::string& path);

}  // namespace equicloud::cli
