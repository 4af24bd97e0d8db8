// SPDX-License-Identifier: BSD-3-Clause
// --report: what a run into a folder made of it, as one HTML file that needs nothing beside itself.
#pragma once

#include "cli/batch.h"
#include "cli/sample.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace equicloud::cli {

/// What the report shows, gathered while the run goes on.
class HtmlReport {
 public:
  /// @param jobs  all of them, those that are done already included
  explicit HtmlReport(std::vector<Job> jobs, Journal journal);

  /// Keeps the sample of a finished file if it is among the worst so far.
  void see(const Job& job, const Outcome& outcome);
  /// Writes the page from the manifest and the samples. Throws IoError.
  /// @param problems  of the arguments, a sentence each
  void write(const std::string& path, const std::vector<std::string>& problems,
             const BatchSummary& summary) const;

 private:
  std::vector<Record> last_records() const;
  std::string worst_rows(const std::vector<Record>& records) const;

  std::vector<Job> jobs_;
  Journal journal_;
  std::multimap<double, std::pair<std::string, Sample>> worst_;  // by share of outliers; output
};

/// Text as HTML shows it: no character of it is read as markup; bytes that are not UTF-8 become
/// %XX.
std::string html_text(const std::string& text);

}  // namespace equicloud::cli
