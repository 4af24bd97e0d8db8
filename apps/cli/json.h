// SPDX-License-Identifier: BSD-3-Clause
// One JSON object a line, keys in the order they were given. NaN becomes null.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace equicloud::cli {

using Json = nlohmann::ordered_json;

/// On one line; bytes that are not UTF-8 (file names may hold any) become U+FFFD.
inline std::string to_line(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace equicloud::cli
