// SPDX-License-Identifier: BSD-3-Clause
#include <train/statistics_report.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <ostream>

namespace equicloud::train {
namespace {

using statistics::Interval;

double median(std::vector<double> values) {
  if (values.empty()) return std::nan("");
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool covers(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

void print_row(const std::string& name, const std::vector<StatisticsAnswer>& answers,
               std::ostream& out) {
  const StatisticsFigures f = figures_of(answers);
  out << std::left << std::setw(20) << name << std::right << std::fixed << std::setprecision(1);
  for (const double percent : {f.noise_error, f.noise_covered, f.spacing_error, f.spacing_covered})
    out << std::setw(9) << 100.0 * percent;
  out << std::setprecision(4) << std::setw(10) << f.fraction_error << std::setprecision(1)
      << std::setw(9) << 100.0 * f.fraction_covered << '\n';
}

/// The answers of which `key` says the same, in order of appearance, a row each.
template <typename Key>
void print_groups(const std::vector<StatisticsAnswer>& answers, std::ostream& out, const Key& key) {
  std::vector<std::string> names;
  for (const StatisticsAnswer& answer : answers)
    if (std::find(names.begin(), names.end(), key(answer)) == names.end())
      names.push_back(key(answer));
  for (const std::string& name : names) {
    std::vector<StatisticsAnswer> group;
    std::copy_if(answers.begin(), answers.end(), std::back_inserter(group),
                 [&](const StatisticsAnswer& answer) { return key(answer) == name; });
    print_row(name, group, out);
  }
}

std::string rounded(double value) {
  std::string text = std::to_string(std::round(100.0 * value) / 100.0);
  return text.substr(0, text.find('.') + 3);
}

nlohmann::ordered_json to_json(const Interval& interval) {
  return {{"value", interval.value}, {"low", interval.low}, {"high", interval.high}};
}

}  // namespace

std::vector<StatisticsAnswer> judge(const std::vector<CleanCloud>& shapes,
                                    const statistics::CloudStatistics& estimator,
                                    std::size_t clean_points, const Executor& executor,
                                    const std::function<void(const std::string&)>& done) {
  std::vector<StatisticsAnswer> answers(shapes.size() * kStatisticsCells);
  for (std::size_t s = 0; s < shapes.size(); ++s) {
    executor.run(kStatisticsCells, [&](std::size_t cell) {
      const CloudWithTruth cloud = statistics_case(shapes[s], cell, clean_points);
      answers[s * kStatisticsCells + cell] = {
          shapes[s].name, cloud.truth,
          estimator.estimate(PointsView(Span<const float>(cloud.xyz)), executor)};
    });
    if (done) done(shapes[s].name);
  }
  return answers;
}

StatisticsFigures figures_of(const std::vector<StatisticsAnswer>& answers) {
  StatisticsFigures figures;
  figures.clouds = answers.size();
  std::vector<double> noise, spacing;
  for (const auto& [shape, truth, estimates] : answers) {
    noise.push_back(std::abs(estimates.noise_sigma.value / truth.noise - 1.0));
    spacing.push_back(std::abs(estimates.spacing.value / truth.spacing - 1.0));
    figures.fraction_error += std::abs(estimates.outlier_fraction.value - truth.fraction);
    figures.noise_covered += covers(estimates.noise_sigma, truth.noise) ? 1.0 : 0.0;
    figures.spacing_covered += covers(estimates.spacing, truth.spacing) ? 1.0 : 0.0;
    figures.fraction_covered += covers(estimates.outlier_fraction, truth.fraction) ? 1.0 : 0.0;
  }
  const auto n = static_cast<double>(std::max<std::size_t>(answers.size(), 1));
  for (double* mean : {&figures.fraction_error, &figures.noise_covered, &figures.spacing_covered,
                       &figures.fraction_covered})
    *mean /= n;
  figures.noise_error = median(std::move(noise));
  figures.spacing_error = median(std::move(spacing));
  return figures;
}

void print_table(const std::vector<StatisticsAnswer>& answers, std::ostream& out) {
  out << "Errors of lengths: median, % of the truth; of the share of outliers: mean, absolute; in:"
         " % of truths\nwithin the 90 % interval.\n"
      << std::left << std::setw(20) << "" << std::right;
  for (const char* name : {"noise", "in", "spacing", "in"}) out << std::setw(9) << name;
  out << std::setw(10) << "fraction" << std::setw(9) << "in" << '\n';
  print_groups(answers, out, [](const StatisticsAnswer& answer) { return answer.shape; });
  print_groups(answers, out, [](const StatisticsAnswer& answer) {
    return "noise " + rounded(answer.truth.noise / answer.truth.spacing) + " spacings";
  });
  print_groups(answers, out, [](const StatisticsAnswer& answer) {
    return "outliers " + rounded(answer.truth.fraction);
  });
  print_row("all " + std::to_string(answers.size()) + " clouds", answers, out);
}

void print_json(const std::vector<StatisticsAnswer>& answers, std::ostream& out) {
  using Json = nlohmann::ordered_json;
  for (const auto& [shape, truth, estimates] : answers)
    out << Json({{"shape", shape},
                 {"truth",
                  {{"noise_sigma", truth.noise},
                   {"spacing", truth.spacing},
                   {"outlier_fraction", truth.fraction}}},
                 {"noise_sigma", to_json(estimates.noise_sigma)},
                 {"spacing", to_json(estimates.spacing)},
                 {"outlier_fraction", to_json(estimates.outlier_fraction)}})
        << '\n';
  const StatisticsFigures f = figures_of(answers);
  out << Json({{"clouds", f.clouds},
               {"noise_error", f.noise_error},
               {"spacing_error", f.spacing_error},
               {"fraction_error", f.fraction_error},
               {"noise_covered", f.noise_covered},
               {"spacing_covered", f.spacing_covered},
               {"fraction_covered", f.fraction_covered}})
      << '\n';
}

}  // namespace equicloud::train
