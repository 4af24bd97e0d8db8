// SPDX-License-Identifier: BSD-3-Clause
// What a filter takes from the heap, counted. The functions below stand in for the C library's in
// this program alone.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>

#include "pcl/clouds.h"

namespace {

// glibc maps blocks of this size and more anew each time and gives them back at once.
constexpr std::size_t kMapped = 128 * 1024;

std::atomic<std::size_t> taken{0};   // bytes asked for
std::atomic<std::size_t> mapped{0};  // of them in large blocks

void count(std::size_t size) {
  taken += size;
  if (size >= kMapped) mapped += size;
}

}  // namespace

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void* malloc(std::size_t size) {
  count(size);
  return __libc_malloc(size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  count(size);
  return __libc_memalign(alignment, size);
}
}

namespace equicloud {
namespace {

constexpr std::size_t kPoints = 40000;

struct Use {
  std::size_t taken, mapped;
};

// The same positions for every type: what a search takes depends on them.
template <typename PointT>
typename pcl::PointCloud<PointT>::Ptr image() {
  const plugin_tests::Look look = {200, kPoints / 200, false, false};
  const auto positions = plugin_tests::depth_image<pcl::PointXYZ>(look);
  const auto cloud = plugin_tests::depth_image<PointT>(look);
  for (std::size_t i = 0; i < cloud->size(); ++i) {
    (*cloud)[i].x = (*positions)[i].x;
    (*cloud)[i].y = (*positions)[i].y;
    (*cloud)[i].z = (*positions)[i].z;
  }
  return cloud;
}

// Of a call of filter(indices), the first of a filter or a later one.
template <typename PointT>
Use use_of(bool first_call) {
  const auto cloud = image<PointT>();
  EquivariantOutlierRemoval<PointT> filter;
  filter.setInputCloud(cloud);
  pcl::Indices kept;
  if (!first_call) filter.filter(kept);
  taken = 0;
  mapped = 0;
  filter.filter(kept);
  return {taken, mapped};
}

// A copy of the input would cost 32 bytes a point more for the wide type.
TEST(PclFilterMemory, TheInputIsNotCopied) {
  const Use narrow = use_of<pcl::PointXYZ>(true);
  const Use wide = use_of<pcl::PointSurfel>(true);
  std::printf("%zu points: PointXYZ (%zu B each) took %zu B, PointSurfel (%zu B each) %zu B\n",
              kPoints, sizeof(pcl::PointXYZ), narrow.taken, sizeof(pcl::PointSurfel), wide.taken);
  EXPECT_EQ(narrow.taken, wide.taken);
}

// A later call maps next to nothing anew.
TEST(PclFilterMemory, LargeBlocksAreKeptFromCallToCall) {
  const Use first = use_of<pcl::PointXYZ>(true);
  const Use later = use_of<pcl::PointXYZ>(false);
  std::printf("%zu points: the first call maps %zu B, later ones %zu B\n", kPoints, first.mapped,
              later.mapped);
  EXPECT_GT(first.mapped, 400 * kPoints);
  EXPECT_LE(later.mapped, 4 * kPoints);
}

}  // namespace
}  // namespace equicloud
