// SPDX-License-Identifier: BSD-3-Clause
// Which points are drawn, and that colours say what the legend says.
#include "viewer/paint.h"

#include <gtest/gtest.h>

#include <limits>

namespace equicloud::viewer {
namespace {

Session session_of(std::size_t points) {
  auto scan = std::make_shared<Scan>();
  for (std::size_t i = 0; i < points; ++i)
    scan->positions.xyz.insert(scan->positions.xyz.end(), {0.0F, 0.0F, static_cast<float>(i)});
  Session session;
  session.open(scan);
  outlier::Scores scores;
  scores.status = outlier::Status::scored;
  for (std::size_t i = 0; i < points; ++i) scores.probability.push_back(i % 4 == 0 ? 0.9F : 0.1F);
  session.set_scores(scores, 0.5F);
  return session;
}

TEST(Paint, HiddenOutliersAreNotDrawnAndTheLimitIsKept) {
  Session session = session_of(1000);
  EXPECT_EQ(paint(session, 10000).points.size(), 1000U);
  EXPECT_LE(paint(session, 300).points.size(), 300U);
  EXPECT_EQ(paint(session, 300).shown, 1000U);
  session.outliers = OutlierDisplay::hidden;
  const Painting kept = paint(session, 10000);
  EXPECT_EQ(kept.shown, 750U);
  for (const std::uint32_t i : kept.points) EXPECT_NE(i % 4, 0U);
}

TEST(Paint, ScoresHaveTheColoursOfTheirLegend) {
  Session session = session_of(8);
  session.colour_by = ColourBy::score;
  const Painting painting = paint(session, 100);
  ASSERT_TRUE(painting.legend);
  EXPECT_EQ(painting.colours[0], color_of(painting.legend->map, static_cast<double>(0.9F)));
  EXPECT_EQ(painting.colours[1], color_of(painting.legend->map, static_cast<double>(0.1F)));
  session.outliers = OutlierDisplay::marked;
  EXPECT_EQ(paint(session, 100).colours[0], kMarked);
  EXPECT_EQ(paint(session, 100).colours[1], painting.colours[1]);
  session.outliers = OutlierDisplay::dimmed;
  EXPECT_LT(paint(session, 100).colours[0].r, painting.colours[0].r);
}

TEST(Paint, StraysDoNotTakeUpTheColoursOfHeights) {
  Session session = session_of(1000);
  session.colour_by = ColourBy::height;
  const Painting painting = paint(session, 10000);
  ASSERT_TRUE(painting.legend);
  EXPECT_EQ(painting.legend->low, 10.0);
  EXPECT_EQ(painting.legend->high, 989.0);
}

TEST(Paint, UnknownThingsAreGreyAndKnownOnesAreNot) {
  Session session = session_of(4);
  Thing known, unknown;
  known.points = {0, 1};
  known.label.it.verdict = classify::Verdict::known;
  unknown.points = {2};
  unknown.label.it.verdict = classify::Verdict::junk;
  session.set_things({known, unknown});
  session.colour_by = ColourBy::thing;
  const Painting painting = paint(session, 100);
  EXPECT_FALSE(painting.legend);
  EXPECT_EQ(painting.colours[0], thing_colour(0));
  EXPECT_EQ(painting.colours[2], kUnknownColour);
  EXPECT_NE(painting.colours[3], kUnknownColour);
}

TEST(Paint, NoScanIsNoPoint) { EXPECT_TRUE(paint(Session(), 10).points.empty()); }

}  // namespace
}  // namespace equicloud::viewer
