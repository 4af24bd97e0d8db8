// SPDX-License-Identifier: BSD-3-Clause
// equicloud_bench_equivariance: how far each layer, and the stack of the classifier, is from
// equivariant, against the bandwidth, in float; a Markdown table and, with --plot, a picture. After
// Cohen, Geiger, Koehler & Welling 2018, section 5.1.
#include <bench/equivariance/layers.h>
#include <bench/program.h>
#include <figures/plot.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace equicloud::bench {
namespace {

struct Options {
  std::vector<int> bandwidths = {4, 8, 12, 16, 20, 24, 28, 32};
  int signals = 3;
  int rotations = 4;
  std::string plot;
};

// A curve a layer: the mean over signals and rotations.
std::vector<figures::Curve> measure(const Options& options) {
  std::vector<figures::Curve> curves;
  for (const int b : options.bandwidths) {
    const std::vector<Layer> all = layers(b);
    curves.resize(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      Random random(1);
      double sum = 0;
      for (int signal = 0; signal < options.signals; ++signal)
        sum += equivariance_error(all[i], options.rotations, random);
      curves[i].name = all[i].name;
      curves[i].x.push_back(b);
      curves[i].y.push_back(sum / options.signals);
    }
  }
  return curves;
}

void print_table(const std::vector<figures::Curve>& curves) {
  std::cout << "| layer \\ b |";
  for (const double b : curves.front().x) std::cout << ' ' << b << " |";
  std::cout << "\n|---|";
  for (std::size_t i = 0; i < curves.front().x.size(); ++i) std::cout << "---|";
  std::cout << '\n';
  for (const figures::Curve& curve : curves) {
    std::cout << "| " << curve.name << " |";
    for (const double error : curve.y) {
      char text[16];
      std::snprintf(text, sizeof text, " %.1e |", error);
      std::cout << text;
    }
    std::cout << '\n';
  }
}

// Powers of ten, of layers that differ enough to be told apart.
void draw(const std::vector<figures::Curve>& curves, const std::string& path) {
  std::vector<figures::Curve> drawn;
  for (const std::size_t i : {2, 4, 8, 3, 7, 6}) {
    drawn.push_back(curves[i]);
    for (double& error : drawn.back().y) error = std::log10(error);
  }
  figures::PlotStyle style;
  style.width = 1000;
  style.key_beside = true;
  style.title = "Equivariance error in float";
  style.x.label = "bandwidth";
  style.y.label = "log10 of the error";
  figures::save_png(figures::draw_plot(drawn, style), path);
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app("Equivariance errors of layers against their bandwidth");
  app.add_option("--bandwidths", options.bandwidths, "even ones from 4 to 64")
      ->check(CLI::Range(4, 64));
  app.add_option("--signals", options.signals, "random signals a figure")
      ->check(CLI::Range(1, 1000));
  app.add_option("--rotations", options.rotations, "random rotations a signal")
      ->check(CLI::Range(1, 1000));
  app.add_option("--plot", options.plot, "PNG file to draw");
  CLI11_PARSE(app, argc, argv);
  const std::vector<figures::Curve> curves = measure(options);
  print_table(curves);
  if (!options.plot.empty()) draw(curves, options.plot);
  return 0;
}

}  // namespace
}  // namespace equicloud::bench

int main(int argc, char** argv) {
  return equicloud::bench::exit_status("equicloud_bench_equivariance", equicloud::bench::run, argc,
                                       argv);
}
