// SPDX-License-Identifier: BSD-3-Clause
// The filter for all of PCL's XYZ point types, compiled once.
#include <pcl/point_types.h>
#include <equicloud/pcl/impl/shape_class_filter.hpp>
#include <pcl/impl/instantiate.hpp>

PCL_INSTANTIATE(ShapeClassFilter, PCL_XYZ_POINT_TYPES)
