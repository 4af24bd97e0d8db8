// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/executor.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace equicloud {
namespace {

// How long a thread looks for work, or for the end of it, before it sleeps: about what waking it
// costs, so that waiting costs at most twice the best choice. Calls of a transform last as long.
constexpr std::chrono::microseconds kPatience{100};
constexpr std::chrono::milliseconds kHelperPause{1};
constexpr int kLooksPerClock = 16;  // reading the clock costs as much as this many looks
constexpr int kLockLooks = 200;     // the pool's lock is held for well under a microsecond

void pause_processor() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// Until done() or out of patience.
template <typename Done>
void spin_until(const Done& done) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  do {
    for (int i = 0; i < kLooksPerClock; ++i) {
      if (done()) return;
      pause_processor();
    }
  } while (std::chrono::steady_clock::now() < end);
}

class SerialExecutor final : public Executor {
 public:
  int threads() const noexcept override { return 1; }
  void run(std::size_t tasks, const std::function<void(std::size_t)>& task) const override {
    for (std::size_t i = 0; i < tasks; ++i) task(i);
  }
};

// One call of run(): tasks are handed out in order under the pool's lock (tasks are coarse spans,
// so the lock is taken rarely).
struct Job {
  Job(std::size_t count, const std::function<void(std::size_t)>& body)
      : tasks(count), task(&body) {}

  std::size_t tasks;
  const std::function<void(std::size_t)>* task;
  std::size_t next = 0;               // first task not handed out
  std::size_t running = 0;            // handed out, not finished
  std::atomic<bool> complete{false};  // all handed out and finished; changes under the lock
  std::size_t failed_task = std::numeric_limits<std::size_t>::max();
  std::exception_ptr error;
  std::condition_variable finished;

  bool exhausted() const { return next >= tasks; }
};

}  // namespace

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable work;
  std::deque<Job*> jobs;              // jobs that still have tasks to hand out
  std::atomic<bool> has_work{false};  // jobs, or the end; changes under the lock
  bool stopping = false;
  bool may_spin = false;  // a processor for each thread: whoever spins takes it from nobody
  std::vector<std::thread> workers;

  // A thread that sleeps for the lock wakes up long after it is free.
  void relock(std::unique_lock<std::mutex>& lock) const {
    for (int i = 0; may_spin && i < kLockLooks; ++i) {
      if (lock.try_lock()) return;
      pause_processor();
    }
    lock.lock();
  }

  // Looks at the flag for a while; the lock is held on entry and on return.
  void await(const std::atomic<bool>& flag, std::unique_lock<std::mutex>& lock) const {
    if (!may_spin || flag) return;
    lock.unlock();
    spin_until([&] { return flag.load(std::memory_order_relaxed); });
    relock(lock);
  }

  // Runs one task of the job; the lock is held on entry and on return.
  void run_one(Job& job, std::unique_lock<std::mutex>& lock) {
    const std::size_t index = job.next++;
    ++job.running;
    if (job.exhausted()) forget(job);
    lock.unlock();
    std::exception_ptr error;
    try {
      (*job.task)(index);
    } catch (...) {
      error = std::current_exception();
    }
    relock(lock);
    if (error && index < job.failed_task) {
      job.failed_task = index;
      job.error = error;
    }
    if (error && !job.exhausted()) {
      job.next = job.tasks;
      forget(job);
    }
    --job.running;
    if (!job.exhausted() || job.running > 0) return;
    job.complete = true;
    job.finished.notify_all();
  }

  void add(Job& job) {
    jobs.push_back(&job);
    has_work = true;
    work.notify_all();
  }

  void forget(const Job& job) {
    jobs.erase(std::remove(jobs.begin(), jobs.end(), &job), jobs.end());
    has_work = stopping || !jobs.empty();
  }

  void work_until_stopped() {
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      work.wait(lock, [&] { return has_work.load(); });
      if (stopping) return;
      run_one(*jobs.front(), lock);
      await(has_work, lock);
    }
  }
};

const Executor& serial_executor() noexcept {
  static const SerialExecutor serial;
  return serial;
}

ThreadPool::ThreadPool(int threads) : state_(std::make_unique<State>()) {
  if (threads < 0 || threads > 1024)
    throw InvalidArgument("ThreadPool: threads is " + std::to_string(threads) +
                          "; use 1 to 1024, or 0 for all hardware threads");
  const auto processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (threads == 0) threads = processors;
  state_->may_spin = threads <= processors;
  for (int i = 1; i < threads; ++i)
    state_->workers.emplace_back([state = state_.get()] { state->work_until_stopped(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->stopping = true;
    state_->has_work = true;
  }
  state_->work.notify_all();
  for (std::thread& worker : state_->workers) worker.join();
}

int ThreadPool::threads() const noexcept { return static_cast<int>(state_->workers.size()) + 1; }

void ThreadPool::run(std::size_t tasks, const std::function<void(std::size_t)>& task) const {
  if (tasks <= 1 || state_->workers.empty()) return serial_executor().run(tasks, task);
  Job job(tasks, task);
  std::unique_lock<std::mutex> lock(state_->mutex, std::defer_lock);
  state_->relock(lock);
  state_->add(job);
  // The caller works on its own job only, so a nested run() can never wait for a task that waits
  // for it.
  while (!job.exhausted()) state_->run_one(job, lock);
  state_->await(job.complete, lock);
  job.finished.wait(lock, [&] { return job.complete.load(); });
  if (job.error) std::rethrow_exception(job.error);
}

void ThreadPool::help_until(const std::function<bool()>& done) const {
  while (!done()) {
    std::unique_lock<std::mutex> lock(state_->mutex);
    if (state_->jobs.empty())
      state_->work.wait_for(lock, kHelperPause, [&] { return !state_->jobs.empty(); });
    else
      state_->run_one(*state_->jobs.front(), lock);
  }
}

}  // namespace equicloud
