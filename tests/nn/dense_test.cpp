// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/nn/dense.h>
#include <gtest/gtest.h>

#include "laws/clouds.h"

namespace equicloud::nn {
namespace {

TEST(Dense, ComputesWeightTimesInputPlusBias) {
  const Dense layer({2, 3, Activation::none}, std::vector<float>{1, 2, 3, 4, 5, 6},
                    std::vector<float>{0.5F, 0, -1});
  const std::vector<float> x = {1, 10};
  std::vector<float> y(layer.padded_out());
  layer.forward(x.data(), 2, 1, y.data());
  EXPECT_EQ(y[0], 21.5F);
  EXPECT_EQ(y[1], 43.0F);
  EXPECT_EQ(y[2], 64.0F);
  for (std::size_t surplus = 3; surplus < y.size(); ++surplus) EXPECT_EQ(y[surplus], 0.0F);
}

TEST(Dense, ReluCutsAtZero) {
  const Dense layer({1, 2, Activation::relu}, std::vector<float>{1, -1}, std::vector<float>{0, 0});
  const float x = 3.0F;
  std::vector<float> y(layer.padded_out());
  layer.forward(&x, 1, 1, y.data());
  EXPECT_EQ(y[0], 3.0F);
  EXPECT_EQ(y[1], 0.0F);
}

TEST(Dense, SizesThatDoNotFitAreRefused) {
  EXPECT_THROW(Dense({2, 3, Activation::none}, std::vector<float>(5), std::vector<float>(3)),
               InvalidArgument);
  EXPECT_THROW(Dense({2, 3, Activation::none}, std::vector<float>(6), std::vector<float>(2)),
               InvalidArgument);
}

TEST(Dense, TakesItsSizeFromTheFile) {
  WeightsFile file;
  file.tensors["d.weight"] = {{2, 3}, {1, 2, 3, 4, 5, 6}};
  file.tensors["d.bias"] = {{2}, {0, 1}};
  const Dense layer = load_dense(file, "d", Activation::none);
  EXPECT_EQ(layer.in(), 3);
  EXPECT_EQ(layer.out(), 2);
  file.tensors["d.bias"] = {{3}, {0, 1, 2}};
  EXPECT_THROW(load_dense(file, "d", Activation::none), FormatError);
  file.tensors["d.weight"] = {{6}, {1, 2, 3, 4, 5, 6}};
  EXPECT_THROW(load_dense(file, "d", Activation::none), FormatError);
}

TEST(Mlp, IsTheLayersOneAfterAnother) {
  Random random(1);
  const Dense first({5, 20, Activation::relu}, laws::normals(100, random),
                    laws::normals(20, random));
  const Dense second({20, 3, Activation::none}, laws::normals(60, random),
                     laws::normals(3, random));
  const std::vector<float> x = laws::normals(4 * 5, random);
  std::vector<float> hidden(4 * first.padded_out());
  std::vector<float> expected(4 * second.padded_out());
  first.forward(x.data(), 5, 4, hidden.data());
  second.forward(hidden.data(), first.padded_out(), 4, expected.data());

  const Mlp mlp({first, second});
  std::vector<float> scratch(mlp.scratch_size(4));
  const float* y = mlp.forward(x.data(), 5, 4, scratch);
  EXPECT_EQ(std::vector<float>(y, y + expected.size()), expected);
}

TEST(Mlp, LayersThatDoNotFitAreRefused) {
  const Dense layer({2, 3, Activation::none}, std::vector<float>(6), std::vector<float>(3));
  EXPECT_THROW(Mlp({layer, layer}), InvalidArgument);
  EXPECT_THROW(Mlp(std::vector<Dense>{}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::nn
