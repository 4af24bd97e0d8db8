// SPDX-License-Identifier: BSD-3-Clause
// A cloud without some of its points, written as `equicloud clean` and the viewer write it.
#pragma once

#include "cli/cloud_file.h"

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::cli {

/// One byte a point, 1 = kept. @param negative  keep what was removed instead
std::vector<unsigned char> keep_mask(const std::vector<bool>& removed, bool negative);

/// Has a rewriting keep the points whose byte in `keep` is 1, which must outlive it. Elements that
/// name points by their number (a PLY's faces) are dropped where numbers change.
/// @param keep_organized  all points stay in their places, removed ones are NaN
/// @returns how many points are kept
std::size_t leave_out(const std::vector<unsigned char>& keep, bool keep_organized,
                      Rewrite& rewrite);

/// Writes the points of `input` whose byte in `keep` is 1 to `output`, with every field they have.
/// See leave_out().
/// @param rewrite  format and encoding of the output; its `keep` is set here
/// @returns how many points were kept
/// Throws as rewrite_file() does; the output is then absent, or what it was before.
std::size_t separate(const std::string& input, const std::string& output,
                     const std::vector<unsigned char>& keep, bool keep_organized, Rewrite rewrite);

}  // namespace equicloud::cli
