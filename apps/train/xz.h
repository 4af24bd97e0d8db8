// SPDX-License-Identifier: BSD-3-Clause
// Unpacking of .xz files through liblzma, where the program was built with it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::train {

/// The content of a whole .xz stream. Throws FormatError (a sentence that begins with `name`) if it
/// is truncated or damaged, if it holds more than `most` bytes, or if the program was built without
/// liblzma.
std::vector<unsigned char> unpack_xz(const std::vector<unsigned char>& packed, std::size_t most,
                                     const std::string& name);

}  // namespace equicloud::train
