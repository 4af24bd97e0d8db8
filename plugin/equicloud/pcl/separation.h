// SPDX-License-Identifier: BSD-3-Clause
// Which of the judged points are kept and which are removed, as pcl::FilterIndices documents it.
#pragma once

#include <pcl/types.h>

#include <cstddef>

namespace equicloud {

struct Separation {
  bool refused = false;          ///< nothing could be judged: both lists are empty
  bool negative = false;         ///< keep the outliers instead
  bool extract_removed = false;  ///< fill the list of removed points
};

/// @param judged   indices of points of the cloud, duplicates allowed
/// @param kept, removed  receive them in the order of `judged`; `kept` may be the same vector
template <typename IsOutlier>
void separate(const pcl::Indices& judged, const Separation& separation, const IsOutlier& is_outlier,
              pcl::Indices& kept, pcl::Indices& removed) {
  const std::size_t count = separation.refused ? 0 : judged.size();
  removed.clear();
  kept.resize(count);
  std::size_t written = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const pcl::index_t index = judged[i];
    if (is_outlier(index) == separation.negative)
      kept[written++] = index;
    else if (separation.extract_removed)
      removed.push_back(index);
  }
  kept.resize(written);
}

}  // namespace equicloud
