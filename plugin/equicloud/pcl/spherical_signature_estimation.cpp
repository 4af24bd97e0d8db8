// SPDX-License-Identifier: BSD-3-Clause
// The estimation for all of PCL's XYZ point types, compiled once.
#include <equicloud/pcl/indices.h>
#include <pcl/point_types.h>
#include <equicloud/pcl/impl/spherical_signature_estimation.hpp>
#include <pcl/impl/instantiate.hpp>

#include <algorithm>
#include <string>
#include <vector>

PCL_INSTANTIATE(SphericalSignatureEstimation, PCL_XYZ_POINT_TYPES)

namespace equicloud {
namespace {

void check(classify::ShapeStatus status) {
  switch (status) {
    case classify::ShapeStatus::empty:
      throw InvalidArgument("the cloud has no finite point to describe");
    case classify::ShapeStatus::too_few_points:
      throw InvalidArgument("the cloud has too few points to describe; expected at least " +
                            std::to_string(classify::kMinPoints) + " distinct finite ones");
    case classify::ShapeStatus::line:
      throw InvalidArgument("all points of the cloud lie on one line, which has no signature");
    default:
      break;
  }
}

}  // namespace

SphericalSignature spherical_signature(PointsView points, const pcl::Indices* among) {
  std::vector<float> xyz;
  if (among != nullptr) {
    check_indices(*among, points.size, "setIndices");
    gather(points, *among, xyz);
    points = PointsView(xyz);
  }
  classify::Signature values{};
  check(classify::SignatureExtractor().extract(points, values));
  SphericalSignature signature;
  std::copy(values.begin(), values.end(), signature.histogram);
  return signature;
}

}  // namespace equicloud
