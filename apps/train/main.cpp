// SPDX-License-Identifier: BSD-3-Clause
// equicloud_train: trains models, converts the packed shapes, validates.
#include <train/verbs.h>

int main(int argc, char** argv) {
  using namespace equicloud::train;
  CLI::App program("Trains equicloud's models.", "equicloud_train");
  program.require_subcommand(1);
  add_outlier(program);
  add_classifier(program);
  add_refusal_verb(program);
  add_mnist(program);
  add_statistics(program);
  add_population(program);
  add_universality(program);
  add_validate(*program.add_subcommand(
      "validate", "Average precision on shapes that were never trained on, beside SOR."));
  add_convert(program);
  return run_program(program, argc, argv);
}
