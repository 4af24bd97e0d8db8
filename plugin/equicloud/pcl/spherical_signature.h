// SPDX-License-Identifier: BSD-3-Clause
// The point type of a shape's signature (classify/spherical_signature.h), registered with PCL: it
// can be written to PCD files, drawn by PCL's histogram viewers, and searched by pcl::KdTreeFLANN,
// which is compiled into the library for it.
#pragma once

#include <equicloud/classify/spherical_signature.h>
#include <pcl/memory.h>
#include <pcl/pcl_macros.h>
#include <pcl/point_representation.h>
#include <pcl/register_point_struct.h>

namespace equicloud {

/// 432 numbers, their squares' sum 1.
struct SphericalSignature {
  float histogram[432] = {0.F};
  static constexpr int descriptorSize() { return 432; }
};
static_assert(classify::kSignatureSize == 432,
              "the size is written out where PCL's macros need it");

}  // namespace equicloud

POINT_CLOUD_REGISTER_POINT_STRUCT(equicloud::SphericalSignature,
                                  (float[432], histogram, spherical_signature))

template <>
class pcl::DefaultPointRepresentation<equicloud::SphericalSignature>
    : public pcl::DefaultFeatureRepresentation<equicloud::SphericalSignature> {};
