// SPDX-License-Identifier: BSD-3-Clause
// Does the filter in a PCL program say the same as the command line?
//   equicloud_example_compare SCORED.pcd...
// reads what `equicloud score` wrote (the cloud and the field outlier_score), scores the cloud with
// the filter, and compares bit for bit. Exit status 1 if any point differs.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <pcl/io/pcd_io.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace {

// The float field of that name, or nothing.
std::vector<float> values_of(const pcl::PCLPointCloud2& cloud, const std::string& name) {
  std::vector<float> values;
  for (const pcl::PCLPointField& field : cloud.fields) {
    if (field.name != name || field.datatype != pcl::PCLPointField::FLOAT32) continue;
    values.resize(std::size_t{cloud.width} * cloud.height);
    for (std::size_t i = 0; i < values.size(); ++i)
      std::memcpy(&values[i], cloud.data.data() + i * cloud.point_step + field.offset, 4);
  }
  return values;
}

std::uint32_t bits_of(float value) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

std::size_t differing(const std::vector<float>& a, const std::vector<float>& b) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += bits_of(a[i]) != bits_of(b[i]) ? 1 : 0;
  return count;
}

bool compare(const char* path) {
  const pcl::PCLPointCloud2::Ptr cloud(new pcl::PCLPointCloud2);
  if (pcl::io::loadPCDFile(path, *cloud) != 0) {
    std::fprintf(stderr, "equicloud_example_compare: cannot read %s as PCD\n", path);
    return false;
  }
  const std::vector<float> expected = values_of(*cloud, "outlier_score");
  equicloud::EquivariantOutlierRemoval<pcl::PCLPointCloud2> filter;
  filter.setInputCloud(cloud);
  filter.setNumberOfThreads();
  pcl::Indices kept;
  filter.filter(kept);
  if (expected.empty() || expected.size() != filter.getScores().size()) {
    std::fprintf(stderr,
                 "equicloud_example_compare: %s has no float field outlier_score; make it with "
                 "equicloud score\n",
                 path);
    return false;
  }
  const std::size_t wrong = differing(expected, filter.getScores());
  std::printf("%s: %zu points, %zu scores differ\n", path, expected.size(), wrong);
  return wrong == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: equicloud_example_compare SCORED.pcd...\n");
    return 2;
  }
  bool same = true;
  for (int i = 1; i < argc; ++i) same = compare(argv[i]) && same;
  return same ? 0 : 1;
}
