// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <equicloud/pcl/attempt.h>
#include <equicloud/pcl/shape_classification.h>
#include <equicloud/pcl/impl/positions.hpp>

namespace equicloud {

template <typename PointT>
bool ShapeClassification<PointT>::compute(std::vector<ShapeLabel>& labels) {
  labels.clear();
  if (!this->initCompute()) return false;
  const char* caller = "ShapeClassification::compute";
  const bool done = attempt(caller, [&] {
    this->look(positionsOf(*this->input_), this->fake_indices_ ? nullptr : this->indices_.get(),
               caller);
    labels = this->getLabels();
  });
  this->deinitCompute();
  return done;
}

}  // namespace equicloud

#define PCL_INSTANTIATE_ShapeClassification(T) template class equicloud::ShapeClassification<T>;
