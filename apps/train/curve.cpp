// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <train/curve.h>

#include <cmath>
#include <sstream>

namespace equicloud::train {

void save_curve(const std::vector<CurveRow>& rows, const std::string& path) {
  std::ostringstream text;
  text << "step,seconds,loss,learning_rate,validation_ap\n";
  for (const CurveRow& row : rows) {
    text << row.step << ',' << row.seconds << ',' << row.loss << ',' << row.learning_rate << ',';
    if (!std::isnan(row.validation_ap)) text << row.validation_ap;
    text << '\n';
  }
  const std::string bytes = text.str();
  AtomicFile file(path);
  file.write(bytes.data(), bytes.size());
  file.commit();
}

}  // namespace equicloud::train
