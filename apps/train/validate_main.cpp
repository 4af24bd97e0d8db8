// SPDX-License-Identifier: BSD-3-Clause
// equicloud_validate: the validation table of an outlier model, or of a shape classifier or an
// estimator by the verbs `classifier` and `statistics`; needs no libtorch.
#include <train/verbs.h>

int main(int argc, char** argv) {
  CLI::App program(
      "Figures of a model on shapes it was never trained on: average precision of an outlier "
      "model, "
      "or (verb classifier) accuracy, calibration and refusals of a shape classifier, or (verb "
      "statistics) errors and intervals of an estimator.",
      "equicloud_validate");
  equicloud::train::add_validate(program);
  return equicloud::train::run_program(program, argc, argv);
}
