// SPDX-License-Identifier: BSD-3-Clause
// Inside the plugin: no exception crosses into PCL's callers; what was thrown is said once.
#pragma once

#include <string>

namespace equicloud {

/// Says with PCL_ERROR, in the name of `caller` ("Class::method"), what the exception at hand says.
/// To be called within a catch block.
void report_exception(const std::string& caller) noexcept;

/// @returns false, after PCL_ERROR, if the work threw
template <typename Work>
bool attempt(const std::string& caller, const Work& work) noexcept {
  try {
    work();
    return true;
  } catch (...) {
    report_exception(caller);
    return false;
  }
}

}  // namespace equicloud
