// SPDX-License-Identifier: BSD-3-Clause
// The bytes of data/models/outlier-general.safetensors, compiled in (the source is generated at
// build time).
#pragma once

#include <cstddef>

namespace equicloud::outlier {

extern const unsigned char embedded_outlier_general[];
extern const std::size_t embedded_outlier_general_size;

}  // namespace equicloud::outlier
