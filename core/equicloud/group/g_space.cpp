// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/g_space.h>
#include <equicloud/group/orbits.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

namespace equicloud::group {
namespace {

void check_permutations(const std::vector<Permutation>& generators) {
  if (generators.empty() || generators.front().empty())
    throw InvalidArgument("generated_by: got no permutation or one of no points");
  for (const Permutation& p : generators) {
    std::vector<bool> hit(generators.front().size(), false);
    for (const Point x : p)
      if (x < hit.size()) hit[x] = true;
    if (p.size() != hit.size() || std::find(hit.begin(), hit.end(), false) != hit.end())
      throw InvalidArgument("generated_by: a generator is not a permutation of " +
                            std::to_string(hit.size()) + " points");
  }
}

Permutation compose(const Permutation& p, const Permutation& q) {
  Permutation pq(q.size());
  for (Point x = 0; x < q.size(); ++x) pq[x] = p[q[x]];
  return pq;
}

// All products of the generators, the identity first.
std::vector<Permutation> closure(const std::vector<Permutation>& generators) {
  std::vector<Permutation> elements(1, Permutation(generators.front().size()));
  std::iota(elements[0].begin(), elements[0].end(), Point{0});
  std::map<Permutation, Element> known{{elements[0], 0}};
  for (std::size_t next = 0; next < elements.size(); ++next)
    for (const Permutation& g : generators) {
      Permutation candidate = compose(g, elements[next]);
      if (!known.emplace(candidate, elements.size()).second) continue;
      elements.push_back(std::move(candidate));
      if (elements.size() > kLargestOrder)
        throw InvalidArgument("generated_by: the group has more than " +
                              std::to_string(kLargestOrder) + " elements");
    }
  return elements;
}

FiniteGroup group_of(const std::vector<Permutation>& elements) {
  std::map<Permutation, Element> number;
  for (const Permutation& p : elements) number.emplace(p, number.size());
  std::vector<Element> table;
  for (const Permutation& p : elements)
    for (const Permutation& q : elements) table.push_back(number.at(compose(p, q)));
  return FiniteGroup(std::move(table));
}

}  // namespace

GSpace::GSpace(FiniteGroup group, std::vector<Point> action)
    : group_(std::move(group)), size_(action.size() / group_.order()), action_(std::move(action)) {
  if (size_ == 0 || action_.size() != size_ * group_.order())
    throw InvalidArgument("GSpace: an action of " + std::to_string(action_.size()) +
                          " entries is not one row for each of " + std::to_string(group_.order()) +
                          " elements");
  for (const Point x : action_)
    if (x >= size_)
      throw InvalidArgument("GSpace: point " + std::to_string(x) + " is none of the " +
                            std::to_string(size_) + " points");
  for (Point x = 0; x < size_; ++x)
    if (act(0, x) != x)
      throw InvalidArgument("GSpace: the identity moves point " + std::to_string(x));
  for (const Element g : group_.generators())
    for (Element u = 0; u < group_.order(); ++u)
      for (Point x = 0; x < size_; ++x)
        if (act(group_.product(g, u), x) != act(g, act(u, x)))
          throw InvalidArgument("GSpace: (uv)x is not u(vx) for u, v, x = " + std::to_string(g) +
                                ", " + std::to_string(u) + ", " + std::to_string(x));
}

GSpace regular(const FiniteGroup& g) { return cosets(g, {0}); }

GSpace conjugation(const FiniteGroup& g) {
  std::vector<Point> action;
  for (Element u = 0; u < g.order(); ++u)
    for (Element x = 0; x < g.order(); ++x)
      action.push_back(g.product(g.product(u, x), g.inverse(u)));
  return GSpace(g, std::move(action));
}

GSpace cosets(const FiniteGroup& g, const Subgroup& h) {
  check_subgroup(g, h);
  std::vector<Point> coset(g.order(), g.order());
  std::vector<Element> representatives;
  for (Element u = 0; u < g.order(); ++u) {
    if (coset[u] != g.order()) continue;
    for (const Element v : h) coset[g.product(u, v)] = representatives.size();
    representatives.push_back(u);
  }
  std::vector<Point> action;
  for (Element u = 0; u < g.order(); ++u)
    for (const Element r : representatives) action.push_back(coset[g.product(u, r)]);
  return GSpace(g, std::move(action));
}

GSpace product(const GSpace& x, const GSpace& y) {
  if (x.group() != y.group())
    throw InvalidArgument("product: the two spaces belong to different groups, of order " +
                          std::to_string(x.group().order()) + " and " +
                          std::to_string(y.group().order()));
  std::vector<Point> action;
  for (Element u = 0; u < x.group().order(); ++u)
    for (Point a = 0; a < x.size(); ++a)
      for (Point b = 0; b < y.size(); ++b) action.push_back(x.act(u, a) * y.size() + y.act(u, b));
  return GSpace(x.group(), std::move(action));
}

GSpace generated_by(const std::vector<Permutation>& generators) {
  check_permutations(generators);
  const std::vector<Permutation> elements = closure(generators);
  std::vector<Point> action;
  for (const Permutation& p : elements) action.insert(action.end(), p.begin(), p.end());
  return GSpace(group_of(elements), std::move(action));
}

template <typename T>
std::vector<T> moved(const GSpace& x, Element u, const std::vector<T>& f) {
  if (f.size() != x.size())
    throw InvalidArgument("moved: " + std::to_string(f.size()) + " values on a space of " +
                          std::to_string(x.size()) + " points");
  std::vector<T> result(f.size());
  for (Point p = 0; p < x.size(); ++p) result[x.act(u, p)] = f[p];
  return result;
}

template std::vector<float> moved(const GSpace&, Element, const std::vector<float>&);
template std::vector<double> moved(const GSpace&, Element, const std::vector<double>&);

}  // namespace equicloud::group
