// SPDX-License-Identifier: BSD-3-Clause
#include "cli/shards.h"

#include "cli/hash.h"
#include "cli/json.h"
#include "cli/manifest.h"
#include "cli/plain_name.h"

#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLeastDigits = 3;
// What opening and putting a file in place costs, in bytes of points.
constexpr std::uintmax_t kFileCost = 4096;

std::string line_of(const InputFile& file) {
  return to_line({{"path", plain_name(file.path)}, {"relative", plain_name(file.relative)}});
}

InputFile file_of(const Json& object) {
  return {name_of_plain(object.at("path")), name_of_plain(object.at("relative"))};
}

void read_head(const Json& object, const std::string& path, Shard& shard) {
  object.at("plan").get_to(shard.plan);
  object.at("shard").get_to(shard.number);
  object.at("shards").get_to(shard.count);
  if (shard.number >= shard.count)
    throw FormatError(path + ": shard is " + std::to_string(shard.number) + " of " +
                      std::to_string(shard.count));
}

}  // namespace

std::string shard_name(std::size_t number, std::size_t count) {
  const std::size_t digits = std::max(kLeastDigits, std::to_string(count - 1).size());
  const std::string text = std::to_string(number);
  return std::string(digits - text.size(), '0') + text;
}

std::string shard_manifest(const Shard& shard) {
  return "shard-" + shard_name(shard.number, shard.count) + ".jsonl";
}

std::string kept_list(const std::string& output_folder, const Shard& shard) {
  return (fs::path(manifest_folder(output_folder)) /
          ("shard-" + shard_name(shard.number, shard.count) + ".list"))
      .string();
}

void write_shard(const std::string& path, const Shard& shard) {
  std::string text = to_line({{"plan", shard.plan},
                              {"shard", shard.number},
                              {"shards", shard.count},
                              {"files", shard.files.size()}}) +
                     '\n';
  for (const InputFile& file : shard.files) text += line_of(file) + '\n';
  AtomicFile out(path);
  out.write(text.data(), text.size());
  out.commit();
}

Shard read_shard(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw IoError(path + ": cannot be opened");
  Shard shard;
  std::size_t promised = 0;
  std::size_t number = 0;
  try {
    for (std::string line; std::getline(file, line); ++number) {
      const Json object = Json::parse(line);
      if (number > 0) {
        shard.files.push_back(file_of(object));
      } else {
        read_head(object, path, shard);
        object.at("files").get_to(promised);
      }
    }
  } catch (const Json::exception&) {
    throw FormatError(path + ": line " + std::to_string(number + 1) +
                      " is none of a shard list; make lists with equicloud plan");
  }
  if (number == 0 || shard.files.size() != promised)
    throw FormatError(path + ": is no whole shard list: " + std::to_string(promised) +
                      " files promised, " + std::to_string(shard.files.size()) + " named");
  return shard;
}

std::vector<Shard> deal_out(const std::vector<InputFile>& files,
                            const std::vector<std::uintmax_t>& bytes, std::size_t count) {
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return bytes[a] > bytes[b]; });
  using Load = std::pair<std::uintmax_t, std::size_t>;
  std::priority_queue<Load, std::vector<Load>, std::greater<>> loads;
  for (std::size_t i = 0; i < count; ++i) loads.emplace(0, i);
  std::vector<std::size_t> shard_of(files.size());
  for (const std::size_t i : order) {
    const auto [load, shard] = loads.top();
    loads.pop();
    shard_of[i] = shard;
    loads.emplace(load + bytes[i] + kFileCost, shard);
  }
  std::vector<Shard> shards(count);
  std::string all;
  for (std::size_t i = 0; i < files.size(); ++i) {
    shards[shard_of[i]].files.push_back(files[i]);
    all += std::to_string(shard_of[i]) + ' ' + line_of(files[i]) + '\n';
  }
  const std::string plan = hexadecimal(hash_of(all));
  for (std::size_t i = 0; i < count; ++i) {
    shards[i].plan = plan;
    shards[i].number = i;
    shards[i].count = count;
  }
  return shards;
}

}  // namespace equicloud::cli
