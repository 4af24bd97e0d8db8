// SPDX-License-Identifier: BSD-3-Clause
// What a person can do, one function each: buttons, keys and scripts all end here. Long work goes
// to a thread beside; whoever owns the window calls poll() often and draws what take_changes()
// says.
#pragma once

#include "viewer/script.h"
#include "viewer/session.h"
#include "viewer/settings.h"
#include "viewer/work.h"

#include <equicloud/base/executor.h>
#include <equicloud/classify/classifier.h>
#include <equicloud/outlier/scorer.h>

#include <memory>
#include <optional>
#include <string>

namespace equicloud::viewer {

struct ControllerOptions {
  std::string model = "general";  ///< of outliers: "general" or a file
  std::string classifier;         ///< name or file; "": the command line's default
  int threads = 0;                ///< 0: all
};

/// What is to be drawn anew.
struct Changes {
  bool points = false;  ///< which points, or where they are
  bool colours = false;
  bool things = false;  ///< boxes and labels
  bool camera = false;  ///< look at the whole scan again
  bool panel = false;
  bool style = false;  ///< background, axes
  bool any() const noexcept { return points || colours || things || camera || panel || style; }
};

class Controller {
 public:
  /// Throws cli::UsageError for a model that is none.
  Controller(const ControllerOptions& options, const Settings& settings);

  const Session& session() const noexcept { return session_; }
  Settings& settings() noexcept { return settings_; }
  const Work& work() const noexcept { return work_; }
  /// What was done last, or what went wrong.
  const std::string& message() const noexcept { return message_; }
  bool failed() const noexcept { return failed_; }
  /// Which models are at work, one line.
  std::string models() const;
  const classify::ShapeClassifier* classifier() const noexcept { return classifier_.get(); }

  /// Actions while a job is at work are refused with a message, but cancel() and what only shows.
  void open(const std::string& path);
  void score();
  void set_threshold(float threshold);
  /// Where the expected F1 is highest.
  void auto_threshold();
  void show_outliers(OutlierDisplay display);
  /// "height", "original", "score", "thing" or the name of a field.
  void colour_by(const std::string& name);
  /// @param whole  the cloud as one thing, or the things on its ground
  void classify(bool whole);
  void select(std::optional<std::size_t> thing);
  /// Turns the data, scores and labels again, and says what changed.
  void turn(std::uint64_t seed);
  /// turn() with another seed each time.
  void turn_at_random();
  /// Clamped to 1 .. 10 pixels.
  void set_point_size(int pixels);
  void set_dark(bool dark);
  void set_axes(bool shown);
  /// The file without what is removed, as `equicloud clean` writes it.
  void save(const std::string& path, bool overwrite);
  void cancel() noexcept { work_.cancel(); }
  /// Tells a person something.
  void say(const std::string& sentence);
  void fail(const std::string& sentence);

  /// Takes up what a job left. Call often.
  void poll();
  Changes take_changes() noexcept;

  /// Does a line of a script that is about the session. @returns false if it is the window's
  bool run(const ScriptLine& line);

 private:
  bool ready(bool needs_scan);
  const classify::ShapeClassifier& needed_classifier();
  clusters::SceneOptions scene_options() const;
  void after_scoring(outlier::Scores scores);
  bool run_setting(const ScriptLine& line);

  std::shared_ptr<const outlier::Model> model_;
  outlier::OutlierScorer scorer_;
  std::string classifier_name_;
  std::shared_ptr<const classify::ShapeClassifier> classifier_;
  Settings settings_;
  Session session_;
  Changes changes_;
  std::string message_;
  bool failed_ = false;
  std::uint64_t turns_ = 0;
  ThreadPool pool_;
  Work work_;  // the last member: its thread uses the others
};

}  // namespace equicloud::viewer
