// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/nn/weights_file.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

namespace equicloud::nn {
namespace {

std::vector<unsigned char> file_of(const std::string& header,
                                   const std::vector<unsigned char>& data) {
  const std::uint64_t size = header.size();
  std::vector<unsigned char> bytes(8 + header.size() + data.size());
  std::memcpy(bytes.data(), &size, 8);
  std::copy(header.begin(), header.end(), bytes.begin() + 8);
  std::copy(data.begin(), data.end(), bytes.end() - static_cast<std::ptrdiff_t>(data.size()));
  return bytes;
}

WeightsFile parse(const std::vector<unsigned char>& bytes) {
  return parse_weights(bytes.data(), bytes.size(), "m.safetensors");
}

std::string refusal(const std::vector<unsigned char>& bytes) {
  try {
    parse(bytes);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "accepted";
}

WeightsFile sample() {
  WeightsFile file;
  file.metadata["name"] = "sample";
  file.tensors["a.weight"] = {{2, 3}, {1.0F, -2.0F, 3.5F, 0.0F, 1e-30F, -1e30F}};
  file.tensors["b"] = {{}, {7.0F}};
  return file;
}

TEST(WeightsFile, RoundTrip) {
  const WeightsFile before = sample();
  const WeightsFile after = parse(serialise_weights(before));
  EXPECT_EQ(after.metadata, before.metadata);
  ASSERT_EQ(after.tensors.size(), 2U);
  EXPECT_EQ(after.tensors.at("a.weight").shape, before.tensors.at("a.weight").shape);
  EXPECT_EQ(after.tensors.at("a.weight").values, before.tensors.at("a.weight").values);
  EXPECT_EQ(after.tensors.at("b").values, before.tensors.at("b").values);
}

TEST(WeightsFile, BytesMatchGolden) {
  WeightsFile file;
  file.metadata["k"] = "v";
  file.tensors["t"] = {{1}, {1.0F}};
  const std::string header =
      R"({"__metadata__":{"k":"v"},"t":{"data_offsets":[0,4],"dtype":"F32","shape":[1]}})";
  std::string padded = header;
  padded.resize((header.size() + 7) / 8 * 8, ' ');
  EXPECT_EQ(serialise_weights(file), file_of(padded, {0x00, 0x00, 0x80, 0x3f}));
}

TEST(WeightsFile, SavedFileLoads) {
  const std::string path =
      (std::filesystem::path(testing::TempDir()) / "equicloud_weights.safetensors").string();
  save_weights(sample(), path);
  EXPECT_EQ(load_weights(path).tensors.at("a.weight").values,
            sample().tensors.at("a.weight").values);
  std::filesystem::remove(path);
}

TEST(WeightsFile, ReadsHalfBrainAndByteTypes) {
  const auto value = [](const std::string& type, std::vector<unsigned char> data) {
    const std::string header = R"({"t":{"dtype":")" + type + R"(","shape":[1],"data_offsets":[0,)" +
                               std::to_string(data.size()) + "]}}";
    return parse(file_of(header, data)).tensors.at("t").values.at(0);
  };
  EXPECT_EQ(value("F16", {0x00, 0x3c}), 1.0F);
  EXPECT_EQ(value("F16", {0x01, 0x80}), -0x1.0p-24F);  // the smallest subnormal
  EXPECT_EQ(value("F16", {0xff, 0x7b}), 65504.0F);     // the largest
  EXPECT_EQ(value("F16", {0x00, 0x7c}), std::numeric_limits<float>::infinity());
  EXPECT_EQ(value("BF16", {0xc0, 0xbf}), -1.5F);
  EXPECT_EQ(value("I8", {0xfe}), -2.0F);
}

TEST(WeightsFile, DamageIsRefusedWithASentence) {
  const std::vector<unsigned char> four(4);
  const auto header = [](const std::string& entry) { return R"({"t":)" + entry + "}"; };
  EXPECT_EQ(refusal({1, 2, 3}), "m.safetensors: too short to be a safetensors file (3 bytes)");
  EXPECT_NE(
      refusal(std::vector<unsigned char>(64, 0xff)).find("not a safetensors file, or truncated"),
      std::string::npos);
  EXPECT_NE(refusal(file_of("{\"t\":", four)).find("not what the format asks for"),
            std::string::npos);
  EXPECT_NE(refusal(file_of(header(R"({"dtype":"F32","shape":[1],"data_offsets":[0,8]})"), four))
                .find("lies outside the file"),
            std::string::npos);
  EXPECT_NE(refusal(file_of(header(R"({"dtype":"F32","shape":[2],"data_offsets":[0,4]})"), four))
                .find("its shape needs 8"),
            std::string::npos);
  EXPECT_NE(refusal(file_of(header(R"({"dtype":"F64","shape":[1],"data_offsets":[0,4]})"), four))
                .find("has type F64"),
            std::string::npos);
  EXPECT_NE(
      refusal(
          file_of(header(R"({"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]})"),
                  four))
          .find("larger than the file"),
      std::string::npos);
  EXPECT_NE(refusal(file_of(header(R"({"dtype":"F32","shape":[-1],"data_offsets":[0,4]})"), four)),
            "accepted");
}

TEST(WeightsFile, TruncatedOrMutatedFilesNeverCrash) {
  const std::vector<unsigned char> whole = serialise_weights(sample());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(refusal({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}),
              "accepted")
        << size;
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    std::vector<unsigned char> bytes = whole;
    bytes[random.below(bytes.size())] = static_cast<unsigned char>(random.bits());
    refusal(bytes);  // accepted or refused, but by an exception of ours
  }
}

TEST(WeightsFile, MissingTensorWrongShapeAndMissingKeyAreNamed) {
  const WeightsFile file = sample();
  EXPECT_THROW(file.tensor("c", {1}), FormatError);
  EXPECT_THROW(file.tensor("a.weight", {3, 2}), FormatError);
  EXPECT_THROW(file.matrix("c"), FormatError);
  EXPECT_THROW(file.meta("licence"), FormatError);
}

}  // namespace
}  // namespace equicloud::nn
