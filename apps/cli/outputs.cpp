// SPDX-License-Identifier: BSD-3-Clause
#include "cli/outputs.h"

#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/io/reader.h>

#include <filesystem>
#include <map>
#include <set>
#include <system_error>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

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
void check_extension(const std::string& input, const OutputOptions& output) {
  const fs::path path = output.path;
  const auto promised = format_of_extension(path.extension().string());
  std::optional<io::Format> written;
  if (output.format) {
    written = output.format->format;
  } else {
    try {
      written = io::open(input)->header().format;
    } catch (const Error&) {  // the job itself will say what is wrong with the input
      return;
    }
  }
  if (!promised || promised == written) return;
  throw UsageError(output.path + ": its name ends in " + path.extension().string() +
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

void check_one_input_an_output(const std::vector<Job>& jobs) {
  std::map<std::string, std::string> input_of;
  for (const Job& job : jobs) {
    const auto [earlier, is_new] = input_of.emplace(real_path(job.output), job.input);
    if (!is_new)
      throw UsageError(job.output + ": both " + earlier->second + " and " + job.input +
                       " would be written there; give the folder that holds them, so that its "
                       "tree is mirrored");
  }
}

void check_inputs_are_safe(const std::vector<Job>& jobs) {
  std::set<std::string> inputs;
  for (const Job& job : jobs) inputs.insert(real_path(job.input));
  for (const Job& job : jobs)
    if (inputs.count(real_path(job.output)) > 0)
      throw UsageError(job.output +
                       ": is an input, and inputs are never overwritten; give "
                       "another -o");
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
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(file.path, error);
    jobs.push_back({file.path, "", error ? 0 : bytes, {}});
  }
  return jobs;
}

std::vector<Job> plan_writing(const InputList& inputs, const OutputOptions& output, Target target,
                              Adds adds) {
  std::vector<Job> jobs = plan_reading(inputs);
  const bool into_file =
      target == Target::file_or_folder && inputs.one_named_file && !is_folder_name(output.path);
  for (std::size_t i = 0; i < jobs.size(); ++i)
    jobs[i].format = format_of(inputs.files[i].relative, output, adds);
  if (into_file && !jobs.front().format)
    jobs.front().format = las_format_of(jobs.front().input, output.path);
  if (into_file)
    check_extension(jobs.front().input, {output.path, output.overwrite, jobs.front().format});
  else
    check_folder(output.path);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const fs::path relative = renamed(inputs.files[i].relative, jobs[i].format);
    jobs[i].output = into_file ? output.path : (fs::path(output.path) / relative).string();
  }
  check_inputs_are_safe(jobs);
  check_one_input_an_output(jobs);
  check_nothing_is_overwritten(jobs, output.overwrite);
  return jobs;
}

}  // namespace equicloud::cli
