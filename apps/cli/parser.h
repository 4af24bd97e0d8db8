// SPDX-License-Identifier: BSD-3-Clause
// The verbs and options as CLI11 knows them, with their help. Only arguments.cpp, which checks what
// was typed, includes this.
#pragma once

#include "cli/options.h"

#include <CLI/CLI.hpp>

#include <string>

namespace equicloud::cli {

// Words as typed; checked and made into options once all of them are there.
struct Words {
  std::string threads, threshold, fraction, format, truth, ignore, branch, ground, min_probability,
      top, memory, tile, halo, shards, mark, only_class, skip_class;
  bool drop = false;
  bool version = false;
  bool json = false;
};

// All verbs, and the structs that they fill.
struct Parser {
  CLI::App app{
      "Removes outliers from point clouds and says what single things are, with networks that\n"
      "neither the order of the points nor a motion can confuse."};
  Words words;
  ScoreOptions score_options;
  CleanOptions clean_options;
  ClassifyOptions classify_options;
  EvaluateScoreOptions evaluate_options;
  EvaluateClassifyOptions evaluate_classify_options;
  bool no_filter = false;
  EstimateOptions estimate_options;
  InfoOptions info_options;
  ModelsOptions models_options;
  VerifyOptions verify_options;
  ViewOptions view_options;
  PlanOptions plan_options;
  MergeOptions merge_options;
  CLI::App* score = app.add_subcommand("score");
  CLI::App* clean = app.add_subcommand("clean");
  CLI::App* classify = app.add_subcommand("classify");
  CLI::App* evaluate = app.add_subcommand("evaluate");
  CLI::App* evaluate_score = evaluate->add_subcommand("score");
  CLI::App* evaluate_classify = evaluate->add_subcommand("classify");
  CLI::App* estimate = app.add_subcommand("estimate");
  CLI::App* info = app.add_subcommand("info");
  CLI::App* models = app.add_subcommand("models");
  CLI::App* verify = app.add_subcommand("verify");
  CLI::App* view = app.add_subcommand("view");
  CLI::App* plan = app.add_subcommand("plan");
  CLI::App* merge = app.add_subcommand("merge");

  Parser();

 private:
  void add_score();
  void add_clean();
  void add_classify();
  void add_evaluate_classify();
  void add_evaluate();
  void add_estimate();
  void add_info();
  void add_verify();
  void add_view();
  void add_plan();
  void add_merge();
};

}  // namespace equicloud::cli
