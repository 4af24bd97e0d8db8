// SPDX-License-Identifier: BSD-3-Clause
// Small labelled pictures for tests of digits on the sphere.
#pragma once

#include <equicloud/base/random.h>
#include <train/idx_file.h>

#include <cmath>

namespace equicloud::train {

/// One picture of 28 x 28 with a Gaussian blob about a pixel.
inline LabelledPictures one_blob(int column, int row, double width) {
  LabelledPictures set;
  set.count = 1;
  set.rows = set.columns = 28;
  set.labels = {3};
  for (int r = 0; r < 28; ++r)
    for (int c = 0; c < 28; ++c)
      set.pixels.push_back(static_cast<std::uint8_t>(
          255 * std::exp(-0.5 * ((c - column) * (c - column) + (r - row) * (r - row)) /
                         (width * width))));
  return set;
}

/// Each a blob of its own place and width, labels 0 to 9.
inline LabelledPictures random_pictures(std::size_t count) {
  LabelledPictures set;
  Random random(11);
  for (std::size_t i = 0; i < count; ++i) {
    const LabelledPictures one =
        one_blob(8 + static_cast<int>(random.below(12)), 8 + static_cast<int>(random.below(12)),
                 random.uniform(1.0, 4.0));
    set.pixels.insert(set.pixels.end(), one.pixels.begin(), one.pixels.end());
    set.labels.push_back(static_cast<std::uint8_t>(i % 10));
  }
  set.count = count;
  set.rows = set.columns = 28;
  return set;
}

}  // namespace equicloud::train
