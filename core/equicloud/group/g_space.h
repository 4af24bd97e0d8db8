// SPDX-License-Identifier: BSD-3-Clause
// A finite set that a finite group moves. Laws, checked when it is made: e x = x, (uv) x = u (v x).
// Functions on it are vectors with one value a point; the group acts by (L_u f)(x) = f(u^-1 x).
#pragma once

#include <equicloud/group/finite_group.h>

#include <cstddef>
#include <vector>

namespace equicloud::group {

/// Number of a point of a space, 0 .. size - 1.
using Point = std::size_t;
/// A sorted list of elements that is a group; {0} is the trivial one.
using Subgroup = std::vector<Element>;
/// p[x] is where x goes; (pq)[x] = p[q[x]].
using Permutation = std::vector<Point>;

/// Immutable; holds its group.
class GSpace {
 public:
  /// @param action  order x size, row-major: entry (u, x) is u x
  /// Throws InvalidArgument if that is not an action. Cost: O(order size) for each generator.
  GSpace(FiniteGroup group, std::vector<Point> action);

  const FiniteGroup& group() const noexcept { return group_; }
  std::size_t size() const noexcept { return size_; }
  /// u x. Must be in range (not checked).
  Point act(Element u, Point x) const noexcept { return action_[u * size_ + x]; }

 private:
  FiniteGroup group_;
  std::size_t size_;
  std::vector<Point> action_;
};

/// G on itself: u x is the product.
GSpace regular(const FiniteGroup& g);

/// G on itself: u takes x to u x u^-1. Its orbits are the conjugacy classes.
GSpace conjugation(const FiniteGroup& g);

/// G/H: the left cosets uH in order of their smallest element, so point 0 is H itself, the
/// stabiliser of point 0 is H. Throws InvalidArgument if `h` is not a subgroup.
GSpace cosets(const FiniteGroup& g, const Subgroup& h);

/// X x Y with u (x, y) = (u x, u y); (x, y) has the number x |Y| + y. Both must be spaces of one
/// group (checked). product(x, x): pairs, edges, entries of a matrix.
GSpace product(const GSpace& x, const GSpace& y);

/// The points that the permutations move, with the group they generate. Throws InvalidArgument
/// where one is not a permutation of the same points, or the group has above kLargestOrder
/// elements.
GSpace generated_by(const std::vector<Permutation>& generators);

/// L_u f: moved[u x] = f[x].
/// @param f  x.size() values (checked)
template <typename T>
std::vector<T> moved(const GSpace& x, Element u, const std::vector<T>& f);

}  // namespace equicloud::group
