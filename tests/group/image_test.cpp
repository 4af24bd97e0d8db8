// SPDX-License-Identifier: BSD-3-Clause
// Two statements about images on Z_n^2 with three channels, L^2(Z_n^2, R^3), on a small network
// made of group convolutions: its class is invariant under translation, its mask in L^2(Z_n^2, {0,
// 1}) moves along. Whole numbers throughout: the statements hold exactly.
#include <equicloud/base/error.h>
#include <equicloud/group/convolution.h>
#include <equicloud/group/convolution_layer.h>
#include <equicloud/group/g_space.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "group/functions.h"

namespace equicloud::group {
namespace {

constexpr std::size_t kSide = 9;
constexpr std::size_t kPixels = kSide * kSide;
using Layer = ConvolutionLayer<double>;

FiniteGroup translations() { return direct_product(cyclic(kSide), cyclic(kSide)); }

// Filters that are not 0 on 3 x 3 pixels only, as in any image network.
Layer random_layer(std::size_t in, std::size_t out, Rectifier rectifier, Random& random) {
  std::vector<double> filters(out * in * kPixels, 0.0);
  for (std::size_t channel = 0; channel < in * out; ++channel)
    for (const std::size_t row : {kSide - 1, std::size_t{0}, std::size_t{1}})
      for (const std::size_t column : {kSide - 1, std::size_t{0}, std::size_t{1}})
        filters[channel * kPixels + row * kSide + column] = random_whole_numbers(1, random)[0];
  return Layer(translations(), in, filters, random_whole_numbers(out, random), rectifier);
}

struct Network {
  Layer first;
  Layer second;

  std::vector<double> features(const std::vector<double>& image) const {
    return second.forward(first.forward(image));
  }
  // 1 where the first channel is positive.
  std::vector<double> mask(const std::vector<double>& image) const {
    const auto all = features(image);
    std::vector<double> result(kPixels);
    for (std::size_t i = 0; i < kPixels; ++i) result[i] = all[i] > 0.0 ? 1.0 : 0.0;
    return result;
  }
  // The channel with the largest sum over the image.
  std::size_t label(const std::vector<double>& image) const {
    const auto all = features(image);
    std::vector<double> sums(all.size() / kPixels, 0.0);
    for (std::size_t i = 0; i < all.size(); ++i) sums[i / kPixels] += all[i];
    return static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
  }
};

Network random_network(Random& random) {
  return {random_layer(3, 4, Rectifier::relu, random), random_layer(4, 5, Rectifier::none, random)};
}

// Every channel moved alike.
std::vector<double> translated(const std::vector<double>& image, Element by) {
  const GSpace pixels = regular(translations());
  std::vector<double> result;
  for (auto channel = image.begin(); channel != image.end(); channel += kPixels) {
    const auto part = moved(pixels, by, std::vector<double>(channel, channel + kPixels));
    result.insert(result.end(), part.begin(), part.end());
  }
  return result;
}

TEST(Images, TranslatingTheImageTranslatesTheMask) {
  Random random(1);
  const Network network = random_network(random);
  const auto image = random_whole_numbers(3 * kPixels, random);
  const auto mask = network.mask(image);
  EXPECT_NE(mask, std::vector<double>(kPixels, mask[0]));  // else nothing would be shown
  for (const Element by : {1, 9, 10, 44, 80})
    EXPECT_EQ(network.mask(translated(image, by)), translated(mask, by)) << by;
}

TEST(Images, TranslatingTheImageLeavesItsClass) {
  Random random(2);
  const Network network = random_network(random);
  std::vector<bool> seen(5, false);
  for (int trial = 0; trial < 10; ++trial) {
    const auto image = random_whole_numbers(3 * kPixels, random);
    const std::size_t label = network.label(image);
    seen[label] = true;
    for (const Element by : {1, 9, 10, 44, 80})
      EXPECT_EQ(network.label(translated(image, by)), label) << by;
  }
  EXPECT_GT(std::count(seen.begin(), seen.end(), true), 1);  // it tells images apart
}

TEST(ConvolutionLayer, EqualsItsFormula) {
  Random random(3);
  const std::size_t in = 2;
  const std::size_t out = 3;
  const FiniteGroup g = direct_product(cyclic(3), cyclic(3));
  const auto filters = random_whole_numbers(out * in * g.order(), random);
  const auto bias = random_whole_numbers(out, random);
  const auto x = random_whole_numbers(in * g.order(), random);
  const auto y = Layer(g, in, filters, bias, Rectifier::relu).forward(x);
  const auto part = [&](const std::vector<double>& all, std::size_t channel) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(channel * g.order());
    return std::vector<double>(first, first + static_cast<std::ptrdiff_t>(g.order()));
  };
  for (std::size_t o = 0; o < out; ++o)
    for (Element u = 0; u < g.order(); ++u) {
      double sum = bias[o];
      for (std::size_t i = 0; i < in; ++i)
        sum += convolve(g, part(x, i), part(filters, o * in + i))[u];
      EXPECT_EQ(y[o * g.order() + u], std::max(sum, 0.0));
    }
}

TEST(ConvolutionLayer, BadSizesAreRefused) {
  const std::vector<double> none;
  EXPECT_THROW(Layer(cyclic(3), 1, std::vector<double>(4), {0}, Rectifier::none), InvalidArgument);
  EXPECT_THROW(Layer(cyclic(3), 1, none, none, Rectifier::none), InvalidArgument);
  const Layer layer(cyclic(3), 1, std::vector<double>(3), {0}, Rectifier::none);
  EXPECT_THROW(layer.forward(std::vector<double>(4)), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::group
