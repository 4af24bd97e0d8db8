// SPDX-License-Identifier: BSD-3-Clause
// A filter for PCL pipelines that keeps things by what they are.
//
//   equicloud::ShapeClassFilter<pcl::PointXYZ> filter;
//   filter.setModel("classifier-modelnet40.safetensors");
//   filter.setClasses({"chair", "table"});
//   filter.setInputCloud(room);
//   filter.filter(*seats_and_tables);
#pragma once

#include <equicloud/pcl/alignment.h>
#include <equicloud/pcl/class_choice.h>
#include <pcl/filters/filter_indices.h>
#include <pcl/memory.h>
#include <pcl/pcl_macros.h>

namespace equicloud {

/// Keeps the points of things whose class is one of setClasses; everything else, the ground, specks
/// and points that are not finite among it, is removed. The things are those of the scene (the
/// default), given clusters, or the whole cloud; see ShapeJudge.
///
/// Everything that pcl::FilterIndices documents holds: setIndices limits which points are given
/// out, while things are found in the whole input; setNegative gives the others instead;
/// setKeepOrganized sets x, y, z of removed points to setUserFilterValue and touches nothing else;
/// removed indices are those of the input cloud, in the order of the indices; input and output may
/// be one cloud. setMinimumProbability makes doubtful things "unknown", hence removed.
///
/// Where a setting or the cloud cannot be worked with, the output is empty after one PCL_ERROR,
/// with setNegative too. A scene without things is no error: nothing is kept, or with setNegative
/// all. Nothing is thrown. After filter(), getClusters() and getLabels() say what was seen.
///
/// Compiled into the library for all of PCL's XYZ point types; for a type of your own define
/// PCL_NO_PRECOMPILE before the first include of PCL and link lz4 (FLANN's headers want it).
/// @tparam PointT  with float members x, y, z, adjacent and in this order
template <typename PointT>
class ShapeClassFilter : public pcl::FilterIndices<PointT>, public ClassChoice {
 public:
  PCL_MAKE_ALIGNED_OPERATOR_NEW

  using PointCloud = typename pcl::FilterIndices<PointT>::PointCloud;
  using Ptr = pcl::shared_ptr<ShapeClassFilter<PointT>>;
  using ConstPtr = pcl::shared_ptr<const ShapeClassFilter<PointT>>;

  /// @param extract_removed_indices  whether getRemovedIndices() is to be filled
  explicit ShapeClassFilter(bool extract_removed_indices = false)
      : pcl::FilterIndices<PointT>(extract_removed_indices) {
    this->filter_name_ = "ShapeClassFilter";
  }

 protected:
  void applyFilter(pcl::Indices& kept) override;
  void applyFilter(PointCloud& output) override;

 private:
  bool refused_ = false;
};

}  // namespace equicloud

#ifdef PCL_NO_PRECOMPILE
#include <equicloud/pcl/impl/shape_class_filter.hpp>
#endif
