// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <train/modelnet.h>
#include <train/xz.h>

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

namespace equicloud::train {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShapeNumbers = 3 * kPackedShapePoints;
constexpr std::size_t kShapeBytes = 2 * kShapeNumbers;

std::vector<std::string> lines_of(const fs::path& path) {
  const std::vector<unsigned char> bytes = read_whole_file(path.string());
  std::istringstream text(std::string(bytes.begin(), bytes.end()));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

struct Row {
  std::size_t index = 0, shard = 0, row = 0, label = 0;
  std::string class_name;
};

/// A line of labels.csv: index,shard,row,label,class,name.
Row parse_row(const std::string& line, const std::string& where) {
  std::vector<std::string> fields;
  std::istringstream text(line);
  for (std::string field; std::getline(text, field, ',');) fields.push_back(field);
  if (fields.size() != 6) {
    throw FormatError(where + ": has " + std::to_string(fields.size()) +
                      " fields, expected index,shard,row,label,class,name");
  }
  Row row;
  std::size_t* const numbers[] = {&row.index, &row.shard, &row.row, &row.label};
  for (std::size_t i = 0; i < 4; ++i) {
    const char* const end = fields[i].data() + fields[i].size();
    const auto parsed = std::from_chars(fields[i].data(), end, *numbers[i]);
    if (parsed.ec != std::errc() || parsed.ptr != end) {
      throw FormatError(where + ": \"" + fields[i] + "\" is no whole number");
    }
  }
  row.class_name = fields[4];
  return row;
}

/// How many shapes each shard holds; fills the labels.
std::vector<std::size_t> read_labels(const fs::path& path, ShapeSet& set) {
  const std::vector<std::string> lines = lines_of(path);
  std::vector<std::size_t> shards;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string where = path.string() + ", shape " + std::to_string(i - 1);
    const Row row = parse_row(lines[i], where);
    if (row.label >= set.classes.size() || set.classes[row.label] != row.class_name) {
      throw FormatError(where + ": label " + std::to_string(row.label) + " is not class \"" +
                        row.class_name + "\" of classes.txt");
    }
    if (row.shard == shards.size() && row.row == 0) shards.push_back(0);
    if (row.index != i - 1 || row.shard + 1 != shards.size() || row.row != shards.back()) {
      throw FormatError(where + ": shapes must be listed in stored order, shard by shard");
    }
    ++shards.back();
    set.labels.push_back(static_cast<std::uint32_t>(row.label));
  }
  if (shards.empty()) throw FormatError(path.string() + ": lists no shape");
  return shards;
}

/// NAME_<NN>.i16 or NAME_<NN>.i16.xz by number, the unpacked one where both are there.
std::map<std::size_t, fs::path> shard_files(const fs::path& folder) {
  static const std::regex pattern("(.*_([0-9]{1,6})\\.i16)(\\.xz)?");
  std::map<std::size_t, fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    std::smatch match;
    if (!std::regex_match(name, match, pattern)) continue;
    const auto [slot, fresh] = files.try_emplace(std::stoul(match[2].str()), entry.path());
    if (fresh) continue;
    const std::string other = slot->second.filename().string();
    if (other != match[1].str() && other != match[1].str() + ".xz") {
      throw FormatError(folder.string() + ": " + other + " and " + name + " are the same shard");
    }
    if (!match[3].matched) slot->second = entry.path();
  }
  return files;
}

std::vector<unsigned char> read_shard(const fs::path& path, std::size_t shapes) {
  std::vector<unsigned char> bytes = read_whole_file(path.string());
  if (path.extension() != ".xz") return bytes;
  return unpack_xz(bytes, shapes * kShapeBytes, path.string());
}

std::vector<float> shape_of(const unsigned char* bytes) {
  std::vector<float> cloud(kShapeNumbers);
  for (std::size_t i = 0; i < kShapeNumbers; ++i) {
    const auto raw = static_cast<std::uint16_t>(bytes[2 * i] | (bytes[2 * i + 1] << 8));
    cloud[i] = static_cast<float>(static_cast<std::int16_t>(raw)) * kPackedShapeUnit;
  }
  return cloud;
}

}  // namespace

std::vector<std::vector<float>> parse_shape_shard(const std::vector<unsigned char>& bytes,
                                                  std::size_t shapes, const std::string& name) {
  if (bytes.size() != shapes * kShapeBytes) {
    throw FormatError(name + ": holds " + std::to_string(bytes.size()) + " bytes, expected " +
                      std::to_string(shapes * kShapeBytes) + " for " + std::to_string(shapes) +
                      " shapes of 1024 points");
  }
  std::vector<std::vector<float>> clouds;
  clouds.reserve(shapes);
  for (std::size_t i = 0; i < shapes; ++i) {
    clouds.push_back(shape_of(bytes.data() + i * kShapeBytes));
  }
  return clouds;
}

ShapeSet read_modelnet(const std::string& folder) {
  if (!fs::is_directory(folder)) throw IoError(folder + ": no such folder");
  ShapeSet set;
  set.classes = lines_of(fs::path(folder) / "classes.txt");
  const std::vector<std::size_t> shards = read_labels(fs::path(folder) / "labels.csv", set);
  const std::map<std::size_t, fs::path> files = shard_files(folder);
  for (std::size_t s = 0; s < shards.size(); ++s) {
    const auto file = files.find(s);
    if (file == files.end()) {
      throw IoError(folder + ": no file of shard " + std::to_string(s) +
                    " (NAME_<number>.i16 or .i16.xz)");
    }
    const std::string name = file->second.string();
    for (std::vector<float>& cloud :
         parse_shape_shard(read_shard(file->second, shards[s]), shards[s], name)) {
      set.clouds.push_back(std::move(cloud));
    }
  }
  return set;
}

ShapeSet read_shapes(const std::string& folder) {
  return fs::exists(fs::path(folder) / "labels.csv") ? read_modelnet(folder)
                                                     : read_class_folders(folder);
}

}  // namespace equicloud::train
