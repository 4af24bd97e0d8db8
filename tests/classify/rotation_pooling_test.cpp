// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/classify/rotation_pooling.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/real_representation.h>
#include <equicloud/so3/transform.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace equicloud::classify {
namespace {

constexpr double kTolerance = 1e-6;  // sums of 2048 floats, plane by plane

TEST(ReluMeans, EqualTheirSums) {
  const so3::Grid grid = so3::gauss_legendre(5, 11);  // 121 samples a plane: not a multiple of 8
  Random random(1);
  std::vector<float> values;
  double mean = 0, mean_square = 0;
  for (std::size_t i = 0; i < grid.samples(); ++i) {
    values.push_back(static_cast<float>(random.uniform(-1.0, 1.0)));
    const double g = std::fmax(0.0, values.back());
    mean += grid.sample_weight(i / grid.plane_size()) * g;
    mean_square += grid.sample_weight(i / grid.plane_size()) * g * g;
  }
  const ReluMeans got = relu_means(grid, values.data());
  EXPECT_NEAR(got.mean, mean, kTolerance);
  EXPECT_NEAR(got.mean_square, mean_square, kTolerance);
}

// The means of one function of bandwidth 4 on gauss_legendre(c).
ReluMeans means_on(int c, const std::vector<std::complex<float>>& fhat) {
  const so3::SO3Transform<float> transform(so3::band_limited(so3::gauss_legendre(c), 4));
  auto workspace = transform.workspace();
  std::vector<float> values(transform.samples());
  transform.synthesis(fhat, Span<float>(values), workspace);
  return relu_means(transform.grid(), values.data());
}

// What the grid of the network cannot see is a matter of the grid: on one of 8 times as many
// rotations, with a kink in the function or in its slope, the error falls by 4 or more; half of
// that is asked for here, of the sum over some functions.
TEST(ReluMeans, ConvergeWithTheGrid) {
  double coarse[2] = {}, fine[2] = {};
  Random random(2);
  for (int function = 0; function < 10; ++function) {
    std::vector<float> G(so3::coefficient_count(4));
    for (float& g : G) g = static_cast<float>(random.uniform(-1.0, 1.0));
    std::vector<std::complex<float>> fhat(G.size());
    so3::complex_from_real<float>(4, G, fhat);
    const ReluMeans at8 = means_on(8, fhat), at16 = means_on(16, fhat), limit = means_on(40, fhat);
    coarse[0] += std::abs(at8.mean - limit.mean);
    fine[0] += std::abs(at16.mean - limit.mean);
    coarse[1] += std::abs(at8.mean_square - limit.mean_square);
    fine[1] += std::abs(at16.mean_square - limit.mean_square);
  }
  EXPECT_LE(fine[0], coarse[0] / 2);
  EXPECT_LE(fine[1], coarse[1] / 2);
}

}  // namespace
}  // namespace equicloud::classify
