// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/controller.h"

#include "cli/cleaning.h"
#include "cli/cutting.h"
#include "cli/inputs.h"
#include "cli/model_file.h"
#include "cli/scoring.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/points/motion.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

namespace equicloud::viewer {
namespace {

// Rough times on one thread, for the progress bar alone.
constexpr double kScoringSeconds = 4e-6;  // a point
constexpr double kLabelSeconds = 1.5;     // of a scene's things

const std::map<std::string, OutlierDisplay>& displays() {
  static const std::map<std::string, OutlierDisplay> table = {{"shown", OutlierDisplay::shown},
                                                              {"marked", OutlierDisplay::marked},
                                                              {"dimmed", OutlierDisplay::dimmed},
                                                              {"hidden", OutlierDisplay::hidden}};
  return table;
}

double scoring_seconds(std::size_t points, const Executor& executor) {
  return 0.05 + kScoringSeconds * static_cast<double>(points) / executor.threads();
}

// The turned points, their scores and labels.
struct Turned {
  std::vector<float> xyz;
  std::optional<outlier::Scores> scores;
  std::vector<Thing> things;
};

// The same things, wherever they are now, labelled again.
std::vector<Thing> labelled_again(std::vector<Thing> things, PointsView points,
                                  const classify::ShapeClassifier& classifier,
                                  const Executor& executor) {
  executor.run(things.size(), [&](std::size_t i) {
    const std::vector<float> part = cli::part_of(points, things[i].points);
    const std::optional<std::size_t> number = things[i].label.cluster;
    things[i].label = cli::label_cloud(PointsView(part), classifier, executor);
    things[i].label.cluster = number;
    things[i].box = box_of(PointsView(part));
  });
  return things;
}

std::string same_file(const std::string& path, const std::string& output) {
  return cli::real_path(path) == cli::real_path(output)
             ? output + " is the file that is open; choose another name"
             : "";
}

}  // namespace

Controller::Controller(const ControllerOptions& options, const Settings& settings)
    : model_(cli::load_model(options.model)),
      scorer_(model_),
      classifier_name_(options.classifier.empty() ? cli::kDefaultClassifier : options.classifier),
      settings_(settings),
      pool_(options.threads) {}

std::string Controller::models() const {
  return "outliers: " + model_->info().name + " " + model_->info().version + "   objects: " +
         (classifier_ ? classifier_->model().info().name + " " + classifier_->model().info().version
                      : classifier_name_ + " (not loaded yet)");
}

void Controller::say(const std::string& sentence) {
  message_ = sentence;
  failed_ = false;
  changes_.panel = true;
}

void Controller::fail(const std::string& sentence) {
  message_ = sentence;
  failed_ = true;
  changes_.panel = true;
}

bool Controller::ready(bool needs_scan) {
  if (work_.busy())
    fail("still at work (" + work_.title() + "); cancel it first");
  else if (needs_scan && !session_.has_scan())
    fail("no scan is open; open one first");
  else
    return true;
  return false;
}

const classify::ShapeClassifier& Controller::needed_classifier() {
  if (!classifier_)
    classifier_ =
        std::make_shared<const classify::ShapeClassifier>(cli::load_classifier(classifier_name_));
  return *classifier_;
}

clusters::SceneOptions Controller::scene_options() const {
  clusters::SceneOptions scene;
  if (settings_.ground == "none") scene.ground.reset();
  if (settings_.ground == "plane") scene.ground->surface = clusters::Surface::dominant_plane;
  return scene;
}

void Controller::open(const std::string& path) {
  if (!ready(false)) return;
  work_.start("Reading " + std::filesystem::path(path).filename().string(),
              [this, path](Progress& progress) {
                std::shared_ptr<const Scan> scan = load_scan(path, progress);
                return [this, scan] {
                  session_.open(scan);
                  changes_ = {true, true, true, true, true};
                  say(cli::counted(scan->size(), "point") + " of " + scan->path);
                };
              });
  changes_.panel = true;
}

void Controller::score() {
  if (!ready(true)) return;
  const std::shared_ptr<const Scan> scan = session_.shared_scan();
  work_.start("Scoring " + cli::counted(scan->size(), "point"), [this, scan](Progress& progress) {
    const CancellableExecutor executor(pool_, progress, scoring_seconds(scan->size(), pool_));
    auto scores = std::make_shared<outlier::Scores>(scorer_.score(session_.points(), executor));
    return [this, scores] { after_scoring(std::move(*scores)); };
  });
  changes_.panel = true;
}

void Controller::after_scoring(outlier::Scores scores) {
  const bool judged = scores.status == outlier::Status::scored;
  session_.set_scores(std::move(scores), model_->info().default_threshold);
  session_.colour_by = ColourBy::score;
  changes_.points = changes_.colours = changes_.panel = true;
  if (judged)
    say(cli::counted(session_.counts().outliers(), "outlier") + " above " +
        cli::fixed(static_cast<double>(session_.threshold()), 2) + "; save writes the rest");
  else
    say("kept whole: fewer than 17 distinct points tell no outliers");
}

void Controller::set_threshold(float threshold) {
  session_.set_threshold(threshold);
  changes_.points = session_.outliers == OutlierDisplay::hidden;
  changes_.colours = changes_.panel = true;
}

void Controller::auto_threshold() {
  if (!ready(true)) return;
  if (session_.scores() == nullptr) return fail("there are no scores yet; clean this first");
  const cli::ChosenThreshold chosen =
      cli::choose_threshold(cli::parse_cutting("auto", ""), *session_.scores(), model_->info());
  set_threshold(chosen.threshold);
  say(chosen.warning.empty()
          ? "threshold " + cli::fixed(static_cast<double>(chosen.threshold), 3) +
                ", where the expected F1 is highest"
          : "few points or none stand out; look at what is marked before you save");
}

void Controller::show_outliers(OutlierDisplay display) {
  session_.outliers = display;
  changes_.points = changes_.colours = changes_.panel = true;
}

void Controller::colour_by(const std::string& name) {
  static const std::map<std::string, ColourBy> table = {{"height", ColourBy::height},
                                                        {"original", ColourBy::original},
                                                        {"score", ColourBy::score},
                                                        {"thing", ColourBy::thing}};
  const auto known = table.find(name);
  try {
    if (known == table.end()) {
      if (!ready(true)) return;
      session_.field_values = field_values(session_.scan(), name);
      session_.field = name;
    }
    session_.colour_by = known == table.end() ? ColourBy::field : known->second;
    changes_.colours = changes_.panel = true;
  } catch (const Error& error) {
    fail(error.what());
  }
}

void Controller::classify(bool whole) {
  if (!ready(true)) return;
  try {
    needed_classifier();
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  const FindThings how = {whole, scene_options()};
  const std::shared_ptr<const classify::ShapeClassifier> classifier = classifier_;
  work_.start(whole ? "Classifying the cloud" : "Looking for things and what they are",
              [this, how, classifier](Progress& progress) {
                const PointsView points = session_.points();
                const CancellableExecutor executor(
                    pool_, progress, kLabelSeconds + scoring_seconds(points.size, pool_));
                auto things = std::make_shared<std::vector<Thing>>(
                    find_things(points, how, *classifier, executor));
                return [this, things] {
                  const auto named = std::count_if(things->begin(), things->end(),
                                                   [](const Thing& t) { return t.known(); });
                  say(things->empty() ? "nothing stands out from the ground; try another ground"
                                      : cli::counted(things->size(), "thing") + ", " +
                                            std::to_string(named) + " of them recognised");
                  session_.set_things(std::move(*things));
                  session_.colour_by = ColourBy::thing;
                  changes_.colours = changes_.things = true;
                  if (!session_.things().empty()) session_.select(0);
                };
              });
  changes_.panel = true;
}

void Controller::select(std::optional<std::size_t> thing) {
  session_.select(thing);
  changes_.things = changes_.panel = true;
}

void Controller::turn(std::uint64_t seed) {
  if (!ready(true)) return;
  const std::shared_ptr<const Scan> scan = session_.shared_scan();
  const std::shared_ptr<const classify::ShapeClassifier> classifier = classifier_;
  work_.start("Turning the data", [this, scan, classifier, seed](Progress& progress) {
    const CancellableExecutor executor(pool_, progress,
                                       kLabelSeconds + scoring_seconds(scan->size(), pool_));
    Random random(seed);
    auto turned = std::make_shared<Turned>();
    Motion motion = random_motion(scan->points(), random);
    motion.place = motion.centre;  // turned where it stands
    turned->xyz = moved(scan->points(), motion);
    const PointsView points(turned->xyz);
    if (session_.scores() != nullptr) turned->scores = scorer_.score(points, executor);
    if (classifier)
      turned->things = labelled_again(session_.things(), points, *classifier, executor);
    return [this, turned] {
      const TurnReport report =
          compare(session_.scores(), turned->scores ? &*turned->scores : nullptr,
                  session_.threshold(), session_.things(), turned->things);
      const std::optional<std::size_t> selected = session_.selected();
      session_.turn(std::move(turned->xyz));
      if (turned->scores) session_.set_scores(std::move(*turned->scores), session_.threshold());
      session_.set_things(std::move(turned->things));
      session_.select(selected);
      changes_ = {true, true, true, true, true};
      say(report.text());
    };
  });
  changes_.panel = true;
}

void Controller::turn_at_random() { turn(++turns_); }

void Controller::set_point_size(int pixels) {
  const int clamped = std::clamp(pixels, 1, 10);
  if (clamped == settings_.point_size) return;
  settings_.point_size = clamped;
  changes_.points = changes_.panel = true;
}

void Controller::set_dark(bool dark) {
  settings_.dark = dark;
  changes_.style = changes_.things = changes_.panel = true;
}

void Controller::set_axes(bool shown) {
  settings_.axes = shown;
  changes_.style = changes_.panel = true;
}

void Controller::save(const std::string& path, bool overwrite) {
  if (!ready(true)) return;
  if (session_.scores() == nullptr) return fail("there are no scores yet; clean this first");
  const std::string same = same_file(session_.scan().path, path);
  if (!same.empty()) return fail(same);
  std::error_code error;
  if (!overwrite && std::filesystem::exists(path, error))
    return fail(path + " exists; choose another name");
  const std::vector<unsigned char> keep = cli::keep_mask(session_.removed(), false);
  const std::string input = session_.scan().path;
  work_.start("Saving " + path, [this, keep, input, path](Progress&) {
    const std::size_t kept = cli::separate(input, path, keep, false, {});
    return [this, kept, path] { say(cli::counted(kept, "point") + " saved to " + path); };
  });
  changes_.panel = true;
}

void Controller::poll() {
  if (work_.poll([this](const std::string& error) { fail(error); })) changes_.panel = true;
}

Changes Controller::take_changes() noexcept { return std::exchange(changes_, {}); }

bool Controller::run(const ScriptLine& line) {
  const auto word = [&] { return line.words.front(); };
  if (line.verb == "open") return open(word()), true;
  if (line.verb == "score") return score(), true;
  if (line.verb == "auto") return auto_threshold(), true;
  if (line.verb == "classify" || line.verb == "things")
    return classify(line.verb == "classify"), true;
  if (line.verb == "turn") return turn(static_cast<std::uint64_t>(line.number_at(0))), true;
  if (line.verb == "save") return save(word(), true), true;
  return run_setting(line);
}

bool Controller::run_setting(const ScriptLine& line) {
  if (line.verb == "threshold") {
    set_threshold(static_cast<float>(line.number_at(0)));
  } else if (line.verb == "outliers") {
    const auto display = displays().find(line.words[0]);
    if (display == displays().end())
      fail("line " + std::to_string(line.number) +
           ": outliers are shown, marked, dimmed or hidden");
    else
      show_outliers(display->second);
  } else if (line.verb == "colour") {
    colour_by(line.words[0]);
  } else if (line.verb == "select") {
    select(static_cast<std::size_t>(line.number_at(0)));
  } else if (line.verb == "points") {
    set_point_size(static_cast<int>(line.number_at(0)));
  } else if (line.verb == "background") {
    set_dark(line.words[0] == "dark");
  } else if (line.verb == "axes") {
    set_axes(line.words[0] == "on");
  } else if (line.verb == "ground") {
    settings_.ground = line.words[0];
    changes_.panel = true;
  } else {
    return false;
  }
  return true;
}

}  // namespace equicloud::viewer
