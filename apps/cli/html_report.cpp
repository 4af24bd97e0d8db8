// SPDX-License-Identifier: BSD-3-Clause
#include "cli/html_report.h"

#include "cli/plain_name.h"
#include "cli/wording.h"

#include <equicloud/base/atomic_file.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <unordered_map>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWorst = 20;
constexpr std::size_t kMostFailures = 1000;  // shown; the manifest has all
constexpr int kPictureWidth = 240;
constexpr int kPictureHeight = 160;
// Shares of outliers: upper ends of the histogram's bins.
constexpr std::array<double, 10> kBins = {0.001, 0.002, 0.005, 0.01, 0.02,
                                          0.05,  0.1,   0.2,   0.5,  1.0};

constexpr const char* kHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>equicloud report</title><style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 62em; padding: 0 1em; color: #282c34 }
table { border-collapse: collapse } td, th { padding: .2em .8em; text-align: left; border-bottom: 1px solid #dee0e4 }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.bar { background: #d98324; height: 1em } td.wide { width: 24em }
.cards { display: flex; flex-wrap: wrap; gap: 1em } .cards figure { margin: 0; width: 240px; overflow-wrap: anywhere }
img { display: block; background: #19191e }
</style></head><body>
)";

double share_of(const Record& record) {
  return record.points > 0
             ? static_cast<double>(record.outliers) / static_cast<double>(record.points)
             : 0.0;
}

std::string base64(const std::vector<unsigned char>& bytes) {
  constexpr const char* kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::array<unsigned, 3> b{};
    for (std::size_t k = 0; k < 3 && i + k < bytes.size(); ++k) b[k] = bytes[i + k];
    const unsigned bits = b[0] << 16U | b[1] << 8U | b[2];
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k < bytes.size() + 1 ? kDigits[bits >> (18U - 6U * k) & 63U] : '=';
  }
  return text;
}

std::string row(const std::string& what, const std::string& value) {
  return "<tr><td>" + what + "</td><td class=n>" + value + "</td></tr>\n";
}

std::string totals(const std::vector<Record>& records, const BatchSummary& summary,
                   std::size_t failed) {
  std::uint64_t points = 0;
  std::uint64_t outliers = 0;
  std::uint64_t bytes = 0;
  double seconds = 0.0;
  std::size_t done = 0;
  for (const Record& record : records) {
    done += record.status == Record::Status::done ? 1 : 0;
    points += record.points;
    outliers += record.outliers;
    bytes += record.output_bytes;
    seconds += record.seconds;
  }
  return "<h2>Totals</h2>\n<table>\n" + row("clouds done", grouped(done)) +
         row("of these in this run", grouped(summary.done)) + row("failed", grouped(failed)) +
         row("points", grouped(points)) +
         row("outliers", grouped(outliers) + " (" + percent(outliers, points) + ")") +
         row("bytes written", grouped(bytes)) +
         row("time of scoring, all threads", duration(seconds)) +
         row("time of this run", duration(summary.seconds)) + "</table>\n";
}

std::string histogram(const std::vector<Record>& records) {
  std::array<std::size_t, kBins.size()> counts{};
  for (const Record& record : records) {
    if (record.status != Record::Status::done) continue;
    const auto bin = std::lower_bound(kBins.begin(), kBins.end() - 1, share_of(record));
    ++counts[static_cast<std::size_t>(bin - kBins.begin())];
  }
  const std::size_t most =
      std::max<std::size_t>(1, *std::max_element(counts.begin(), counts.end()));
  std::string text =
      "<h2>Share of outliers</h2>\n<table>\n<tr><th class=n>up to</th><th class=n>clouds</th>"
      "<th></th></tr>\n";
  for (std::size_t i = 0; i < kBins.size(); ++i)
    text += "<tr><td class=n>" + fixed(100.0 * kBins[i], i < 3 ? 1 : 0) + " %</td><td class=n>" +
            grouped(counts[i]) + "</td><td class=wide><div class=bar style=\"width:" +
            fixed(100.0 * static_cast<double>(counts[i]) / static_cast<double>(most), 1) +
            "%\"></div></td></tr>\n";
  return text + "</table>\n";
}

