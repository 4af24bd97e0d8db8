// SPDX-License-Identifier: BSD-3-Clause
// The slow and obvious clusters: every pair of points is looked at.
#pragma once

#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <vector>

#include "laws/clouds.h"

namespace equicloud::clusters {

/// Names every class of a labelling by the first index in it, so that two labellings of one
/// partition are equal. Label -1 stays.
template <typename Label>
std::vector<long> partition(const std::vector<Label>& label) {
  std::map<Label, long> first;
  std::vector<long> named(label.size(), -1);
  for (std::size_t i = 0; i < label.size(); ++i)
    if (label[i] != Label(-1))
      named[i] = first.emplace(label[i], static_cast<long>(i)).first->second;
  return named;
}

inline bool finite_at(const laws::Cloud& cloud, std::size_t i) {
  return std::isfinite(cloud[3 * i]) && std::isfinite(cloud[3 * i + 1]) &&
         std::isfinite(cloud[3 * i + 2]);
}

inline double squared_distance(const laws::Cloud& cloud, std::size_t i, std::size_t j) {
  double sum = 0.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double d = static_cast<double>(cloud[3 * i + axis]) - cloud[3 * j + axis];
    sum += d * d;
  }
  return sum;
}

/// partition() of the components, flooded from each point not yet reached.
inline std::vector<long> brute_force_clusters(const laws::Cloud& cloud, double tolerance) {
  const std::size_t n = cloud.size() / 3;
  std::vector<long> label(n, -1);
  std::vector<std::size_t> front;
  for (std::size_t seed = 0; seed < n; ++seed) {
    if (label[seed] >= 0 || !finite_at(cloud, seed)) continue;
    label[seed] = static_cast<long>(seed);
    front.assign(1, seed);
    while (!front.empty()) {
      const std::size_t i = front.back();
      front.pop_back();
      for (std::size_t j = 0; j < n; ++j)
        if (label[j] < 0 && finite_at(cloud, j) &&
            squared_distance(cloud, i, j) <= tolerance * tolerance) {
          label[j] = static_cast<long>(seed);
          front.push_back(j);
        }
    }
  }
  return label;
}

}  // namespace equicloud::clusters
