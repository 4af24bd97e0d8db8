// SPDX-License-Identifier: BSD-3-Clause
#include "cli/memory.h"

#include "cli/numbers.h"
#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/io/reader.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string_view>

namespace equicloud::cli {
namespace {

constexpr double kKibi = 1024.0;
constexpr std::uint64_t kLeastMemory = 64U << 20U;

// Peak resident set of `equicloud score` over the points of a binary PCD: 507 to 516 at 1 and 4
// million points.
constexpr std::uint64_t kBytesAPoint = 520;
constexpr std::uint64_t kBytesAFile = 4U << 20U;
// Below this the header is not worth a look: no file of the kind needs more than a few megabytes.
constexpr std::uintmax_t kSmallFile = 64U << 10U;
// Bytes of a point at least: three small integers; "0.1 0.2 0.3\n" in text.
constexpr std::uintmax_t kLeastBinaryPoint = 6;
constexpr std::uintmax_t kLeastTextPoint = 12;

// The value behind a key of a PCD header; 0 if there is none.
std::uint64_t number_behind(std::string_view head, std::string_view key) {
  const std::size_t at = head.find(key);
  if (at == std::string_view::npos) return 0;
  std::uint64_t value = 0;
  std::istringstream(std::string(head.substr(at + key.size(), 24))) >> value;
  return value;
}

// Opening a compressed PCD unpacks it: its header is looked at here.
std::uint64_t points_of_compressed(const std::string& path) {
  std::array<char, 4096> bytes{};
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), bytes.size());
  const std::string_view head(bytes.data(), static_cast<std::size_t>(file.gcount()));
  if (head.find("\nDATA binary_compressed") == std::string_view::npos) return 0;
  return number_behind(head, "\nPOINTS ");
}

std::uint64_t declared_points(const Job& job) {
  if (const std::uint64_t points = points_of_compressed(job.input); points > 0) return points;
  try {
    return io::open(job.input)->header().points;
  } catch (const Error&) {
    return 0;
  }
}

bool is_text(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot != std::string::npos && format_of_extension(path.substr(dot)) == io::Format::text;
}

std::uint64_t expected_points(const Job& job) {
  if (is_text(job.input)) return job.bytes / kLeastTextPoint;
  if (job.bytes <= kSmallFile) return job.bytes / kLeastBinaryPoint;
  return declared_points(job);
}

std::uint64_t machine_memory() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page = ::sysconf(_SC_PAGESIZE);
  std::uint64_t bytes = static_cast<std::uint64_t>(std::max(pages, 1L)) *
                        static_cast<std::uint64_t>(std::max(page, 1L));
  std::uint64_t limit = 0;  // "max" leaves it at 0
  if (std::ifstream("/sys/fs/cgroup/memory.max") >> limit && limit > 0)
    bytes = std::min(bytes, limit);
  return bytes;
}

}  // namespace

std::uint64_t parse_memory(const std::string& text) {
  const std::string expected =
      "--memory is '" + text + "'; expected a size of at least 64M, such as 512M, 2G or 1.5G";
  const std::size_t end = text.find_first_not_of("0123456789.");
  const auto number = parse_number(text.substr(0, end));
  if (!number) throw UsageError(expected);
  const std::string unit = end == std::string::npos ? "" : text.substr(end);
  double bytes = *number;
  const std::size_t power = unit.empty() ? 0 : std::string_view("KMGT").find(unit.front()) + 1;
  const std::string rest = unit.empty() ? "" : unit.substr(1);
  if (!unit.empty() && (power == 0 || (!rest.empty() && rest != "B" && rest != "iB")))
    throw UsageError(expected);
  bytes *= std::pow(kKibi, static_cast<double>(power));
  if (!(bytes >= static_cast<double>(kLeastMemory) && bytes < 1e18)) throw UsageError(expected);
  return static_cast<std::uint64_t>(bytes);
}

std::uint64_t default_memory() { return std::max(kLeastMemory, machine_memory() / 2); }

std::string memory_text(std::uint64_t bytes) {
  double value = static_cast<double>(bytes);
  constexpr std::array<const char*, 5> units = {"B", "KB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (value >= kKibi && unit + 1 < units.size()) {
    value /= kKibi;
    ++unit;
  }
  return fixed(value, unit == 0 || value >= 99.95 ? 0 : 1) + " " + units[unit];
}

Expected expected_of(const Job& job) {
  const std::uint64_t points = expected_points(job);
  // A compressed body is held whole, packed and unpacked, on the way in and on the way out.
  const bool is_held = points_of_compressed(job.input) > 0;
  return {points, kBytesAFile + kBytesAPoint * points + 2 * job.bytes, is_held ? 4 * job.bytes : 0};
}

}  // namespace equicloud::cli
