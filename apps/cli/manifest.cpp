// SPDX-License-Identifier: BSD-3-Clause
#include "cli/manifest.h"

#include "cli/hash.h"
#include "cli/json.h"
#include "cli/plain_name.h"

#include <equicloud/base/error.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;
using Status = Record::Status;

const char* name_of(Status status) {
  switch (status) {
    case Status::done:
      return "done";
    case Status::failed:
      return "failed";
    case Status::replacing:
      break;
  }
  return "replacing";
}

// False if the object is none of ours; throws nlohmann's errors on values of another type.
bool from_json(const Json& object, Record& record) {
  if (!object.is_object() || !object.contains("status") || !object.contains("output")) return false;
  const std::string status = object.at("status");
  for (const Status known : {Status::done, Status::failed, Status::replacing})
    if (status == name_of(known)) record.status = known;
  if (status != name_of(record.status)) return false;
  record.input = name_of_plain(object.at("input"));
  record.output = name_of_plain(object.at("output"));
  object.at("bytes").get_to(record.bytes);
  object.at("mtime_ns").get_to(record.mtime_ns);
  object.at("settings").get_to(record.settings);
  object.at("time_ns").get_to(record.time_ns);
  if (record.status == Status::failed) object.at("error").get_to(record.error);
  if (record.status != Status::done) return true;
  object.at("points").get_to(record.points);
  object.at("outliers").get_to(record.outliers);
  object.at("seconds").get_to(record.seconds);
  object.at("output_bytes").get_to(record.output_bytes);
  object.at("xxh3").get_to(record.xxh3);
  return true;
}

std::uint64_t made_of(const Record& record) {
  return hash_of(record.input + '\n' + std::to_string(record.bytes) + '\n' +
                 std::to_string(record.mtime_ns) + '\n' + record.settings);
}

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Held while lines are appended, so that those of several processes do not mix. File systems
// without locks do without.
class Lock {
 public:
  explicit Lock(int descriptor) : descriptor_(descriptor) {
    while (::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) continue;
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() { ::flock(descriptor_, LOCK_UN); }

 private:
  int descriptor_;
};

bool ends_inside_a_line(int descriptor) {
  struct stat status {};
  char last = '\n';
  return ::fstat(descriptor, &status) == 0 && status.st_size > 0 &&
         ::pread(descriptor, &last, 1, status.st_size - 1) == 1 && last != '\n';
}

}  // namespace

std::string to_json_line(const Record& record) {
  Json object = {{"input", plain_name(record.input)},
                 {"output", plain_name(record.output)},
                 {"bytes", record.bytes},
                 {"mtime_ns", record.mtime_ns},
                 {"settings", record.settings},
                 {"status", name_of(record.status)}};
  if (record.status == Status::failed) object["error"] = record.error;
  if (record.status == Status::done) {
    object["points"] = record.points;
    object["outliers"] = record.outliers;
    object["seconds"] = record.seconds;
    object["output_bytes"] = record.output_bytes;
    object["xxh3"] = record.xxh3;
  }
  object["time_ns"] = record.time_ns;
  return to_line(object);
}

void read_manifest(const std::string& path, const RecordVisitor& visit) {
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    Record record;
    try {
      if (!from_json(Json::parse(line), record)) continue;
    } catch (const Json::exception&) {  // torn
      continue;
    }
    visit(record, line);
  }
  if (file.bad()) throw IoError(path + ": cannot be read");
}

std::string manifest_folder(const std::string& output_folder) {
  return (fs::path(output_folder) / ".equicloud").string();
}

std::vector<std::string> manifests_of(const std::string& output_folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator entry(manifest_folder(output_folder), error), end;
       !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".jsonl") paths.push_back(entry->path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

Manifest::Manifest(std::string output_folder, const std::string& name)
    : folder_(std::move(output_folder)),
      path_((fs::path(manifest_folder(folder_)) / name).string()) {
  for (const std::string& path : manifests_of(folder_)) {
    was_there_ = true;
    read_manifest(path, [this](const Record& record, const std::string&) { note(record); });
  }
}

Manifest::~Manifest() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Manifest::note(const Record& record) {
  Last& last = last_[hash_of(record.output)];
  if (record.time_ns < last.time_ns) return;
  last = {made_of(record), record.output_bytes, record.time_ns, record.status == Status::done};
}

bool Manifest::is_done(const Record& wanted) const {
  const auto found = last_.find(hash_of(wanted.output));
  if (found == last_.end() || !found->second.done || found->second.made_of != made_of(wanted))
    return false;
  std::error_code error;
  const auto bytes = fs::file_size(fs::path(folder_) / wanted.output, error);
  return !error && bytes == found->second.output_bytes;
}

bool Manifest::claims(const std::string& output) const {
  const auto found = last_.find(hash_of(output));
  return found != last_.end() && found->second.done;
}

void Manifest::fail(const char* what) const {
  throw IoError(path_ + ": " + what + ": " + std::generic_category().message(errno));
}

void Manifest::open_file() {
  if (descriptor_ >= 0) return;
  std::error_code error;
  fs::create_directories(manifest_folder(folder_), error);
  if (error)
    throw IoError(manifest_folder(folder_) + ": cannot be made a folder: " + error.message());
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail("cannot be opened");
}

void Manifest::append(const std::vector<Record>& records) {
  open_file();
  std::string lines;
  for (Record record : records) {
    record.time_ns = now_ns();
    lines += to_json_line(record) + '\n';
    note(record);
  }
  {
    const Lock lock(descriptor_);
    if (ends_inside_a_line(descriptor_)) lines.insert(0, 1, '\n');
    for (std::size_t done = 0; done < lines.size();) {
      const ssize_t count = ::write(descriptor_, lines.data() + done, lines.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail("cannot be written");
      done += static_cast<std::size_t>(count);
    }
  }
  if (::fdatasync(descriptor_) != 0 && errno != EINVAL) fail("cannot be written to disk");
}

}  // namespace equicloud::cli
