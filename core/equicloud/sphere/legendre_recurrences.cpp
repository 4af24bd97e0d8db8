// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/sphere/legendre.h>
#include <equicloud/sphere/legendre_recurrences.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace equicloud::sphere {
namespace {

using kernels::kRingGroup;

// d below this adds nothing to a sum of b terms of which some are of order 1 / b.
constexpr double kNegligible = std::numeric_limits<double>::epsilon() / 256;

// From sqrt((l+1)^2 - m^2) d^{l+1} = (2l+1) cos d^l - sqrt(l^2 - m^2) d^{l-1}: with d = scale q and
// scale_{l+1} = scale_{l-1} sqrt(l^2 - m^2) / sqrt((l+1)^2 - m^2) the last term is q itself.
void set_steps(int b, int m, std::vector<double>& factor, std::vector<double>& scale) {
  const auto root = [m](int l) { return std::sqrt(static_cast<double>(l - m) * (l + m)); };
  scale = {1, 1};
  for (int l = m + 1; l + 1 < b; ++l)
    scale.push_back(scale[static_cast<std::size_t>(l - 1 - m)] * root(l) / root(l + 1));
  scale.resize(static_cast<std::size_t>(b - m));
  for (int l = m; l + 1 < b; ++l) {
    const auto i = static_cast<std::size_t>(l - m);
    factor.push_back((2 * l + 1) / root(l + 1) * scale[i] / scale[i + 1]);
  }
  factor.resize(static_cast<std::size_t>(b - m) + 2);
}

}  // namespace

LegendreRecurrences::LegendreRecurrences(const Grid& grid) : rings_((grid.rings() + 1) / 2) {
  const std::size_t groups = (rings_ + kRingGroup - 1) / kRingGroup;
  cosine_.assign(groups * kRingGroup, 0.0);
  std::copy_n(grid.cosine.begin(), rings_, cosine_.begin());
  for (int m = 0; m < grid.bandwidth; ++m) {
    const LegendreOrder legendre(grid.bandwidth, m);
    const std::size_t degrees = legendre.size();
    Order order;
    set_steps(grid.bandwidth, m, order.factor, order.scale);
    order.start.assign(2 * groups * kRingGroup, 0.0);
    std::vector<double> d(kRingGroup * (degrees + 1));  // of a group; beyond the last degree 0
    for (std::size_t g = 0; g < groups; ++g) {
      const std::size_t count = std::min(kRingGroup, rings_ - g * kRingGroup);
      std::size_t begin = degrees;
      for (std::size_t j = 0; j < count; ++j) {
        double* of_ring = d.data() + j * (degrees + 1);
        const std::size_t ring = g * kRingGroup + j;
        legendre.evaluate(grid.cosine[ring], std::sin(grid.theta[ring]), of_ring);
        const double* first = std::find_if(of_ring, of_ring + degrees, [](double value) {
          return std::abs(value) >= kNegligible;
        });
        begin = std::min(begin, static_cast<std::size_t>(first - of_ring));
      }
      begin -= begin % 2;
      order.begin.push_back(begin);
      for (std::size_t j = 0; j < count; ++j)
        for (std::size_t i = 0; i < 2 && begin + i < degrees; ++i)
          order.start[(2 * g + i) * kRingGroup + j] =
              d[j * (degrees + 1) + begin + i] / order.scale[begin + i];
    }
    orders_.push_back(std::move(order));
  }
}

kernels::Recurrence LegendreRecurrences::order(int m) const noexcept {
  const Order& order = orders_[static_cast<std::size_t>(m)];
  return {static_cast<std::size_t>(m), order.scale.size(), rings_,
          order.factor.data(),         order.scale.data(), cosine_.data(),
          order.begin.data(),          order.start.data()};
}

std::size_t LegendreRecurrences::bytes() const noexcept {
  std::size_t bytes = cosine_.size() * sizeof(double);
  for (const Order& order : orders_)
    bytes += (order.factor.size() + order.scale.size() + order.start.size()) * sizeof(double) +
             order.begin.size() * sizeof(std::size_t);
  return bytes;
}

}  // namespace equicloud::sphere
