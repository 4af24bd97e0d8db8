// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/idx_file.h>

#ifdef EQUICLOUD_TRAIN_ZLIB
#include <zlib.h>
#endif

#include <filesystem>
#include <fstream>
#include <iterator>

namespace equicloud::train {
namespace {

constexpr std::uint32_t kPictures = 0x803, kLabels = 0x801;
// Larger than any set of this kind; a header that claims more is damaged.
constexpr std::size_t kMostBytes = std::size_t{1} << 31;

[[noreturn]] void fail(const std::string& name, const std::string& what) {
  throw FormatError(name + ": " + what);
}

std::uint32_t big(const std::vector<unsigned char>& bytes, std::size_t number) {
  const unsigned char* p = bytes.data() + 4 * number;
  return static_cast<std::uint32_t>(p[0]) << 24 | static_cast<std::uint32_t>(p[1]) << 16 |
         static_cast<std::uint32_t>(p[2]) << 8 | p[3];
}

/// The dimensions behind the magic number, checked against the size of the file.
std::vector<std::size_t> dimensions(const std::vector<unsigned char>& bytes, std::uint32_t magic,
                                    std::size_t count, const std::string& name) {
  const std::size_t header = 4 * (1 + count);
  if (bytes.size() < header) fail(name, "is no IDX file (shorter than its header)");
  if (big(bytes, 0) != magic)
    fail(name, "begins with " + std::to_string(big(bytes, 0)) + "; expected the magic number " +
                   std::to_string(magic));
  std::vector<std::size_t> result;
  std::size_t expected = 1;
  for (std::size_t i = 1; i <= count; ++i) {
    result.push_back(big(bytes, i));
    if (result.back() == 0 || expected > kMostBytes / result.back())
      fail(name,
           "declares " + std::to_string(result.back()) + " along dimension " + std::to_string(i));
    expected *= result.back();
  }
  if (bytes.size() - header != expected)
    fail(name, "declares " + std::to_string(expected) + " bytes and holds " +
                   std::to_string(bytes.size() - header));
  return result;
}

#ifdef EQUICLOUD_TRAIN_ZLIB
/// zlib reads plain files as they are.
std::vector<unsigned char> unpacked(const std::string& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw IoError("cannot open " + path);
  std::vector<unsigned char> bytes;
  constexpr unsigned kChunk = 1U << 20;
  int got = 0;
  do {
    const std::size_t before = bytes.size();
    bytes.resize(before + kChunk);
    got = gzread(file, bytes.data() + before, kChunk);
    bytes.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
  } while (got > 0 && bytes.size() < kMostBytes);
  const bool complete = gzclose(file) == Z_OK && got == 0;
  if (!complete) fail(path, "does not unpack (damaged or cut off)");
  return bytes;
}
#else
std::vector<unsigned char> unpacked(const std::string& path) {
  if (std::filesystem::path(path).extension() == ".gz")
    fail(path, "is packed and this program was built without zlib; unpack it with gzip -d");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw IoError("cannot open " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}
#endif

std::string existing(const std::string& folder, const std::string& name) {
  for (const char* ending : {"", ".gz"}) {
    const std::filesystem::path path = std::filesystem::path(folder) / (name + ending);
    if (std::filesystem::exists(path)) return path.string();
  }
  throw IoError(folder + " has no file " + name + " or " + name + ".gz");
}

}  // namespace

LabelledPictures parse_idx(const std::vector<unsigned char>& pictures,
                           const std::vector<unsigned char>& labels, const std::string& name) {
  const std::vector<std::size_t> size = dimensions(pictures, kPictures, 3, name + ", pictures");
  const std::size_t count = dimensions(labels, kLabels, 1, name + ", labels")[0];
  if (count != size[0])
    fail(name,
         "holds " + std::to_string(size[0]) + " pictures and " + std::to_string(count) + " labels");
  LabelledPictures set;
  set.count = count;
  set.rows = size[1];
  set.columns = size[2];
  set.pixels.assign(pictures.begin() + 16, pictures.end());
  set.labels.assign(labels.begin() + 8, labels.end());
  return set;
}

LabelledPictures load_idx(const std::string& folder) {
  return parse_idx(unpacked(existing(folder, "train-images-idx3-ubyte")),
                   unpacked(existing(folder, "train-labels-idx1-ubyte")), folder);
}

}  // namespace equicloud::train
