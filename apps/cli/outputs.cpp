// SPDX-License-Identifier: BSD-3-Clause
#include "cli/outputs.h"

#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/io/reader.h>

#include <sys/stat.h>

#include <filesystem>
#include <system_error>
#include <unordered_map>
#include <unordered_set>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNanoseconds = 1'000'000'000;

bool is_folder_name(const std::string& path) {
  std::error_code error;
  return path.back() == '/' || fs::is_directory(path, error);
}

// The input's name, with the extension of the new format if that is another one.
fs::path renamed(const fs::path& relative, const std::optional<OutputFormat>& format) {
  if (!format) return relative;
  const auto told = format_of_extension(relative.extension().string());
  const bool las = told == io::Format::las;  // .las and .laz tell the encoding as well
  if (told == format->format && !las) return relative;
  fs::path name = relative;
  if (told)
    name.replace_extension(format->extension);
  else
    name += format->extension;
  return name;
}

// A file name that promises another format than the one that would be written.
void check_extension(const Job& job, const std::string& output) {
  const fs::path path = output;
  const auto promised = format_of_extension(path.extension().string());
  std::optional<io::Format> written;
  if (job.format) {
    written = job.format->format;
  } else {
    try {
      written = io::open(job.input)->header().format;
    } catch (const Error&) {  // the job itself will say what is wrong with the input
      return;
    }
  }
  if (!promised || promised == written) return;
  throw UsageError(output + ": its name ends in " + path.extension().string() +
                   " but it would be written as " + io::name_of(*written) +
                   "; choose another name, or give the format with --format (" + format_names() +
                   ")");
}

void check_folder(const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    throw UsageError(folder + ": is a file, but several outputs need a folder; type -o FOLDER/");
  if (!fs::exists(folder, error) && folder.back() != '/' &&
      format_of_extension(fs::path(folder).extension().string()))
    throw UsageError(folder + ": looks like a file, but -o is a folder here; type -o " + folder +
                     "/ if it is meant");
}

// Real paths of many files: each folder is looked up once.
class RealPaths {
 public:
  std::string operator()(const fs::path& path) {
    const fs::path name = path.filename();
    if (name.empty() || name == "." || name == "..") return real_path(path.string());
    const std::string parent = path.has_parent_path() ? path.parent_path().string() : ".";
    auto folder = folders_.find(parent);
    if (folder == folders_.end()) folder = folders_.emplace(parent, real_path(parent)).first;
    const fs::path real = fs::path(folder->second) / name;
    std::error_code error;
    return fs::is_symlink(real, error) ? real_path(real.string()) : real.string();
  }

 private:
  std::unordered_map<std::string, std::string> folders_;
};

// No output is written twice, and none is an input.
void check_places(const std::vector<Job>& jobs) {
  RealPaths real;
  std::unordered_set<std::string> inputs;
  for (const Job& job : jobs) inputs.insert(real(job.input));
  std::unordered_map<std::string, const Job*> job_of;
  for (const Job& job : jobs) {
    const std::string place = real(job.output);
    if (inputs.count(place) > 0)
      throw UsageError(job.output +
                       ": is an input, and inputs are never overwritten; give "
                       "another -o");
    const auto [earlier, is_new] = job_of.emplace(place, &job);
    if (!is_new)
      throw UsageError(job.output + ": both " + earlier->second->input + " and " + job.input +
                       " would be written there; give the folder that holds them, so that its "
                       "tree is mirrored");
  }
}

void check_nothing_is_overwritten(const std::vector<Job>& jobs, bool overwrite) {
  std::vector<std::string> present;
  for (const Job& job : jobs) {
    std::error_code error;
    if (!fs::exists(job.output, error)) continue;
    if (!fs::is_regular_file(job.output, error))
      throw UsageError(job.output + ": is there and is not a regular file; give another -o");
    present.push_back(job.output);
  }
  if (overwrite || present.empty()) return;
  const std::string others =
      present.size() > 1 ? ", and so do " + grouped(present.size() - 1) + " of the other outputs"
                         : "";
  throw UsageError(present.front() + ": exists already" + others +
                   "; give another -o, or add --overwrite");
}

// KITTI's records are full: with a field more they become PCD, unless --format says otherwise.
std::optional<OutputFormat> format_of(const fs::path& input, const OutputOptions& output,
                                      Adds adds) {
  const bool full = format_of_extension(input.extension().string()) == io::Format::kitti;
  return full && adds == Adds::field && !output.format ? parse_format("pcd-binary") : output.format;
}

// A LAS file that is named .laz is written so, and the other way round.
std::optional<OutputFormat> las_format_of(const fs::path& input, const fs::path& output) {
  const auto extension = [](const fs::path& path) { return path.extension().string(); };
  if (format_of_extension(extension(input)) != io::Format::las ||
      format_of_extension(extension(output)) != io::Format::las)
    return {};
  const char last = extension(output).back();
  return parse_format(last == 'z' || last == 'Z' ? "laz" : "las");
}

}  // namespace

std::vector<Job> plan_reading(const InputList& inputs) {
  std::vector<Job> jobs;
  for (const InputFile& file : inputs.files) {
    jobs.push_back({file.path, "", 0, {}, 0, file.relative});
    struct stat status {};
    if (::stat(file.path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    jobs.back().bytes = static_cast<std::uintmax_t>(status.st_size);
    jobs.back().mtime_ns = status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec;
  }
  return jobs;
}

bool writes_into_folder(const InputList& inputs, const OutputOptions& output, Target target) {
  return target == Target::folder || !inputs.one_named_file || is_folder_name(output.path);
}

std::vector<Job> plan_writing(const InputList& inputs, const OutputOptions& output, Target target,
                              Adds adds) {
  std::vector<Job> jobs = plan_reading(inputs);
  const bool into_file = !writes_into_folder(inputs, output, target);
  for (std::size_t i = 0; i < jobs.size(); ++i)
    jobs[i].format = format_of(inputs.files[i].relative, output, adds);
  if (into_file && !jobs.front().format)
    jobs.front().format = las_format_of(jobs.front().input, output.path);
  if (into_file)
    check_extension(jobs.front(), output.path);
  else
    check_folder(output.path);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const fs::path relative = renamed(inputs.files[i].relative, jobs[i].format);
    jobs[i].output = into_file ? output.path : (fs::path(output.path) / relative).string();
  }
  check_places(jobs);
  check_nothing_is_overwritten(jobs, output.overwrite);
  return jobs;
}

}  // namespace equicloud::cli
