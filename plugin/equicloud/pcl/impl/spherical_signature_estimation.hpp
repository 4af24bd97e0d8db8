// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <equicloud/pcl/attempt.h>
#include <equicloud/pcl/spherical_signature_estimation.h>
#include <equicloud/pcl/impl/positions.hpp>
#include <pcl/features/impl/feature.hpp>

namespace equicloud {

// Without the search tree that pcl::Feature makes.
template <typename PointT>
bool SphericalSignatureEstimation<PointT>::initCompute() {
  return pcl::PCLBase<PointT>::initCompute();
}

// That of pcl::Feature makes room for one descriptor a point first.
template <typename PointT>
void SphericalSignatureEstimation<PointT>::compute(PointCloudOut& output) {
  output.clear();
  if (!initCompute()) return;
  output.header = this->input_->header;
  computeFeature(output);
  this->deinitCompute();
}

template <typename PointT>
void SphericalSignatureEstimation<PointT>::computeFeature(PointCloudOut& output) {
  output.clear();
  attempt(this->getClassName() + "::compute", [&] {
    const pcl::Indices* among = this->fake_indices_ ? nullptr : this->indices_.get();
    output.push_back(spherical_signature(positionsOf(*this->input_), among));
    output.is_dense = true;
  });
}

}  // namespace equicloud

#define PCL_INSTANTIATE_SphericalSignatureEstimation(T)          \
  template class pcl::Feature<T, equicloud::SphericalSignature>; \
  template class equicloud::SphericalSignatureEstimation<T>;
