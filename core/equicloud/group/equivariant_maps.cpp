// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/convolution.h>
#include <equicloud/group/equivariant_maps.h>
#include <equicloud/group/integer_rows.h>
#include <equicloud/group/orbits.h>

namespace equicloud::group {
namespace {

IntegerRows constraints(const GSpace& x, const GSpace& y) {
  IntegerRows rows(y.size() * x.size());
  for (const Element u : x.group().generators())
    for (Point b = 0; b < y.size(); ++b)
      for (Point a = 0; a < x.size(); ++a) {
        IntegerRows::Row row;
        ++row[y.act(u, b) * x.size() + x.act(u, a)];
        --row[b * x.size() + a];
        rows.insert(std::move(row));
      }
  return rows;
}

// Column a is the image of the function that is 1 at a. Entries are counts: exact in double.
IntegerMatrix matrix_of_convolution(const GSpace& x, const GSpace& y,
                                    const std::vector<double>& filter) {
  IntegerMatrix w{y.size(), x.size(), std::vector<std::int64_t>(y.size() * x.size())};
  for (Point a = 0; a < x.size(); ++a) {
    std::vector<double> one_at_a(x.size(), 0.0);
    one_at_a[a] = 1.0;
    const std::vector<double> image = convolve(x, y, one_at_a, filter);
    for (Point b = 0; b < y.size(); ++b)
      w.entries[b * x.size() + a] = static_cast<std::int64_t>(image[b]);
  }
  return w;
}

}  // namespace

std::vector<IntegerMatrix> equivariant_maps(const GSpace& x, const GSpace& y) {
  if (x.group() != y.group())
    throw InvalidArgument("equivariant_maps: the two spaces belong to different groups");
  std::vector<IntegerMatrix> maps;
  for (auto& entries : constraints(x, y).null_space())
    maps.push_back({y.size(), x.size(), std::move(entries)});
  return maps;
}

std::vector<IntegerMatrix> convolution_maps(const GSpace& x, const GSpace& y) {
  if (orbits(x).size() != 1)
    throw InvalidArgument("convolution_maps: the first space is not homogeneous");
  std::vector<IntegerMatrix> maps;
  for (const auto& coset : double_cosets(x.group(), stabiliser(x, 0), stabiliser(y, 0))) {
    std::vector<double> filter(x.group().order(), 0.0);
    for (const Element u : coset) filter[u] = 1.0;
    maps.push_back(matrix_of_convolution(x, y, filter));
  }
  return maps;
}

std::size_t span_dimension(const std::vector<IntegerMatrix>& maps) {
  if (maps.empty()) return 0;
  IntegerRows rows(maps.front().rows * maps.front().columns);
  for (const IntegerMatrix& w : maps) {
    if (w.columns != maps.front().columns)
      throw InvalidArgument("span_dimension: the matrices differ in shape");
    rows.insert(w.entries);
  }
  return rows.rank();
}

}  // namespace equicloud::group
