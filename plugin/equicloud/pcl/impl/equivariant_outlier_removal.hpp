// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <equicloud/pcl/separation.h>
#include <equicloud/pcl/impl/positions.hpp>
#include <pcl/filters/impl/filter_indices.hpp>

#include <string>

namespace equicloud {

template <typename PointT>
void EquivariantOutlierRemoval<PointT>::applyFilter(pcl::Indices& kept) {
  const std::string& name = this->getClassName();
  refused_ = !this->judge(positionsOf(*this->input_), *this->indices_, name);
  const Separation separation{refused_, this->negative_, this->extract_removed_indices_};
  separate(
      *this->indices_, separation, [this](pcl::index_t i) { return this->isOutlier(i); }, kept,
      *this->removed_indices_);
}

template <typename PointT>
void EquivariantOutlierRemoval<PointT>::applyFilter(PointCloud& output) {
  pcl::FilterIndices<PointT>::applyFilter(output);
  if (refused_) output.clear();
}

}  // namespace equicloud

#define PCL_INSTANTIATE_EquivariantOutlierRemoval(T) \
  template class equicloud::EquivariantOutlierRemoval<T>;
