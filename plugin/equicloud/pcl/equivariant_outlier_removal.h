// SPDX-License-Identifier: BSD-3-Clause
// The filter for PCL pipelines, to be put where pcl::StatisticalOutlierRemoval stands. Which points
// are outliers is decided by a trained Deep Sets network over each point's neighbours (Zaheer et
// al. 2017), so there is no number of neighbours and no multiple of a deviation to guess, and the
// verdict does not change when the cloud is moved, turned, scaled or its points are shuffled.
#pragma once

#include <equicloud/pcl/alignment.h>
#include <equicloud/pcl/outlier_judge.h>
#include <pcl/PCLPointCloud2.h>
#include <pcl/filters/filter_indices.h>
#include <pcl/memory.h>
#include <pcl/pcl_macros.h>

namespace equicloud {

/// Removes the points whose outlier probability is above a threshold.
///
/// Everything that pcl::FilterIndices documents holds: setIndices limits which points are judged
/// and given out, while every point of the input counts as a neighbour; setNegative gives the
/// outliers instead; setKeepOrganized sets x, y, z of removed points to setUserFilterValue and
/// touches nothing else; removed indices are those of the input cloud, in the order of the indices;
/// input and output may be one cloud; the filter may run again and again, in memory that it keeps.
///
/// Unlike PCL's statistical filter a point that is not finite counts as an outlier, so the result
/// of a plain filter() is dense; and where a setting or the cloud cannot be worked with, the output
/// is empty after PCL_ERROR. A cloud of fewer than 17 distinct finite points is kept whole after
/// PCL_WARN. Nothing is thrown.
///
/// The input is read where it lies, not copied. Cost: O(n log n), about 600 B a point of kept
/// memory.
///
/// Compiled into the library for all of PCL's XYZ point types; for a type of your own define
/// PCL_NO_PRECOMPILE before the first include of PCL and link lz4 (FLANN's headers want it).
/// @tparam PointT  with float members x, y, z, adjacent and in this order
template <typename PointT>
class EquivariantOutlierRemoval : public pcl::FilterIndices<PointT>, public OutlierJudge {
 public:
  PCL_MAKE_ALIGNED_OPERATOR_NEW

  using PointCloud = typename pcl::FilterIndices<PointT>::PointCloud;
  using Ptr = pcl::shared_ptr<EquivariantOutlierRemoval<PointT>>;
  using ConstPtr = pcl::shared_ptr<const EquivariantOutlierRemoval<PointT>>;

  /// @param extract_removed_indices  whether getRemovedIndices() is to be filled
  explicit EquivariantOutlierRemoval(bool extract_removed_indices = false)
      : pcl::FilterIndices<PointT>(extract_removed_indices) {
    this->filter_name_ = "EquivariantOutlierRemoval";
  }

 protected:
  void applyFilter(pcl::Indices& kept) override;
  void applyFilter(PointCloud& output) override;

 private:
  bool refused_ = false;
};

/// The same for clouds of any fields. Every field of a point, padding included, is kept byte for
/// byte. x, y and z may stand anywhere and be FLOAT32 or FLOAT64; rows may be padded.
template <>
class EquivariantOutlierRemoval<pcl::PCLPointCloud2>
    : public pcl::FilterIndices<pcl::PCLPointCloud2>, public OutlierJudge {
 public:
  PCL_MAKE_ALIGNED_OPERATOR_NEW

  using Ptr = pcl::shared_ptr<EquivariantOutlierRemoval<pcl::PCLPointCloud2>>;
  using ConstPtr = pcl::shared_ptr<const EquivariantOutlierRemoval<pcl::PCLPointCloud2>>;

  explicit EquivariantOutlierRemoval(bool extract_removed_indices = false)
      : pcl::FilterIndices<pcl::PCLPointCloud2>(extract_removed_indices) {
    this->filter_name_ = "EquivariantOutlierRemoval";
  }

 protected:
  void applyFilter(pcl::Indices& kept) override;
  void applyFilter(pcl::PCLPointCloud2& output) override;

 private:
  bool refused_ = false;
};

}  // namespace equicloud

#ifdef PCL_NO_PRECOMPILE
#include <equicloud/pcl/impl/equivariant_outlier_removal.hpp>
#endif
