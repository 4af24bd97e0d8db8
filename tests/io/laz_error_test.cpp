// SPDX-License-Identifier: BSD-3-Clause
// The table of malformed LAZ files: each is refused with one exact sentence. Damaged points end in
// a sentence or in other points, never in anything else.
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/io/writer.h>
#include <gtest/gtest.h>

#include "io/clouds.h"
#include "io/las_files.h"
#include "io/laz_files.h"

namespace equicloud::io {
namespace {

using testing::number_at;
using testing::refusal;
using testing::with_number;

constexpr std::uint32_t kPoints = 300;

std::string laz(int format) {
  const std::string file = testing::make_survey(format, kPoints, 2, testing::Likeness::channels);
  const testing::Folder folder;
  const auto reader = open_bytes({file.begin(), file.end()}, "f");
  WriterOptions options;
  options.encoding = Encoding::binary_compressed;
  Writer writer(folder.file("out"), reader->header(), options);
  Chunk chunk;
  while (reader->read(chunk, kChunkPoints)) writer.write(chunk);
  writer.finish();
  return testing::read_text(folder.file("out"));
}

/// A good file, and where its parts are.
struct Sample {
  explicit Sample(int format) : file(laz(format)) {
    settings = file.find("laszip encoded") - 2 + 54;
    points = number_at<std::uint32_t>(file, 96);
    chunk = points + 8;
    table = number_at<std::uint64_t>(file, points);
    length = number_at<std::uint16_t>(file, 105);
  }
  std::string file;
  std::size_t settings, points, chunk, table, length;

