// SPDX-License-Identifier: BSD-3-Clause
// equicloud_validate: the validation table of a model; needs no libtorch.
#include <train/verbs.h>

int main(int argc, char** argv) {
  CLI::App program("Average precision of an outlier model on shapes it was never trained on.",
                   "equicloud_validate");
  equicloud::train::add_validate(program);
  return equicloud::train::run_program(program, argc, argv);
}
