// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/fusion.h>

#include <algorithm>
#include <cmath>

namespace equicloud::classify {
namespace {

double dot(const float* a, const float* b, std::size_t n) noexcept {
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

double length(Span<const float> x) noexcept { return std::sqrt(dot(x.data(), x.data(), x.size())); }

double cosine(const float* a, const float* b, std::size_t n) noexcept {
  const double lengths = length({a, n}) * length({b, n});
  return lengths > 0.0 ? dot(a, b, n) / lengths : 0.0;
}

// Scaled to the length `target`; 0 stays 0.
void append_at_length(Span<const float> x, double target, std::vector<float>& out) {
  const double size = length(x);
  const double factor = size > 0.0 ? target / size : 0.0;
  for (const float value : x)
    out.push_back(static_cast<float>(factor * static_cast<double>(value)));
}

}  // namespace

std::vector<float> softmax(Span<const float> logits, float temperature) {
  const double largest = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
  std::vector<double> terms(logits.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    terms[i] =
        std::exp((static_cast<double>(logits[i]) - largest) / static_cast<double>(temperature));
    sum += terms[i];
  }
  std::vector<float> probabilities(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i)
    probabilities[i] = static_cast<float>(terms[i] / sum);
  return probabilities;
}

std::vector<float> joined_embedding(Span<const float> a, Span<const float> b) {
  const double both = length(a) > 0.0 && length(b) > 0.0 ? std::sqrt(0.5) : 1.0;
  std::vector<float> joined;
  joined.reserve(a.size() + b.size());
  append_at_length(a, both, joined);
  append_at_length(b, both, joined);
  return joined;
}

double nearest_cosine(Span<const float> x, Span<const float> rows, std::size_t first,
                      std::size_t count) {
  double nearest = -1.0;
  for (std::size_t row = 0; row < rows.size(); row += x.size())
    nearest = std::max(nearest, cosine(x.data() + first, rows.data() + row + first, count));
  return nearest;
}

}  // namespace equicloud::classify
