// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/copy_bytes.h>

#include <algorithm>
#include <vector>

namespace equicloud::io {

void copy_bytes(const Source& source, std::uint64_t begin, std::uint64_t end, AtomicFile& file) {
  constexpr std::uint64_t kPart = std::uint64_t{1} << 20;
  std::vector<unsigned char> bytes;
  while (begin < end) {
    bytes.resize(static_cast<std::size_t>(std::min(end - begin, kPart)));
    if (source.read_at(begin, bytes.data(), bytes.size()) != bytes.size())
      throw IoError(source.path() + ": became shorter while it was read");
    file.write(bytes.data(), bytes.size());
    begin += bytes.size();
  }
}

}  // namespace equicloud::io
