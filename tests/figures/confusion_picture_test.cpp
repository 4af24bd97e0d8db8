// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/color_map.h>
#include <figures/confusion_picture.h>

#include <gtest/gtest.h>

namespace equicloud::figures {
namespace {

// Pixels of a colour in each of the image's rows, in the rows that have any.
std::vector<int> rows_with(const Image& image, Color color) {
  std::vector<int> rows;
  for (int y = 0; y < image.height(); ++y) {
    int count = 0;
    for (int x = 0; x < image.width(); ++x) count += image.at(x, y) == color ? 1 : 0;
    if (count > 0) rows.push_back(y);
  }
  return rows;
}

TEST(ConfusionPicture, ASquareHasTheColourOfItsShareInTheRowOfItsTruth) {
  const Image image = draw_confusion({{"cup", "vase"}, {1.0, 0.0, 0.3, 0.7}});
  const std::vector<int> of_cup = rows_with(image, color_of(ColorMap::sequential, 0.0));
  const std::vector<int> of_vase = rows_with(image, color_of(ColorMap::sequential, 0.3));
  ASSERT_FALSE(of_cup.empty() || of_vase.empty());
  EXPECT_LT(of_cup.front(), of_vase.front());
}

TEST(ConfusionPicture, GrowsWithItsClassesAndTheirNames) {
  const Image small = draw_confusion({{"a"}, {1.0}});
  const Image wide = draw_confusion(
      {std::vector<std::string>(40, "a class with a long name"), std::vector<double>(1600, 0.5)});
  EXPECT_GT(wide.width(), small.width() + 39 * 10);
  EXPECT_GT(wide.height(), small.height() + 39 * 10);
}

TEST(ConfusionPicture, NoClassesOrSharesThatAreNoSquareAreRefused) {
  EXPECT_THROW(draw_confusion({}), InvalidArgument);
  EXPECT_THROW(draw_confusion({{"a", "b"}, {1.0, 0.0}}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::figures
