// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <equicloud/pcl/separation.h>
#include <equicloud/pcl/shape_class_filter.h>
#include <equicloud/pcl/impl/positions.hpp>
#include <pcl/filters/impl/filter_indices.hpp>

namespace equicloud {

template <typename PointT>
void ShapeClassFilter<PointT>::applyFilter(pcl::Indices& kept) {
  refused_ = !this->choose(positionsOf(*this->input_), *this->indices_,
                           this->getClassName() + "::applyFilter");
  separate(
      *this->indices_, {refused_, this->negative_, this->extract_removed_indices_},
      [this](pcl::index_t i) { return !this->isChosen(i); }, kept, *this->removed_indices_);
}

template <typename PointT>
void ShapeClassFilter<PointT>::applyFilter(PointCloud& output) {
  pcl::FilterIndices<PointT>::applyFilter(output);
  if (refused_) output.clear();
}

}  // namespace equicloud

#define PCL_INSTANTIATE_ShapeClassFilter(T) template class equicloud::ShapeClassFilter<T>;
