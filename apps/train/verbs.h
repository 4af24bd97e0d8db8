// SPDX-License-Identifier: BSD-3-Clause
// The verbs of equicloud_train (and of equicloud_validate, which is one of them alone) and how a
// program ends.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace equicloud::train {

/// Options of validation on `app`, which runs it when parsed: of an outlier model, or, by the verbs
/// `classifier` and `statistics`, of a shape classifier or an estimator. Needs no libtorch.
void add_validate(CLI::App& app);
/// The verb `classifier` of validation.
void add_validate_classifier(CLI::App& app);
/// The verb `statistics` of validation.
void add_validate_statistics(CLI::App& app);
/// The verb `convert`: packed clouds to PLY or PCD.
void add_convert(CLI::App& program);
/// The verb `outlier`: training.
void add_outlier(CLI::App& program);
/// The verb `mnist`: training on digits on the sphere.
void add_mnist(CLI::App& program);
/// The verb `statistics`: training.
void add_statistics(CLI::App& program);

/// The verbs `population` and `universality`: statements about functions of sets, measured.
void add_population(CLI::App& program);
void add_universality(CLI::App& program);
/// The verb `classifier`: training.
void add_classifier(CLI::App& program);
/// The verb `refusal`: what a trained classifier refuses.
void add_refusal_verb(CLI::App& program);

/// Parses, runs, and turns errors into one line and an exit status: 0 done, 1 failed, 2 the command
/// was wrong, 130 interrupted.
int run_program(CLI::App& program, int argc, char** argv);

}  // namespace equicloud::train
