// SPDX-License-Identifier: BSD-3-Clause
// The part of the zip and npy formats that packed clouds need: one disk, no encryption, no zip64,
// stored or deflated members; little-endian arrays in C order.
// Sources: PKWARE APPNOTE 6.3.9, numpy.lib.format.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace equicloud::train {

/// Members of a zip archive by name, unpacked. Throws FormatError (a sentence beginning with
/// `name`).
std::map<std::string, std::vector<unsigned char>> unzip(const unsigned char* bytes,
                                                        std::size_t size, const std::string& name);

struct NpyArray {
  std::string type;                  ///< as numpy writes it, e.g. "<i2"
  std::vector<std::size_t> shape;    ///< empty for a scalar
  std::vector<unsigned char> bytes;  ///< product of shape elements, little-endian
};

/// Throws FormatError (a sentence beginning with `name`).
NpyArray parse_npy(const std::vector<unsigned char>& bytes, const std::string& name);

}  // namespace equicloud::train
