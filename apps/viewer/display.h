// SPDX-License-Identifier: BSD-3-Clause
// Whether a window can be opened at all, asked before Open3D is: it aborts where it cannot.
#pragma once

#include <string>

namespace equicloud::viewer {

/// "" if there is a display that answers; else a sentence that says what to do.
std::string why_no_display();

}  // namespace equicloud::viewer
