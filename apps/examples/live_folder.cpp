// SPDX-License-Identifier: BSD-3-Clause
// Example 2: frames that keep coming.
//   equicloud_example_live FOLDER OUT_FOLDER [FRAMES]
// filters every PCD file that a driver puts into FOLDER, in the order of their names, and prints
// how long each took; ends after FRAMES of them, or with Ctrl-C. One filter object serves all
// frames: it keeps its memory. A driver should write under another ending and rename when whole; a
// file that PCL cannot read, or finds no points in, counts as still being written and is tried
// again.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <pcl/console/print.h>
#include <pcl/io/pcd_io.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Filter = equicloud::EquivariantOutlierRemoval<pcl::PCLPointCloud2>;  // keeps every field

constexpr auto kPause = std::chrono::milliseconds(5);

volatile std::sig_atomic_t stopped = 0;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::vector<fs::path> new_frames(const fs::path& folder, const std::set<fs::path>& seen) {
  std::vector<fs::path> frames;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".pcd" && seen.count(entry.path()) == 0)
      frames.push_back(entry.path());
  std::sort(frames.begin(), frames.end());
  return frames;
}

// False while the file is not whole yet.
bool process(const fs::path& frame, const fs::path& output, Filter& filter,
             std::vector<double>& latencies_ms) {
  const pcl::PCLPointCloud2::Ptr cloud(new pcl::PCLPointCloud2);
  const Clock::time_point start = Clock::now();
  if (pcl::io::loadPCDFile(frame.string(), *cloud) != 0 || cloud->width == 0) return false;
  const double read_ms = ms_since(start);
  const Clock::time_point read = Clock::now();
  pcl::PCLPointCloud2 cleaned;
  filter.setInputCloud(cloud);
  filter.filter(cleaned);
  latencies_ms.push_back(ms_since(read));
  if (cleaned.width > 0)
    pcl::io::savePCDFile((output / frame.filename()).string(), cleaned, Eigen::Vector4f::Zero(),
                         Eigen::Quaternionf::Identity(), true);
  std::printf("%s: %u points, %u removed, read %.1f ms, filter %.1f ms\n", frame.filename().c_str(),
              cloud->width * cloud->height,
              cloud->width * cloud->height - cleaned.width * cleaned.height, read_ms,
              latencies_ms.back());
  std::fflush(stdout);
  return true;
}

void summarise(std::vector<double> latencies_ms) {
  if (latencies_ms.empty()) return;
  std::sort(latencies_ms.begin(), latencies_ms.end());
  std::printf("%zu frames: filter median %.1f ms, worst %.1f ms\n", latencies_ms.size(),
              latencies_ms[latencies_ms.size() / 2], latencies_ms.back());
}

int watch(const fs::path& folder, const fs::path& output, std::size_t frames) {
  fs::create_directories(output);
  Filter filter;
  filter.setNumberOfThreads();
  std::set<fs::path> seen;
  std::vector<double> latencies_ms;
  while (stopped == 0 && latencies_ms.size() < frames) {
    for (const fs::path& frame : new_frames(folder, seen)) {
      if (stopped != 0 || latencies_ms.size() >= frames) break;
      if (process(frame, output, filter, latencies_ms)) seen.insert(frame);
    }
    std::this_thread::sleep_for(kPause);
  }
  summarise(latencies_ms);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const long frames = argc == 4 ? std::strtol(argv[3], nullptr, 10) : 1'000'000'000;
  if (argc < 3 || argc > 4 || frames < 1) {
    std::fprintf(stderr, "usage: equicloud_example_live FOLDER OUT_FOLDER [FRAMES, at least 1]\n");
    return 2;
  }
  std::signal(SIGINT, [](int) { stopped = 1; });
  std::signal(SIGTERM, [](int) { stopped = 1; });
  pcl::console::setVerbosityLevel(
      pcl::console::L_ALWAYS);  // half-written frames are no errors here
  try {
    return watch(argv[1], argv[2], static_cast<std::size_t>(frames));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "equicloud_example_live: %s\n", error.what());
    return 1;
  }
}
