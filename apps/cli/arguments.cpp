// SPDX-License-Identifier: BSD-3-Clause
#include "cli/arguments.h"

#include "cli/numbers.h"
#include "cli/suggest.h"
#include "cli/usage_error.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <memory>
#include <sstream>

namespace equicloud::cli {
namespace {

// Words as typed; checked and made into options once all of them are there.
struct Words {
  std::string threads, threshold, fraction, format, truth, ignore;
  bool version = false;
  bool json = false;
};

constexpr const char* kInputs =
    "files, folders (searched recursively), globs, or - for a\n"
    "list of paths on standard input";

// CLI11's layout with a usage line of our own; a list of verbs takes the first line of each verb's
// description.
class Layout : public CLI::Formatter {
 public:
  Layout(std::string usage, std::size_t column) : usage_(std::move(usage)) {
    column_width(column);
    label("Positionals", "Inputs");
    label("Subcommands", "Verbs");
  }
  std::string make_usage(const CLI::App*, std::string) const override {
    return "\nUsage: " + usage_ + "\n";
  }
  std::string make_subcommand(const CLI::App* verb) const override {
    const std::string text = verb->get_description();
    std::ostringstream line;
    CLI::detail::format_help(line, verb->get_name(), text.substr(0, text.find('\n')),
                             column_width_);
    return line.str();
  }

 private:
  std::string usage_;
};

constexpr std::size_t kOptionColumn = 28;
constexpr std::size_t kVerbColumn = 14;

void describe(CLI::App& app, const std::string& usage, const std::string& examples,
              std::size_t column = kOptionColumn) {
  app.formatter(std::make_shared<Layout>(usage, column));
  app.set_help_flag("-h,--help", "this text");
  app.footer("Examples:\n" + examples);
}

void add_inputs(CLI::App& verb, std::vector<std::string>& inputs) {
  verb.add_option("IN", inputs, kInputs)->option_text("...");
}

void add_run(CLI::App& verb, RunOptions& run, Words& words) {
  verb.add_option("--model", run.model, "general (default), or a model file")
      ->option_text("NAME|FILE");
  verb.add_option("--threads", words.threads, "threads to use, 1 to 1024; default: all cores")
      ->option_text("N");
  verb.add_flag("--quiet", run.quiet, "no progress and no text on success");
  verb.add_flag("--json", run.json, "one JSON object a file; times in seconds");
}

// A list "a, b, c" as two lines, the first of at most `most` letters.
std::string broken_after(const std::string& list, std::size_t most) {
  const std::size_t comma = list.rfind(", ", most);
  return list.substr(0, comma + 1) + "\n" + list.substr(comma + 2);
}

void add_output(CLI::App& verb, OutputOptions& output, Words& words, const char* what) {
  verb.add_option("-o,--output", output.path, what)->option_text("PATH");
  verb.add_option("--format", words.format,
                  broken_after(format_names(), 40) + "; default: as the input")
      ->option_text("NAME");
  verb.add_flag("--overwrite", output.overwrite, "replace outputs that exist");
}

// All verbs, and the structs that they fill.
struct Parser {
  CLI::App app{
      "Finds and removes outliers in point clouds with a permutation-equivariant network."};
  Words words;
  ScoreOptions score_options;
  CleanOptions clean_options;
  EvaluateScoreOptions evaluate_options;
  InfoOptions info_options;
  ModelsOptions models_options;
  VerifyOptions verify_options;
  CLI::App* score = app.add_subcommand("score");
  CLI::App* clean = app.add_subcommand("clean");
  CLI::App* evaluate = app.add_subcommand("evaluate");
  CLI::App* evaluate_score = evaluate->add_subcommand("score");
  CLI::App* info = app.add_subcommand("info");
  CLI::App* models = app.add_subcommand("models");
  CLI::App* verify = app.add_subcommand("verify");

  Parser() {
    app.add_flag("--version", words.version, "version; with --json also models and parts");
    app.add_flag("--json", words.json, "with --version: as JSON");
    describe(app, "equicloud VERB ...",
             "  equicloud clean scan.pcd -o cleaned.pcd\n"
             "  equicloud score scans/ -o scored/ --threads 8\n"
             "Exit status: 0 all done, 1 some inputs failed, 2 wrong command, 130 interrupted.\n"
             "Each verb has its own help: equicloud VERB --help",
             kVerbColumn);
    for (CLI::App* verb : {score, clean, evaluate, info, models, verify}) verb->group("Verbs");
    evaluate_score->group("Verbs");
    add_score();
    add_clean();
    add_evaluate();
    add_info();
    add_verify();
  }

  void add_score() {
    score->description(
        "Writes clouds with one field more: each point's outlier probability.\n"
        "The field, outlier_score, is a float from 0 to 1, NaN where the point is not finite.");
    add_inputs(*score, score_options.inputs);
    add_output(*score, score_options.output, words, "folder to write into (made if missing)");
    add_run(*score, score_options.run, words);
    describe(*score, "equicloud score IN... -o DIR",
             "  equicloud score scans/ -o scored/ --threads 8\n"
             "  find /archive -name '*.ply' | equicloud score - -o scored/ --json");
  }

