// SPDX-License-Identifier: BSD-3-Clause
// How long one cloud takes on one thread, stage by stage, and what memory that needs.
#pragma once

#include <equicloud/classify/model.h>
#include <train/shape_damage.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::train {

struct StageTime {
  std::string stage;
  double median_ms = 0.0;  ///< over the clouds
  double fast_ms = 0.0;    ///< what a tenth of them stay below: of a quiet moment
};

/// The stages one after another, then everything in one call of ShapeClassifier without and with
/// the outlier filter. Clouds that the networks are not asked about are left out. The clock is the
/// wall's: let nothing else run.
std::vector<StageTime> stage_times(const std::vector<Cloud>& clouds,
                                   const std::shared_ptr<const classify::Model>& model);

/// Memory of this process in use now and at its peak, in MiB; 0 where the system does not tell.
double resident_mib();
double peak_resident_mib();

}  // namespace equicloud::train
