// SPDX-License-Identifier: BSD-3-Clause
#include "cli/batch.h"

#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/memory.h"
#include "cli/progress.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>

namespace equicloud::cli {
namespace {

// Clouds of fewer points stay on one thread while there are as many files as threads: handing
// spans of points over costs more than it gains.
constexpr std::uint64_t kLargeCloud = 300'000;
constexpr off_t kReadAheadBytes = off_t{16} << 20U;

// The library's sentences begin with the file where they know it.
std::string sentence(const Job& job, const std::string& what) {
  const bool named = what.rfind(job.input, 0) == 0 ||
                     (!job.output.empty() && what.find(job.output) != std::string::npos);
  return named ? what : job.input + ": " + what;
}

Outcome attempt(const Job& job, std::size_t index, const FileWork& work, const Means& means) {
  try {
    stop_if_interrupted();
    return {Outcome::Kind::done, work(index, means), {}};
  } catch (const Interrupted&) {
    return {Outcome::Kind::interrupted, {}, {}};
  } catch (const std::bad_alloc&) {
    return failure(job.input + ": there is not enough memory for this cloud");
  } catch (const std::exception& error) {
    return failure(sentence(job, error.what()));
  }
}

void show_failure(const std::string& input, const std::string& reason, const RunOptions& run) {
  complain(reason);
  if (run.json) print(to_line({{"input", input}, {"error", reason}}) + "\n");
}

void show(const Job& job, const Outcome& outcome, const BatchOptions& options) {
  if (outcome.kind == Outcome::Kind::failed) show_failure(job.input, outcome.reason, options.run);
  if (outcome.kind != Outcome::Kind::done) return;
  for (const std::string& warning : outcome.report.warnings) warn(warning);
  if (options.run.json) {
    if (!outcome.report.json.empty()) print(outcome.report.json + "\n");
  } else if (!options.run.quiet || !options.results_are_files) {
    print(outcome.report.text);
  }
}

std::uintmax_t bytes_of(const std::vector<Job>& jobs) {
  std::uintmax_t bytes = 0;
  for (const Job& job : jobs) bytes += job.bytes;
  return bytes;
}

// Shows outcomes in the order of the jobs, whatever order they come in.
class Results {
 public:
  Results(const std::vector<Job>& jobs, const BatchOptions& options)
      : jobs_(jobs),
        options_(options),
        progress_(jobs.size(), bytes_of(jobs), !options.run.quiet) {}

  Progress& progress() noexcept { return progress_; }
  const BatchSummary& summary() const noexcept { return summary_; }

  void settle(std::size_t index, Outcome outcome) {
    const std::lock_guard<std::mutex> lock(mutex_);
    waiting_.emplace(index, std::move(outcome));
    if (waiting_.begin()->first != next_) return;
    progress_.clear();
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      const Outcome& first = waiting_.begin()->second;
      show(jobs_[next_], first, options_);
      if (options_.observer) options_.observer(next_, first);
      count(first);
      waiting_.erase(waiting_.begin());
      ++next_;
    }
  }

 private:
  void count(const Outcome& outcome) {
    summary_.done += outcome.kind == Outcome::Kind::done ? 1 : 0;
    summary_.failed += outcome.kind == Outcome::Kind::failed ? 1 : 0;
    summary_.interrupted |= outcome.kind == Outcome::Kind::interrupted;
    if (outcome.kind == Outcome::Kind::stopped && summary_.stopped.empty())
      summary_.stopped = outcome.reason;
    summary_.points += outcome.report.points;
    summary_.outliers += outcome.report.outliers;
  }

  const std::vector<Job>& jobs_;
  const BatchOptions& options_;
  Progress progress_;
  std::mutex mutex_;
  std::map<std::size_t, Outcome> waiting_;
  std::size_t next_ = 0;
  BatchSummary summary_;
};

// Has the system read the beginning of a file that is soon to be worked on; does not wait. Nothing
// depends on it.
void read_ahead(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return;
  ::posix_fadvise(descriptor, 0, kReadAheadBytes, POSIX_FADV_WILLNEED);
  ::close(descriptor);
}

// A file whose turn it is.
struct Turn {
  std::size_t index = 0;
  Expected expected;
};

// Hands out files in order while there is memory for them.
class Queue {
 public:
  Queue(const std::vector<Job>& jobs, std::uint64_t memory)
      : jobs_(jobs), memory_(memory > 0 ? memory : default_memory()) {}

