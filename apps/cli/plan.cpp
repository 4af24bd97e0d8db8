// SPDX-License-Identifier: BSD-3-Clause
// equicloud plan: inputs dealt out to shard lists, one for each task of a cluster.
#include "cli/console.h"
#include "cli/json.h"
#include "cli/memory.h"
#include "cli/outputs.h"
#include "cli/shards.h"
#include "cli/usage_error.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

bool is_list_name(const std::string& name) {
  return name.find_first_not_of("0123456789") == std::string::npos;
}

// Lists of an earlier plan must not be taken for parts of this one.
void clear_folder(const PlanOptions& options) {
  std::error_code error;
  fs::create_directories(options.output.path, error);
  if (error)
    throw UsageError(options.output.path + ": cannot be made a folder: " + error.message());
  for (const auto& entry : fs::directory_iterator(options.output.path)) {
    if (!is_list_name(entry.path().filename().string())) continue;
    if (!options.output.overwrite)
      throw UsageError(options.output.path +
                       ": holds shard lists already; give another -o, or add --overwrite");
    fs::remove(entry.path());
  }
}

// A task may run in another folder than this one.
std::vector<InputFile> absolute(std::vector<InputFile> files) {
  for (InputFile& file : files) file.path = fs::absolute(file.path).lexically_normal().string();
  return files;
}

void check_places(const std::vector<InputFile>& files) {
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const InputFile& file : files) names.push_back(file.relative);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end())
    throw UsageError(*twice +
                     ": two inputs would be written there; give the folder that holds them, so "
                     "that its tree is mirrored");
}

}  // namespace

int run(const PlanOptions& options) {
  const InputList inputs = find_inputs(options.inputs, options.output.path);
  for (const std::string& note : inputs.notes) warn(note);
  for (const std::string& problem : inputs.problems) complain(problem);
  check_places(inputs.files);
  std::vector<std::uintmax_t> bytes;
  std::uintmax_t sum = 0;
  for (const Job& job : plan_reading(inputs)) {
    bytes.push_back(job.bytes);
    sum += job.bytes;
  }
  clear_folder(options);
  const std::vector<Shard> shards = deal_out(absolute(inputs.files), bytes, options.shards);
  for (const Shard& shard : shards)
    write_shard((fs::path(options.output.path) / shard_name(shard.number, shard.count)).string(),
                shard);
  const std::string first =
      (fs::path(options.output.path) / shard_name(0, options.shards)).string();
  if (options.json)
    print(to_line({{"shards", options.shards},
                   {"files", inputs.files.size()},
                   {"bytes", sum},
                   {"plan", shards.front().plan}}) +
          "\n");
  else
    print("Dealt " + counted(inputs.files.size(), "file") + " (" + memory_text(sum) + ") out to " +
          counted(options.shards, "shard list") + " in " + options.output.path +
          ". For each list, on any machine, type: equicloud score --shard " + first +
          " -o scored/; when all have ended: equicloud merge scored/\n");
  return inputs.problems.empty() ? 0 : 1;
}

}  // namespace equicloud::cli
