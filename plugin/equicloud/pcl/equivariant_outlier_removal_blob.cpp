// SPDX-License-Identifier: BSD-3-Clause
// The filter for PCLPointCloud2. It follows what pcl::FilterIndices documents, not what PCL's own
// filters do with this type: those of PCL 1.13 lose fields, ignore the user filter value, or crash,
// depending on the options.
#include <equicloud/pcl/blob.h>
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <equicloud/pcl/separation.h>
#include <pcl/console/print.h>

#include <cmath>
#include <exception>

namespace equicloud {

void EquivariantOutlierRemoval<pcl::PCLPointCloud2>::applyFilter(pcl::Indices& kept) {
  refused_ = true;
  try {
    const BlobLayout layout = layout_of(*input_);
    Positions gathered;
    refused_ = !judge(positions_of(*input_, layout, gathered), *indices_, getClassName());
  } catch (const std::exception& error) {
    PCL_ERROR("[equicloud::%s::applyFilter] %s\n", getClassName().c_str(), error.what());
  }
  separate(
      *indices_, {refused_, negative_, extract_removed_indices_},
      [this](pcl::index_t i) { return isOutlier(i); }, kept, *removed_indices_);
}

void EquivariantOutlierRemoval<pcl::PCLPointCloud2>::applyFilter(pcl::PCLPointCloud2& output) {
  if (keep_organized_ && !extract_removed_indices_) {
    PCL_WARN(
        "[equicloud::%s::applyFilter] extract_removed_indices_ was set to 'true' to keep the "
        "point cloud organized.\n",
        getClassName().c_str());
    extract_removed_indices_ = true;
  }
  pcl::Indices kept;
  applyFilter(kept);
  if (refused_ || !keep_organized_) {
    copy_points(*input_, refused_ ? BlobLayout() : layout_of(*input_), kept, output);
    return;
  }
  output = *input_;
  set_positions(output, layout_of(*input_), *removed_indices_, user_filter_value_);
  if (!std::isfinite(user_filter_value_)) output.is_dense = 0;
}

}  // namespace equicloud
