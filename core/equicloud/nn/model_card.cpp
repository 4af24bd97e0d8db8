// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/nn/model_card.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace equicloud::nn {
namespace {

constexpr const char* kFormatVersion = "1";

std::string short_number(float value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", static_cast<double>(value));
  return text.data();
}

std::vector<std::string> read_promises(const WeightsFile& file,
                                       const std::vector<std::string>& can_promise) {
  std::vector<std::string> promises = read_words(file, "promises");
  for (const std::string& promise : promises)
    if (std::find(can_promise.begin(), can_promise.end(), promise) == can_promise.end())
      throw FormatError("promises '" + promise + "', which this version cannot keep");
  return promises;
}

}  // namespace

ModelCard read_card(const WeightsFile& file, const std::string& kind,
                    const std::vector<std::string>& can_promise) {
  if (file.meta("kind") != kind)
    throw FormatError("is a model of kind '" + file.meta("kind") + "', expected " + kind);
  if (file.meta("format_version") != kFormatVersion)
    throw FormatError("has format version " + file.meta("format_version") +
                      ", this program reads " + kFormatVersion);
  ModelCard card{file.meta("name"),
                 file.meta("version"),
                 file.meta("licence"),
                 file.meta("training_data"),
                 read_promises(file, can_promise),
                 0};
  for (const auto& [name, tensor] : file.tensors) card.weights += tensor.values.size();
  return card;
}

float read_number(const WeightsFile& file, const std::string& key, float low, float high) {
  const std::string& text = file.meta(key);
  char* end = nullptr;
  const float value = std::strtof(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(value >= low && value <= high))
    throw FormatError("metadata '" + key + "' is '" + text + "', expected a number from " +
                      short_number(low) + " to " + short_number(high));
  return value;
}

std::vector<std::string> read_words(const WeightsFile& file, const std::string& key) {
  std::vector<std::string> words;
  std::istringstream stream(file.meta(key));
  for (std::string word; std::getline(stream, word, ',');) words.push_back(word);
  return words;
}

}  // namespace equicloud::nn
