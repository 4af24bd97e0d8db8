// SPDX-License-Identifier: BSD-3-Clause
// What is it, whichever way up? Names for the things of a cloud, by a network that does not see how
// they are turned, moved, scaled or ordered (classify/classifier.h).
//
//   equicloud::ShapeClassification<pcl::PointXYZ> classification;
//   classification.setModel("classifier-modelnet40.safetensors");
//   classification.setInputCloud(cloud);
//   classification.setClusters(clusters);  // of pcl::EuclideanClusterExtraction
//   std::vector<equicloud::ShapeLabel> labels;
//   if (classification.compute(labels)) use(labels[0].name, labels[0].probability);
#pragma once

#include <equicloud/pcl/alignment.h>
#include <equicloud/pcl/shape_judge.h>
#include <pcl/memory.h>
#include <pcl/pcl_base.h>
#include <pcl/pcl_macros.h>

#include <vector>

namespace equicloud {

/// Classifies a cloud as one thing (the default), each of given clusters, or each thing of a scene.
///
/// setIndices limits the points that one thing or a scene is made of; given clusters stand as they
/// are. Points that are not finite are left out. A thing of too few points, on one line or in one
/// plane is "unknown" with its reason, no error.
///
/// The input is not changed. Cost: see ShapeClassifier::classify, things side by side on the
/// threads; split_scene() before it if the scene is to be cut. Nothing is thrown.
///
/// Compiled into the library for all of PCL's XYZ point types; for a type of your own define
/// PCL_NO_PRECOMPILE before the first include of PCL.
/// @tparam PointT  with float members x, y, z, adjacent and in this order
template <typename PointT>
class ShapeClassification : public pcl::PCLBase<PointT>, public ShapeJudge {
 public:
  PCL_MAKE_ALIGNED_OPERATOR_NEW

  using Ptr = pcl::shared_ptr<ShapeClassification<PointT>>;
  using ConstPtr = pcl::shared_ptr<const ShapeClassification<PointT>>;

  /// @param labels  out: one a thing, in the order of getClusters()
  /// @returns false, after one PCL_ERROR, if nothing can be said: no cloud, no model, a wrong
  /// setting; labels are empty then. A scene without things is true and empty, after PCL_WARN.
  bool compute(std::vector<ShapeLabel>& labels);
};

}  // namespace equicloud

#ifdef PCL_NO_PRECOMPILE
#include <equicloud/pcl/impl/shape_classification.hpp>
#endif
