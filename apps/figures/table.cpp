// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <figures/table.h>

#include <limits>
#include <locale>
#include <sstream>

namespace equicloud::figures {
namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\r') continue;
    if (c == ',') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

// Whole-cell number in the classic locale; false if it is none.
bool parse_number(const std::string& cell, double& value) {
  value = std::numeric_limits<double>::quiet_NaN();
  if (cell.empty() || cell == "nan") return true;
  std::istringstream stream(cell);
  stream.imbue(std::locale::classic());
  stream >> value;
  return !stream.fail() && stream.eof();
}

}  // namespace

const std::vector<double>& Table::column(const std::string& column_name) const {
  std::string all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == column_name) return columns[i];
    all += (i == 0 ? "" : ", ") + names[i];
  }
  throw FormatError(name + ": has no column " + column_name + "; columns are: " + all);
}

Table parse_table(const std::string& text, const std::string& name) {
  Table table;
  table.name = name;
  std::istringstream stream(text);
  std::string line;
  for (std::size_t number = 1; std::getline(stream, line); ++number) {
    const std::vector<std::string> cells = cells_of(line);
    if (number == 1) {
      table.names = cells;
      table.columns.resize(cells.size());
      continue;
    }
    const std::string where = name + ": line " + std::to_string(number);
    if (cells.size() != table.names.size()) {
      throw FormatError(where + " has " + std::to_string(cells.size()) + " cells, expected " +
                        std::to_string(table.names.size()));
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      double value = 0.0;
      if (!parse_number(cells[i], value)) {
        throw FormatError(where + " has '" + cells[i] + "' in column " + table.names[i] +
                          ", expected a number");
      }
      table.columns[i].push_back(value);
    }
  }
  if (table.names.empty()) throw FormatError(name + ": is empty, expected a line of column names");
  return table;
}

Table load_table(const std::string& path) {
  const std::vector<unsigned char> bytes = read_whole_file(path);
  return parse_table(std::string(bytes.begin(), bytes.end()), path);
}

}  // namespace equicloud::figures
