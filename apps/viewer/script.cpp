// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/script.h"

#include "cli/numbers.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>

#include <fstream>
#include <map>
#include <sstream>

namespace equicloud::viewer {
namespace {

// How many words follow each verb.
const std::map<std::string, std::size_t>& verbs() {
  static const std::map<std::string, std::size_t> table = {
      {"open", 1},       {"score", 0},      {"threshold", 1}, {"auto", 0},   {"outliers", 1},
      {"colour", 1},     {"ground", 1},     {"classify", 0},  {"things", 0}, {"select", 1},
      {"turn", 1},       {"save", 1},       {"points", 1},    {"axes", 1},   {"look", 3},
      {"background", 1}, {"screenshot", 1}, {"frame", 0},     {"pause", 1},  {"leave", 0},
      {"quit", 0}};
  return table;
}

std::string names() {
  std::vector<std::string> all;
  for (const auto& verb : verbs()) all.push_back(verb.first);
  return cli::joined(all);
}

void check(const ScriptLine& line, const std::string& name) {
  const std::string place = name + ":" + std::to_string(line.number) + ": ";
  const auto verb = verbs().find(line.verb);
  if (verb == verbs().end())
    throw FormatError(place + "there is no command '" + line.verb + "'; there are " + names());
  if (verb->second != line.words.size())
    throw FormatError(place + line.verb + " takes " + cli::counted(verb->second, "word") +
                      ", found " + std::to_string(line.words.size()));
}

}  // namespace

double ScriptLine::number_at(std::size_t i) const {
  const auto value = cli::parse_number(words[i]);
  if (!value)
    throw FormatError("line " + std::to_string(number) + ": " + verb + ": '" + words[i] +
                      "' is no number");
  return *value;
}

std::vector<ScriptLine> parse_script(const std::string& text, const std::string& name) {
  std::vector<ScriptLine> script;
  std::istringstream lines(text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line.substr(0, line.find('#')));
    ScriptLine parsed;
    parsed.number = number;
    if (!(words >> parsed.verb)) continue;
    for (std::string word; words >> word;) parsed.words.push_back(word);
    check(parsed, name);
    script.push_back(parsed);
  }
  return script;
}

std::vector<ScriptLine> read_script(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw IoError(path + ": cannot be read; is it there?");
  std::ostringstream text;
  text << file.rdbuf();
  return parse_script(text.str(), path);
}

}  // namespace equicloud::viewer
