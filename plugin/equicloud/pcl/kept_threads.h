// SPDX-License-Identifier: BSD-3-Clause
// Inside the plugin: what setNumberOfThreads asks for, started once and kept from call to call.
#pragma once

#include <equicloud/base/executor.h>

#include <memory>

namespace equicloud {

/// A copy takes the number; its threads are its own.
class KeptThreads {
 public:
  KeptThreads() = default;
  KeptThreads(const KeptThreads& other) : number_(other.number_) {}
  KeptThreads& operator=(const KeptThreads& other) {
    if (this != &other) set(other.number_);
    return *this;
  }
  ~KeptThreads() = default;

  /// @param number  the calling thread included; 0 = one a processor
  void set(unsigned int number) {
    number_ = number;
    pool_.reset();
  }
  unsigned int number() const noexcept { return number_; }

  /// Throws InvalidArgument for a number above what ThreadPool takes.
  const Executor& executor() {
    if (number_ == 1) return serial_executor();
    if (!pool_) pool_ = std::make_unique<ThreadPool>(static_cast<int>(number_));
    return *pool_;
  }

 private:
  unsigned int number_ = 1;
  std::unique_ptr<ThreadPool> pool_;
};

}  // namespace equicloud
