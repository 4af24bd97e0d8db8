// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/writer.h>
#include <train/objects.h>
#include <train/verbs.h>

#include <cstring>
#include <filesystem>
#include <iostream>

namespace equicloud::train {
namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string folder;
  std::string format = "ply";
  bool overwrite = false;
};

/// Doubles, as the offset may be that of a national grid.
void write_converted(const PackedCloud& cloud, io::Format format, const std::string& path) {
  const std::size_t n = cloud.xyz.size() / 3;
  const io::Scalar type = io::Scalar::f64;
  const io::Header header =
      io::make_header(format, io::Encoding::binary, {{"x", type}, {"y", type}, {"z", type}}, n);
  std::vector<double> values(cloud.xyz.begin(), cloud.xyz.end());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] += cloud.offset[i % 3];
  std::vector<unsigned char> records(values.size() * sizeof(double));
  if (!values.empty()) std::memcpy(records.data(), values.data(), records.size());
  io::write_cloud(path, header, records);
}

void run(const Options& options) {
  std::filesystem::create_directories(options.folder);
  const io::Format format = options.format == "ply" ? io::Format::ply : io::Format::pcd;
  for (const std::string& input : options.inputs) {
    const std::string name = std::filesystem::path(input).stem().string() + "." + options.format;
    const std::string output = (std::filesystem::path(options.folder) / name).string();
    if (!options.overwrite && std::filesystem::exists(output)) {
      throw InvalidArgument(output + " exists; add --overwrite");
    }
    const PackedCloud cloud = read_packed_cloud(input);
    write_converted(cloud, format, output);
    std::cout << output << ": " << cloud.xyz.size() / 3 << " points\n";
  }
}

}  // namespace

void add_convert(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand("convert", "Packed clouds (.npz) to PLY or PCD.");
  const auto options = std::make_shared<Options>();
  verb.add_option("IN", options->inputs, "packed clouds")->required();
  verb.add_option("-o,--output", options->folder, "folder; created if missing")->required();
  verb.add_option("--format", options->format, "ply or pcd")
      ->check(CLI::IsMember({"ply", "pcd"}))
      ->capture_default_str();
  verb.add_flag("--overwrite", options->overwrite);
  verb.callback([options] { run(*options); });
}

}  // namespace equicloud::train
