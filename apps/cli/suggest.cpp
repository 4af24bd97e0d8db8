// SPDX-License-Identifier: BSD-3-Clause
#include "cli/suggest.h"

#include <algorithm>
#include <cstddef>

namespace equicloud::cli {
namespace {

// Optimal string alignment distance, three rows at a time.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t exchanged = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({exchanged, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest_word(const std::string& word, const std::vector<std::string>& known) {
  std::string nearest;
  constexpr std::size_t kBeginning = 4;  // letters that make a word recognisable
  std::size_t smallest = 3;
  for (const std::string& candidate : known) {
    const bool beginning = word.size() >= kBeginning && candidate.rfind(word, 0) == 0;
    const std::size_t distance = beginning ? 1 : edit_distance(word, candidate);
    if (distance < smallest && 2 * distance < std::max(word.size(), candidate.size())) {
      smallest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace equicloud::cli
