// SPDX-License-Identifier: BSD-3-Clause
// Folders of small clouds, and what became of them.
#pragma once

#include "cli/program.h"

#include <map>
#include <string>

namespace equicloud::cli_tests {

/// in/0/c0.pcd, in/1/c1.pcd, in/2/c2.pcd, in/0/c3.pcd, ...: sheets of 16 to 20 points a side.
void save_folder(const Workplace& place, int clouds);

/// The bytes of every file below a folder, by its name there.
std::map<std::string, std::string> outputs(const Workplace& place, const std::string& folder);

}  // namespace equicloud::cli_tests
