// SPDX-License-Identifier: BSD-3-Clause
// What a command line asks for, checked, as plain structs: one for each verb. arguments.h makes
// them, verbs.h runs them.
#pragma once

#include "cli/conditions.h"
#include "cli/cutting.h"
#include "cli/marking.h"
#include "cli/output_format.h"

#include <equicloud/classify/classifier.h>
#include <equicloud/clusters/scene.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace equicloud::cli {

/// How a verb that scores clouds works.
struct RunOptions {
  std::string model = "general";  ///< "general" (embedded) or a model file
  int threads = 0;                ///< 0: all cores
  bool quiet = false;             ///< no progress, no lines for a person
  bool json = false;              ///< JSON Lines instead of text
};

/// Where a verb writes.
struct OutputOptions {
  std::string path;  ///< -o
  bool overwrite = false;
  std::optional<OutputFormat> format;  ///< default: the input's
  bool resume = false;                 ///< leave out what an earlier run finished
  bool dry_run = false;                ///< say what would be done, do nothing
  std::uint64_t memory = 0;            ///< bound in bytes; 0: half of the machine's
  double tile = 0.0;                   ///< score in tiles at most this long; 0: where memory asks
  double halo = 0.0;                   ///< around a tile; 0: by density
  std::string shard;                   ///< shard list to take the inputs from; "": none
  std::string report;                  ///< HTML file to write; "": none
};

struct ScoreOptions {
  std::vector<std::string> inputs;
  OutputOptions output;
  RunOptions run;
};

struct CleanOptions {
  std::vector<std::string> inputs;
  OutputOptions output;
  RunOptions run;
  Cutting cutting;
  Marking marking;              ///< LAS only
  bool label = false;           ///< keep all points, add the field `outlier`
  bool negative = false;        ///< keep what would be removed
  bool keep_organized = false;  ///< NaN in place
};

struct EvaluateScoreOptions {
  std::vector<std::string> inputs;
  FieldCondition truth;                  ///< which points are outliers
  std::optional<FieldCondition> ignore;  ///< which points do not count
  RunOptions run;
};

struct ClassifyOptions {
  std::vector<std::string> inputs;
  RunOptions run;  ///< model: a classifier's name or file, see model_file.h
  classify::ClassifierOptions classifier;
  bool clusters = false;           ///< cut the cloud into things first
  clusters::SceneOptions scene;    ///< how
  std::optional<std::size_t> top;  ///< how many classes to tell of
};

struct EvaluateClassifyOptions {
  std::vector<std::string> inputs;
  RunOptions run;  ///< as above
  classify::ClassifierOptions classifier;
  std::string truth;    ///< CSV file: input,label
  std::string picture;  ///< PNG file to write; "": none
};

struct EstimateOptions {
  std::vector<std::string> inputs;
  RunOptions run;  ///< model: an estimator's name or file, see model_file.h
};

struct InfoOptions {
  std::vector<std::string> inputs;
  bool json = false;
};

struct ModelsOptions {
  bool json = false;
};

struct VerifyOptions {
  std::string data;  ///< a cloud; "": a generated one
  RunOptions run;
};

/// Scans to open in the viewer.
struct ViewOptions {
  std::vector<std::string> inputs;
};

struct PlanOptions {
  std::vector<std::string> inputs;
  OutputOptions output;    ///< path: the folder of lists
  std::size_t shards = 0;  ///< how many lists
  bool json = false;
};

struct MergeOptions {
  std::string folder;   ///< that shards were scored into
  bool verify = false;  ///< read every output and hold its hash against the manifest
  bool json = false;
};

struct VersionOptions {
  bool json = false;
};

/// --help: the text to print.
struct HelpText {
  std::string text;
};

using Command =
    std::variant<ScoreOptions, CleanOptions, ClassifyOptions, EvaluateScoreOptions,
                 EvaluateClassifyOptions, EstimateOptions, InfoOptions, ModelsOptions, PlanOptions,
                 MergeOptions, VerifyOptions, ViewOptions, VersionOptions, HelpText>;

}  // namespace equicloud::cli
