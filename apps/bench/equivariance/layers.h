// SPDX-License-Identifier: BSD-3-Clause
// The layers whose equivariance is measured, each as a map of coefficients to coefficients.
#pragma once

#include <bench/equivariance/signals.h>

#include <functional>
#include <string>
#include <vector>

namespace equicloud::bench {

struct Layer {
  std::string name;
  Space from, to;
  std::function<Coefficients(const Coefficients&)> apply;
};

/// At bandwidth b >= 4, even: both correlations; relu and x + x^2 / 2 on the grid of bandwidth b
/// and on larger ones, cut to b again; the classifier's stack (classify/spherical_network.h) with
/// bandwidths b and b / 2, the means of relu behind it, and the stack with relu in it.
std::vector<Layer> layers(int b);

/// Cohen, Geiger, Koehler & Welling 2018, section 5.1: the mean over rotations R of
///   std(L_R Phi(f) - Phi(L_R f)) / std(Phi(f)),   f a random signal.
double equivariance_error(const Layer& layer, int rotations, Random& random);

}  // namespace equicloud::bench
