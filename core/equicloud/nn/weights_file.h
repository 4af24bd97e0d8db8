// SPDX-License-Identifier: BSD-3-Clause
// Weights in the safetensors format (https://github.com/huggingface/safetensors): 8 bytes
// little-endian header length, a JSON header (tensor name -> dtype, shape, data_offsets;
// "__metadata__" -> strings), then raw little-endian data. Every length is checked before it is
// used. F32, F16, BF16 and I8 are read (to float), F32 is written.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace equicloud::nn {

/// A dense tensor, row-major.
struct Tensor {
  std::vector<std::size_t> shape;
  std::vector<float> values;  ///< product of shape
};

struct WeightsFile {
  std::map<std::string, Tensor> tensors;
  std::map<std::string, std::string> metadata;

  /// The named tensor, whose shape must be `shape`. Throws FormatError (naming tensor, found and
  /// expected shape).
  const Tensor& tensor(const std::string& name, const std::vector<std::size_t>& shape) const;
  /// The named matrix of any size, shape [rows, columns], both >= 1: for networks that take their
  /// widths from the file. Throws FormatError likewise.
  const Tensor& matrix(const std::string& name) const;
  /// The metadata value. Throws FormatError if the key is missing.
  const std::string& meta(const std::string& key) const;
};

/// Throws FormatError (a sentence that begins with `name`).
WeightsFile parse_weights(const unsigned char* bytes, std::size_t size, const std::string& name);
/// Throws IoError or FormatError.
WeightsFile load_weights(const std::string& path);
/// The file's bytes: same content, same bytes (names in order, no padding but the header's to 8
/// bytes).
std::vector<unsigned char> serialise_weights(const WeightsFile& file);
/// Writes beside `path` and renames. Throws IoError.
void save_weights(const WeightsFile& file, const std::string& path);

}  // namespace equicloud::nn