  /// The next file; nothing if it must wait (see may_go_on()) or none is left.
  std::optional<Turn> take() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!fits()) return std::nullopt;
    const Turn turn{next_++, *head_};
    head_.reset();
    in_use_ += turn.expected.peak_bytes;
    ++in_work_;
    return turn;
  }
  void finish(const Turn& turn) {
    const std::lock_guard<std::mutex> lock(mutex_);
    in_use_ -= turn.expected.peak_bytes;
    --in_work_;
  }
  /// No further file will be handed out.
  void close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
  }
  bool is_over() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return none_left() && in_work_ == 0;
  }
  bool may_go_on() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return (none_left() && in_work_ == 0) || fits();
  }

 private:
  bool none_left() const { return closed_ || next_ >= jobs_.size(); }
  bool fits() {
    if (none_left()) return false;
    if (!head_) head_ = expected_of(jobs_[next_]);
    return in_work_ == 0 || head_->peak_bytes + in_use_ <= memory_;
  }

  const std::vector<Job>& jobs_;
  const std::uint64_t memory_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  std::optional<Expected> head_;  // of the next file
  std::uint64_t in_use_ = 0;
  std::size_t in_work_ = 0;
  bool closed_ = false;
};

class Batch {
 public:
  Batch(const std::vector<Job>& jobs, const BatchOptions& options, const FileWork& work)
      : jobs_(jobs),
        options_(options),
        work_(work),
        pool_(options.run.threads),
        queue_(jobs, options.memory),
        results_(jobs, options) {}

  BatchSummary run() {
    if (options_.results_are_files && !jobs_.empty())
      committer_ = std::make_unique<Committer>(
          jobs_, options_.journal,
          [this](std::size_t index, Outcome outcome) { settle(index, std::move(outcome)); });
    pool_.run(static_cast<std::size_t>(pool_.threads()), [this](std::size_t) { drive(); });
    committer_.reset();
    return results_.summary();
  }

 private:
  // One thread's way through the files. Where none may be begun it helps the others, to the end.
  void drive() {
    while (!queue_.is_over()) {
      const std::optional<Turn> turn = queue_.take();
      if (!turn) {
        pool_.help_until([this] { return queue_.may_go_on(); });
        continue;
      }
      const std::size_t soon = turn->index + static_cast<std::size_t>(pool_.threads());
      if (soon < jobs_.size()) read_ahead(jobs_[soon].input);
      std::uintmax_t bytes_told = 0;
      Outcome outcome = work_on(*turn, bytes_told);
      if (outcome.kind == Outcome::Kind::interrupted) queue_.close();
      results_.progress().file_done(jobs_[turn->index].bytes - bytes_told, outcome.report.points,
                                    outcome.kind == Outcome::Kind::failed);
      queue_.finish(*turn);
      if (committer_ && outcome.kind != Outcome::Kind::interrupted)
        committer_->add(turn->index, std::move(outcome));
      else
        settle(turn->index, std::move(outcome));
    }
  }

  /// @param bytes_told  of the input, so that the bar has moved while one large file is worked on
  Outcome work_on(const Turn& turn, std::uintmax_t& bytes_told) {
    const Job& job = jobs_[turn.index];
    const bool alone = turn.expected.points >= kLargeCloud ||
                       jobs_.size() - turn.index < static_cast<std::size_t>(pool_.threads());
    const auto tell = [&](double share) {
      const auto bytes = static_cast<std::uintmax_t>(share * static_cast<double>(job.bytes));
      results_.progress().part_done(bytes - bytes_told);
      bytes_told = bytes;
    };
    return attempt(job, turn.index, work_, {alone ? all_threads_ : this_thread_, tell});
  }

  void settle(std::size_t index, Outcome outcome) {
    if (outcome.kind == Outcome::Kind::stopped) queue_.close();
    results_.settle(index, std::move(outcome));
  }

  const std::vector<Job>& jobs_;
  const BatchOptions& options_;
  const FileWork& work_;
  const ThreadPool pool_;
  const InterruptibleExecutor all_threads_{pool_};
  const InterruptibleExecutor this_thread_{serial_executor()};
  Queue queue_;
  Results results_;
  std::unique_ptr<Committer> committer_;
};

}  // namespace

int BatchSummary::exit_status() const noexcept {
  constexpr int kInterrupted = 130;
  return interrupted ? kInterrupted : failed > 0 || !stopped.empty() ? 1 : 0;
}

BatchSummary run_batch(const InputList& inputs, const std::vector<Job>& jobs,
                       const BatchOptions& options, const FileWork& work) {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& note : inputs.notes) warn(note);
  for (const std::string& problem : inputs.problems) complain(problem);
  BatchSummary summary = Batch(jobs, options, work).run();
  summary.failed += inputs.problems.size();
  summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const std::string finished = grouped(summary.done) + " of " + counted(jobs.size(), "cloud") +
                               " finished, nothing is half-written" +
                               (options.journal.manifest != nullptr ? "; go on with --resume" : "");
  if (!summary.stopped.empty()) complain(summary.stopped + "; stopped: " + finished);
  if (summary.interrupted) complain("interrupted; " + finished);
  return summary;
}

}  // namespace equicloud::cli
