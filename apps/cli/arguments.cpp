// SPDX-License-Identifier: BSD-3-Clause
#include "cli/arguments.h"

#include "cli/memory.h"
#include "cli/numbers.h"
#include "cli/parser.h"
#include "cli/suggest.h"
#include "cli/usage_error.h"

#include <cmath>

namespace equicloud::cli {
namespace {

// The deepest verb that was named, and what to type for its help.
const CLI::App& named_verb(const CLI::App& app) {
  const auto verbs = app.get_subcommands();
  return verbs.empty() ? app : named_verb(*verbs.front());
}

std::string path_of(const CLI::App& verb) {
  if (verb.get_parent() == nullptr) return "equicloud";
  return path_of(*verb.get_parent()) + " " + verb.get_name();
}

// How sentences name a verb: "score", "evaluate score", and for none the program.
std::string subject(const CLI::App& verb) {
  const std::string path = path_of(verb);
  return verb.get_parent() == nullptr ? path : path.substr(path.find(' ') + 1);
}

std::string type_help(const CLI::App& verb) { return "; type: " + path_of(verb) + " --help"; }

std::vector<std::string> option_names(const CLI::App& verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::vector<std::string> verb_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(verb->get_name());
  return names;
}

[[noreturn]] void reject(const CLI::App& verb, const std::string& word) {
  const std::string typed = word.substr(0, word.find('='));
  const bool is_option = word.size() > 1 && word.front() == '-';
  const std::string near = nearest_word(typed, is_option ? option_names(verb) : verb_names(verb));
  const std::string what = is_option ? "no option " + typed : "no verb '" + word + "'";
  const std::string there = verb.get_parent() == nullptr ? "there is " : subject(verb) + " has ";
  if (near.empty()) throw UsageError(there + what + type_help(verb));
  throw UsageError(there + what + "; did you mean " + near + "?");
}

[[noreturn]] void explain(const Parser& parser, const CLI::ParseError& error) {
  const CLI::App& verb = named_verb(parser.app);
  const std::vector<std::string> unknown = parser.app.remaining(true);
  if (!unknown.empty()) reject(verb, unknown.front());
  const std::string what = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    throw UsageError(subject(verb) + ": " + what.substr(0, what.find(':')) + " takes one value" +
                     type_help(verb));
  throw UsageError(subject(verb) + ": " + what + type_help(verb));
}

void require_inputs(const CLI::App& verb, const std::vector<std::string>& inputs) {
  if (inputs.empty())
    throw UsageError(subject(verb) + " needs clouds to read: files, folders, globs, or -" +
                     type_help(verb));
}

// Inputs, or a list of them.
void require_inputs(const CLI::App& verb, const std::vector<std::string>& inputs,
                    const OutputOptions& output) {
  if (output.shard.empty()) return require_inputs(verb, inputs);
  if (!inputs.empty())
    throw UsageError("--shard names the inputs already; leave out " + inputs.front());
}

void require_output(const CLI::App& verb, const OutputOptions& output, const char* example) {
  if (output.path.empty())
    throw UsageError(subject(verb) + " needs -o; type: " + path_of(verb) + " " + example);
}

int parse_whole(const std::string& option, const std::string& text, int most) {
  const auto number = parse_number(text);
  if (!number || !(*number >= 1.0 && *number <= most) || *number != std::floor(*number))
    throw UsageError(option + " is '" + text + "'; expected a whole number from 1 to " +
                     std::to_string(most));
  return static_cast<int>(*number);
}

int parse_threads(const std::string& text) {
  return text.empty() ? 0 : parse_whole("--threads", text, 1024);
}

classify::Branch parse_branch(const std::string& text) {
  using classify::Branch;
  for (const Branch branch : {Branch::fused, Branch::set, Branch::spherical})
    if (text == classify::name_of(branch)) return branch;
  throw UsageError("--branch is '" + text + "'; expected fused, set or spherical");
}

classify::ClassifierOptions checked_classifier(const Parser& parser) {
  const Words& words = parser.words;
  classify::ClassifierOptions options;
  options.filter = !parser.no_filter;
  if (!words.branch.empty()) options.branch = parse_branch(words.branch);
  if (words.min_probability.empty()) return options;
  const auto number = parse_number(words.min_probability);
  if (!number || !(*number >= 0.0 && *number <= 1.0))
    throw UsageError("--min-probability is '" + words.min_probability +
                     "'; expected a probability from 0 to 1");
  options.min_probability = static_cast<float>(*number);
  return options;
}

clusters::SceneOptions parse_ground(const std::string& text) {
  clusters::SceneOptions scene;
  if (text == "none") scene.ground.reset();
  if (text == "plane") scene.ground->surface = clusters::Surface::dominant_plane;
  if (!text.empty() && text != "terrain" && text != "plane" && text != "none")
    throw UsageError("--ground is '" + text + "'; expected terrain, plane or none");
  return scene;
}

ClassifyOptions checked_classify(Parser& parser) {
  ClassifyOptions& options = parser.classify_options;
  require_inputs(*parser.classify, options.inputs);
  options.classifier = checked_classifier(parser);
  options.run.threads = parse_threads(parser.words.threads);
  options.scene = parse_ground(parser.words.ground);
  const std::string& top = parser.words.top;
  if (!top.empty()) options.top = static_cast<std::size_t>(parse_whole("--top", top, 1000));
  return std::move(options);
}

EvaluateClassifyOptions checked_evaluate_classify(Parser& parser) {
  EvaluateClassifyOptions& options = parser.evaluate_classify_options;
  require_inputs(*parser.evaluate_classify, options.inputs);
  if (options.truth.empty())
    throw UsageError(
        "evaluate classify needs the labels that are right; type: equicloud evaluate classify "
        "things/ --truth FILE.csv");
  options.classifier = checked_classifier(parser);
  options.run.threads = parse_threads(parser.words.threads);
  return std::move(options);
}

EstimateOptions checked_estimate(Parser& parser) {
  EstimateOptions& options = parser.estimate_options;
  require_inputs(*parser.estimate, options.inputs);
  options.run.threads = parse_threads(parser.words.threads);
  return std::move(options);
}

// 0 if nothing was typed.
double parse_length(const std::string& option, const std::string& text) {
  if (text.empty()) return 0.0;
  const auto length = parse_number(text);
  if (!length || !(*length > 0.0) || !std::isfinite(*length))
    throw UsageError(option + " is '" + text +
                     "'; expected a length above 0 in the units of the file, such as 500");
  return *length;
}

// What the verbs that write outputs share.
void check_output(const Words& words, OutputOptions& output) {
  if (!words.format.empty()) output.format = parse_format(words.format);
  if (!words.memory.empty()) output.memory = parse_memory(words.memory);
  output.tile = parse_length("--tile", words.tile);
  output.halo = parse_length("--halo", words.halo);
}

ScoreOptions checked_score(Parser& parser) {
  ScoreOptions& options = parser.score_options;
  require_inputs(*parser.score, options.inputs, options.output);
  require_output(*parser.score, options.output, "scan.pcd -o scored/");
  options.run.threads = parse_threads(parser.words.threads);
  check_output(parser.words, options.output);
  return std::move(options);
}

// Outliers are dropped, labelled or marked.
void check_kind_of_cleaning(const CleanOptions& options, bool drop) {
  const Marking& marking = options.marking;
  if (!options.label && !marking.marks()) return;
  const std::string option = options.label        ? "--label"
                             : marking.mark_class ? "--mark"
                                                  : "--withheld";
  if (drop) throw UsageError(option + " keeps all points; leave out --drop");
  if (options.label && marking.marks())
    throw UsageError("--label adds a field, --mark and --withheld change LAS ones; give one kind");
  if (options.negative || options.keep_organized)
    throw UsageError(option +
                     " keeps all points as they are; leave out --negative and --keep-organized");
}

CleanOptions checked_clean(Parser& parser) {
  CleanOptions& options = parser.clean_options;
  require_inputs(*parser.clean, options.inputs, options.output);
  require_output(*parser.clean, options.output, "scan.pcd -o cleaned.pcd");
  options.marking = parse_marking(parser.words.mark, options.marking.withheld,
                                  parser.words.only_class, parser.words.skip_class);
  check_kind_of_cleaning(options, parser.words.drop);
  options.run.threads = parse_threads(parser.words.threads);
  check_output(parser.words, options.output);
  options.cutting = parse_cutting(parser.words.threshold, parser.words.fraction);
  return std::move(options);
}

EvaluateScoreOptions checked_evaluate(Parser& parser) {
  EvaluateScoreOptions& options = parser.evaluate_options;
  require_inputs(*parser.evaluate_score, options.inputs);
  if (parser.words.truth.empty())
    throw UsageError(
        "evaluate score needs the field that holds the truth; type: equicloud evaluate "
        "score scan.pcd --truth FIELD");
  options.truth = parse_condition("--truth", parser.words.truth);
  if (!parser.words.ignore.empty()) {
    options.ignore = parse_condition("--ignore", parser.words.ignore);
    if (options.ignore->values.empty())
      throw UsageError("--ignore takes FIELD=VALUE,VALUE...; got '" + parser.words.ignore + "'");
  }
  options.run.threads = parse_threads(parser.words.threads);
  return std::move(options);
}

PlanOptions checked_plan(Parser& parser) {
  constexpr int kMostShards = 100000;
  PlanOptions& options = parser.plan_options;
  require_inputs(*parser.plan, options.inputs);
  require_output(*parser.plan, options.output, "scans/ -o shards/ --shards 200");
  if (parser.words.shards.empty())
    throw UsageError("plan needs the number of lists; type: equicloud plan " +
                     options.inputs.front() + " -o " + options.output.path + " --shards 200");
  options.shards =
      static_cast<std::size_t>(parse_whole("--shards", parser.words.shards, kMostShards));
  return std::move(options);
}

MergeOptions checked_merge(Parser& parser) {
  if (parser.merge_options.folder.empty())
    throw UsageError("merge needs the folder that shards were scored into" +
                     type_help(*parser.merge));
  return std::move(parser.merge_options);
}

Command checked(Parser& parser) {
  const CLI::App& verb = named_verb(parser.app);
  if (parser.words.version) return VersionOptions{parser.words.json};
  if (parser.words.json && &verb != &parser.app)
    throw UsageError("--json goes behind the verb; type: " + path_of(verb) + " ... --json");
  if (&verb == parser.score) return checked_score(parser);
  if (&verb == parser.clean) return checked_clean(parser);
  if (&verb == parser.classify) return checked_classify(parser);
  if (&verb == parser.evaluate_score) return checked_evaluate(parser);
  if (&verb == parser.evaluate_classify) return checked_evaluate_classify(parser);
  if (&verb == parser.estimate) return checked_estimate(parser);
  if (&verb == parser.models) return parser.models_options;
  if (&verb == parser.view) {
    require_inputs(verb, parser.view_options.inputs);
    return parser.view_options;
  }
  if (&verb == parser.plan) return checked_plan(parser);
  if (&verb == parser.merge) return checked_merge(parser);
  if (&verb == parser.verify) {
    parser.verify_options.run.threads = parse_threads(parser.words.threads);
    return parser.verify_options;
  }
  if (&verb == parser.info) {
    require_inputs(verb, parser.info_options.inputs);
    return parser.info_options;
  }
  if (&verb == parser.evaluate)
    throw UsageError(
        "equicloud evaluate needs to know what, score or classify; type: equicloud evaluate score "
        "--help");
  throw UsageError("no verb given; type: equicloud --help");
}

}  // namespace

Command parse_arguments(int argc, const char* const* argv) {
  Parser parser;
  try {
    parser.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return HelpText{named_verb(parser.app).help()};
  } catch (const CLI::ParseError& error) {
    explain(parser, error);
  }
  return checked(parser);
}

}  // namespace equicloud::cli
