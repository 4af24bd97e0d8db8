// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <train/examples.h>
#include <train/shape_set.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

namespace equicloud::train {
namespace {

namespace fs = std::filesystem;

/// What stands in a folder, by name, without names that begin with a dot.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error)) {
    if (i->path().filename().string().front() != '.') entries.push_back(i->path());
  }
  if (error) throw IoError(folder.string() + ": cannot be listed: " + error.message());
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<float> cloud_of(const fs::path& path) {
  static const std::set<std::string> known = {".npz", ".pcd", ".ply", ".xyz"};
  if (known.count(path.extension().string()) == 0) {
    throw FormatError(path.string() + ": is no cloud that can be read (.ply, .pcd, .xyz, .npz)");
  }
  std::vector<float> cloud = read_clean_cloud(path.string());
  if (cloud.empty()) throw FormatError(path.string() + ": holds no finite point");
  return cloud;
}

}  // namespace

Split split(Span<const std::uint32_t> labels, double share, std::uint64_t seed) {
  if (!(share >= 0.0 && share < 1.0)) {
    throw InvalidArgument("the share of validation shapes must be in [0, 1), got " +
                          std::to_string(share));
  }
  std::vector<std::vector<std::size_t>> rows;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= rows.size()) rows.resize(labels[i] + std::size_t{1});
    rows[labels[i]].push_back(i);
  }
  Split result;
  for (std::size_t c = 0; c < rows.size(); ++c) {
    std::vector<std::size_t>& own = rows[c];
    Random random = Random(seed).fork(c);
    for (std::size_t i = own.size(); i > 1; --i) std::swap(own[i - 1], own[random.below(i)]);
    const auto wanted =
        static_cast<std::size_t>(std::llround(share * static_cast<double>(own.size())));
    const auto held =
        static_cast<std::ptrdiff_t>(own.empty() ? 0 : std::min(wanted, own.size() - 1));
    result.validation.insert(result.validation.end(), own.begin(), own.begin() + held);
    result.train.insert(result.train.end(), own.begin() + held, own.end());
  }
  std::sort(result.train.begin(), result.train.end());
  std::sort(result.validation.begin(), result.validation.end());
  return result;
}

ShapeSet read_class_folders(const std::string& folder) {
  if (!fs::is_directory(folder)) throw IoError(folder + ": no such folder");
  ShapeSet set;
  for (const fs::path& path : entries_of(folder)) {
    if (!fs::is_directory(path)) continue;
    const auto label = static_cast<std::uint32_t>(set.classes.size());
    set.classes.push_back(path.filename().string());
    for (const fs::path& file : entries_of(path)) {
      set.clouds.push_back(cloud_of(file));
      set.labels.push_back(label);
    }
    if (set.labels.empty() || set.labels.back() != label) {
      throw FormatError(path.string() + ": holds no cloud; each subfolder is a class with clouds");
    }
  }
  if (set.classes.empty()) {
    throw FormatError(folder + ": has no subfolder; each class is expected in one of its own");
  }
  return set;
}

}  // namespace equicloud::train