std::string failures(const std::vector<std::string>& reasons) {
  if (reasons.empty()) return "<h2>Failures</h2>\n<p>None.</p>\n";
  std::string text = "<h2>Failures</h2>\n<ul>\n";
  for (std::size_t i = 0; i < std::min(reasons.size(), kMostFailures); ++i)
    text += "<li>" + html_text(reasons[i]) + "</li>\n";
  text += "</ul>\n";
  if (reasons.size() > kMostFailures)
    text += "<p>" + grouped(reasons.size() - kMostFailures) + " more are in the manifest.</p>\n";
  return text;
}

}  // namespace

std::string html_text(const std::string& text) {
  std::string escaped;
  for (const char c : plain_name(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

HtmlReport::HtmlReport(std::vector<Job> jobs, Journal journal)
    : jobs_(std::move(jobs)), journal_(std::move(journal)) {}

void HtmlReport::see(const Job& job, const Outcome& outcome) {
  if (outcome.kind != Outcome::Kind::done) return;
  Record record = record_of(job, journal_);
  record.points = outcome.report.points;
  record.outliers = outcome.report.outliers;
  worst_.emplace(share_of(record), std::make_pair(record.output, outcome.report.sample));
  if (worst_.size() > kWorst) worst_.erase(worst_.begin());
}

// The last record of each job, in the order of the jobs; none of jobs that were not reached.
std::vector<Record> HtmlReport::last_records() const {
  std::unordered_map<std::string, Record> by_output;
  for (const Job& job : jobs_) by_output.emplace(record_of(job, journal_).output, Record{});
  for (const std::string& path : manifests_of(journal_.output_folder))
    read_manifest(path, [&](const Record& record, const std::string&) {
      const auto found = by_output.find(record.output);
      if (found != by_output.end() && record.time_ns >= found->second.time_ns)
        found->second = record;
    });
  std::vector<Record> records;
  for (const Job& job : jobs_) {
    const Record& record = by_output.at(record_of(job, journal_).output);
    if (record.time_ns > 0) records.push_back(record);
  }
  return records;
}

std::string HtmlReport::worst_rows(const std::vector<Record>& records) const {
  std::vector<Record> worst;
  for (const Record& record : records)
    if (record.status == Record::Status::done && record.outliers > 0) worst.push_back(record);
  const std::size_t count = std::min(kWorst, worst.size());
  std::stable_sort(worst.begin(), worst.end(),
                   [](const Record& a, const Record& b) { return share_of(a) > share_of(b); });
  worst.resize(count);
  std::string text = "<h2>Largest shares of outliers</h2>\n<div class=cards>\n";
  for (const Record& record : worst) {
    const auto seen = std::find_if(worst_.begin(), worst_.end(), [&](const auto& entry) {
      return entry.second.first == record.output;
    });
    // Clouds of earlier runs, and those scored in tiles, have none in memory.
    const Sample sample =
        seen != worst_.end() && !seen->second.second.scores.empty()
            ? seen->second.second
            : sample_of_file((fs::path(journal_.output_folder) / record.output).string());
    text += "<figure>";
    if (!sample.scores.empty())
      text += "<img alt=\"\" width=" + std::to_string(kPictureWidth) +
              " src=\"data:image/png;base64," +
              base64(picture_of(sample, kPictureWidth, kPictureHeight)) + "\">";
    text += "<figcaption>" + html_text(record.output) + "<br>" +
            percent(record.outliers, record.points) + " of " + counted(record.points, "point") +
            "</figcaption></figure>\n";
  }
  return text + "</div>\n";
}

void HtmlReport::write(const std::string& path, const std::vector<std::string>& problems,
                       const BatchSummary& summary) const {
  const std::vector<Record> records = last_records();
  std::vector<std::string> reasons = problems;
  for (const Record& record : records)
    if (record.status == Record::Status::failed) reasons.push_back(record.error);
  if (!summary.stopped.empty()) reasons.push_back(summary.stopped);
  const std::string text = kHead + ("<h1>" + html_text(journal_.output_folder) + "</h1>\n") +
                           totals(records, summary, reasons.size()) + histogram(records) +
                           worst_rows(records) + failures(reasons) + "</body></html>\n";
  AtomicFile file(path);
  file.write(text.data(), text.size());
  file.commit();
}

}  // namespace equicloud::cli
