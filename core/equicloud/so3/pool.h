// SPDX-License-Identifier: BSD-3-Clause
// Scratch memory for the tasks of an executor, which do not know their thread. Internal to the
// room.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

namespace equicloud::so3 {

/// A fixed set of items that tasks borrow; there are as many as tasks can run at once.
template <typename Item>
class Pool {
 public:
  explicit Pool(std::vector<Item> items) : items_(std::move(items)) {
    for (Item& item : items_) free_.push_back(&item);
  }

  /// An item for the life of this object.
  class Loan {
   public:
    explicit Loan(Pool& pool) : pool_(pool) {
      const std::lock_guard<std::mutex> lock(pool_.mutex_);
      item_ = pool_.free_.back();
      pool_.free_.pop_back();
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() {
      const std::lock_guard<std::mutex> lock(pool_.mutex_);
      pool_.free_.push_back(item_);
    }
    Item* operator->() const noexcept { return item_; }
    Item& operator*() const noexcept { return *item_; }

   private:
    Pool& pool_;
    Item* item_;
  };

 private:
  std::mutex mutex_;
  std::vector<Item> items_;
  std::vector<Item*> free_;
};

}  // namespace equicloud::so3
