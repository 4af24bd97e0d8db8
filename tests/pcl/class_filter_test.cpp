// SPDX-License-Identifier: BSD-3-Clause
// The filter by class keeps exactly the points of the things it was asked for, in every form that
// pcl::FilterIndices documents.
#include <equicloud/pcl/shape_class_filter.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "pcl/clouds.h"
#include "pcl/things.h"

namespace equicloud {
namespace {

using plugin_tests::apart;
using plugin_tests::count;
using plugin_tests::same_bytes;
using plugin_tests::telling_classifier;
using plugin_tests::Things;
using plugin_tests::things;
using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

// Four things and, at the end, a point apart and one that is not finite, both in no cluster; every
// byte beside the coordinates random.
template <typename PointT>
struct Room {
  Room() : scene(things(4, 1)), classifier(telling_classifier(scene)) {
    Random random(2);
    laws::add_point(scene.xyz, 50.0, 0.0, 0.0);
    laws::add_point(scene.xyz, plugin_tests::kNaN, 0.0, 0.0);
    for (std::size_t i = 0; i < scene.size(); ++i) {
      PointT point = plugin_tests::random_bytes<PointT>(random);
      point.x = scene.xyz[3 * i];
      point.y = scene.xyz[3 * i + 1];
      point.z = scene.xyz[3 * i + 2];
      cloud->push_back(point);
    }
    cloud->is_dense = false;
    wanted = classifier->classify(PointsView(Span<const float>(scene.thing(0)))).name;
    for (const pcl::PointIndices& cluster : scene.clusters)
      if (classifier->classify(view_of(cluster)).name == wanted)
        expected.insert(cluster.indices.begin(), cluster.indices.end());
  }

  PointsView view_of(const pcl::PointIndices& cluster) {
    part.clear();
    for (const pcl::index_t i : cluster.indices)
      part.insert(part.end(), scene.xyz.begin() + 3 * i, scene.xyz.begin() + 3 * i + 3);
    return PointsView(part);
  }

  ShapeClassFilter<PointT> filter() const {
    ShapeClassFilter<PointT> filter(true);
    filter.setClassifier(classifier);
    filter.setClasses({wanted});
    filter.setClusters(scene.clusters);
    filter.setInputCloud(cloud);
    return filter;
  }

