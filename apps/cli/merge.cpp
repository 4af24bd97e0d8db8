// SPDX-License-Identifier: BSD-3-Clause
// equicloud merge: the manifests of all shards as one, once each input of the plan is proven to be
// done exactly once.
#include "cli/console.h"
#include "cli/hash.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/manifest.h"
#include "cli/shards.h"
#include "cli/usage_error.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

// The lists that runs kept beside their manifests.
std::vector<Shard> kept_lists(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator entry(manifest_folder(folder), error), end; !error && entry != end;
       entry.increment(error))
    if (entry->path().extension() == ".list") paths.push_back(entry->path().string());
  std::sort(paths.begin(), paths.end());
  if (paths.empty())
    throw UsageError(folder +
                     ": no shard was scored into this folder; type: equicloud score --shard FILE "
                     "-o " +
                     folder);
  std::vector<Shard> shards;
  shards.reserve(paths.size());
  for (const std::string& path : paths) shards.push_back(read_shard(path));
  return shards;
}

class Merge {
 public:
  explicit Merge(const MergeOptions& options) : options_(options) {}

  int run() {
    const std::vector<Shard> shards = kept_lists(options_.folder);
    check_plan(shards);
    read_records();
    for (const Shard& shard : shards) check_files(shard);
    check_settings();
    if (problems_.empty()) write();
    report(shards);
    return problems_.empty() ? 0 : 1;
  }

 private:
  struct Line {
    Record record;
    std::string text;
  };

  void note(const std::string& problem) { problems_.push_back(problem); }

  void check_plan(const std::vector<Shard>& shards) {
    const Shard& first = shards.front();
    std::set<std::size_t> begun;
    for (const Shard& shard : shards) {
      begun.insert(shard.number);
      if (shard.plan != first.plan || shard.count != first.count)
        note("shard " + shard_name(shard.number, shard.count) + " is of another plan than shard " +
             shard_name(first.number, first.count) + "; remove " +
             kept_list(options_.folder, shard) + " if that plan was given up");
    }
    for (std::size_t i = 0; i < first.count; ++i)
      if (begun.count(i) == 0) note("shard " + shard_name(i, first.count) + " was never begun");
  }

  // The last record of each output, in the order of outputs.
  void read_records() {
    for (const std::string& path : manifests_of(options_.folder))
      read_manifest(path, [&](const Record& record, const std::string& text) {
        Line& line = lines_[record.output];
        if (line.text.empty() || record.time_ns >= line.record.time_ns) line = {record, text};
      });
    for (const auto& [output, line] : lines_) {
      const auto [earlier, is_new] = output_of_.emplace(line.record.input, output);
      if (!is_new)
        note(line.record.input + ": was written twice, to " + earlier->second + " and " + output);
    }
  }

  void check_files(const Shard& shard) {
    const std::string name = "shard " + shard_name(shard.number, shard.count);
    for (const InputFile& file : shard.files) {
      stop_if_interrupted();
      if (!expected_.insert(file.relative).second)
        note(file.path + ": is in two shards, the second is " + name);
      const auto output = output_of_.find(file.relative);
      if (output == output_of_.end())
        note(file.path + ": was not scored yet (" + name + ")");
      else
        check_output(file, lines_.at(output->second).record, name);
    }
  }

  void check_output(const InputFile& file, const Record& record, const std::string& shard) {
    if (record.status == Record::Status::failed) return note(record.error + " (" + shard + ")");
    if (record.status != Record::Status::done)
      return note(file.path + ": was being written when its run ended (" + shard + ")");
    const std::string path = (fs::path(options_.folder) / record.output).string();
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(path, error);
    if (error) return note(path + ": " + error.message() + " (" + shard + ")");
    if (bytes != record.output_bytes ||
        (options_.verify && hexadecimal(hash_of_file(path)) != record.xxh3))
      return note(path + ": is not what was written there (" + shard + ")");
    points_ += record.points;
    outliers_ += record.outliers;
    settings_.insert(record.settings);
  }

  void check_settings() {
    if (settings_.size() > 1)
      note("the shards were scored with " + counted(settings_.size(), "kind") +
           " of settings or models; score them with --shard again, all with the same");
  }

  void write() {
    AtomicFile file((fs::path(manifest_folder(options_.folder)) / "manifest.jsonl").string());
    for (const auto& [output, line] : lines_) {
      const std::string text = line.text + '\n';
      file.write(text.data(), text.size());
    }
    file.commit();
  }

  void report(const std::vector<Shard>& shards) const {
    for (const std::string& problem : problems_) complain(problem);
    if (options_.json)
      print(to_line({{"shards", shards.front().count},
                     {"files", expected_.size()},
                     {"points", points_},
                     {"outliers", outliers_},
                     {"problems", problems_.size()},
                     {"whole", problems_.empty()}}) +
            "\n");
    else if (problems_.empty())
      print("Whole: " + counted(shards.front().count, "shard") + ", " +
            counted(expected_.size(), "cloud") + " (" + counted(points_, "point") + ", " +
            counted(outliers_, "outlier") + "), each scored once. The manifest is " +
            manifest_folder(options_.folder) + "/manifest.jsonl\n");
  }

  const MergeOptions& options_;
  std::map<std::string, Line> lines_;             // by output
  std::map<std::string, std::string> output_of_;  // by input
  std::set<std::string> expected_;
  std::set<std::string> settings_;
  std::vector<std::string> problems_;
  std::uint64_t points_ = 0;
  std::uint64_t outliers_ = 0;
};

}  // namespace

int run(const MergeOptions& options) { return Merge(options).run(); }

}  // namespace equicloud::cli
