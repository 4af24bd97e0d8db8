// SPDX-License-Identifier: BSD-3-Clause
// Puts outputs in place, many at once: all of a group are synced, renamed, then told of in the
// manifest, so that what the manifest claims is on disk, and a sync is not paid for each file. One
// thread of its own: those that score never wait for the disk.
#pragma once

#include "cli/manifest.h"
#include "cli/outcome.h"
#include "cli/outputs.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace equicloud::cli {

/// Where a run keeps its manifest, and what its outputs are made with.
struct Journal {
  Manifest* manifest = nullptr;  ///< none: nothing is kept
  std::string output_folder;
  std::string settings;  ///< hash
};

/// What the manifest says of a job before it is begun.
Record record_of(const Job& job, const Journal& journal);

class Committer {
 public:
  using Settle = std::function<void(std::size_t index, Outcome outcome)>;
  /// @param settle  hears of each outcome once it is final; called from the committer's thread
  Committer(const std::vector<Job>& jobs, Journal journal, Settle settle);
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;
  /// Commits what is left.
  ~Committer();

  /// Waits while too many are waiting to be committed. May be called from many threads.
  void add(std::size_t index, Outcome outcome);

 private:
  struct Finished {
    std::size_t index;
    Outcome outcome;
    std::uint64_t output_bytes = 0;
    std::string xxh3;
  };
  using Group = std::vector<Finished>;

  void work();
  Group next_group();
  void commit(Group& group);
  void announce_replacements(Group& group);
  void publish(Group& group);
  void record(Group& group);
  Record line_of(const Finished& finished) const;

  const std::vector<Job>& jobs_;
  const Journal journal_;
  const Settle settle_;
  const std::size_t most_waiting_;  // each holds a file open

  std::mutex mutex_;
  std::condition_variable added_;
  std::condition_variable taken_;
  Group waiting_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace equicloud::cli
