// SPDX-License-Identifier: BSD-3-Clause
// Convolution over a finite group, the one linear layer that respects it (Kondor & Trivedi 2018,
// "On the Generalization of Equivariance and Convolution in Neural Networks to the Action of
// Compact Groups", ICML, sections 3 and 4). Law: moving the signal moves the result. Over
// direct_product(cyclic(n), cyclic(n)) it is the convolution of images with wrapped edges.
#pragma once

#include <equicloud/group/g_space.h>

#include <vector>

// Functions are vectors of one value a group element or a point, in float or double. Sizes are
// checked (InvalidArgument).
namespace equicloud::group {

/// (f * g)(u) = sum_v f(u v^-1) g(v). f: signal, g: filter. Moving f moves the result with the same
/// bits. Cost: O(|G|^2).
template <typename T>
std::vector<T> convolve(const FiniteGroup& group, const std::vector<T>& f, const std::vector<T>& g);

/// A function on the homogeneous space X = G/H as one on G, constant on cosets:
/// (lift f)(u) = f(u x_0), x_0 = point 0.
template <typename T>
std::vector<T> lift(const GSpace& x, const std::vector<T>& f);

/// A function on G as one on X = G/H: (project f)(x) is the mean of f over {u : u x_0 = x}.
/// project(lift f) = f.
template <typename T>
std::vector<T> project(const GSpace& x, const std::vector<T>& f);

/// From X = G/H to Y = G/K: project_Y(lift_X(f) * filter). Only the
/// mean of the filter over each double coset H u K matters.
/// @param f  on X; @param filter  on G
template <typename T>
std::vector<T> convolve(const GSpace& x, const GSpace& y, const std::vector<T>& f,
                        const std::vector<T>& filter);

/// [f * g](R) = sum_x f(R^-1 x) g(x), a function on G: how well the pattern f, moved by R, matches
/// g. Moving g by Q gives [f * g](Q^-1 R). The continuous case is the correlation on the sphere.
/// Cost: O(|G| |X|).
template <typename T>
std::vector<T> correlate(const GSpace& x, const std::vector<T>& f, const std::vector<T>& g);

}  // namespace equicloud::group
