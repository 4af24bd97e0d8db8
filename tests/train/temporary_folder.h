// SPDX-License-Identifier: BSD-3-Clause
// A folder of its own for each test, gone afterwards, and what a reader says about it.
#pragma once

#include <equicloud/base/error.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace equicloud::train {

class TemporaryFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = std::filesystem::path(::testing::TempDir()) /
            (std::string(test->test_suite_name()) + "_" + test->name());
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  /// Makes the folders on the way.
  void write(const std::string& path, const std::string& bytes) const {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << bytes;
  }
  /// The sentence that read(folder) refuses the folder with contains `part`.
  template <typename Read>
  void expect_complaint(const Read& read, const std::string& part) const {
    std::string complaint = "accepted";
    try {
      read(root_.string());
    } catch (const Error& error) {
      complaint = error.what();
    }
    EXPECT_NE(complaint.find(part), std::string::npos) << complaint;
  }

  std::filesystem::path root_;
};

}  // namespace equicloud::train
