// SPDX-License-Identifier: BSD-3-Clause
// FIELD[=VALUE,...]: which points are meant, by the value of a field.
#pragma once

#include <equicloud/io/header.h>

#include <string>
#include <vector>

namespace equicloud::cli {

struct FieldCondition {
  std::string field;
  std::vector<double> values;  ///< empty: any value but 0

  bool holds(double value) const noexcept;
};

/// @param option  named in the message
/// Throws UsageError.
FieldCondition parse_condition(const std::string& option, const std::string& text);

/// The condition's field in a file. Throws FormatError naming file, option and the fields there
/// are.
const io::Field& field_of(const FieldCondition& condition, const io::Header& header,
                          const std::string& option);

}  // namespace equicloud::cli
