// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/orbits.h>

#include <algorithm>
#include <string>

namespace equicloud::group {

std::vector<std::vector<Point>> orbits(const GSpace& x) {
  std::vector<std::vector<Point>> result;
  std::vector<bool> seen(x.size(), false);
  for (Point p = 0; p < x.size(); ++p) {
    if (seen[p]) continue;
    result.emplace_back();
    for (Element u = 0; u < x.group().order(); ++u) {
      const Point q = x.act(u, p);
      if (!seen[q]) result.back().push_back(q);
      seen[q] = true;
    }
    std::sort(result.back().begin(), result.back().end());
  }
  return result;
}

Subgroup stabiliser(const GSpace& space, Point x) {
  if (x >= space.size())
    throw InvalidArgument("stabiliser: point " + std::to_string(x) + " is none of the " +
                          std::to_string(space.size()) + " points");
  Subgroup fixing;
  for (Element u = 0; u < space.group().order(); ++u)
    if (space.act(u, x) == x) fixing.push_back(u);
  return fixing;
}

Subgroup generated_subgroup(const FiniteGroup& g, const std::vector<Element>& elements) {
  for (const Element u : elements)
    if (u >= g.order())
      throw InvalidArgument("generated_subgroup: element " + std::to_string(u) +
                            " is none of the " + std::to_string(g.order()));
  Subgroup found = {0};
  std::vector<bool> seen(g.order(), false);
  seen[0] = true;
  for (std::size_t next = 0; next < found.size(); ++next)
    for (const Element u : elements) {
      const Element product = g.product(found[next], u);
      if (!seen[product]) found.push_back(product);
      seen[product] = true;
    }
  std::sort(found.begin(), found.end());
  return found;
}

void check_subgroup(const FiniteGroup& g, const Subgroup& h) {
  if (h.empty() || generated_subgroup(g, h) != h)
    throw InvalidArgument("a list of " + std::to_string(h.size()) +
                          " elements is not a sorted subgroup of the group of order " +
                          std::to_string(g.order()));
}

std::vector<std::vector<Element>> double_cosets(const FiniteGroup& g, const Subgroup& h,
                                                const Subgroup& k) {
  check_subgroup(g, h);
  check_subgroup(g, k);
  std::vector<std::vector<Element>> result;
  std::vector<bool> seen(g.order(), false);
  for (Element u = 0; u < g.order(); ++u) {
    if (seen[u]) continue;
    result.emplace_back();
    for (const Element a : h)
      for (const Element b : k) {
        const Element v = g.product(g.product(a, u), b);
        if (!seen[v]) result.back().push_back(v);
        seen[v] = true;
      }
    std::sort(result.back().begin(), result.back().end());
  }
  return result;
}

}  // namespace equicloud::group
