// SPDX-License-Identifier: BSD-3-Clause
// The certificate finds nothing where there is nothing, and names the culprit where a scoring is
// sabotaged.
#include <equicloud/base/error.h>
#include <equicloud/outlier/certificate.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/scorer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "laws/clouds.h"

namespace equicloud::outlier {
namespace {

const std::vector<std::string> kAllPromises = {"permutation-equivariant", "motion-invariant",
                                               "scale-invariant"};

std::vector<float> scores(PointsView points, const Executor& executor) {
  static const OutlierScorer scorer;
  return scorer.score(points, executor).probability;
}

// The laws that a scoring breaks, on a small cloud with a point that is not finite.
std::vector<std::string> broken_by(const Scoring& scoring,
                                   const std::vector<std::string>& promises = kAllPromises) {
  laws::Cloud cloud = laws::sheet_with_outliers(800, 2);
  laws::add_point(cloud, std::nan(""), 0.0, 0.0);
  std::vector<std::string> names;
  for (const LawFinding& finding :
       certify(scoring, PointsView(cloud), promises, serial_executor(), {1, 5, 3}))
    if (finding.broken()) names.push_back(finding.law);
  return names;
}

TEST(Certificate, TheEmbeddedModelBreaksNothing) {
  EXPECT_TRUE(broken_by(scores, Model::embedded()->info().promises).empty());
}

TEST(Certificate, AFeatureThatLeaksZBreaksMotionsAndScalings) {
  const auto leaking = [](PointsView points, const Executor& executor) {
    std::vector<float> values = scores(points, executor);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += 0.01F * points[i][2];
    return values;
  };
  EXPECT_EQ(broken_by(leaking), (std::vector<std::string>{"motions", "scalings"}));
  EXPECT_TRUE(broken_by(leaking, {"permutation-equivariant"}).empty()) << "not promised";
}

TEST(Certificate, ABiasThatDependsOnThePlaceInTheListBreaksPermutationsAndCopies) {
  const auto biased = [](PointsView points, const Executor& executor) {
    std::vector<float> values = scores(points, executor);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += 1e-6F * static_cast<float>(i);
    return values;
  };
  EXPECT_EQ(broken_by(biased), (std::vector<std::string>{"permutations", "exact copies"}));
}

TEST(Certificate, ThreadsAndRunsThatShowAreFound) {
  const auto by_threads = [](PointsView points, const Executor& executor) {
    return std::vector<float>(points.size, static_cast<float>(executor.threads()));
  };
  EXPECT_EQ(broken_by(by_threads), (std::vector<std::string>{"threads"}));
  std::atomic<int> runs{0};
  const auto by_run = [&runs](PointsView points, const Executor&) {
    return std::vector<float>(points.size, ++runs == 2 ? 0.5F : 0.25F);
  };
  EXPECT_EQ(broken_by(by_run), (std::vector<std::string>{"repeated runs"}));
}

TEST(Certificate, AScoreThatBecomesNaNIsAnInfiniteChange) {
  const auto fragile = [](PointsView points, const Executor& executor) {
    std::vector<float> values = scores(points, executor);
    if (points[0][0] < 0.0F) values[0] = std::nanf("");
    return values;
  };
  const std::vector<std::string> broken = broken_by(fragile);
  EXPECT_FALSE(broken.empty());
}

TEST(Certificate, AnswersAboutTheCloudStayWherePointsGo) {
  const laws::Cloud cloud = laws::sheet_with_outliers(800, 2);
  CertificateOptions options{1, 5, 3, Answers::of_cloud};
  const auto broken = [&](const Scoring& answers) {
    std::vector<std::string> names;
    for (const LawFinding& finding :
         certify(answers, PointsView(cloud), {"permutation-invariant", "motion-invariant"},
                 serial_executor(), options))
      if (finding.broken()) names.push_back(finding.law);
    return names;
  };
  EXPECT_TRUE(broken([](PointsView points, const Executor& executor) {
                const std::vector<float> s = scores(points, executor);
                return std::vector<float>{*std::max_element(s.begin(), s.end()), 1.0F};
              }).empty());
  EXPECT_EQ(broken([](PointsView points, const Executor& executor) {
              return std::vector<float>{scores(points, executor)[0]};
            }),
            (std::vector<std::string>{"permutations"}));
}

TEST(Certificate, OptionsBelowOneAndWrongNumbersOfScoresAreRefused) {
  const laws::Cloud cloud = laws::line(40);
  EXPECT_THROW(certify(scores, PointsView(cloud), {}, serial_executor(), {1, 0, 1}),
               InvalidArgument);
  EXPECT_THROW(certify([](PointsView, const Executor&) { return std::vector<float>(3); },
                       PointsView(cloud), {}, serial_executor()),
               InvalidArgument);
}

}  // namespace
}  // namespace equicloud::outlier
