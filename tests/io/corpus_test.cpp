// SPDX-License-Identifier: BSD-3-Clause
// What the fuzzers (tests/fuzz) found and kept, replayed: every file of the corpus to every reader.
#include <equicloud/base/error.h>
#include <equicloud/io/reader.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "io/clouds.h"

namespace equicloud::io {
namespace {

namespace fs = std::filesystem;

// A compressed file may have a thousand points a byte.
constexpr std::uint64_t kMostPoints = 200000;

void replay(const std::string& bytes, const std::string& name) {
  try {
    const auto reader = open_bytes({bytes.begin(), bytes.end()}, name);
    Chunk chunk;
    std::uint64_t points = 0;
    while (points < kMostPoints && reader->read(chunk, 1000)) points += chunk.points;
    EXPECT_TRUE(points >= kMostPoints || points == reader->header().points);
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).rfind(name, 0), 0U) << error.what();
  }
}

TEST(Corpus, EveryFileIsReadOrRefusedByEveryReader) {
  std::size_t files = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(EQUICLOUD_SOURCE_DIR "/tests/fuzz/corpus")) {
    if (!entry.is_regular_file()) continue;
    SCOPED_TRACE(entry.path().string());
    ++files;
    const std::string bytes = testing::read_text(entry.path().string());
    for (const char* extension : {"pcd", "ply", "xyz", "csv", "pts", "bin", "las"})
      replay(bytes, std::string("f.") + extension);
  }
  EXPECT_GT(files, 100U);
}

}  // namespace
}  // namespace equicloud::io
