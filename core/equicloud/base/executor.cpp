// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/executor.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace equicloud {
namespace {

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
  std::size_t next = 0;     // first task not handed out
  std::size_t running = 0;  // handed out, not finished
  std::size_t failed_task = std::numeric_limits<std::size_t>::max();
  std::exception_ptr error;
  std::condition_variable finished;

  bool exhausted() const { return next >= tasks; }
};

}  // namespace

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable work;
  std::deque<Job*> jobs;  // jobs that still have tasks to hand out
  bool stopping = false;
  std::vector<std::thread> workers;

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
    lock.lock();
    if (error && index < job.failed_task) {
      job.failed_task = index;
      job.error = error;
    }
    if (error && !job.exhausted()) {
      job.next = job.tasks;
      forget(job);
    }
    --job.running;
    if (job.exhausted() && job.running == 0) job.finished.notify_all();
  }

  void forget(const Job& job) {
    jobs.erase(std::remove(jobs.begin(), jobs.end(), &job), jobs.end());
  }

  void work_until_stopped() {
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      work.wait(lock, [&] { return stopping || !jobs.empty(); });
      if (stopping) return;
      run_one(*jobs.front(), lock);
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
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  for (int i = 1; i < threads; ++i)
    state_->workers.emplace_back([state = state_.get()] { state->work_until_stopped(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->stopping = true;
  }
  state_->work.notify_all();
  for (std::thread& worker : state_->workers) worker.join();
}

int ThreadPool::threads() const noexcept { return static_cast<int>(state_->workers.size()) + 1; }

void ThreadPool::run(std::size_t tasks, const std::function<void(std::size_t)>& task) const {
  if (tasks == 0) return;
  Job job(tasks, task);
  std::unique_lock<std::mutex> lock(state_->mutex);
  state_->jobs.push_back(&job);
  state_->work.notify_all();
  // The caller works on its own job only, so a nested run() can never wait for a task that waits
  // for it.
  while (!job.exhausted()) state_->run_one(job, lock);
  job.finished.wait(lock, [&] { return job.running == 0; });
  if (job.error) std::rethrow_exception(job.error);
}

}  // namespace equicloud
