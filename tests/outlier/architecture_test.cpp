// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/outlier/architecture.h>
#include <equicloud/outlier/features.h>
#include <gtest/gtest.h>

namespace equicloud::outlier {
namespace {

std::string refusal(const std::string& json) {
  try {
    parse_layers(json);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(LayerList, TheShippedOneIsReadAndCostsWhatItsCardSays) {
  const std::vector<LayerSpec> layers = parse_layers(default_layers());
  ASSERT_EQ(layers.size(), 5U);
  EXPECT_EQ(layers[0].type, LayerSpec::Type::set_pool);
  EXPECT_EQ(layers[0].pooling, (std::vector<Pooling>{Pooling::mean, Pooling::max}));
  EXPECT_EQ(layers[1].shape.in, kPointFeatures + 32);
  EXPECT_EQ(layers[2].type, LayerSpec::Type::graph);
  // phi 15 (9*16 + 16*16), lift 55*32, two graph layers 2*32*32 each, head 32.
  EXPECT_EQ(multiply_adds(layers), 15U * 400 + 1760 + 4096 + 32);
}

TEST(LayerList, WhatDoesNotFitIsNamed) {
  const std::string head = R"({"type":"dense","name":"head","in":23,"out":1})";
  EXPECT_EQ(refusal("[" + head + "]"), "accepted");
  EXPECT_EQ(refusal(R"([{"type":"dense","name":"head","in":22,"out":1}])"),
            "layer list: head: takes 22 channels, gets 23");
  EXPECT_EQ(refusal(R"([{"type":"dense","name":"head","in":23,"out":2}])"),
            "layer list: head: the last layer must be dense with one output");
  EXPECT_EQ(refusal(R"([{"type":"attention","name":"x"}])"),
            "layer list: x: unknown type 'attention'; set_pool, dense or graph");
  EXPECT_EQ(refusal(R"([{"type":"dense","name":"head","in":23,"out":2000000000}])"),
            "layer list: head: out is 2000000000; 1 to 1024 is allowed");
  EXPECT_EQ(refusal(R"([{"type":"dense","name":"head","in":-1,"out":1}])"),
            "layer list: head: in is -1; 1 to 1024 is allowed");
  EXPECT_NE(refusal("[]"), "accepted");
  EXPECT_NE(refusal("{"), "accepted");
  EXPECT_NE(refusal(R"([{"type":"dense"}])"), "accepted");
  EXPECT_NE(refusal(R"([{"type":5,"name":"x"}])"), "accepted");
}

TEST(LayerList, AMaximumOverSignedValuesIsRefused) {
  const std::string list =
      R"([{"type":"set_pool","name":"phi","layers":[{"in":9,"out":4}],"pooling":["max"]},)"
      R"({"type":"dense","name":"head","in":27,"out":1}])";
  EXPECT_EQ(refusal(list), "layer list: phi: the last activation of phi must be relu");
}

}  // namespace
}  // namespace equicloud::outlier
