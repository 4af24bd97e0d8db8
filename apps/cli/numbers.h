// SPDX-License-Identifier: BSD-3-Clause
// Numbers typed by a person.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>

namespace equicloud::cli {

/// The whole text as a number, or nothing.
inline std::optional<double> parse_number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size()) return std::nullopt;
  return value;
}

}  // namespace equicloud::cli
