// SPDX-License-Identifier: BSD-3-Clause
#include "cli/marking.h"

#include "cli/numbers.h"
#include "cli/output_format.h"
#include "cli/outputs.h"
#include "cli/usage_error.h"

#include <equicloud/base/error.h>
#include <equicloud/io/las.h>
#include <equicloud/io/positions.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>

namespace equicloud::cli {
namespace {

constexpr int kMostClass = 255;
constexpr int kMostOldClass = 31;  // point formats 0 to 5

std::optional<int> parse_class(const std::string& text) {
  const auto number = parse_number(text);
  if (!number || !(*number >= 0.0 && *number <= kMostClass) || *number != std::floor(*number))
    return std::nullopt;
  return static_cast<int>(*number);
}

std::vector<unsigned char> parse_classes(const std::string& option, const std::string& text) {
  std::vector<unsigned char> classes;
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, ',');) {
    const auto number = parse_class(word);
    if (!number)
      throw UsageError(option + " is '" + text + "'; expected LAS classes from 0 to 255: 2,9");
    classes.push_back(static_cast<unsigned char>(*number));
  }
  return classes;
}

// The option by which the command asks for LAS, for messages; "" if it does not.
std::string las_option(const Marking& marking) {
  if (marking.mark_class) return "--mark";
  if (marking.withheld) return "--withheld";
  if (!marking.only_class.empty()) return "--only-class";
  return marking.skip_class.empty() ? "" : "--skip-class";
}

void check_las(const Marking& marking, const io::Header& header) {
  const std::string option = las_option(marking);
  if (option.empty()) return;
  if (header.las == nullptr)
    throw FormatError(header.path + ": is " + io::name_of(header.format) + ", and " + option +
                      " is for LAS files; leave it out");
  const int format = header.las->point_format;
  if (marking.mark_class && *marking.mark_class > kMostOldClass && format < 6)
    throw FormatError(
        header.path + ": has point format " + std::to_string(format) +
        ", whose classes are 0 to 31, so --mark class=" + std::to_string(*marking.mark_class) +
        " does not fit; low noise is class=7 there");
}

void append_bytes(const io::Header& header, const char* name, const io::Chunk& chunk,
                  std::vector<unsigned char>& bytes) {
  const io::Field& field = header.at(name);
  for (std::size_t i = 0; i < chunk.points; ++i) bytes.push_back(chunk.record(i)[field.offset]);
}

bool holds(const std::vector<unsigned char>& classes, unsigned char point_class) noexcept {
  return std::find(classes.begin(), classes.end(), point_class) != classes.end();
}

}  // namespace

Marking parse_marking(const std::string& mark, bool withheld, const std::string& only_class,
                      const std::string& skip_class) {
  Marking marking;
  marking.withheld = withheld;
  if (!mark.empty()) {
    const std::string key = "class=";
    if (mark.compare(0, key.size(), key) == 0)
      marking.mark_class = parse_class(mark.substr(key.size()));
    if (!marking.mark_class)
      throw UsageError("--mark is '" + mark +
                       "'; expected class=N with N from 0 to 255, such as class=7 (low noise) or "
                       "class=18 (high noise)");
  }
  if (!only_class.empty() && !skip_class.empty())
    throw UsageError("--only-class and --skip-class both say what is judged; give one of them");
  marking.only_class = parse_classes("--only-class", only_class);
  marking.skip_class = parse_classes("--skip-class", skip_class);
  return marking;
}

std::string description(const Marking& marking) {
  std::string text = marking.mark_class ? "class " + std::to_string(*marking.mark_class) : "";
  if (marking.withheld) text += " withheld";
  for (const unsigned char c : marking.only_class) text += " only " + std::to_string(c);
  for (const unsigned char c : marking.skip_class) text += " skip " + std::to_string(c);
  return text;
}

void check_las_inputs(const Marking& marking, const std::vector<Job>& jobs) {
  const std::string option = las_option(marking);
  if (option.empty()) return;
  for (const Job& job : jobs) {
    const auto told = format_of_extension(std::filesystem::path(job.input).extension().string());
    if (told && *told != io::Format::las)
      throw UsageError(job.input + ": is no LAS file, and " + option +
                       " is for LAS files; leave it out, or use --label");
  }
}

void Marks::take(const io::Header& header, const io::Chunk& chunk) {
  check_las(marking_, header);
  if (marking_.mark_class || marking_.chooses())
    append_bytes(header, "classification", chunk, classes_);
  if (marking_.withheld) append_bytes(header, "withheld", chunk, withheld_);
}

bool Marks::is_judged(unsigned char point_class) const noexcept {
  if (!marking_.only_class.empty()) return holds(marking_.only_class, point_class);
  return !holds(marking_.skip_class, point_class);
}

void Marks::spare(std::vector<bool>& removed) const {
  if (!marking_.chooses()) return;
  for (std::size_t i = 0; i < removed.size(); ++i)
    removed[i] = removed[i] && is_judged(classes_[i]);
}

std::vector<io::AddedField> Marks::fields() const {
  std::vector<io::AddedField> fields;
  if (marking_.mark_class) fields.push_back({"classification", io::Scalar::u8});
  if (marking_.withheld) fields.push_back({"withheld", io::Scalar::u8});
  return fields;
}

std::vector<double> Marks::values(const std::vector<bool>& removed) const {
  std::vector<double> values;
  for (std::size_t i = 0; i < removed.size(); ++i) {
    if (marking_.mark_class) values.push_back(removed[i] ? *marking_.mark_class : classes_[i]);
    if (marking_.withheld) values.push_back(removed[i] ? 1 : withheld_[i]);
  }
  return values;
}

}  // namespace equicloud::cli
