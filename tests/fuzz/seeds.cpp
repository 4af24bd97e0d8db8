// SPDX-License-Identifier: BSD-3-Clause
// fuzz_seeds FOLDER: writes valid files of every format and encoding, each into FOLDER/EXTENSION.
#include <equicloud/io/writer.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "io/las_files.h"
#include "io/laz_files.h"
#include "io/sample_files.h"

namespace {

namespace fs = std::filesystem;
using namespace equicloud::io;  // NOLINT(google-build-using-namespace): a program of one page

void save(const fs::path& folder, const std::string& name, const std::string& bytes) {
  std::string extension = fs::path(name).extension().string().substr(1);
  if (extension == "txt") extension = "xyz";
  fs::create_directories(folder / extension);
  std::ofstream(folder / extension / name, std::ios::binary) << bytes;
}

std::string compressed(const fs::path& folder, const std::string& file) {
  const std::string place = (folder / "temporary").string();
  const auto reader = open_bytes({file.begin(), file.end()}, "f.las");
  WriterOptions options;
  options.encoding = Encoding::binary_compressed;
  Writer writer(place, reader->header(), options);
  Chunk chunk;
  while (reader->read(chunk, kChunkPoints)) writer.write(chunk);
  writer.finish();
  std::ifstream written(place, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(written), {}};
  fs::remove(place);
  return bytes;
}

void save_las(const fs::path& folder) {
  for (int format = 0; format <= 10; ++format) {
    testing::LasRecipe recipe;
    recipe.format = format;
    recipe.minor = format < 6 ? format % 5 : 4;
    recipe.points = 5;
    recipe.extra_bytes = format % 2 == 0;
    save(folder, "format" + std::to_string(format) + ".las", testing::make_las(recipe));
  }
  for (const int format : {0, 1, 2, 3, 6, 7, 8}) {
    const std::string file =
        testing::make_survey(format, 20, format % 3, testing::Likeness::channels);
    save(folder, "format" + std::to_string(format) + ".laz", compressed(folder, file));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("fuzz_seeds FOLDER\n", stderr);
    return 2;
  }
  fs::create_directories(argv[1]);
  for (const auto& [name, bytes] : testing::valid_files()) save(argv[1], name, bytes);
  save_las(argv[1]);
  return 0;
}
