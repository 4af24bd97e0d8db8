// SPDX-License-Identifier: BSD-3-Clause
// Some points of a scored cloud, enough for a small picture.
#pragma once

#include <equicloud/points/points_view.h>

#include <string>
#include <vector>

namespace equicloud::cli {

struct Sample {
  std::vector<float> xyz;     ///< packed
  std::vector<float> scores;  ///< one a point; NaN: not finite
};

/// Every k-th point, some 5,000 at most. @param scores  one a point
Sample sample_of(PointsView points, const std::vector<float>& scores);
/// The same from a file that has the field outlier_score; empty if it has none or cannot be read.
Sample sample_of_file(const std::string& path);

/// PNG bytes of a picture in the colours of the scores, `width` x `height` pixels.
std::vector<unsigned char> picture_of(const Sample& sample, int width, int height);

}  // namespace equicloud::cli
