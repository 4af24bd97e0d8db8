// SPDX-License-Identifier: BSD-3-Clause
#include "cli/confusion.h"

#include "cli/wording.h"

#include <limits>

namespace equicloud::cli {
namespace {

double share(std::size_t part, std::size_t whole) noexcept {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                   : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Confusion::Confusion(std::vector<std::string> classes)
    : classes_(std::move(classes)), counts_(classes_.size() * classes_.size()) {}

void Confusion::add(std::size_t truth, std::size_t label) {
  ++counts_[truth * classes_.size() + label];
}

std::size_t Confusion::count(std::size_t truth, std::size_t label) const noexcept {
  return counts_[truth * classes_.size() + label];
}

std::size_t Confusion::total() const noexcept {
  std::size_t sum = 0;
  for (const std::size_t count : counts_) sum += count;
  return sum;
}

std::size_t Confusion::things(std::size_t truth) const noexcept {
  std::size_t sum = 0;
  for (std::size_t label = 0; label < classes_.size(); ++label) sum += count(truth, label);
  return sum;
}

double Confusion::accuracy(std::size_t truth) const noexcept {
  return share(count(truth, truth), things(truth));
}

double Confusion::accuracy() const noexcept {
  std::size_t right = 0;
  for (std::size_t c = 0; c < classes_.size(); ++c) right += count(c, c);
  return share(right, total());
}

double Confusion::mean_class_accuracy() const noexcept {
  double sum = 0.0;
  std::size_t seen = 0;
  for (std::size_t c = 0; c < classes_.size(); ++c)
    if (things(c) > 0) {
      sum += accuracy(c);
      ++seen;
    }
  return seen > 0 ? sum / static_cast<double>(seen) : std::numeric_limits<double>::quiet_NaN();
}

std::vector<std::size_t> Confusion::used() const {
  std::vector<std::size_t> used;
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    std::size_t labelled = 0;
    for (std::size_t truth = 0; truth < classes_.size(); ++truth) labelled += count(truth, c);
    if (labelled + things(c) > 0) used.push_back(c);
  }
  return used;
}

std::string to_text(const Confusion& confusion) {
  const std::vector<std::size_t> used = confusion.used();
  std::vector<std::vector<std::string>> rows(1, {"truth \\ label"});
  for (std::size_t column = 0; column < used.size(); ++column)
    rows.front().push_back(std::to_string(column + 1));
  for (std::size_t row = 0; row < used.size(); ++row) {
    rows.push_back({std::to_string(row + 1) + " " + confusion.classes()[used[row]]});
    for (const std::size_t label : used) {
      const std::size_t count = confusion.count(used[row], label);
      rows.back().push_back(count > 0 ? std::to_string(count) : ".");
    }
  }
  return table(rows);
}

}  // namespace equicloud::cli
