// SPDX-License-Identifier: BSD-3-Clause
// One descriptor for a whole cloud that does not see how it is turned, moved, scaled or ordered: to
// find the nearest of known things without a trained model.
//
//   equicloud::SphericalSignatureEstimation<pcl::PointXYZ> estimation;
//   estimation.setInputCloud(cluster);
//   pcl::PointCloud<equicloud::SphericalSignature> signature;  // one point, as with VFH
//   estimation.compute(signature);
#pragma once

#include <equicloud/pcl/alignment.h>
#include <equicloud/pcl/spherical_signature.h>
#include <pcl/features/feature.h>
#include <pcl/memory.h>
#include <pcl/pcl_macros.h>

namespace equicloud {

/// The spherical power spectra of shells, their facing and flatness, normalised; formulas and laws
/// in classify/spherical_signature.h. Needs no normals, no search and no radius; what
/// pcl::Feature offers of them is not used. setIndices limits the points that are described.
///
/// Where there is nothing to describe (no cloud, fewer than 64 distinct finite points, points on
/// one line, a wrong index) the output is empty after one PCL_ERROR. Nothing is thrown.
///
/// Compiled into the library for all of PCL's XYZ point types; for a type of your own define
/// PCL_NO_PRECOMPILE before the first include of PCL and link lz4 (FLANN's headers want it).
/// Cost: O(n log n), then the same for every cloud.
/// @tparam PointT  with float members x, y, z, adjacent and in this order
template <typename PointT>
class SphericalSignatureEstimation : public pcl::Feature<PointT, SphericalSignature> {
 public:
  PCL_MAKE_ALIGNED_OPERATOR_NEW

  using PointCloudOut = typename pcl::Feature<PointT, SphericalSignature>::PointCloudOut;
  using Ptr = pcl::shared_ptr<SphericalSignatureEstimation<PointT>>;
  using ConstPtr = pcl::shared_ptr<const SphericalSignatureEstimation<PointT>>;

  SphericalSignatureEstimation() { this->feature_name_ = "SphericalSignatureEstimation"; }

  /// @param output  one point, with the header of the input
  void compute(PointCloudOut& output);

 protected:
  bool initCompute() override;

 private:
  void computeFeature(PointCloudOut& output) override;
};

/// Inside the plugin: throws InvalidArgument where the points have no signature.
/// @param among  checked here; nullptr: all
SphericalSignature spherical_signature(PointsView points, const pcl::Indices* among);

}  // namespace equicloud

#ifdef PCL_NO_PRECOMPILE
#include <equicloud/pcl/impl/spherical_signature_estimation.hpp>
#endif
