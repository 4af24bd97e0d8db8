// SPDX-License-Identifier: BSD-3-Clause
#include "cli/conditions.h"

#include "cli/numbers.h"
#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>

#include <algorithm>

namespace equicloud::cli {

bool FieldCondition::holds(double value) const noexcept {
  if (values.empty()) return value != 0.0;
  return std::find(values.begin(), values.end(), value) != values.end();
}

FieldCondition parse_condition(const std::string& option, const std::string& text) {
  const std::string expected = option + " takes FIELD or FIELD=VALUE,VALUE...; got '" + text + "'";
  const std::size_t equals = text.find('=');
  FieldCondition condition{text.substr(0, equals), {}};
  if (condition.field.empty()) throw UsageError(expected);
  if (equals == std::string::npos) return condition;
  std::size_t begin = equals + 1;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto value = parse_number(text.substr(begin, end - begin));
    if (!value) throw UsageError(expected);
    condition.values.push_back(*value);
    begin = end + 1;
  }
  return condition;
}

const io::Field& field_of(const FieldCondition& condition, const io::Header& header,
                          const std::string& option) {
  if (const io::Field* field = header.find(condition.field)) return *field;
  std::vector<std::string> names;
  for (const io::Field& field : header.fields)
    if (field.name != "_") names.push_back(field.name);
  throw FormatError(header.path + ": has no field '" + condition.field + "' for " + option +
                    "; fields are: " + joined(names));
}

}  // namespace equicloud::cli
