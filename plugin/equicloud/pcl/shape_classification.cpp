// SPDX-License-Identifier: BSD-3-Clause
// The classification for all of PCL's XYZ point types, compiled once.
#include <pcl/point_types.h>
#include <equicloud/pcl/impl/shape_classification.hpp>
#include <pcl/impl/instantiate.hpp>

PCL_INSTANTIATE(ShapeClassification, PCL_XYZ_POINT_TYPES)
