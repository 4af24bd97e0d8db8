// SPDX-License-Identifier: BSD-3-Clause
// A picture of the view as a file, with the legend and the captions that the window draws over it.
#pragma once

#include "viewer/cloud_view.h"

#include <open3d/geometry/Image.h>

#include <string>

namespace equicloud::viewer {

/// The rendered scene, captions and legend drawn on it.
figures::Image finished_picture(const open3d::geometry::Image& rendered, const CloudView& view,
                                const Session& session, const std::optional<Legend>& legend);

}  // namespace equicloud::viewer
