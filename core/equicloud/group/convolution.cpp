// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/convolution.h>

#include <string>

namespace equicloud::group {
namespace {

template <typename T>
void check_values(const char* what, const std::vector<T>& f, std::size_t expected) {
  if (f.size() != expected)
    throw InvalidArgument(std::string(what) + ": a function has " + std::to_string(f.size()) +
                          " values where there are " + std::to_string(expected) + " points");
}

}  // namespace

template <typename T>
std::vector<T> convolve(const FiniteGroup& group, const std::vector<T>& f,
                        const std::vector<T>& g) {
  const std::size_t order = group.order();
  check_values("convolve", f, order);
  check_values("convolve", g, order);
  std::vector<T> result(order, T(0));
  for (Element u = 0; u < order; ++u)
    for (Element v = 0; v < order; ++v) result[u] += f[group.product(u, group.inverse(v))] * g[v];
  return result;
}

template <typename T>
std::vector<T> lift(const GSpace& x, const std::vector<T>& f) {
  check_values("lift", f, x.size());
  std::vector<T> result(x.group().order());
  for (Element u = 0; u < result.size(); ++u) result[u] = f[x.act(u, 0)];
  return result;
}

template <typename T>
std::vector<T> project(const GSpace& x, const std::vector<T>& f) {
  const std::size_t order = x.group().order();
  check_values("project", f, order);
  std::vector<T> sum(x.size(), T(0));
  std::vector<std::size_t> members(x.size(), 0);
  for (Element u = 0; u < order; ++u) {
    sum[x.act(u, 0)] += f[u];
    ++members[x.act(u, 0)];
  }
  for (Point p = 0; p < x.size(); ++p) {
    if (members[p] == 0)
      throw InvalidArgument("project: no element takes point 0 to point " + std::to_string(p) +
                            "; the space must be homogeneous");
    sum[p] /= static_cast<T>(members[p]);
  }
  return sum;
}

template <typename T>
std::vector<T> convolve(const GSpace& x, const GSpace& y, const std::vector<T>& f,
                        const std::vector<T>& filter) {
  if (x.group() != y.group())
    throw InvalidArgument("convolve: the two spaces belong to different groups");
  return project(y, convolve(x.group(), lift(x, f), filter));
}

template <typename T>
std::vector<T> correlate(const GSpace& x, const std::vector<T>& f, const std::vector<T>& g) {
  check_values("correlate", f, x.size());
  check_values("correlate", g, x.size());
  std::vector<T> result(x.group().order(), T(0));
  for (Element r = 0; r < result.size(); ++r)
    for (Point p = 0; p < x.size(); ++p) result[r] += f[x.act(x.group().inverse(r), p)] * g[p];
  return result;
}

#define EQUICLOUD_INSTANTIATE(T)                                                        \
  template std::vector<T> convolve(const FiniteGroup&, const std::vector<T>&,           \
                                   const std::vector<T>&);                              \
  template std::vector<T> lift(const GSpace&, const std::vector<T>&);                   \
  template std::vector<T> project(const GSpace&, const std::vector<T>&);                \
  template std::vector<T> convolve(const GSpace&, const GSpace&, const std::vector<T>&, \
                                   const std::vector<T>&);                              \
  template std::vector<T> correlate(const GSpace&, const std::vector<T>&, const std::vector<T>&);

EQUICLOUD_INSTANTIATE(float)
EQUICLOUD_INSTANTIATE(double)
#undef EQUICLOUD_INSTANTIATE

}  // namespace equicloud::group
