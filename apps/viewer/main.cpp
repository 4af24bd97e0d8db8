// SPDX-License-Identifier: BSD-3-Clause
// equicloud_viewer: arguments, checks that can be made before a window, the window, the exit
// status.
#include "cli/usage_error.h"
#include "viewer/display.h"
#include "viewer/window.h"

#include <equicloud/base/error.h>
#include <equicloud/io/reader.h>
#include <fcntl.h>
#include <open3d/utility/Logging.h>
#include <open3d/visualization/gui/Application.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <filesystem>

namespace {

using namespace equicloud::viewer;
namespace gui = open3d::visualization::gui;

constexpr const char* kResources = "/usr/share/open3d-gui/resources";
constexpr int kFailed = 1;
constexpr int kWrongCommand = 2;

// Open3D's window library aborts where it finds no OpenGL.
void on_abort(int) {
  static constexpr char kSentence[] =
      "equicloud_viewer: no window could be opened; the display needs OpenGL (in software: the "
      "package libgl1-mesa-dri)\n";
  (void)!write(STDERR_FILENO, kSentence, sizeof kSentence - 1);
  _exit(kFailed);
}

struct Arguments {
  std::vector<std::string> inputs;
  std::string script, screenshot, size, settings;
  ControllerOptions controller;
};

int complain(const std::string& sentence, int status) {
  std::fprintf(stderr, "equicloud_viewer: %s\n", sentence.c_str());
  return status;
}

// The renderer writes lines of its own to standard output; ours go to what that was.
class StandardOutput {
 public:
  StandardOutput() : ours_(dup(STDOUT_FILENO)) {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    dup2(nowhere, STDOUT_FILENO);
    close(nowhere);
  }
  void print(const std::string& line) const { dprintf(ours_, "%s\n", line.c_str()); }

 private:
  int ours_;
};

void add_options(CLI::App& app, Arguments& a) {
  app.add_option("IN", a.inputs, "scans: PCD, PLY, LAS, text, KITTI; N and P go through them");
  app.add_option("--screenshot", a.screenshot, "draw the scan into this PNG and end");
  app.add_option("--size", a.size, "of the window, WIDTHxHEIGHT in pixels");
  app.add_option("--script", a.script, "do what this file says (equicloud/viewer/script.h)");
  app.add_option("--model", a.controller.model, "of outliers: general or a file")
      ->capture_default_str();
  app.add_option("--classifier", a.controller.classifier, "of objects: a name or a file");
  app.add_option("--threads", a.controller.threads, "0: all")->check(CLI::Range(0, 1024));
  app.add_option("--settings", a.settings, "file that settings are remembered in");
  app.footer(
      "Examples:\n  equicloud_viewer scan.pcd\n"
      "  xvfb-run -a equicloud_viewer scan.pcd --screenshot scan.png --size 1200x800\n"
      "Keys: H in the window.");
}

std::deque<ScriptLine> script_of(const Arguments& a) {
  std::deque<ScriptLine> script;
  if (!a.inputs.empty()) script.push_back({0, "open", {a.inputs.front()}});
  if (!a.script.empty())
    for (ScriptLine& line : read_script(a.script)) script.push_back(std::move(line));
  if (!a.screenshot.empty()) {
    script.push_back({0, "screenshot", {a.screenshot}});
    script.push_back({0, "quit", {}});
  }
  return script;
}

void set_size(const std::string& text, Settings& settings) {
  int width = 0, height = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < 200 ||
      height < 150 || width > 8192 || height > 8192)
    throw equicloud::cli::UsageError("--size is '" + text +
                                     "'; expected WIDTHxHEIGHT such as 1200x800");
  settings.width = width;
  settings.height = height;
}

int run(const Arguments& a) {
  const std::string path = a.settings.empty() ? settings_path() : a.settings;
  Settings settings = load_settings(path);
  if (!a.size.empty()) set_size(a.size, settings);
  const std::deque<ScriptLine> script = script_of(a);
  // Says what is wrong with a file before a window is opened for it.
  if (!a.inputs.empty()) (void)equicloud::io::open(a.inputs.front());
  const std::string no_display = why_no_display();
  if (!no_display.empty()) return complain(no_display, kFailed);
  if (!std::filesystem::is_directory(kResources))
    return complain(std::string(kResources) + " is missing; install the package open3d-gui-data",
                    kFailed);
  Controller controller(a.controller, settings);
  const StandardOutput out;
  open3d::utility::SetVerbosityLevel(open3d::utility::VerbosityLevel::Error);
  std::signal(SIGABRT, on_abort);
  gui::Application& application = gui::Application::GetInstance();
  application.Initialize(kResources);
  bool failed = false;
  // The application owns the window: it must be gone before the renderer is.
  application.AddWindow(std::make_shared<ViewerWindow>(
      controller, a.inputs, script, [&](const std::string& line) { out.print(line); },
      [&](const std::string& why) { failed = complain(why, kFailed) != 0; }));
  std::signal(SIGABRT, SIG_DFL);
  application.Run();
  const bool scripted = !a.script.empty() || !a.screenshot.empty();
  if (!scripted) save_settings(controller.settings(), path);
  return failed ? kFailed : 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Opens a scan: what is wrong with it, and what is in it.", "equicloud_viewer");
  Arguments arguments;
  add_options(app, arguments);
  try {
    app.parse(argc, argv);
    return run(arguments);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return complain(std::string(error.what()) + "; type: equicloud_viewer --help", kWrongCommand);
  } catch (const equicloud::cli::UsageError& error) {
    return complain(error.what(), kWrongCommand);
  } catch (const std::exception& error) {
    return complain(error.what(), kFailed);
  }
}
