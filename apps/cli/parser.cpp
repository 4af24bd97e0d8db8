// SPDX-License-Identifier: BSD-3-Clause
#include "cli/parser.h"

#include "cli/model_file.h"

#include <memory>
#include <sstream>

namespace equicloud::cli {
namespace {

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

void add_run(CLI::App& verb, RunOptions& run, Words& words,
             const char* models = "general (default), or a model file") {
  verb.add_option("--model", run.model, models)->option_text("NAME|FILE");
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
                  broken_after(format_names(), 60) + "; default: as the input")
      ->option_text("NAME");
  verb.add_flag("--overwrite", output.overwrite, "replace outputs that exist");
  verb.add_flag("--resume", output.resume,
                "leave out what an earlier run into the folder finished");
  verb.add_option("--memory", words.memory, "at most, e.g. 2G; default: half of the machine's")
      ->option_text("SIZE");
  verb.add_option("--tile", words.tile,
                  "score in tiles at most this long; above --memory it is done anyway")
      ->option_text("LENGTH");
  verb.add_option("--halo", words.halo,
                  "around a tile, where neighbours are looked for first; no score changes")
      ->option_text("LENGTH");
  verb.add_option("--shard", output.shard, "take the inputs from a list of equicloud plan")
      ->option_text("FILE");
  verb.add_option("--report", output.report,
                  "write an HTML page: totals, the worst clouds, failures")
      ->option_text("FILE");
  verb.add_flag("--dry-run", output.dry_run, "say what would be done, write nothing");
}

// What `classify` and `evaluate classify` share.
void add_classifying(CLI::App& verb, RunOptions& run, bool& no_filter, Words& words) {
  run.model = kDefaultClassifier;
  verb.add_option("--branch", words.branch,
                  "which network speaks: fused (default: both), set, spherical")
      ->option_text("NAME");
  verb.add_option("--min-probability", words.min_probability,
                  "a label less probable than this, 0 to 1, is \"unknown\"")
      ->option_text("P");
  verb.add_flag("--no-filter", no_filter, "do not leave outliers out first");
  add_run(verb, run, words, "modelnet40 (default), or a model file");
}

}  // namespace

Parser::Parser() {
  app.add_flag("--version", words.version, "version; with --json also models and parts");
  app.add_flag("--json", words.json, "with --version: as JSON");
  describe(app, "equicloud VERB ...",
           "  equicloud clean scan.pcd -o cleaned.pcd\n"
           "  equicloud score scans/ -o scored/ --threads 8\n"
           "Exit status: 0 all done, 1 some inputs failed, 2 wrong command, 130 interrupted.\n"
           "Each verb has its own help: equicloud VERB --help",
           kVerbColumn);
  for (CLI::App* verb : {score, clean, classify, evaluate, estimate, info, models, verify, plan,
                         merge, view, evaluate_score, evaluate_classify})
    verb->group("Verbs");
  add_score();
  add_clean();
  add_classify();
  add_evaluate();
  add_evaluate_classify();
  add_estimate();
  add_info();
  add_verify();
  add_view();
  add_plan();
  add_merge();
}

