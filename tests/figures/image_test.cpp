// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <figures/image.h>
#include <figures/text.h>

#include <gtest/gtest.h>
#include <png.h>

#include <cstdio>
#include <cstring>

namespace equicloud::figures {
namespace {

// Through libpng's reader.
Image decoded(const std::vector<std::uint8_t>& bytes) {
  png_image png;
  std::memset(&png, 0, sizeof png);
  png.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) {
    ADD_FAILURE() << png.message;
    return Image(1, 1);
  }
  png.format = PNG_FORMAT_RGB;
  std::vector<std::uint8_t> rgb(PNG_IMAGE_SIZE(png));
  EXPECT_NE(png_image_finish_read(&png, nullptr, rgb.data(), 0, nullptr), 0);
  Image image(static_cast<int>(png.width), static_cast<int>(png.height));
  for (std::size_t i = 0; i < rgb.size() / 3; ++i) {
    const int at = static_cast<int>(i);
    image.set(at % image.width(), at / image.width(), {rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]});
  }
  return image;
}

TEST(Image, PngHoldsItsSizeAndEveryPixel) {
  Image image(37, 21, {10, 20, 30});
  image.set(5, 7, {200, 100, 50});
  const Image back = decoded(encode_png(image));
  ASSERT_EQ(back.width(), 37);
  ASSERT_EQ(back.height(), 21);
  for (int y = 0; y < 21; ++y) {
    for (int x = 0; x < 37; ++x) EXPECT_EQ(back.at(x, y), image.at(x, y)) << x << ", " << y;
  }
}

TEST(Image, SavedFileHoldsTheEncodedBytes) {
  const Image image(8, 8, {1, 2, 3});
  const std::string path = testing::TempDir() + "/equicloud_figures_image.png";
  save_png(image, path);
  EXPECT_EQ(read_whole_file(path), encode_png(image));
  std::remove(path.c_str());
}

TEST(Image, WritingIntoAMissingFolderIsAnIoError) {
  EXPECT_THROW(save_png(Image(2, 2), testing::TempDir() + "/no/such/folder/p.png"), IoError);
}

TEST(Image, SizesOutsideTheRangeAreRefusedInASentence) {
  try {
    Image(0, 4);
    FAIL() << "nothing was thrown";
  } catch (const InvalidArgument& error) {
    EXPECT_STREQ(error.what(), "picture size is 0 x 4, expected 1 to 16384 on both sides");
  }
}

TEST(Image, DrawingOutsideIsIgnored) {
  Image image(4, 4);
  image.fill(-10, -10, 11, 11, kInk);
  image.line(-50, 2, 50, 2, kInk);
  image.set(4, 0, kInk);
  EXPECT_EQ(image.at(0, 0), kInk);
  EXPECT_EQ(image.at(3, 3), kWhite);
}

TEST(Shrink, IsTheMeanOfEachBlock) {
  Image image(2, 2, {0, 0, 0});
  image.set(0, 0, {100, 40, 0});
  EXPECT_EQ(shrink(image, 2).at(0, 0), (Color{25, 10, 0}));
}

TEST(Text, IsAsWideAsItSays) {
  const std::string text = "H1";
  Image image(40, 20);
  draw_text(image, 3, 4, text, kInk, 2);
  int right = 0;
  for (int x = 0; x < 40; ++x) {
    for (int y = 0; y < 20; ++y) {
      if (image.at(x, y) == kInk) right = x;
    }
  }
  EXPECT_EQ(image.at(3, 4), kInk);  // the left stem of H reaches the corner
  EXPECT_GT(right, 3 + text_width("H", 2));
  EXPECT_LT(right, 3 + text_width(text, 2));
}

TEST(Text, NumbersTellTicksApart) {
  EXPECT_EQ(short_number(0.25, 0.05), "0.25");
  EXPECT_EQ(short_number(10.0, 5.0), "10");
  EXPECT_EQ(short_number(0.00001), "1e-05");
  EXPECT_EQ(short_number(-0.001, 0.1), "0.0");
}

}  // namespace
}  // namespace equicloud::figures
