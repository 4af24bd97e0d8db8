// SPDX-License-Identifier: BSD-3-Clause
// What became of each input, kept beside the outputs: OUT/.equicloud/*.jsonl, JSON Lines that are
// only ever appended, one file a shard and manifest.jsonl for runs without one. The last record of
// an output counts. Several processes may append to one manifest (flock); a line that a killed
// process tore is passed over, and what it told of is done again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace equicloud::cli {

/// One line.
struct Record {
  enum class Status {
    done,
    failed,
    replacing,  ///< the output is about to be overwritten: earlier records of it no longer hold
  };
  Status status = Status::done;
  std::string input;          ///< relative to the tree that is mirrored
  std::string output;         ///< relative to the output folder
  std::uint64_t bytes = 0;    ///< of the input
  std::int64_t mtime_ns = 0;  ///< of the input, since 1970
  std::string settings;       ///< hash of verb, options, model and version
  std::string error;          ///< of failed
  std::uint64_t points = 0;
  std::uint64_t outliers = 0;
  double seconds = 0.0;  ///< of scoring
  std::uint64_t output_bytes = 0;
  std::string xxh3;          ///< of the output
  std::int64_t time_ns = 0;  ///< when it was written, since 1970
};

std::string to_json_line(const Record& record);

/// Called with each record of a manifest; `line` is its text, without the line's end.
using RecordVisitor = std::function<void(const Record& record, const std::string& line)>;
/// Lines that are no records (torn, other objects) are passed over. Nothing if the file is not
/// there. Throws IoError.
void read_manifest(const std::string& path, const RecordVisitor& visit);

/// OUT/.equicloud
std::string manifest_folder(const std::string& output_folder);
/// The manifests of an output folder, sorted by name.
std::vector<std::string> manifests_of(const std::string& output_folder);

/// What is known of an output folder, and the one file that this process appends to. Not for two
/// threads at once.
class Manifest {
 public:
  /// Reads what is there. Throws IoError.
  /// @param name  of the file to append to, without folder, e.g. "manifest.jsonl"
  Manifest(std::string output_folder, const std::string& name);
  Manifest(const Manifest&) = delete;
  Manifest& operator=(const Manifest&) = delete;
  ~Manifest();

  /// True if an earlier run left any manifest here.
  bool was_there() const noexcept { return was_there_; }
  /// Whether `wanted` (input, output, bytes, mtime_ns, settings) was done and its output is there
  /// with the size it had.
  bool is_done(const Record& wanted) const;
  /// Whether the last record of that output says that it was done, with whatever settings.
  bool claims(const std::string& output) const;
  /// Makes the file if it is missing, appends lines and waits until they are on disk. Throws
  /// IoError (full disk, ...); lines may then be there in part.
  void append(const std::vector<Record>& records);

 private:
  struct Last {
    std::uint64_t made_of = 0;  // hash of input, bytes, mtime_ns and settings
    std::uint64_t output_bytes = 0;
    std::int64_t time_ns = 0;
    bool done = false;
  };
  void note(const Record& record);
  void open_file();
  [[noreturn]] void fail(const char* what) const;

  std::string folder_;
  std::string path_;
  bool was_there_ = false;
  int descriptor_ = -1;
  std::unordered_map<std::uint64_t, Last> last_;  // by the hash of the output's name
};

}  // namespace equicloud::cli
