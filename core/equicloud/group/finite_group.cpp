// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/finite_group.h>

#include <algorithm>
#include <string>

namespace equicloud::group {
namespace {

std::size_t checked_order(const std::vector<Element>& table) {
  std::size_t order = 0;
  while (order * order < table.size()) ++order;
  if (order == 0 || order * order != table.size() || order > kLargestOrder)
    throw InvalidArgument("FiniteGroup: a table of " + std::to_string(table.size()) +
                          " entries is not n x n with 1 <= n <= " + std::to_string(kLargestOrder));
  const auto outside =
      std::find_if(table.begin(), table.end(), [=](Element u) { return u >= order; });
  if (outside != table.end())
    throw InvalidArgument("FiniteGroup: product " + std::to_string(*outside) + " is none of the " +
                          std::to_string(order) + " elements");
  return order;
}

void check_identity(const std::vector<Element>& table, std::size_t order) {
  for (Element u = 0; u < order; ++u)
    if (table[u] != u || table[u * order] != u)
      throw InvalidArgument("FiniteGroup: element 0 is not the identity for element " +
                            std::to_string(u));
}

// Adds to `found` every product of an element found and a generator, until none is new.
void close(const std::vector<Element>& table, std::size_t order,
           const std::vector<Element>& generators, std::vector<bool>& found) {
  std::vector<Element> open;
  for (Element u = 0; u < order; ++u)
    if (found[u]) open.push_back(u);
  while (!open.empty()) {
    const Element u = open.back();
    open.pop_back();
    for (const Element g : generators) {
      const Element next = table[u * order + g];
      if (!found[next]) open.push_back(next);
      found[next] = true;
    }
  }
}

std::vector<Element> find_generators(const std::vector<Element>& table, std::size_t order) {
  std::vector<Element> generators;
  std::vector<bool> found(order, false);
  found[0] = true;
  for (Element u = 0; u < order; ++u) {
    if (found[u]) continue;
    generators.push_back(u);
    close(table, order, generators, found);
  }
  return generators;
}

void check_associativity(const std::vector<Element>& table, std::size_t order,
                         const std::vector<Element>& middles) {
  for (const Element g : middles)
    for (Element u = 0; u < order; ++u)
      for (Element v = 0; v < order; ++v)
        if (table[table[u * order + g] * order + v] != table[u * order + table[g * order + v]])
          throw InvalidArgument(
              "FiniteGroup: (uv)w is not u(vw) for u, v, w = " + std::to_string(u) + ", " +
              std::to_string(g) + ", " + std::to_string(v));
}

std::vector<Element> find_inverses(const std::vector<Element>& table, std::size_t order) {
  std::vector<Element> inverse(order);
  for (Element u = 0; u < order; ++u) {
    const Element* row = table.data() + u * order;
    inverse[u] = static_cast<Element>(std::find(row, row + order, Element{0}) - row);
    if (inverse[u] == order)
      throw InvalidArgument("FiniteGroup: element " + std::to_string(u) + " has no inverse");
  }
  return inverse;
}

}  // namespace

FiniteGroup::FiniteGroup(std::vector<Element> table) {
  const std::size_t order = checked_order(table);
  check_identity(table, order);
  std::vector<Element> generators = find_generators(table, order);
  check_associativity(table, order, generators);
  std::vector<Element> inverse = find_inverses(table, order);
  tables_ = std::make_shared<const Tables>(
      Tables{std::move(table), std::move(inverse), std::move(generators)});
}

FiniteGroup cyclic(std::size_t n) {
  if (n < 1 || n > kLargestOrder)
    throw InvalidArgument("cyclic: order " + std::to_string(n) + " is not in 1 .. " +
                          std::to_string(kLargestOrder));
  std::vector<Element> table;
  for (Element u = 0; u < n; ++u)
    for (Element v = 0; v < n; ++v) table.push_back((u + v) % n);
  return FiniteGroup(std::move(table));
}

FiniteGroup direct_product(const FiniteGroup& g, const FiniteGroup& h) {
  const std::size_t order = g.order() * h.order();
  if (order > kLargestOrder)
    throw InvalidArgument("direct_product: order " + std::to_string(order) + " is above " +
                          std::to_string(kLargestOrder));
  std::vector<Element> table;
  for (Element a = 0; a < order; ++a)
    for (Element b = 0; b < order; ++b)
      table.push_back(g.product(a / h.order(), b / h.order()) * h.order() +
                      h.product(a % h.order(), b % h.order()));
  return FiniteGroup(std::move(table));
}

}  // namespace equicloud::group
