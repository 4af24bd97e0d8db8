// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/shape_set.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "train/temporary_folder.h"

namespace equicloud::train {
namespace {

/// Classes of 3, 25, 100, 1 and 0 shapes, mixed.
std::vector<std::uint32_t> uneven_labels() {
  std::vector<std::uint32_t> labels(128, 2);
  for (std::size_t i = 0; i < 25; ++i) labels[5 * i] = 1;
  labels[3] = labels[18] = labels[127] = 0;
  return labels;
}

std::size_t count(const std::vector<std::size_t>& rows, const std::vector<std::uint32_t>& labels,
                  std::uint32_t label) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [&](std::size_t row) { return labels[row] == label; }));
}

TEST(ShapeSplit, EveryRowIsOnOneSideOnce) {
  const std::vector<std::uint32_t> labels = uneven_labels();
  const Split halves = split(labels);
  EXPECT_TRUE(std::is_sorted(halves.train.begin(), halves.train.end()));
  EXPECT_TRUE(std::is_sorted(halves.validation.begin(), halves.validation.end()));
  std::set<std::size_t> rows(halves.train.begin(), halves.train.end());
  rows.insert(halves.validation.begin(), halves.validation.end());
  EXPECT_EQ(rows.size(), labels.size());
  EXPECT_EQ(halves.train.size() + halves.validation.size(), labels.size());
  EXPECT_EQ(*rows.rbegin(), labels.size() - 1);
}

TEST(ShapeSplit, EachClassGivesItsShareRounded) {
  const std::vector<std::uint32_t> labels = uneven_labels();
  const Split halves = split(labels, 0.12, 3);
  EXPECT_EQ(count(halves.validation, labels, 0), 0U);   // of 3
  EXPECT_EQ(count(halves.validation, labels, 1), 3U);   // of 25
  EXPECT_EQ(count(halves.validation, labels, 2), 12U);  // of 100
}

TEST(ShapeSplit, NoClassGivesAllItHas) {
  const std::vector<std::uint32_t> labels = {4, 4, 1};
  const Split halves = split(labels, 0.99);
  EXPECT_EQ(count(halves.train, labels, 4), 1U);
  EXPECT_EQ(count(halves.train, labels, 1), 1U);
}

TEST(ShapeSplit, SameSeedGivesTheSameRowsAndAnotherOthers) {
  const std::vector<std::uint32_t> labels = uneven_labels();
  EXPECT_EQ(split(labels, 0.12, 5).validation, split(labels, 0.12, 5).validation);
  EXPECT_NE(split(labels, 0.12, 5).validation, split(labels, 0.12, 6).validation);
}

TEST(ShapeSplit, ShareOutsideItsRangeIsRefused) {
  EXPECT_THROW(split(uneven_labels(), 1.0), InvalidArgument);
  EXPECT_THROW(split(uneven_labels(), -0.1), InvalidArgument);
}

using ClassFolders = TemporaryFolder;

TEST_F(ClassFolders, AreReadInTheOrderOfTheirNames) {
  write("cup/b.xyz", "1 2 3\n4 5 6\n");
  write("cup/a.xyz", "7 8 9\nnan 0 0\n");
  write("bowl/only.xyz", "0 0 1\n");
  write(".hidden/x.txt", "no cloud");
  const ShapeSet set = read_class_folders(root_.string());
  EXPECT_EQ(set.classes, (std::vector<std::string>{"bowl", "cup"}));
  EXPECT_EQ(set.labels, (std::vector<std::uint32_t>{0, 1, 1}));
  EXPECT_EQ(set.clouds,
            (std::vector<std::vector<float>>{{0, 0, 1}, {7, 8, 9}, {1, 2, 3, 4, 5, 6}}));
}

TEST_F(ClassFolders, WhatIsNoCloudIsNamed) {
  write("cup/notes.txt", "a cup");
  expect_complaint(read_class_folders, "notes.txt: is no cloud");
}

TEST_F(ClassFolders, EmptyClassIsNamed) {
  std::filesystem::create_directories(root_ / "cup");
  expect_complaint(read_class_folders, "cup: holds no cloud");
}

TEST_F(ClassFolders, FolderWithoutClassesIsRefused) {
  write("loose.xyz", "1 2 3\n");
  expect_complaint(read_class_folders, "no subfolder");
  EXPECT_THROW(read_class_folders((root_ / "absent").string()), IoError);
}

}  // namespace
}  // namespace equicloud::train
