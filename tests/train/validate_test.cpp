// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/outlier/scorer.h>
#include <gtest/gtest.h>
#include <train/validate.h>

#include <cmath>
#include <sstream>

#include "train/surfaces.h"

namespace equicloud::train {
namespace {

TEST(ValidationCase, DependsOnNameCellAndPointsOnly) {
  const CleanCloud shape{"sphere", sphere(3000, 1)};
  const LabelledCloud a = validation_case(shape, {}, 4, 1000),
                      b = validation_case(shape, {}, 4, 1000);
  EXPECT_EQ(a.xyz, b.xyz);
  EXPECT_NE(a.xyz, validation_case(shape, {}, 5, 1000).xyz);
  EXPECT_NE(a.xyz, validation_case({"ball", shape.xyz}, {}, 4, 1000).xyz);
}

TEST(ValidationCase, CellsHoldTheirSharesAndTheLastOneNone) {
  const CleanCloud shape{"sphere", sphere(3000, 1)};
  for (const Benchmark& benchmark : {Benchmark(), Benchmark::structured()})
    for (std::size_t cell = 0; cell <= benchmark.cells(); ++cell) {
      const LabelledCloud cloud = validation_case(shape, benchmark, cell, 1000);
      const double share = cell < benchmark.cells() ? kJudgedShares[cell % 3] : 0.0;
      EXPECT_EQ(cloud.size(), 1000 + outlier_count(1000, share));
    }
  EXPECT_EQ(Benchmark().name(0), "uniform 2 %");
  EXPECT_EQ(Benchmark().name(11), "cluster 30 %");
  EXPECT_EQ(Benchmark::structured().name(14), "floater 30 %");
}

TEST(NeighborDistances, AgreeWithBruteForce) {
  std::vector<float> xyz = sphere(200, 4);
  append(xyz, {std::nanf(""), 0.0F, 0.0F});
  const std::vector<NeighborDistances> scores = neighbor_distances(xyz, {1, 5});
  double ratio = 0.0;  // scores may come in any unit, the same for all points
  for (std::size_t i = 0; i < 200; ++i) {
    std::vector<double> all;
    for (std::size_t j = 0; j < 200; ++j) {
      const Point a = point_of(xyz, i), b = point_of(xyz, j);
      if (i != j) all.push_back(std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
    }
    std::sort(all.begin(), all.end());
    if (i == 0) ratio = scores[0].mean[0] / all[0];
    EXPECT_NEAR(scores[0].mean[i], ratio * all[0], 1e-5);
    EXPECT_EQ(scores[0].last[i], scores[0].mean[i]);
    EXPECT_NEAR(scores[1].mean[i], ratio * (all[0] + all[1] + all[2] + all[3] + all[4]) / 5, 1e-5);
    EXPECT_NEAR(scores[1].last[i], ratio * all[4], 1e-5);
  }
  EXPECT_TRUE(std::isnan(scores[0].mean[200]));
  EXPECT_TRUE(std::isnan(scores[1].last[200]));
  EXPECT_THROW(neighbor_distances(sphere(20, 1), {64}), InvalidArgument);
}

TEST(Validate, SameFiguresForAnyNumberOfThreads) {
  const std::vector<CleanCloud> shapes = {{"sphere", sphere(1500, 1)}, {"plate", plate(1500, 2)}};
  const outlier::OutlierScorer scorer;
  const ThreadPool pool(3);
  std::ostringstream one, three, table;
  print_json(validate(shapes, {}, scorer, 800, serial_executor()), one);
  const Validation validation = validate(shapes, {}, scorer, 800, pool);
  print_json(validation, three);
  EXPECT_EQ(one.str(), three.str());
  print_table(validation, table);
  EXPECT_NE(table.str().find("SOR k=64"), std::string::npos);
  // Far outliers of a sphere are no riddle for mean distances.
  EXPECT_GT(validation.shapes[0].cells[4].best_sor(), 0.99);
}

}  // namespace
}  // namespace equicloud::train
