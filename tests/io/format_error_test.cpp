// SPDX-License-Identifier: BSD-3-Clause
// The table of malformed files: every row ends in one FormatError that names the file and the
// reason, or in the right points. The rows are those on which other readers crash, abort or give
// zeros for points.
#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include <functional>

#include "io/clouds.h"
#include "io/sample_files.h"

namespace equicloud::io {
namespace {

using testing::ascii_points;
using testing::binary_points;
using testing::bytes_of;
using testing::compressed_points;
using testing::PcdHeader;
using testing::refusal;

/// A file that has to be refused, and words the sentence has to have.
struct Row {
  std::string what;
  std::string name;
  std::string bytes;
  std::string reason;
};

/// A PCD header bent by `change`, then `body`.
std::string pcd(const std::function<void(PcdHeader&)>& change, const std::string& body) {
  PcdHeader header;
  change(header);
  return header.text() + body;
}

std::string with_data(const std::string& data, const std::string& body) {
  return pcd([&](PcdHeader& h) { h.data = data; }, body);
}

std::string ply(const std::string& format, const std::string& count, const std::string& body,
                const std::string& more = "") {
  return "ply\nformat " + format + " 1.0\nelement vertex " + count +
         "\nproperty float x\nproperty float y\nproperty float z\n" + more + "end_header\n" + body;
}

const std::string kLittle = "binary_little_endian";

std::vector<Row> declared_sizes() {
  const std::string points = binary_points(1000);
  const std::string lines = ascii_points(1000);
  const auto wide = [](const char* width) {
    return [=](PcdHeader& h) { h.width = h.points = width; };
  };
  const auto wide_ascii = [](PcdHeader& h) {
    h.width = h.points = "2000000000";
    h.data = "ascii";
  };
  const auto square = [](PcdHeader& h) {
    h.width = h.height = "65536";
    h.points = "4294967296";
  };
  const auto overflow = [](PcdHeader& h) {
    h.width = h.height = "18446744073709551615";
    h.points = "1";
  };
  const auto overflow_bytes = [](PcdHeader& h) {
    h.width = "18446744073709551615";
    h.points = "18446744073709551615";
  };
  const std::string huge = bytes_of(0xfffffff0U);
  return {
      {"empty PCD", "f.pcd", "", "is empty (0 bytes)"},
      {"empty PLY", "f.ply", "", "is empty (0 bytes)"},
      {"empty text", "f.xyz", "", "is empty (0 bytes)"},
      {"empty KITTI", "f.bin", "", "is empty (0 bytes)"},
      {"WIDTH 2e9 binary", "f.pcd", pcd(wide("2000000000"), points),
       "header declares 2000000000 points (24000000000 bytes), the file holds 12000 bytes "
       "(truncated?)"},
      {"WIDTH 2e9 ascii", "f.pcd", pcd(wide_ascii, lines), "header declares 2000000000 points"},
      {"65536 x 65536", "f.pcd", pcd(square, points), "header declares 4294967296 points"},
      {"WIDTH x HEIGHT beyond 64 bits", "f.pcd", pcd(overflow, points), "more than 64 bits"},
      {"bytes beyond 64 bits", "f.pcd", pcd(overflow_bytes, points), "more than 2^64 bytes"},
      {"WIDTH -5", "f.pcd", pcd(wide("-5"), points), "WIDTH is '-5', expected a whole number"},
      {"WIDTH 1e3", "f.pcd", pcd(wide("1e3"), points), "WIDTH is '1e3'"},
      {"WIDTH beyond 64 bits", "f.pcd", pcd(wide("18446744073709551616"), points), "WIDTH is"},
      {"COUNT -1", "f.pcd", pcd([](PcdHeader& h) { h.count = "1 1 -1"; }, points), "COUNT is '-1'"},
      {"COUNT 0", "f.pcd", pcd([](PcdHeader& h) { h.count = "1 1 0"; }, points), "COUNT 0"},
      {"COUNT 2e9", "f.pcd", pcd([](PcdHeader& h) { h.count = "1 1 2000000000"; }, points),
       "field z has count 2000000000"},
      {"LZF size 0xfffffff0", "f.pcd",
       with_data("binary_compressed", huge + bytes_of(12000U) + points),
       "declares 4294967280 bytes, the file holds 12000"},
      {"LZF unpacked size 0xfffffff0", "f.pcd",
       with_data("binary_compressed", bytes_of(12000U) + huge + points), "4294967280 bytes"},
      {"LZF block of 4 bytes for 12000", "f.pcd",
       with_data("binary_compressed", bytes_of(5U) + bytes_of(4U) + "\3abcd"),
       "1000 points of 12 bytes, the compressed block 4 bytes"},
      {"LZF block that inflates to 4 bytes", "f.pcd",
       with_data("binary_compressed",
                 bytes_of(200U) + bytes_of(12000U) + "\3abcd" + std::string(195, '\0')),
       "does not unpack to the declared 12000 bytes"},
      {"LZF block too small for its promise", "f.pcd",
       with_data("binary_compressed", bytes_of(5U) + bytes_of(12000U) + "\3abcd"),
       "cannot hold 12000 bytes"},
      {"LZF garbage", "f.pcd",
       with_data("binary_compressed", bytes_of(300U) + bytes_of(12000U) + std::string(300, '\xff')),
       "does not unpack"},
      {"LZF cut", "f.pcd", with_data("binary_compressed", compressed_points(1000)).substr(0, 900),
       "(truncated?)"},
      {"LZF sizes cut", "f.pcd", with_data("binary_compressed", "abc"), "(truncated?)"},
      {"PLY vertex count -1", "f.ply", ply(kLittle, "-1", points), "count '-1'"},
      {"PLY vertex count 4e9", "f.ply", ply(kLittle, "4000000000", points),
       "header declares 4000000000 points (48000000000 bytes), the file holds 12000 bytes"},
      {"PLY vertex count 2^64 - 1", "f.ply", ply(kLittle, "18446744073709551615", points),
       "header declares 18446744073709551615 points"},
      {"PLY vertex count 2^64", "f.ply", ply(kLittle, "18446744073709551616", points), "count"},
      {"PLY ascii count 2e9", "f.ply", ply("ascii", "2000000000", lines),
       "header declares 2000000000 points"},
      {"PLY face count 2e9", "f.ply",
       ply(kLittle, "1000", points,
           "element face 2000000000\nproperty list uchar int vertex_indices\n"),
       "2000000000 instances of element face"},
      {"pts count", "f.pts", "5\n1 2 3\n4 5 6\n", "declares 5 points, the file holds 2"},
      {"KITTI of 17 bytes", "f.bin", std::string(17, 'a'), "no whole number of KITTI points"},
  };
}

std::vector<Row> bodies() {
  std::string words;
  for (int i = 0; i < 1000; ++i) words += "lorem ipsum dolor\n";
  const auto with_line = [](const std::string& line) {
    PcdHeader header;
    header.data = "ascii";
    header.width = header.points = "3";
    return header.text() + "1 2 3\n" + line + "\n4 5 6\n";
  };
  const std::string list = "element face 1\nproperty list char int vertex_indices\n";
  return {
      {"text body", "f.pcd", with_data("ascii", words),
       "line 12: 'lorem' is no f32 value for field x"},
      {"text body in PLY", "f.ply", ply("ascii", "1000", words), "line 8: 'lorem' is no f32"},
      {"ascii cut at 2000 bytes", "f.pcd", with_data("ascii", ascii_points(1000)).substr(0, 2000),
       "(truncated?)"},
      {"ascii cut after a line", "f.pcd", with_data("ascii", ascii_points(999)),
       "header declares 1000 points, the file ends after 999 (truncated?)"},
      {"ascii cut within a line", "f.pcd", with_data("ascii", ascii_points(999) + "1 2"),
       "line 1011: 2 values, expected 3"},
      {"binary cut", "f.pcd", with_data("binary", binary_points(1000).substr(1)),
       "(12000 bytes), the file holds 11999 bytes (truncated?)"},
      {"PLY binary cut", "f.ply", ply(kLittle, "1000", binary_points(999)), "(truncated?)"},
      {"PLY ascii cut", "f.ply", ply("ascii", "1000", ascii_points(999)), "ends after 999"},
      {"more lines than declared", "f.pcd", with_data("ascii", ascii_points(1001)),
       "text after the last of 1000 declared points"},
      {"more lines than declared, PLY", "f.ply", ply("ascii", "1000", ascii_points(1001)),
       "bytes follow the last element"},
      {"more bytes than declared, PLY", "f.ply", ply(kLittle, "1000", binary_points(1001)),
       "12 bytes follow the last element"},
      {"four values for three fields", "f.pcd", with_line("1 2 3 4"),
       "line 13: 4 values, expected 3"},
      {"commas in an ascii PCD", "f.pcd", with_line("1,2,3"), "line 13: '1,2,3' is no f32 value"},
      {"half a number", "f.pcd", with_line("1 2 3x"), "line 13: '3x' is no f32 value for field z"},
      {"number beyond float", "f.pcd", with_line("1 2 1e39"), "'1e39' is no f32 value"},
      {"zero bytes in an ascii body", "f.pcd", with_line(std::string("1 2 \0", 5)),
       "'?' is no f32 value"},
      {"very long line", "f.pcd", with_line(std::string(2000000, '1')), "line 13 is longer than"},
      {"integer out of range", "f.pcd",
       pcd(
           [](PcdHeader& h) {
             h = PcdHeader{"0.7", "x y z l", "4 4 4 1", "F F F U", "1 1 1 1",
                           "1",   "1",       "",        "1",       "ascii"};
           },
           "1 2 3 256\n"),
       "'256' is no u8 value for field l"},
      {"negative list length", "f.ply", ply("ascii", "1", "1 2 3\n-1\n", list),
       "list vertex_indices has the negative length -1"},
      {"negative list length, binary", "f.ply", ply(kLittle, "1", binary_points(1) + '\xfe', list),
       "negative length -2"},
      {"list beyond the file", "f.ply", ply(kLittle, "1", binary_points(1) + '\x7f' + "abcd", list),
       "ends inside element face"},
      {"faces cut", "f.ply", ply("ascii", "1", "1 2 3\n", list), "element face"},
      {"text among faces", "f.ply", ply("ascii", "1", "1 2 3\n3 0 0 a\n", list), "'a' is no i32"},
      {"face with a value too many", "f.ply", ply("ascii", "1", "1 2 3\n1 0 9\n", list),
       "one value too many"},
      {"text in xyz", "f.xyz", "1 2 3\n4 five 6\n", "line 2: 'five' is no f64 value for field y"},
      {"ragged xyz", "f.xyz", "1 2 3\n4 5\n", "line 2: 2 values, expected 3"},
      {"two columns", "f.xyz", "1 2\n3 4\n", "2 columns, expected x y z at least"},
      {"text all through", "f.txt", "hello\nworld\n", "line 2: 'world' is no number"},
      {"comments only", "f.xyz", "# nothing\n", "holds no line of numbers"},
      {"missing csv value", "f.csv", "x,y,z\n1,2,3\n4,,6\n",
       "line 3: '' is no f64 value for field y"},
      {"names and values differ", "f.csv", "x,y,z,i\n1,2,3\n", "3 values under 4 names"},
      {"zero bytes in text", "f.xyz", std::string("1 2\0 3\n", 7), "zero byte"},
  };
}

std::vector<Row> headers() {
  const std::string points = binary_points(1000);
  const auto changed = [&](std::string PcdHeader::*line, const std::string& text) {
    return pcd([&](PcdHeader& h) { h.*line = text; }, points);
  };
  const std::string begin = "ply\nformat ascii 1.0\n";
  const std::string xyz = "property float x\nproperty float y\nproperty float z\n";
  return {
      {"SIZE 3", "f.pcd", changed(&PcdHeader::size, "4 4 3"), "field z has TYPE F and SIZE 3"},
      {"SIZE 0", "f.pcd", changed(&PcdHeader::size, "4 4 0"), "field z has TYPE F and SIZE 0"},
      {"TYPE F with SIZE 2", "f.pcd", changed(&PcdHeader::size, "4 2 4"), "TYPE F and SIZE 2"},
      {"TYPE X", "f.pcd", changed(&PcdHeader::type, "F F X"), "field z has TYPE X"},
      {"TYPE FLOAT", "f.pcd", changed(&PcdHeader::type, "F F FLOAT"), "TYPE FLOAT"},
      {"POINTS and WIDTH x HEIGHT differ", "f.pcd", changed(&PcdHeader::points, "999"),
       "POINTS is 999, WIDTH x HEIGHT is 1000 x 1"},
      {"no DATA line", "f.pcd", changed(&PcdHeader::data, ""), "DATA line"},
      {"no DATA line, ascii", "f.pcd", pcd([](PcdHeader& h) { h.data = ""; }, ascii_points(1000)),
       "is the DATA line missing?"},
      {"header only, cut", "f.pcd", PcdHeader().text().substr(0, 60), "without a DATA line"},
      {"DATA binary_zip", "f.pcd", changed(&PcdHeader::data, "binary_zip"),
       "DATA is 'binary_zip', expected ascii, binary or binary_compressed"},
      {"FIELDS and SIZE differ", "f.pcd", changed(&PcdHeader::size, "4 4"),
       "SIZE has 2 values for 3 fields"},
      {"FIELDS and TYPE differ", "f.pcd", changed(&PcdHeader::type, "F F F F"),
       "TYPE has 4 values for 3 fields"},
      {"FIELDS and COUNT differ", "f.pcd", changed(&PcdHeader::count, "1 1"),
       "COUNT has 2 values for 3 fields"},
      {"field named twice", "f.pcd", changed(&PcdHeader::fields, "x y x"),
       "field x is declared twice"},
      {"no FIELDS", "f.pcd", changed(&PcdHeader::fields, ""), "no FIELDS line"},
      {"no SIZE", "f.pcd", changed(&PcdHeader::size, ""), "no SIZE line"},
      {"HEIGHT without WIDTH", "f.pcd", changed(&PcdHeader::width, ""), "HEIGHT but no WIDTH"},
      {"WIDTH of two values", "f.pcd", changed(&PcdHeader::width, "10 100"), "WIDTH has 2 values"},
      {"VIEWPOINT of three values", "f.pcd", changed(&PcdHeader::viewpoint, "0 0 0"),
       "VIEWPOINT has 3 values, expected 7"},
      {"VIEWPOINT of words", "f.pcd", changed(&PcdHeader::viewpoint, "a 0 0 1 0 0 0"),
       "VIEWPOINT holds 'a'"},
      {"second WIDTH", "f.pcd", changed(&PcdHeader::width, "1000\nWIDTH 1000"), "a second WIDTH"},
      {"zero bytes in a header", "f.pcd", changed(&PcdHeader::version, std::string("0\0", 2)),
       "zero byte in the header"},
      {"very long header line", "f.pcd", changed(&PcdHeader::fields, std::string(2000000, 'x')),
       "line 3 is longer than"},
      {"not a PCD", "f.pcd", "hello\n", "is no header line of a PCD file"},
      {"two elements of one name", "f.ply",
       begin + "element vertex 1\n" + xyz + "element vertex 1\n" + xyz + "end_header\n1 2 3\n",
       "a second element vertex"},
      {"two properties of one name", "f.ply",
       begin + "element vertex 1\n" + xyz + "property float x\nend_header\n1 2 3 4\n",
       "a second property x"},
      {"no end_header", "f.ply", begin + "element vertex 1\n" + xyz + "1 2 3\n",
       "is end_header missing?"},
      {"cut before end_header", "f.ply", begin + "element vertex 1\n" + xyz,
       "without an end_header line"},
      {"no format", "f.ply", "ply\nelement vertex 1\n" + xyz + "end_header\n1 2 3\n",
       "no format line"},
      {"unknown format", "f.ply", "ply\nformat binary 1.0\n", "format 'binary', expected"},
      {"unknown version", "f.ply", "ply\nformat ascii 2.0\n", "version '2.0', expected 1.0"},
      {"unknown type", "f.ply", begin + "element vertex 1\nproperty real x\n",
       "unknown type 'real'"},
      {"property first", "f.ply", begin + "property float x\n", "before the first element"},
      {"no vertices", "f.ply", begin + "element face 0\nproperty float a\nend_header\n",
       "no element vertex"},
      {"vertices without properties", "f.ply", begin + "element vertex 5\nend_header\n",
       "declares no fields"},
      {"element without properties", "f.ply",
       begin + "element vertex 0\n" + xyz + "element a 18446744073709551615\nend_header\n",
       "element a has no properties"},
      {"list of float length", "f.ply", begin + "element face 1\nproperty list float int v\n",
       "float as its length"},
      {"vertices with a list", "f.ply",
       begin + "element vertex 1\n" + xyz + "property list uchar int n\nend_header\n1 2 3 0\n",
       "property n of the vertices is a list"},
      {"not a PLY", "f.ply", "plywood\n", "expected 'ply'"},
      {"LAS by content", "f.xyz", "LASF" + std::string(100, '\0'),
       "holds 104 bytes, a LAS header takes at least 227 (truncated?)"},
      {"LAZ by extension", "f.laz", "whatever", "does not begin with LASF"},
      {"E57", "f.e57", "ASTM-E57", "E57 files are not supported"},
      {"unknown bytes", "f.dat", std::string("\1\2\3\0", 4), "is no point cloud that can be read"},
  };
}

TEST(MalformedFile, EveryRowIsRefusedWithFileAndReason) {
  std::size_t rows = 0;
  for (const auto& table : {declared_sizes(), bodies(), headers()}) {
    for (const Row& row : table) {
      SCOPED_TRACE(row.what);
      ++rows;
      const std::string sentence = refusal(row.bytes, row.name);
      EXPECT_EQ(sentence.rfind(row.name + ": ", 0), 0U) << sentence;
      EXPECT_NE(sentence.find(row.reason), std::string::npos) << sentence;
      EXPECT_EQ(sentence.find('\n'), std::string::npos) << sentence;
    }
  }
  EXPECT_GT(rows, 100U);
}

TEST(MalformedFile, CloudWithoutPositionsIsRefusedWhenPositionsAreWanted) {
  const std::string file =
      "ply\nformat ascii 1.0\nelement vertex 2\nproperty float a\nproperty float y\nend_header\n"
      "1 2\n3 4\n";
  const auto reader = open_bytes({file.begin(), file.end()}, "f.ply");
  try {
    read_positions(*reader);
    FAIL();
  } catch (const FormatError& error) {
    EXPECT_STREQ(error.what(), "f.ply: has no field x; fields are: a y");
  }
}

TEST(OddButValidFile, DoublePositionsAreRead) {
  PcdHeader header;
  header.size = "8 8 8";
  header.width = header.points = "1";
  const std::string body = bytes_of(1.5) + bytes_of(-2.0) + bytes_of(0.25);
  const auto pcd_cloud = testing::read_bytes(header.text() + body, "f.pcd");
  const auto ply_cloud = testing::read_bytes(
      "ply\nformat binary_little_endian 1.0\nelement vertex 1\nproperty double x\n"
      "property double y\nproperty double z\nend_header\n" +
          body,
      "f.ply");
  for (const auto& cloud : {pcd_cloud, ply_cloud}) {
    EXPECT_EQ(value(cloud.chunk.record(0), cloud.header.at("x")), 1.5);
    EXPECT_EQ(value(cloud.chunk.record(0), cloud.header.at("y")), -2.0);
    EXPECT_EQ(value(cloud.chunk.record(0), cloud.header.at("z")), 0.25);
  }
}

TEST(OddButValidFile, BytesSpellingDataInTheBodyAreNoHeader) {
  PcdHeader header;
  header.width = header.points = "2";
  const std::string body = "\nDATA ascii\n1 2 3 4 5 6 7";
  const auto cloud = testing::read_bytes(header.text() + body.substr(0, 24), "f.pcd");
  EXPECT_EQ(cloud.chunk.points, 2U);
}

TEST(OddButValidFile, BytesAfterABinaryBodyArePadding) {
  EXPECT_EQ(refusal(with_data("binary", binary_points(1000) + std::string(4096, '\0')), "f.pcd"),
            "");
  EXPECT_EQ(refusal(with_data("binary_compressed", compressed_points(1000) + std::string(99, 'a')),
                    "f.pcd"),
            "");
}

}  // namespace
}  // namespace equicloud::io
