// SPDX-License-Identifier: BSD-3-Clause
// Reader of the packed clean shapes: an .npz archive (zip of .npy arrays, stored or deflated) with
// xyz int16 [N, 3], scale float32 and offset float32 [3]; point = xyz * scale + offset. Every
// length is checked before it is used.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::train {

struct PackedCloud {
  std::vector<float> xyz;             ///< N x 3, relative to `offset`
  std::array<double, 3> offset = {};  ///< kept apart: it may be large (metres of a national grid)
};

/// Throws FormatError (a sentence that begins with `name`): not a zip, truncated, an array missing
/// or of another type or shape.
PackedCloud parse_packed_cloud(const unsigned char* bytes, std::size_t size,
                               const std::string& name);
/// Throws IoError, FormatError.
PackedCloud read_packed_cloud(const std::string& path);

}  // namespace equicloud::train
