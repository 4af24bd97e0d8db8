// SPDX-License-Identifier: BSD-3-Clause
// libFuzzer's bytes as a file: whatever they are, reading ends in points, as many as the header
// says, or in an equicloud::Error that names the file.
#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

// Time goes with points, and a compressed file may have a thousand a byte: enough is enough.
constexpr std::uint64_t kMostPoints = 200000;

void require(bool holds) {
  if (!holds) std::abort();
}

void read_all(equicloud::io::Reader& reader) {
  equicloud::io::Chunk chunk;
  std::uint64_t points = 0;
  while (points < kMostPoints && reader.read(chunk, 1000)) {
    points += chunk.points;
    require(chunk.records.size() == chunk.points * chunk.record_bytes);
  }
  require(points >= kMostPoints || points == reader.header().points);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string name = EQUICLOUD_FUZZ_NAME;
  try {
    read_all(*equicloud::io::open_bytes({data, data + size}, name));
  } catch (const equicloud::Error& error) {
    require(std::strncmp(error.what(), name.c_str(), name.size()) == 0);
  }
  return 0;
}