void Parser::add_score() {
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

void Parser::add_clean() {
  CleanOptions& options = clean_options;
  clean->description(
      "Writes clouds without their outliers.\nPoints that are not finite go as well.");
  add_inputs(*clean, options.inputs);
  add_output(*clean, options.output, words, "a file for one input, else a folder");
  clean
      ->add_option("--threshold", words.threshold,
                   "remove above T, 0 to 1; auto: of best expected F1; default: the model's")
      ->option_text("T|auto");
  clean->add_option("--fraction", words.fraction, "remove the worst share P of the points, 0 to 1")
      ->option_text("P");
  clean->add_flag("--label", options.label, "keep all points, add a field outlier (0 or 1)");
  clean->add_flag("--negative", options.negative, "keep only what would be removed");
  clean->add_flag("--keep-organized", options.keep_organized,
                  "NaN in place of removed points: width x height stay");
  clean->add_flag("--drop", words.drop, "leave outliers out (the default)");
  clean->add_option("--mark", words.mark, "LAS: keep all points, give outliers a class, 7 or 18")
      ->option_text("class=N");
  clean->add_flag("--withheld", options.marking.withheld,
                  "LAS: keep all points, set the flag withheld");
  clean
      ->add_option("--only-class", words.only_class,
                   "LAS: only points of these classes can be outliers")
      ->option_text("N,...");
  clean->add_option("--skip-class", words.skip_class, "LAS: points of these classes cannot")
      ->option_text("N,...");
  add_run(*clean, options.run, words);
  describe(*clean, "equicloud clean IN... -o OUT",
           "  equicloud clean scan.pcd -o cleaned.pcd\n"
           "  equicloud clean survey/ -o marked/ --mark class=7 --skip-class 9");
}

void Parser::add_classify() {
  ClassifyOptions& options = classify_options;
  classify->description(
      "Says what each cloud is, whichever way up.\n"
      "A cloud is one thing; what is like none of the model's classes is \"unknown\".");
  add_inputs(*classify, options.inputs);
  classify->add_flag("--clusters", options.clusters,
                     "a cloud is a scene: take the ground away, cut the rest\n"
                     "into clusters, and say what each is");
  classify
      ->add_option("--ground", words.ground,
                   "terrain: uneven, z is up (default); plane: a table or floor,\n"
                   "whichever way it lies; none: there is none")
      ->option_text("KIND");
  classify->add_option("--top", words.top, "tell of the K most probable classes; default: 5")
      ->option_text("K");
  add_classifying(*classify, options.run, no_filter, words);
  describe(*classify, "equicloud classify IN...",
           "  equicloud classify chair.ply\n"
           "  equicloud classify table.pcd --clusters --ground plane");
}

void Parser::add_evaluate_classify() {
  EvaluateClassifyOptions& options = evaluate_classify_options;
  evaluate_classify->description(
      "Says how often the label is right: a CSV file has the truth.\n"
      "Prints accuracy, by class too, and how often each class is taken for each.");
  add_inputs(*evaluate_classify, options.inputs);
  evaluate_classify->add_option("--truth", options.truth, "CSV file, a line input,label a cloud")
      ->option_text("FILE");
  evaluate_classify
      ->add_option("--picture", options.picture, "PNG file to write: the confusion matrix")
      ->option_text("FILE");
  add_classifying(*evaluate_classify, options.run, no_filter, words);
  describe(
      *evaluate_classify, "equicloud evaluate classify IN... --truth FILE",
      "  equicloud evaluate classify things/ --truth things.csv\n"
      "  equicloud evaluate classify things/ --truth things.csv --picture confusion.png --json");
}

void Parser::add_evaluate() {
  evaluate->description("Says how good results are, held against a truth.");
  describe(*evaluate, "equicloud evaluate VERB IN... --truth ...",
           "  equicloud evaluate score scan.pcd --truth truth\n"
           "  equicloud evaluate classify things/ --truth things.csv",
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

void Parser::add_estimate() {
  EstimateOptions& options = estimate_options;
  options.run.model = kDefaultEstimator;
  estimate->description(
      "Says how noisy clouds are, how far apart their points, how many are outliers.\n"
      "Each with a 90 % interval. Noise: standard deviation along the surface's normal;\n"
      "spacing: median over the points of the mean distance to their 6 nearest, without\n"
      "noise and outliers. Lengths are in the file's own unit, the share is of all points.");
  add_inputs(*estimate, options.inputs);
  add_run(*estimate, options.run, words, "statistics (default), or a model file");
  describe(*estimate, "equicloud estimate IN...",
           "  equicloud estimate scan.pcd\n  equicloud estimate scans/ --json");
}

void Parser::add_info() {
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

void Parser::add_plan() {
  plan->description(
      "Deals clouds out to shard lists, for a cluster.\n"
      "Bytes are as even as they get; the same inputs give the same lists.");
  add_inputs(*plan, plan_options.inputs);
  plan->add_option("-o,--output", plan_options.output.path, "folder for the lists 000, 001, ...")
      ->option_text("DIR");
  plan->add_option("--shards", words.shards, "how many, 1 to 100000; 10 to 60 minutes each is good")
      ->option_text("K");
  plan->add_flag("--overwrite", plan_options.output.overwrite, "replace lists that are there");
  plan->add_flag("--json", plan_options.json, "one JSON object");
  describe(*plan, "equicloud plan IN... -o DIR --shards K",
           "  equicloud plan /archive -o shards/ --shards 200\n"
           "  equicloud score --shard shards/017 -o scored/");
}

void Parser::add_merge() {
  merge->description(
      "Joins the manifests of all shards into one.\n"
      "First each cloud of the plan is proven to be scored exactly once; where not, it is named\n"
      "and the exit status is 1.");
  merge->add_option("DIR", merge_options.folder, "the folder that shards were scored into")
      ->option_text(" ");
  merge->add_flag("--verify", merge_options.verify, "read all outputs: are they what was written?");
  merge->add_flag("--json", merge_options.json, "one JSON object");
  describe(*merge, "equicloud merge DIR",
           "  equicloud merge scored/\n  equicloud merge scored/ --verify --json");
}

void Parser::add_verify() {
  verify->description(
      "Says whether a model keeps what it promises.\n"
      "Scores or classifies a cloud again, moved, turned, scaled, shuffled, doubled and on other "
      "numbers of\n"
      "threads, and prints the largest change of a probability. Exit status 1 if a promise "
      "breaks.");
  verify
      ->add_option("MODEL", verify_options.run.model,
                   "general (default), modelnet40, statistics, or a model file")
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

void Parser::add_view() {
  view->description(
      "Opens scans in the viewer: clean them, name the things in them, turn them.\n"
      "The viewer is a program of its own, equicloud_viewer; make viewer builds it.");
  add_inputs(*view, view_options.inputs);
  describe(*view, "equicloud view IN...",
           "  equicloud view scan.pcd\n"
           "  equicloud view scans/");
}

}  // namespace equicloud::cli
