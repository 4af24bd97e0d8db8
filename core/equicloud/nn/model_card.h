// SPDX-License-Identifier: BSD-3-Clause
// What a model file says of itself in its metadata, whatever the model is for.
#pragma once

#include <equicloud/nn/weights_file.h>

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::nn {

struct ModelCard {
  std::string name;                   ///< e.g. "outlier-general"
  std::string version;                ///< e.g. "1"
  std::string licence;                ///< of the weights
  std::string training_data;          ///< one sentence
  std::vector<std::string> promises;  ///< laws that the results keep, e.g. "motion-invariant"
  std::size_t weights = 0;            ///< number of trained parameters
};

/// Reads metadata kind, format_version (must be "1"), name, version, licence, training_data,
/// promises.
/// @param kind         what this must be, e.g. "outlier-scorer"
/// @param can_promise  the laws that this version knows how to keep
/// Throws FormatError (found, expected) if a key is missing, the file is of another kind or format,
/// or promises something else.
ModelCard read_card(const WeightsFile& file, const std::string& kind,
                    const std::vector<std::string>& can_promise);

/// Metadata `key` as a number in [low, high]. Throws FormatError.
float read_number(const WeightsFile& file, const std::string& key, float low, float high);
/// Metadata `key` as words between commas. Throws FormatError if it is missing.
std::vector<std::string> read_words(const WeightsFile& file, const std::string& key);

}  // namespace equicloud::nn
