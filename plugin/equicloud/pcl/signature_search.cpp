// SPDX-License-Identifier: BSD-3-Clause
// PCL's search tree over signatures, compiled once, so that users need none of FLANN's headers.
#include <equicloud/pcl/spherical_signature.h>
#include <pcl/kdtree/kdtree_flann.h>
#include <pcl/kdtree/impl/kdtree_flann.hpp>

template class pcl::KdTreeFLANN<equicloud::SphericalSignature>;