  Things scene;
  std::shared_ptr<const classify::ShapeClassifier> classifier;
  typename pcl::PointCloud<PointT>::Ptr cloud{new pcl::PointCloud<PointT>};
  std::string wanted;               // the class of the first thing, not that of all
  std::set<pcl::index_t> expected;  // the points of things of it
  laws::Cloud part;
};

template <typename PointT>
class ClassFilter : public testing::Test {
 protected:
  Room<PointT> room_;
};

using SomeXyzTypes = testing::Types<pcl::PointXYZ, pcl::PointXYZI, pcl::PointXYZRGBNormal>;
TYPED_TEST_SUITE(ClassFilter, SomeXyzTypes);

TYPED_TEST(ClassFilter, KeepsExactlyThePointsOfTheClassesByteForByte) {
  const auto& room = this->room_;
  ASSERT_FALSE(room.expected.empty());
  ASSERT_LT(room.expected.size(), room.scene.size() - 2);
  auto filter = room.filter();
  pcl::PointCloud<TypeParam> output;
  filter.filter(output);
  ASSERT_EQ(output.size(), room.expected.size());
  std::size_t at = 0;
  for (const pcl::index_t i : room.expected)
    EXPECT_TRUE(same_bytes(output[at++], (*room.cloud)[static_cast<std::size_t>(i)]));
  EXPECT_EQ(filter.getRemovedIndices()->size(), room.cloud->size() - output.size());
  for (const pcl::index_t i : *filter.getRemovedIndices()) EXPECT_EQ(room.expected.count(i), 0U);
  EXPECT_EQ(filter.getLabels().size(), 4U);
}

TYPED_TEST(ClassFilter, KeepOrganizedTouchesOnlyTheCoordinatesOfRemovedPoints) {
  const auto& room = this->room_;
  auto filter = room.filter();
  filter.setKeepOrganized(true);
  filter.setUserFilterValue(-1.0F);
  pcl::PointCloud<TypeParam> output;
  filter.filter(output);
  ASSERT_EQ(output.size(), room.cloud->size());
  for (std::size_t i = 0; i < output.size(); ++i) {
    TypeParam expected = (*room.cloud)[i];
    std::memcpy(static_cast<void*>(&expected), static_cast<const void*>(&(*room.cloud)[i]),
                sizeof expected);
    if (room.expected.count(static_cast<pcl::index_t>(i)) == 0)
      expected.x = expected.y = expected.z = -1.0F;
    EXPECT_TRUE(same_bytes(output[i], expected)) << i;
  }
}

using Filter = ShapeClassFilter<pcl::PointXYZ>;
using PlainRoom = Room<pcl::PointXYZ>;

pcl::Indices filtered(Filter& filter) {
  pcl::Indices kept;
  filter.filter(kept);
  return kept;
}

TEST(PclClassFilter, NegativeGivesWhatThePlainRunRemoves) {
  const PlainRoom room;
  Filter filter = room.filter();
  const pcl::Indices kept = filtered(filter);
  const pcl::Indices removed = *filter.getRemovedIndices();
  filter.setNegative(true);
  EXPECT_EQ(filtered(filter), removed);
  EXPECT_EQ(*filter.getRemovedIndices(), kept);
}

TEST(PclClassFilter, IndicesLimitWhatIsGivenOutAndNotWhatIsSeen) {
  const PlainRoom room;
  Filter filter = room.filter();
  filter.setSceneOptions(apart());
  const pcl::IndicesPtr half = plugin_tests::half_of(room.cloud->size());
  filter.setIndices(half);
  pcl::Indices expected;
  for (const pcl::index_t i : *half)
    if (room.expected.count(i) != 0) expected.push_back(i);
  EXPECT_EQ(filtered(filter), expected);
  filter.setSegmentScene(true);
  EXPECT_EQ(filtered(filter), expected);
}

TEST(PclClassFilter, FindsTheThingsOfASceneItself) {
  const PlainRoom room;
  Filter filter = room.filter();
  const pcl::Indices given = filtered(filter);
  filter.setSceneOptions(apart());
  filter.setSegmentScene(true);
  EXPECT_EQ(filtered(filter), given);
  EXPECT_EQ(filter.getClusters().size(), 4U);
  EXPECT_TRUE(Filter().getSegmentScene());
}

TEST(PclClassFilter, ManyClassesAreTheUnionAndADoubtfulThingIsUnknown) {
  const PlainRoom room;
  Filter filter = room.filter();
  filter.setClasses(filter.getClassNames());
  EXPECT_EQ(filtered(filter).size(), room.cloud->size() - 2);
  filter.setMinimumProbability(1.0F);
  EXPECT_EQ(filtered(filter).size(), room.cloud->size() - 2);
  filter.setClasses({room.wanted});
  EXPECT_TRUE(filtered(filter).empty());
  filter.setClasses({"unknown"});
  EXPECT_EQ(filtered(filter).size(), room.cloud->size() - 2);
}

TEST(PclClassFilter, APointThatIsNotFiniteBelongsToNoThing) {
  PlainRoom room;
  room.scene.clusters[0].indices.push_back(static_cast<pcl::index_t>(room.cloud->size() - 1));
  Filter filter = room.filter();
  EXPECT_EQ(filtered(filter).size(), room.expected.size());
}

// What is said for a filter set up by `set`; the output must be empty.
std::string refusal(const std::function<void(Filter&)>& set) {
  static const PlainRoom room;
  Filter filter = room.filter();
  filter.setKeepOrganized(true);
  filter.setNegative(true);
  CaptureStderr();
  set(filter);
  pcl::PointCloud<pcl::PointXYZ> output(3, 1);
  filter.filter(output);
  EXPECT_TRUE(output.empty());
  return GetCapturedStderr();
}

TEST(PclClassFilter, ARefusalIsSaidOnceAndEmptyInEveryForm) {
  const std::string prefix = "[equicloud::ShapeClassFilter::applyFilter] ";
  EXPECT_EQ(refusal([](Filter& f) { f.setClasses({}); }),
            prefix + "no class was asked for; call setClasses first\n");
  EXPECT_EQ(refusal([](Filter& f) {
              f.setClasses({"vase", "chiar"});
            }),
            prefix +
                "setClasses names 'chiar', which is no class of the model; its classes are: "
                "bench, chair, night_stand, vase, unknown\n");
  EXPECT_EQ(refusal([](Filter& f) { f.setClusters({}); }),
            prefix + "setClusters was given no clusters; setSegmentScene(true) finds them\n");
  EXPECT_EQ(refusal([](Filter& f) { f.setInputCloud(plugin_tests::cloud_of({})); }),
            prefix + "the cloud is empty\n");
  EXPECT_EQ(refusal([](Filter& f) { f.setIndices(pcl::IndicesPtr(new pcl::Indices{5000000})); }),
            prefix + "setIndices names point 5000000, the cloud has 1482 points\n");
  EXPECT_EQ(count(refusal([](Filter& f) { f.setModel("no/such.safetensors"); }), "no/such"), 2U);
}

}  // namespace
}  // namespace equicloud
