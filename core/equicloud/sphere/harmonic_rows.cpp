// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/harmonic_rows.h>
#include <equicloud/sphere/index.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace equicloud::sphere {
namespace {

// Directions taken together: their powers and q stay in the first-level cache.
constexpr std::size_t kChunk = 64;

// S_lm = q_l(z) Re (x + iy)^m: q_m is sqrt((2m+1) / 4 pi prod (2k-1) / 2k), times sqrt2 for m > 0.
double start_of(int m) {
  double square = (2 * m + 1) / (4 * std::acos(-1.0)) * (m == 0 ? 1 : 2);
  for (int k = 1; k <= m; ++k) square *= (2.0 * k - 1) / (2.0 * k);
  return std::sqrt(square);
}

}  // namespace

HarmonicRows::HarmonicRows(int b) : bandwidth_(b) {
  if (b < 1) throw InvalidArgument("harmonics need bandwidth >= 1; got " + std::to_string(b));
  for (int m = 0; m < b; ++m) {
    starts_.push_back(static_cast<float>(start_of(m)));
    for (int l = m + 1; l < b; ++l) {
      const double ahead = std::sqrt((4.0 * l * l - 1) / (l * l - m * m));
      const double before = l - 1;
      const double behind = std::sqrt((before * before - m * m) / (4 * before * before - 1));
      steps_.push_back(
          {static_cast<float>(ahead), static_cast<float>(l == m + 1 ? 0 : ahead * behind)});
    }
  }
}

void HarmonicRows::evaluate_chunk(const float* x, const float* y, const float* z, std::size_t n,
                                  float* rows, std::size_t stride) const noexcept {
  float cosine[kChunk], sine[kChunk];  // (x + iy)^m
  float q[kChunk], before[kChunk];
  std::fill_n(cosine, n, 1.0F);
  std::fill_n(sine, n, 0.0F);
  const Step* step = steps_.data();
  for (int m = 0; m < bandwidth_; ++m) {
    std::fill_n(q, n, starts_[static_cast<std::size_t>(m)]);
    std::fill_n(before, n, 0.0F);
    for (int l = m; l < bandwidth_; ++l) {
      float* plus = rows + full_index(l, m) * stride;
      float* minus = rows + full_index(l, -m) * stride;
      for (std::size_t i = 0; i < n; ++i) minus[i] = q[i] * sine[i];
      for (std::size_t i = 0; i < n; ++i) plus[i] = q[i] * cosine[i];  // last: at m = 0 one row
      if (l + 1 == bandwidth_) break;
      const Step s = *step++;
      for (std::size_t i = 0; i < n; ++i) {
        const float next = s.ahead * z[i] * q[i] - s.behind * before[i];
        before[i] = q[i];
        q[i] = next;
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      const float turned = x[i] * cosine[i] - y[i] * sine[i];
      sine[i] = x[i] * sine[i] + y[i] * cosine[i];
      cosine[i] = turned;
    }
  }
}

void HarmonicRows::evaluate(const float* x, const float* y, const float* z, std::size_t n,
                            float* rows, std::size_t stride) const noexcept {
  for (std::size_t first = 0; first < n; first += kChunk)
    evaluate_chunk(x + first, y + first, z + first, std::min(kChunk, n - first), rows + first,
                   stride);
}

}  // namespace equicloud::sphere
