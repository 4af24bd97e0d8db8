// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/display.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace equicloud::viewer {
namespace {

constexpr const char* kAdvice =
    "; on a machine without a screen type: xvfb-run -a equicloud_viewer FILE --screenshot OUT.png";

// X servers of this machine listen on a socket in the file system, in the abstract name space, or
// both. @param abstract  which of them is asked
bool answers(const std::string& number, bool abstract) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/tmp/.X11-unix/X" + number;
  if (path.size() + 1 >= sizeof address.sun_path) return false;
  char* name = address.sun_path + (abstract ? 1 : 0);
  std::memcpy(name, path.data(), path.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return false;
  const bool connected = connect(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0;
  close(socket);
  return connected;
}

}  // namespace

std::string why_no_display() {
  const char* variable = std::getenv("DISPLAY");
  const std::string display = variable == nullptr ? "" : variable;
  if (display.empty()) return std::string("there is no display (DISPLAY is not set)") + kAdvice;
  if (display.front() != ':') return {};  // another machine's: only trying tells
  const std::string number = display.substr(1, display.find('.') - 1);
  if (answers(number, false) || answers(number, true)) return {};
  return "the display " + display + " does not answer" + kAdvice;
}

}  // namespace equicloud::viewer
