// SPDX-License-Identifier: BSD-3-Clause
// How often each class is taken for each: counts by truth and label, and the figures made of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::cli {

class Confusion {
 public:
  /// @param classes  their names, in the order of rows and columns
  explicit Confusion(std::vector<std::string> classes);

  /// Both below the number of classes.
  void add(std::size_t truth, std::size_t label);

  const std::vector<std::string>& classes() const noexcept { return classes_; }
  std::size_t count(std::size_t truth, std::size_t label) const noexcept;
  std::size_t total() const noexcept;
  /// Things whose truth is this class.
  std::size_t things(std::size_t truth) const noexcept;
  /// Share labelled right, of the class and of all things; NaN of none.
  double accuracy(std::size_t truth) const noexcept;
  double accuracy() const noexcept;
  /// Mean of accuracy(truth) over the classes that have things; NaN if none has.
  double mean_class_accuracy() const noexcept;
  /// Classes that occur as a truth or a label, in their order.
  std::vector<std::size_t> used() const;

 private:
  std::vector<std::string> classes_;
  std::vector<std::size_t> counts_;  // [truth][label]
};

/// The counts, a row a truth, a column a label, columns by number; only classes that occur.
std::string to_text(const Confusion& confusion);

}  // namespace equicloud::cli
