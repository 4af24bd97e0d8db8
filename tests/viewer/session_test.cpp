// SPDX-License-Identifier: BSD-3-Clause
// What the viewer knows, held against the library that it asks.
#include "viewer/session.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace equicloud::viewer {
namespace {

const float kNan = std::numeric_limits<float>::quiet_NaN();

std::shared_ptr<Scan> scan_of(std::size_t points) {
  auto scan = std::make_shared<Scan>();
  for (std::size_t i = 0; i < points; ++i)
    scan->positions.xyz.insert(scan->positions.xyz.end(), {static_cast<float>(i), 0.0F, 0.0F});
  return scan;
}

outlier::Scores scores_of(std::vector<float> probability) {
  outlier::Scores scores;
  scores.status = outlier::Status::scored;
  scores.probability = std::move(probability);
  return scores;
}

Thing thing_of(std::vector<std::uint32_t> points, classify::Verdict verdict, float probability) {
  Thing thing;
  thing.points = std::move(points);
  thing.label.it.verdict = verdict;
  thing.label.it.name = verdict == classify::Verdict::known ? "chair" : "unknown";
  thing.label.it.probability = probability;
  thing.label.it.probabilities = {probability, 1.0F - probability};
  thing.label.it.label = verdict == classify::Verdict::known ? 0 : 1;
  return thing;
}

TEST(Session, TheCountsAreThoseOfTheLibrarysMask) {
  Session session;
  session.open(scan_of(5));
  EXPECT_EQ(session.counts().kept, 5U);
  session.set_scores(scores_of({0.1F, 0.5F, 0.51F, 0.9F, kNan}), 0.5F);
  EXPECT_EQ(session.counts().outliers(), 2U);
  EXPECT_EQ(session.counts().not_finite, 1U);
  for (const float threshold : {0.5F, 0.0F, 0.95F, 1.0F}) {
    session.set_threshold(threshold);
    EXPECT_EQ(session.removed(), outlier::removed(*session.scores(), threshold)) << threshold;
    EXPECT_EQ(session.counts().kept + session.counts().removed, 5U);
  }
  session.set_threshold(7.0F);
  EXPECT_EQ(session.threshold(), 1.0F);
}

TEST(Session, TheHistogramCountsEveryFiniteScoreOnce) {
  Session session;
  session.open(scan_of(4));
  EXPECT_TRUE(session.histogram().empty());
  session.set_scores(scores_of({0.0F, 0.019F, 1.0F, kNan}), 0.5F);
  const std::vector<std::size_t> bins = session.histogram();
  ASSERT_EQ(bins.size(), 50U);
  EXPECT_EQ(bins.front(), 2U);
  EXPECT_EQ(bins.back(), 1U);
}

TEST(Session, OpeningForgetsTheScanBeforeButNotHowOutliersAreShown) {
  Session session;
  session.open(scan_of(3));
  session.set_scores(scores_of({0, 1, 0}), 0.5F);
  session.set_things({thing_of({0, 1}, classify::Verdict::known, 0.9F)});
  session.outliers = OutlierDisplay::hidden;
  session.open(scan_of(2));
  EXPECT_EQ(session.scores(), nullptr);
  EXPECT_TRUE(session.things().empty());
  EXPECT_EQ(session.removed().size(), 2U);
  EXPECT_EQ(session.outliers, OutlierDisplay::hidden);
}

TEST(Session, AClickFindsTheSmallestThingAround) {
  Session session;
  session.open(scan_of(6));
  session.set_things({thing_of({0, 1, 2, 3}, classify::Verdict::known, 0.9F),
                      thing_of({2, 3}, classify::Verdict::known, 0.9F)});
  EXPECT_EQ(session.thing_of(3), 1U);
  EXPECT_EQ(session.thing_of(0), 0U);
  EXPECT_EQ(session.thing_of(5), std::nullopt);
  session.select(1);
  EXPECT_EQ(session.selected(), 1U);
  session.select(2);
  EXPECT_EQ(session.selected(), std::nullopt);
}

TEST(Thing, WhatIsUnknownHasNoNumber) {
  EXPECT_EQ(thing_of({}, classify::Verdict::known, 0.987F).caption(), "chair 0.99");
  EXPECT_EQ(thing_of({}, classify::Verdict::junk, 0.987F).caption(), "unknown");
}

TEST(TurnReport, CountsWhatChanged) {
  const outlier::Scores before = scores_of({0.1F, 0.49F, kNan, 0.8F});
  const outlier::Scores after = scores_of({0.1F, 0.51F, kNan, 0.7F});
  const std::vector<Thing> a = {thing_of({}, classify::Verdict::known, 0.9F),
                                thing_of({}, classify::Verdict::known, 0.9F)};
  const std::vector<Thing> b = {thing_of({}, classify::Verdict::known, 0.8F),
                                thing_of({}, classify::Verdict::junk, 0.9F)};
  const TurnReport report = compare(&before, &after, 0.5F, a, b);
  EXPECT_EQ(report.points, 3U);
  EXPECT_EQ(report.crossed, 1U);
  EXPECT_NEAR(report.largest_score_change, 0.1F, 1e-6F);
  EXPECT_EQ(report.things, 2U);
  EXPECT_EQ(report.renamed, 1U);
  EXPECT_NEAR(report.largest_label_change, 0.1F, 1e-6F);
  EXPECT_EQ(report.text(),
            "scores: largest change 1.0e-01, 1 point across the threshold\n"
            "labels: 1 of 2 changed, probability by at most 1.0e-01");
  EXPECT_EQ(compare(nullptr, nullptr, 0.5F, {}, {}).text(),
            "turned; there are no scores or labels yet to compare");
}

}  // namespace
}  // namespace equicloud::viewer
