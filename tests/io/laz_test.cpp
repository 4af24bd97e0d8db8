// SPDX-License-Identifier: BSD-3-Clause
// LAZ: what is compressed comes back bit for bit, and is the same compressed file as the one that
// an independent decoder (laz-perf) was shown.
#include <equicloud/base/error.h>
#include <equicloud/io/las.h>
#include <equicloud/io/laz_coder.h>
#include <equicloud/io/laz_integers.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "io/clouds.h"
#include "io/las_files.h"
#include "io/laz_files.h"

namespace equicloud::io {
namespace {

using testing::cut_las;
using testing::Folder;
using testing::LasParts;
using testing::Likeness;
using testing::make_survey;
using testing::number_at;
using testing::with_number;

constexpr int kFormats[] = {0, 1, 2, 3, 6, 7, 8};
constexpr Likeness kLikenesses[] = {Likeness::flight, Likeness::noise, Likeness::constant,
                                    Likeness::channels};

std::string written(const std::string& file, WriterOptions options, Span<const double> added = {}) {
  const Folder folder;
  const auto reader = open_bytes({file.begin(), file.end()}, "f");
  Writer writer(folder.file("out"), reader->header(), std::move(options));
  const std::size_t width = writer.header().fields.size() - reader->header().fields.size();
  Chunk chunk;
  for (std::size_t done = 0; reader->read(chunk, 777); done += chunk.points)
    writer.write(chunk, {}, added.subspan(done * width, chunk.points * width));
  writer.finish();
  return testing::read_text(folder.file("out"));
}

std::string compressed(const std::string& file) {
  WriterOptions options;
  options.encoding = Encoding::binary_compressed;
  return written(file, options);
}

std::string plain(const std::string& file) {
  WriterOptions options;
  options.encoding = Encoding::binary;
  return written(file, options);
}

TEST(Laz, CompressedAndBackIsTheSameFile) {
  for (const int format : kFormats) {
    for (const Likeness likeness : kLikenesses) {
      for (const int extra : {0, 3}) {
        SCOPED_TRACE(::testing::Message() << "format " << format << " likeness "
                                          << static_cast<int>(likeness) << " extra " << extra);
        const std::string file = make_survey(format, 1500, extra, likeness);
        const std::string laz = compressed(file);
        const std::string back = plain(laz);
        const LasParts before = cut_las(file);
        const LasParts after = cut_las(back);
        ASSERT_TRUE(before.points == after.points);
        EXPECT_EQ(before.gap, after.gap);
        ASSERT_EQ(before.records.size(), after.records.size());
        // Bytes between points and extended records, and behind those, are not carried by LAZ.
        ASSERT_EQ(before.extended.size(), after.extended.size());
        for (std::size_t i = 0; i < before.extended.size(); ++i)
          EXPECT_EQ(before.extended[i].payload, after.extended[i].payload);
        const std::string again = compressed(laz);
        EXPECT_TRUE(compressed(again) == again) << "a rewritten LAZ file is the same file";
      }
    }
  }
}

TEST(Laz, ManyChunksAndHardlyAnyPoints) {
  for (const int format : {3, 7}) {
    for (const std::uint32_t points : {0U, 1U, 2U, 49999U, 50000U, 50001U, 120000U}) {
      SCOPED_TRACE(::testing::Message() << format << ": " << points);
      const std::string file = make_survey(format, points, 0, Likeness::flight);
      EXPECT_TRUE(cut_las(plain(compressed(file))).points == cut_las(file).points);
    }
  }
}

/// Little-endian bytes.
template <typename T>
std::string bytes_of(T number) {
  return {reinterpret_cast<const char*>(&number), sizeof number};
}

// As COPC files have them; and where the place of the table is told by who could not go back.
TEST(Laz, ChunksOfTheirOwnLengthAndATableToldOfAtTheEnd) {
  for (const int format : {1, 6}) {
    const std::string file = make_survey(format, 120000, 0, Likeness::flight);
    const std::string laz = compressed(file);
    const std::size_t points = number_at<std::uint32_t>(laz, 96);
    const std::size_t table = number_at<std::uint64_t>(laz, points);
    const auto* begin = reinterpret_cast<const unsigned char*>(laz.data());
    const std::string name = "f";
    laz::Decoder decoder(begin + table + 8, begin + laz.size(), name);
    laz::Integers sizes(32, 2);
    laz::Integers entries(32, 2);
    laz::Encoder encoder;
    std::int32_t size = 0;
    std::int32_t count = 0;
    for (const std::int32_t now : {50000, 50000, 20000}) {
      const std::int32_t next = sizes.code(decoder, size, 0, 1);
      count = entries.code(encoder, count, now, 0);
      size = entries.code(encoder, size, next, 1);
    }
    const std::vector<unsigned char> coded = encoder.finish();
    std::string other = laz.substr(0, table) + bytes_of(0U) + bytes_of(3U) +
                        std::string(coded.begin(), coded.end()) +
                        bytes_of(static_cast<std::uint64_t>(table));
    other = with_number(other, points, ~std::uint64_t{0});
    other = with_number(other, other.find("laszip encoded") - 2 + 54 + 12, 0xFFFFFFFFU);
    if (format == 6) other = with_number(other, 243, 0U);  // no extended records
    const testing::Cloud expected = testing::read_bytes(file, "f");
    EXPECT_TRUE(testing::read_bytes(other, "f").chunk.records == expected.chunk.records);
  }
}

TEST(Laz, IsSmaller) {
  const std::string file = make_survey(6, 20000, 0, Likeness::constant);
  EXPECT_LT(compressed(file).size(), file.size() / 100);
}

TEST(Laz, AScoreIsAnExtraByteLayer) {
  for (const int format : {1, 8}) {
    const std::string file = make_survey(format, 500, 0, Likeness::flight);
    std::vector<double> scores(500);
    for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = static_cast<double>(i) / 512.0;
    WriterOptions options;
    options.added = {{"outlier_score", Scalar::f32}};
    const std::string scored = written(compressed(file), options, scores);
    const std::string expected = written(file, options, scores);
    EXPECT_TRUE(cut_las(plain(scored)).points == cut_las(expected).points);
    const testing::Cloud cloud = testing::read_bytes(scored, "f.laz");
    EXPECT_EQ(value(cloud.chunk.record(99), cloud.header.at("outlier_score")), scores[99]);
    EXPECT_EQ(cloud.header.encoding, Encoding::binary_compressed);
  }
}

TEST(Laz, PointFormatsWithWaveformsAreNotWritten) {
  testing::LasRecipe recipe;
  recipe.format = 4;
  EXPECT_THROW(compressed(make_las(recipe)), InvalidArgument);
}

// What says that a number is what an independent decoder understood.
std::uint64_t fingerprint(const std::string& bytes) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

TEST(Laz, CompressedPointsAreThoseThatLazPerfUnderstood) {
  std::string all;
  for (const int format : kFormats)
    for (const Likeness likeness : kLikenesses) {
      const std::string laz = compressed(make_survey(format, 3000, 5, likeness));
      all += laz.substr(number_at<std::uint32_t>(laz, 96));
    }
  EXPECT_EQ(fingerprint(all), 13598045885155495729U);
}

/// True once `make laz-check` has fetched the decoder.
bool has_laz_perf() {
  return std::filesystem::exists(EQUICLOUD_SOURCE_DIR "/build/node/node_modules/laz-perf");
}

TEST(Laz, LazPerfUnderstandsWhatIsWritten) {
  if (!has_laz_perf()) GTEST_SKIP() << "laz-perf is not here; type: make laz-check";
  const Folder folder;
  for (const int format : kFormats)
    for (const Likeness likeness : kLikenesses) {
      const std::string name =
          std::to_string(format) + "-" + std::to_string(static_cast<int>(likeness));
      const std::string file = make_survey(format, 3000, 5, likeness);
      // laz-perf forgets the scanner channel where it stays: noise is for formats without one.
      if (format >= 6 && likeness == Likeness::noise) continue;
      testing::write_text(folder.file(name + ".las"), file);
      testing::write_text(folder.file(name + ".laz"), compressed(file));
    }
  EXPECT_EQ(std::system(("node " EQUICLOUD_SOURCE_DIR "/tests/io/laz_perf.mjs " +
                         std::string(EQUICLOUD_SOURCE_DIR "/build/node") + " " + folder.path())
                            .c_str()),
            0);
}

TEST(LazCoder, WhatIsWrittenIsRead) {
  laz::Encoder encoder;
  laz::SymbolModel symbols(516);
  laz::BitModel bits;
  laz::Integers numbers(32, 2);
  std::vector<std::int32_t> values = {0, 1, -1, 2, INT32_MIN, INT32_MAX, 255, 256, -256, 1 << 30};
  for (int i = 0; i < 3000; ++i) values.push_back(i * i * (i % 2 == 0 ? 1 : -1) * 211);
  for (const std::int32_t v : values) {
    encoder.symbol(symbols, static_cast<std::uint32_t>(v) % 516);
    encoder.bit(bits, static_cast<std::uint32_t>(v) & 1U);
    numbers.code(encoder, 7, v, 1);
    encoder.bits(32, static_cast<std::uint32_t>(v));
  }
  const std::vector<unsigned char> bytes = encoder.finish();
  const std::string name = "f";
  laz::Decoder decoder(bytes.data(), bytes.data() + bytes.size(), name);
  symbols = laz::SymbolModel(516);
  bits = {};
  laz::Integers again(32, 2);
  for (const std::int32_t v : values) {
    ASSERT_EQ(decoder.symbol(symbols), static_cast<std::uint32_t>(v) % 516);
    ASSERT_EQ(decoder.bit(bits), static_cast<std::uint32_t>(v) & 1U);
    ASSERT_EQ(again.code(decoder, 7, 0, 1), v);
    ASSERT_EQ(decoder.bits(32), static_cast<std::uint32_t>(v));
  }
}

}  // namespace
}  // namespace equicloud::io
