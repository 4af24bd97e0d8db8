// SPDX-License-Identifier: BSD-3-Clause
#include "cli/cleaning.h"

#include <algorithm>

namespace equicloud::cli {

std::vector<unsigned char> keep_mask(const std::vector<bool>& removed, bool negative) {
  std::vector<unsigned char> keep(removed.size());
  for (std::size_t i = 0; i < keep.size(); ++i) keep[i] = removed[i] == negative ? 1 : 0;
  return keep;
}

std::size_t leave_out(const std::vector<unsigned char>& keep, bool keep_organized,
                      Rewrite& rewrite) {
  const auto kept = static_cast<std::size_t>(std::count(keep.begin(), keep.end(), 1));
  rewrite.keep = keep;
  if (keep_organized) {
    rewrite.options.removed = io::Removed::blank;
  } else if (kept < keep.size()) {
    // Faces name points by their number, which changes.
    rewrite.options.width = kept;
    rewrite.options.height = 1;
    rewrite.options.other_elements = io::OtherElements::drop;
  }
  return kept;
}

std::size_t separate(const std::string& input, const std::string& output,
                     const std::vector<unsigned char>& keep, bool keep_organized, Rewrite rewrite) {
  const std::size_t kept = leave_out(keep, keep_organized, rewrite);
  rewrite_file(input, output, rewrite);
  return kept;
}

}  // namespace equicloud::cli
