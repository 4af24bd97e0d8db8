// SPDX-License-Identifier: BSD-3-Clause
// How well an estimator does on held-out shapes whose noise, spacing and outliers are known.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/statistics/cloud_statistics.h>
#include <train/statistics_examples.h>

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace equicloud::train {

struct StatisticsAnswer {
  std::string shape;
  StatisticsTruth truth;
  statistics::Estimates estimates;
};

/// Every shape at every cell of statistics_case(). `done` (may be empty) is called after each
/// shape.
std::vector<StatisticsAnswer> judge(const std::vector<CleanCloud>& shapes,
                                    const statistics::CloudStatistics& estimator,
                                    std::size_t clean_points, const Executor& executor,
                                    const std::function<void(const std::string&)>& done = {});

/// Figures of some answers. Errors of lengths are relative to the truth.
struct StatisticsFigures {
  std::size_t clouds = 0;
  double noise_error = 0.0;     ///< median |estimate / truth - 1|
  double spacing_error = 0.0;   ///< the same
  double fraction_error = 0.0;  ///< mean |estimate - truth|
  double noise_covered = 0.0, spacing_covered = 0.0, fraction_covered = 0.0;  ///< by intervals
};
StatisticsFigures figures_of(const std::vector<StatisticsAnswer>& answers);

/// By shape, by noise, by share of outliers, and of all.
void print_table(const std::vector<StatisticsAnswer>& answers, std::ostream& out);
/// One object a cloud, then one with the figures of all.
void print_json(const std::vector<StatisticsAnswer>& answers, std::ostream& out);

}  // namespace equicloud::train