  void add_clean() {
    CleanOptions& options = clean_options;
    clean->description(
        "Writes clouds without their outliers.\nPoints that are not finite go as well.");
    add_inputs(*clean, options.inputs);
    add_output(*clean, options.output, words, "a file for one input, else a folder");
    clean
        ->add_option("--threshold", words.threshold,
                     "remove scores above T, a probability 0 to 1; auto: the T\n"
                     "of highest expected F1; default: the model's")
        ->option_text("T|auto");
    clean
        ->add_option("--fraction", words.fraction, "remove the worst share P of the points, 0 to 1")
        ->option_text("P");
    clean->add_flag("--label", options.label, "keep all points, add a field outlier (0 or 1)");
    clean->add_flag("--negative", options.negative, "keep only what would be removed");
    clean->add_flag("--keep-organized", options.keep_organized,
                    "NaN in place of removed points: width x height stay");
    add_run(*clean, options.run, words);
    describe(*clean, "equicloud clean IN... -o OUT",
             "  equicloud clean scan.pcd -o cleaned.pcd\n"
             "  equicloud clean scans/ -o labelled/ --label --threshold auto");
  }

  void add_evaluate() {
    evaluate->description("Says how good results are, held against a truth.");
    describe(*evaluate, "equicloud evaluate score IN... --truth FIELD",
             "  equicloud evaluate score scan.pcd --truth truth\n"
             "  equicloud evaluate score --help",
             kVerbColumn);
    evaluate_score->description(
        "Says how good outlier scores are: clouds carry the truth as a field.\n"
        "Prints average precision, AUROC, F1 at the default and the best threshold, calibration "
        "error.");
    add_inputs(*evaluate_score, evaluate_options.inputs);
    evaluate_score
        ->add_option("--truth", words.truth, "outliers are where FIELD is not 0, or is a VALUE")
        ->option_text("FIELD[=VALUE,...]");
    evaluate_score->add_option("--ignore", words.ignore, "leave points out where FIELD is a VALUE")
        ->option_text("FIELD=VALUE,...");
    add_run(*evaluate_score, evaluate_options.run, words);
    describe(*evaluate_score, "equicloud evaluate score IN... --truth FIELD[=VALUE,...]",
             "  equicloud evaluate score scan.pcd --truth truth\n"
             "  equicloud evaluate score scans/ --truth label=1,7 --ignore label=0 --json");
  }

  void add_info() {
    info->description(
        "Says what clouds hold.\n"
        "Format, points, fields, bounds, organisation, viewpoint, median spacing; lengths\n"
        "are in the file's own unit.");
    add_inputs(*info, info_options.inputs);
    info->add_flag("--json", info_options.json, "one JSON object a file");
    describe(*info, "equicloud info IN...",
             "  equicloud info scan.pcd\n  equicloud info scans/ --json");
    models->description(
        "Says which models there are.\n"
        "Purpose, size, licence, promises; the cost is in multiply-adds a point.");
    models->add_flag("--json", models_options.json, "one JSON object a model");
    describe(*models, "equicloud models", "  equicloud models\n  equicloud models --json");
  }

  void add_verify() {
    verify->description(
        "Says whether a model keeps what it promises.\n"
        "Scores a cloud again, moved, turned, scaled, shuffled, doubled and on other numbers of\n"
        "threads, and prints the largest change of a probability. Exit status 1 if a promise "
        "breaks.");
    verify->add_option("MODEL", verify_options.run.model, "general (default), or a model file")
        ->option_text("NAME|FILE");
    verify
        ->add_option("--data", verify_options.data,
                     "the cloud to try it on; default: a generated one")
        ->option_text("FILE");
    verify->add_option("--threads", words.threads, "threads to use, 1 to 1024; default: all cores")
        ->option_text("N");
    verify->add_flag("--json", verify_options.run.json, "one JSON object");
    describe(*verify, "equicloud verify [MODEL]",
             "  equicloud verify\n  equicloud verify my.safetensors --data scan.pcd --json");
  }
};

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

void require_output(const CLI::App& verb, const OutputOptions& output, const char* example) {
  if (output.path.empty())
    throw UsageError(subject(verb) + " needs -o; type: " + path_of(verb) + " " + example);
}

int parse_threads(const std::string& text) {
  if (text.empty()) return 0;
  const auto number = parse_number(text);
  if (!number || !(*number >= 1.0 && *number <= 1024.0) || *number != std::floor(*number))
    throw UsageError("--threads is '" + text + "'; expected a whole number from 1 to 1024");
  return static_cast<int>(*number);
}

ScoreOptions checked_score(Parser& parser) {
  ScoreOptions& options = parser.score_options;
  require_inputs(*parser.score, options.inputs);
  require_output(*parser.score, options.output, "scan.pcd -o scored/");
  options.run.threads = parse_threads(parser.words.threads);
  if (!parser.words.format.empty()) options.output.format = parse_format(parser.words.format);
  return std::move(options);
}

CleanOptions checked_clean(Parser& parser) {
  CleanOptions& options = parser.clean_options;
  require_inputs(*parser.clean, options.inputs);
  require_output(*parser.clean, options.output, "scan.pcd -o cleaned.pcd");
  if (options.label && (options.negative || options.keep_organized))
    throw UsageError(
        "--label keeps all points as they are; leave out --negative and --keep-organized");
  options.run.threads = parse_threads(parser.words.threads);
  if (!parser.words.format.empty()) options.output.format = parse_format(parser.words.format);
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

Command checked(Parser& parser) {
  const CLI::App& verb = named_verb(parser.app);
  if (parser.words.version) return VersionOptions{parser.words.json};
  if (parser.words.json && &verb != &parser.app)
    throw UsageError("--json goes behind the verb; type: " + path_of(verb) + " ... --json");
  if (&verb == parser.score) return checked_score(parser);
  if (&verb == parser.clean) return checked_clean(parser);
  if (&verb == parser.evaluate_score) return checked_evaluate(parser);
  if (&verb == parser.models) return parser.models_options;
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
        "equicloud evaluate needs to know what; type: equicloud evaluate score --help");
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
