// SPDX-License-Identifier: BSD-3-Clause
#include "cli/committer.h"

#include "cli/hash.h"

#include <equicloud/base/error.h>

#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <map>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

// A group is committed when it has so many files, or is so old.
constexpr std::size_t kGroupFiles = 64;
constexpr std::chrono::milliseconds kGroupAge{200};

std::size_t most_open_files() {
  struct rlimit limit {};
  const bool known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  const std::size_t files = known ? static_cast<std::size_t>(limit.rlim_cur) : 4 * kGroupFiles;
  return std::clamp<std::size_t>(files / 4, 1, 4 * kGroupFiles);
}

bool is_done(const Outcome& outcome) { return outcome.kind == Outcome::Kind::done; }

// Does something to an output; what goes wrong becomes its outcome.
template <typename Action>
void attempt(Outcome& outcome, const Action& action) {
  if (!is_done(outcome) || !outcome.report.output) return;
  try {
    action(*outcome.report.output);
  } catch (const std::exception& error) {
    outcome = failure(error.what());
  }
}

}  // namespace

Record record_of(const Job& job, const Journal& journal) {
  Record record;
  record.input = job.relative;
  record.output = fs::path(job.output).lexically_relative(journal.output_folder).string();
  record.bytes = job.bytes;
  record.mtime_ns = job.mtime_ns;
  record.settings = journal.settings;
  return record;
}

Committer::Committer(const std::vector<Job>& jobs, Journal journal, Settle settle)
    : jobs_(jobs),
      journal_(std::move(journal)),
      settle_(std::move(settle)),
      most_waiting_(most_open_files()),
      thread_([this] { work(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
  }
  added_.notify_all();
  thread_.join();
}

void Committer::add(std::size_t index, Outcome outcome) {
  Finished finished{index, std::move(outcome), 0, {}};
  if (journal_.manifest != nullptr)
    attempt(finished.outcome, [&](const PendingFile& file) {
      finished.xxh3 = hexadecimal(hash_of_file(file.temporary()));
      finished.output_bytes = fs::file_size(file.temporary());
    });
  std::unique_lock<std::mutex> lock(mutex_);
  taken_.wait(lock, [&] { return waiting_.size() < most_waiting_; });
  waiting_.push_back(std::move(finished));
  if (waiting_.size() == 1 || waiting_.size() == std::min(kGroupFiles, most_waiting_))
    added_.notify_one();
}

Committer::Group Committer::next_group() {
  std::unique_lock<std::mutex> lock(mutex_);
  added_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
  added_.wait_for(lock, kGroupAge, [&] {
    return closing_ || waiting_.size() >= std::min(kGroupFiles, most_waiting_);
  });
  Group group;
  group.swap(waiting_);
  taken_.notify_all();
  return group;
}

void Committer::work() {
  for (Group group = next_group(); !group.empty(); group = next_group()) {
    commit(group);
    for (Finished& finished : group) settle_(finished.index, std::move(finished.outcome));
  }
}

void Committer::commit(Group& group) {
  for (Finished& finished : group)
    attempt(finished.outcome, [](PendingFile& file) { file.begin_sync(); });
  for (Finished& finished : group)
    attempt(finished.outcome, [](PendingFile& file) { file.sync(); });
  announce_replacements(group);
  publish(group);
  record(group);
}

// The names are on disk before the manifest vouches for them.
void Committer::publish(Group& group) {
  std::map<std::string, std::vector<Finished*>> in_folder;
  for (Finished& finished : group) {
    attempt(finished.outcome, [](PendingFile& file) { file.publish(); });
    in_folder[fs::path(jobs_[finished.index].output).parent_path().string()].push_back(&finished);
  }
  for (const auto& [folder, files] : in_folder) {
    const bool any = std::any_of(files.begin(), files.end(),
                                 [](const Finished* file) { return is_done(file->outcome); });
    if (!any || journal_.manifest == nullptr) continue;
    try {
      sync_folder(folder);
    } catch (const std::exception& error) {
      for (Finished* file : files)
        if (is_done(file->outcome)) file->outcome = failure(error.what());
    }
  }
}

// Killed between the rename and the new line, the old line would vouch for the new output.
void Committer::announce_replacements(Group& group) {
  if (journal_.manifest == nullptr) return;
  std::vector<Record> records;
  for (const Finished& finished : group) {
    Record record = record_of(jobs_[finished.index], journal_);
    record.status = Record::Status::replacing;
    if (is_done(finished.outcome) && journal_.manifest->claims(record.output))
      records.push_back(std::move(record));
  }
  if (records.empty()) return;
  try {
    journal_.manifest->append(records);
  } catch (const std::exception& error) {
    for (Finished& finished : group) {
      if (!is_done(finished.outcome)) continue;
      finished.outcome = failure(error.what());
      finished.outcome.kind = Outcome::Kind::stopped;
    }
  }
}

Record Committer::line_of(const Finished& finished) const {
  const Outcome& outcome = finished.outcome;
  Record record = record_of(jobs_[finished.index], journal_);
  record.status = is_done(outcome) ? Record::Status::done : Record::Status::failed;
  record.error = outcome.reason;
  record.points = outcome.report.points;
  record.outliers = outcome.report.outliers;
  record.seconds = outcome.report.seconds;
  record.output_bytes = finished.output_bytes;
  record.xxh3 = finished.xxh3;
  return record;
}

void Committer::record(Group& group) {
  if (journal_.manifest == nullptr) return;
  std::vector<Record> records;
  for (const Finished& finished : group)
    if (is_done(finished.outcome) || finished.outcome.kind == Outcome::Kind::failed)
      records.push_back(line_of(finished));
  if (records.empty()) return;
  try {
    journal_.manifest->append(records);
  } catch (const std::exception& error) {
    // The outputs are in place, but nothing knows of them: they are done again after a resume.
    for (Finished& finished : group) {
      finished.outcome = failure(error.what());
      finished.outcome.kind = Outcome::Kind::stopped;
    }
  }
}

}  // namespace equicloud::cli
