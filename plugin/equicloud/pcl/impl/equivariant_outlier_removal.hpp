// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <equicloud/pcl/separation.h>
#include <pcl/type_traits.h>
#include <pcl/filters/impl/filter_indices.hpp>

#include <cstddef>
#include <type_traits>

namespace equicloud {

/// The positions of a cloud where they lie.
template <typename PointT>
PointsView positionsOf(const pcl::PointCloud<PointT>& cloud) {
  static_assert(std::is_same<decltype(PointT::x), float>::value &&
                    std::is_same<decltype(PointT::y), float>::value &&
                    std::is_same<decltype(PointT::z), float>::value,
                "equicloud: x, y and z of the point type must be floats");
  constexpr std::size_t x = pcl::traits::offset<PointT, pcl::fields::x>::value;
  static_assert(pcl::traits::offset<PointT, pcl::fields::y>::value == x + sizeof(float) &&
                    pcl::traits::offset<PointT, pcl::fields::z>::value == x + 2 * sizeof(float) &&
                    x % sizeof(float) == 0 && sizeof(PointT) % sizeof(float) == 0,
                "equicloud: x, y and z of the point type must be adjacent, in this order");
  if (cloud.empty()) return {};
  const auto* first = reinterpret_cast<const float*>(cloud.points.data());
  return {first + x / sizeof(float), cloud.size(), sizeof(PointT) / sizeof(float)};
}

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
