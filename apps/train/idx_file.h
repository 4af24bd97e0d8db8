// SPDX-License-Identifier: BSD-3-Clause
// Labelled pictures in the IDX format (Y. LeCun, C. Cortes, C. Burges, the MNIST database): magic
// 0x00000803 (pictures: count, rows, columns) or 0x00000801 (labels: count), big-endian, then
// bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::train {

struct LabelledPictures {
  std::size_t count = 0, rows = 0, columns = 0;
  std::vector<std::uint8_t> pixels;  ///< [count][rows][columns], 0 .. 255
  std::vector<std::uint8_t> labels;  ///< [count]

  const std::uint8_t* picture(std::size_t i) const noexcept {
    return pixels.data() + i * rows * columns;
  }
};

/// Reads FOLDER/train-images-idx3-ubyte and FOLDER/train-labels-idx1-ubyte, each with or without
/// .gz (which needs zlib). Throws IoError for a missing file, FormatError for one that does not
/// hold what it declares, or where pictures and labels differ in number.
LabelledPictures load_idx(const std::string& folder);

/// The two parsers, over a file's unpacked bytes; `name` begins the message of a FormatError.
LabelledPictures parse_idx(const std::vector<unsigned char>& pictures,
                           const std::vector<unsigned char>& labels, const std::string& name);

}  // namespace equicloud::train
