// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/pcl/attempt.h>
#include <pcl/console/print.h>

#include <exception>
#include <new>

namespace equicloud {

void report_exception(const std::string& caller) noexcept {
  const auto say = [&](const char* why) { PCL_ERROR("[equicloud::%s] %s\n", caller.c_str(), why); };
  try {
    throw;
  } catch (const std::bad_alloc&) {
    say("out of memory; thin the cloud first");
  } catch (const std::exception& error) {
    say(error.what());
  } catch (...) {
    say("failed with an exception of an unknown type");
  }
}

}  // namespace equicloud
