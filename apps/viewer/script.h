// SPDX-License-Identifier: BSD-3-Clause
// What a person does in the viewer, as lines of text: for tests, pictures and demonstrations.
//   open FILE | score | threshold VALUE | auto | outliers shown|marked|dimmed|hidden
//   colour height|original|score|thing|FIELD | ground terrain|plane|none | classify | things
//   select NUMBER | turn SEED | save FILE | background dark|light | points SIZE | axes on|off
//   look AZIMUTH ELEVATION DISTANCE | screenshot FILE.png | frame | pause SECONDS | quit | leave
// `leave` closes the window while the line before is still at work, every other line waits for it.
// Azimuth and elevation in degrees, distance in box diagonals.
// `#` begins a comment.
#pragma once

#include <string>
#include <vector>

namespace equicloud::viewer {

struct ScriptLine {
  std::size_t number = 0;  ///< in the file, from 1
  std::string verb;
  std::vector<std::string> words;  ///< after the verb

  /// Word `i` as a number. Throws FormatError naming the line.
  double number_at(std::size_t i) const;
};

/// Throws FormatError: "NAME:3: there is no command 'foo'; there are open, score, ...", or how many
/// words a command takes.
std::vector<ScriptLine> parse_script(const std::string& text, const std::string& name);
/// Reads a file. Throws IoError, FormatError.
std::vector<ScriptLine> read_script(const std::string& path);

}  // namespace equicloud::viewer
