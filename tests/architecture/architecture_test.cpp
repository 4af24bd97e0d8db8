// SPDX-License-Identifier: BSD-3-Clause
// Every source file of the tree keeps the house rules, and the rules catch what they are there to
// catch.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "architecture/rules.h"

namespace equicloud::architecture {
namespace {

namespace fs = std::filesystem;

// Regular files below the folders we write by hand or commit, as paths from the root.
std::vector<std::string> files_of_the_house() {
  const fs::path root = EQUICLOUD_SOURCE_DIR;
  std::vector<std::string> files;
  for (const char* tree : {"core", "plugin", "apps", "tests", "data", "cmake"}) {
    if (!fs::is_directory(root / tree)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / tree))
      if (entry.is_regular_file())
        files.push_back(fs::relative(entry.path(), root).generic_string());
  }
  return files;
}

bool is_source(const std::string& path) {
  const std::string extension = fs::path(path).extension();
  return extension == ".h" || extension == ".cpp" || extension == ".hpp" || extension == ".cc";
}

Source read_source(const std::string& path) {
  std::ifstream in(fs::path(EQUICLOUD_SOURCE_DIR) / path, std::ios::binary);
  return {path, std::string(std::istreambuf_iterator<char>(in), {})};
}

// The rules broken by a file of one line beneath the SPDX line.
std::vector<std::string> broken_by(const std::string& path, const std::string& line) {
  return broken_rules({path, "// SPDX-License-Identifier: BSD-3-Clause\n" + line + "\n"});
}

TEST(Architecture, EverySourceFileKeepsTheHouseRules) {
  std::size_t seen = 0;
  for (const std::string& path : files_of_the_house()) {
    if (!is_source(path)) continue;
    ++seen;
    for (const std::string& broken : broken_rules(read_source(path))) ADD_FAILURE() << broken;
  }
  EXPECT_GT(seen, 20U) << "the tree was not found";
}

TEST(Architecture, EveryFolderOfTheLibraryIsARoomOfTheTable) {
  for (const std::string& path : files_of_the_house()) {
    const bool library = path.rfind("core/equicloud/", 0) == 0;
    if (!library && path.rfind("plugin/equicloud/", 0) != 0) continue;
    EXPECT_TRUE(is_known_room(room_of(path))) << path;
  }
}

TEST(Architecture, NoFileIsLargerThanFiveMegabytes) {
  for (const std::string& path : files_of_the_house())
    EXPECT_LE(fs::file_size(fs::path(EQUICLOUD_SOURCE_DIR) / path), 5'000'000U) << path;
}

TEST(ArchitectureRules, ArrowsNeverTurnBack) {
  EXPECT_FALSE(
      broken_by("core/equicloud/knn/a.h", "#include <equicloud/outlier/scorer.h>").empty());
  EXPECT_FALSE(broken_by("core/equicloud/io/a.h", "#include <equicloud/outlier/scorer.h>").empty());
  EXPECT_FALSE(broken_by("core/equicloud/outlier/a.h", "#include <equicloud/io/pcd.h>").empty());
  EXPECT_FALSE(broken_by("core/equicloud/base/a.h", "#include <equicloud/points/a.h>").empty());
  EXPECT_FALSE(broken_by("core/equicloud/nn/a.h", "#include <train/corrupt.h>").empty());
  EXPECT_FALSE(broken_by("apps/cli/a.cpp", "#include <train/corrupt.h>").empty());
  EXPECT_FALSE(broken_by("apps/figures/a.cpp", "#include <equicloud/io/pcd.h>").empty());
  EXPECT_FALSE(broken_by("core/equicloud/outlier/a.h",
                         "#include <equicloud/pcl/equivariant_outlier_removal.h>")
                   .empty());
  EXPECT_FALSE(broken_by("plugin/equicloud/pcl/a.h", "#include <equicloud/io/pcd.h>").empty());
}

TEST(ArchitectureRules, ArrowsOfTheTableAreAllowed) {
  EXPECT_TRUE(
      broken_by("core/equicloud/outlier/a.h", "#include <equicloud/knn/neighbors.h>").empty());
  EXPECT_TRUE(broken_by("core/equicloud/outlier/a.h", "#include <equicloud/base/span.h>").empty());
  EXPECT_TRUE(broken_by("apps/cli/a.cpp", "#include <figures/picture.h>").empty());
  EXPECT_TRUE(broken_by("apps/figures/main.cpp", "#include <equicloud/io/pcd.h>").empty());
  EXPECT_TRUE(broken_by("apps/bench/a.cpp", "#include <train/shape_set.h>").empty());
  EXPECT_TRUE(broken_by("apps/train/a.cpp", "#include <torch/torch.h>").empty());
  EXPECT_TRUE(
      broken_by("plugin/equicloud/pcl/a.h", "#include <equicloud/outlier/scorer.h>").empty());
  EXPECT_TRUE(
      broken_by("plugin/equicloud/pcl/a.h", "#include <pcl/filters/filter_indices.h>").empty());
  EXPECT_TRUE(broken_by("tests/pcl/a.cpp", "#include <pcl/point_types.h>").empty());
}

TEST(ArchitectureRules, ThirdPartyHeadersStayInTheirRooms) {
  for (const char* include : {"fftw3.h", "pcl/point_types.h", "open3d/Open3D.h", "torch/torch.h"}) {
    const std::string line = std::string("#include <") + include + ">";
    EXPECT_FALSE(broken_by("core/equicloud/outlier/a.cpp", line).empty()) << include;
    EXPECT_FALSE(broken_by("apps/cli/a.cpp", line).empty()) << include;
    EXPECT_FALSE(broken_by("tests/outlier/a.cpp", line).empty()) << include;
  }
}

TEST(ArchitectureRules, TheLibraryNeitherPrintsNorExitsNorReadsTheEnvironment) {
  for (const char* line : {"std::cout << x;", "std::cerr << x;", "std::printf(\"x\");", "exit(1);",
                           "std::abort();", "auto x = getenv(\"HOME\");", "std::thread t;"}) {
    EXPECT_FALSE(broken_by("core/equicloud/io/a.cpp", line).empty()) << line;
    EXPECT_TRUE(broken_by("apps/cli/a.cpp", line).empty()) << line;
  }
}

TEST(ArchitectureRules, WordsInCommentsAndSentencesAreNoUse) {
  EXPECT_TRUE(broken_by("core/equicloud/io/a.cpp", "int x;  // never calls exit()").empty());
  EXPECT_TRUE(broken_by("core/equicloud/io/a.cpp", "throw Error(\"cannot abort\");").empty());
  EXPECT_TRUE(broken_by("core/equicloud/io/a.cpp", "std::snprintf(b, n, \"x\");").empty());
}

TEST(ArchitectureRules, TheFirstLineNamesTheLicence) {
  EXPECT_FALSE(broken_rules({"apps/cli/a.cpp", "#include <vector>\n"}).empty());
}

}  // namespace
}  // namespace equicloud::architecture
