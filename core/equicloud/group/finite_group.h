// SPDX-License-Identifier: BSD-3-Clause
// A finite group by its multiplication table. Laws, checked when it is made: closure, identity,
// associativity, inverses. Ready-made groups: cyclic() here, permutation groups and the rotations
// of the solids in named_spaces.h.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace equicloud::group {

/// Number of an element, 0 .. order - 1; 0 is the identity.
using Element = std::size_t;

/// Elements beyond which no table is kept (it would hold order^2 entries of 8 bytes: 32 MiB).
constexpr std::size_t kLargestOrder = 2048;

/// Immutable; copies share one table.
class FiniteGroup {
 public:
  /// @param table  order x order, row-major: entry (u, v) is the product uv; 0 must be the identity
  /// Throws InvalidArgument, naming the elements, if the table is not that of a group of at most
  /// kLargestOrder elements. Cost: O(order^2) for each generator: associativity is checked with
  /// the middle factor a generator, which is enough (Light's test; Clifford & Preston 1961, 1.2).
  explicit FiniteGroup(std::vector<Element> table);

  std::size_t order() const noexcept { return tables_->inverse.size(); }
  /// uv. Elements must be < order() (not checked).
  Element product(Element u, Element v) const noexcept {
    return tables_->product[u * tables_->inverse.size() + v];
  }
  Element inverse(Element u) const noexcept { return tables_->inverse[u]; }
  /// A few elements of which every element is a product. What holds for them and survives products
  /// holds for the group.
  const std::vector<Element>& generators() const noexcept { return tables_->generators; }

  /// The same table (not: isomorphic).
  friend bool operator==(const FiniteGroup& a, const FiniteGroup& b) noexcept {
    return a.tables_ == b.tables_ || a.tables_->product == b.tables_->product;
  }
  friend bool operator!=(const FiniteGroup& a, const FiniteGroup& b) noexcept { return !(a == b); }

 private:
  struct Tables {
    std::vector<Element> product;
    std::vector<Element> inverse;
    std::vector<Element> generators;
  };
  std::shared_ptr<const Tables> tables_;
};

/// Z_n: u + v modulo n; n >= 1 (checked).
FiniteGroup cyclic(std::size_t n);

/// G x H, componentwise; (u, v) has the number u |H| + v. Translations of an n x n image are
/// direct_product(cyclic(n), cyclic(n)), row first.
FiniteGroup direct_product(const FiniteGroup& g, const FiniteGroup& h);

}  // namespace equicloud::group
