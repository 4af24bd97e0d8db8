// SPDX-License-Identifier: BSD-3-Clause
// How numbers are written into sentences and tables for a person.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::cli {

/// 1234567 -> "1,234,567".
std::string grouped(std::uint64_t number);
/// "1 cloud", "3 clouds", "1,000 points".
std::string counted(std::uint64_t number, const std::string& noun);
/// With so many decimals; "-" for NaN (a figure that does not exist).
std::string fixed(double number, int decimals);
/// Three significant digits with unit: "0.31 s", "12.4 s", "3 min 5 s".
std::string duration(double seconds);
/// part / whole as "2.8 %"; "0 %" of nothing.
std::string percent(std::uint64_t part, std::uint64_t whole);
/// "a, b, c".
std::string joined(const std::vector<std::string>& words);
/// Lines with the columns padded to equal width: the first to the left, the others to the right.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace equicloud::cli