  template <typename T>
  std::string bent(std::size_t offset, T number) const {
    return with_number(file, offset, number);
  }
};

struct Row {
  std::string what;
  std::string bytes;
  std::string sentence;  ///< behind "f.laz: "
};

const std::string kAdvice =
    "; convert it to LAS first, for example with: laszip -i FILE.laz -o FILE.las";

std::vector<Row> settings() {
  const Sample old(1);
  const Sample layered(6);
  return {
      {"point format 4",
       with_number(layered.bent(104, std::uint8_t{0x80 | 4}), 105, std::uint16_t{57}),
       "is LAZ (compressed LAS) with point format 4, formats 0 to 3 and 6 to 8 are read" + kAdvice},
      {"no record about compression", layered.bent(layered.settings - 54 + 2, 'L'),
       "is LAZ (compressed LAS) without a record about compression"},
      {"compressor 1", old.bent(old.settings, std::uint16_t{1}),
       "is LAZ (compressed LAS) with compressor 1 and coder 0, compressor 2 and coder 0 are read "
       "for point format 1" +
           kAdvice},
      {"compressor 2 for layers", layered.bent(layered.settings, std::uint16_t{2}),
       "is LAZ (compressed LAS) with compressor 2 and coder 0, compressor 3 and coder 0 are read "
       "for point format 6" +
           kAdvice},
      {"coder 1", old.bent(old.settings + 2, std::uint16_t{1}),
       "is LAZ (compressed LAS) with compressor 2 and coder 1, compressor 2 and coder 0 are read "
       "for point format 1" +
           kAdvice},
      {"no points a chunk", old.bent(old.settings + 12, std::uint32_t{0}),
       "is LAZ (compressed LAS) with chunks of 0 points"},
      {"more items than there is room", old.bent(old.settings + 32, std::uint16_t{40}),
       "its record about compression holds 52 bytes, 40 items need 274"},
      {"items of version 1", old.bent(old.settings + 38, std::uint16_t{1}),
       "is LAZ (compressed LAS) with items 6 of 20 bytes version 1, 7 of 8 bytes version 2, 0 of 2 "
       "bytes version 2, read are 6 of 20 bytes version 2, 7 of 8 bytes version 2, 0 of 2 bytes "
       "version 2" +
           kAdvice},
  };
}

std::vector<Row> tables() {
  const Sample old(1);
  const Sample layered(6);
  const auto size = [](const Sample& sample) { return std::to_string(sample.file.size()); };
  const std::string here = "the chunk table should be at byte ";
  const std::string room = std::to_string(old.table - old.chunk);
  return {
      {"table at 0", old.bent(old.points, std::uint64_t{0}),
       here + "0, which is not behind the points in this file of " + size(old) +
           " bytes (truncated?)"},
      {"table beyond the file", old.bent(old.points, std::uint64_t{1} << 62U),
       here + "4611686018427387904, which is not behind the points in this file of " + size(old) +
           " bytes (truncated?)"},
      {"cut before the table", old.file.substr(0, old.table),
       here + std::to_string(old.table) + ", which is not behind the points in this file of " +
           std::to_string(old.table) + " bytes (truncated?)"},
      {"cut at the points", old.file.substr(0, old.points + 3),
       "ends before its compressed points (truncated?)"},
      {"table of version 1", old.bent(old.table, std::uint32_t{1}),
       "the chunk table has version 1, expected 0"},
      {"4 billion chunks", old.bent(old.table + 4, std::uint32_t{0xFFFFFFFF}),
       "the chunk table declares 4294967295 chunks, there are " + room + " bytes for them"},
      {"no chunk", old.bent(old.table + 4, std::uint32_t{0}),
       "header declares 300 points, its chunks hold 0"},
      {"more points than chunks", old.bent(107, std::uint32_t{50001}),
       "header declares 50001 points, its chunks hold 50000"},
      {"a count beyond belief",
       with_number(old.bent(107, std::uint32_t{0xFFFFFFFF}), old.settings + 12,
                   std::uint32_t{0xFFFFFFFE}),
       "chunk 1 of 1 has " + room + " bytes for 4294967294 points (damaged?)"},
      {"a chunk's count", layered.bent(layered.chunk + layered.length, std::uint32_t{299}),
       "chunk 1 says that it has 299 points, expected 300 (damaged?)"},
      {"a layer too long",
       layered.bent(layered.chunk + layered.length + 4, std::uint32_t{1} << 30U),
       "chunk 1 is too short for its layers (damaged?)"},
      {"no layer of coordinates",
       layered.bent(layered.chunk + layered.length + 4, std::uint32_t{0}),
       "chunk 1 lacks a layer with its coordinates (damaged?)"},
  };
}

TEST(MalformedLaz, EveryRowIsRefusedWithItsSentence) {
  ASSERT_EQ(refusal(Sample(1).file, "f.laz"), "");
  ASSERT_EQ(refusal(Sample(6).file, "f.laz"), "");
  for (const auto& table : {settings(), tables()}) {
    for (const Row& row : table) {
      SCOPED_TRACE(row.what);
      EXPECT_EQ(refusal(row.bytes, "f.laz"), "f.laz: " + row.sentence);
    }
  }
}

TEST(MalformedLaz, PointsThatEndTooEarlyAreRefused) {
  // The chunk is as long as before, but most of its first layer is said to be the second's.
  const Sample sample(6);
  const std::size_t sizes = sample.chunk + sample.length + 4;
  const auto first = number_at<std::uint32_t>(sample.file, sizes);
  const auto second = number_at<std::uint32_t>(sample.file, sizes + 4);
  const std::string bytes =
      with_number(sample.bent(sizes, std::uint32_t{16}), sizes + 4, first + second - 16);
  EXPECT_EQ(refusal(bytes, "f.laz"), "f.laz: the compressed points do not unpack (damaged?)");
}

TEST(MalformedLaz, DamagedPointsAreOtherPointsOrASentence) {
  for (const int format : {0, 3, 6, 8}) {
    const Sample sample(format);
    Random random(static_cast<std::uint64_t>(format));
    for (int i = 0; i < 300; ++i) {
      std::string bytes = sample.file;
      for (int changes = 0; changes < 3; ++changes)
        bytes[sample.points + random.below(bytes.size() - sample.points)] =
            static_cast<char>(random.bits());
      const std::string sentence = refusal(bytes, "f.laz");
      EXPECT_TRUE(sentence.empty() || sentence.rfind("f.laz: ", 0) == 0) << sentence;
    }
  }
}

}  // namespace
}  // namespace equicloud::io
