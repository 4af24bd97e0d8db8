// SPDX-License-Identifier: BSD-3-Clause
// "Did you mean ...?": the nearest of the words that exist.
#pragma once

#include <string>
#include <vector>

namespace equicloud::cli {

/// The known word at the smallest edit distance (insertions, deletions, exchanges and swaps of
/// neighbouring letters), if that is at most 2 and less than half of the word's length, or the word
/// that it begins; else "".
std::string nearest_word(const std::string& word, const std::vector<std::string>& known);

}  // namespace equicloud::cli
