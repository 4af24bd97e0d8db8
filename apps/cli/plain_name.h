// SPDX-License-Identifier: BSD-3-Clause
// File names may hold any byte but 0 and '/', JSON holds UTF-8 alone. A plain name is the name with
// '%' and every byte that is no part of UTF-8 written as %XX: names that are UTF-8 and have no '%'
// stay as they are, and every name comes back exactly.
#pragma once

#include <string>

namespace equicloud::cli {

std::string plain_name(const std::string& name);
std::string name_of_plain(const std::string& plain);

}  // namespace equicloud::cli
