// SPDX-License-Identifier: BSD-3-Clause
// Where graph convolutions stand. Commuting with the Laplacian L is a strong condition: where its
// spectrum is simple only polynomials in L do. Commuting with the graph's own symmetries is weak:
// most graphs have none. What a graph layer obeys is f(P A P^T, P x) = P f(A, x), tested with the
// layers themselves (tests/sets, GraphLayer).
#include <equicloud/group/equivariant_maps.h>
#include <equicloud/group/integer_rows.h>
#include <equicloud/group/named_spaces.h>
#include <gtest/gtest.h>

#include <utility>

namespace equicloud::group {
namespace {

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

IntegerMatrix laplacian(std::size_t n, const Edges& edges) {
  IntegerMatrix l{n, n, std::vector<std::int64_t>(n * n, 0)};
  for (const auto& [a, b] : edges) {
    ++l.entries[a * n + a];
    ++l.entries[b * n + b];
    --l.entries[a * n + b];
    --l.entries[b * n + a];
  }
  return l;
}

IntegerMatrix times(const IntegerMatrix& a, const IntegerMatrix& b) {
  const std::size_t n = a.rows;
  IntegerMatrix c{n, n, std::vector<std::int64_t>(n * n, 0)};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t j = 0; j < n; ++j)
        c.entries[i * n + j] += a.entries[i * n + k] * b.entries[k * n + j];
  return c;
}

// 1, L, L^2, ... L^{n-1}: by Cayley & Hamilton all polynomials.
std::vector<IntegerMatrix> powers(const IntegerMatrix& l) {
  IntegerMatrix power{l.rows, l.rows, std::vector<std::int64_t>(l.rows * l.rows, 0)};
  for (std::size_t i = 0; i < l.rows; ++i) power.entries[i * l.rows + i] = 1;
  std::vector<IntegerMatrix> result;
  for (std::size_t k = 0; k < l.rows; ++k) {
    result.push_back(power);
    power = times(power, l);
  }
  return result;
}

// All W with L W = W L.
std::vector<IntegerMatrix> commutant(const IntegerMatrix& l) {
  const std::size_t n = l.rows;
  IntegerRows rows(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      IntegerRows::Row row;
      for (std::size_t k = 0; k < n; ++k) {
        row[k * n + j] += l.entries[i * n + k];
        row[i * n + k] -= l.entries[k * n + j];
      }
      rows.insert(std::move(row));
    }
  std::vector<IntegerMatrix> maps;
  for (auto& entries : rows.null_space()) maps.push_back({n, n, std::move(entries)});
  return maps;
}

// The permutations that keep L, as a space on the vertices.
GSpace symmetries(const IntegerMatrix& l) {
  const GSpace all = letters(l.rows);
  std::vector<Permutation> keeping;
  for (Element u = 0; u < all.group().order(); ++u) {
    bool keeps = true;
    Permutation p(l.rows);
    for (Point a = 0; a < l.rows; ++a) p[a] = all.act(u, a);
    for (Point a = 0; a < l.rows; ++a)
      for (Point b = 0; b < l.rows; ++b)
        keeps = keeps && l.entries[p[a] * l.rows + p[b]] == l.entries[a * l.rows + b];
    if (keeps) keeping.push_back(p);
  }
  return generated_by(keeping);
}

const Edges kPath = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}};
// The triangle 0 1 2 with tails of lengths 1 and 2: no symmetry but the identity.
const Edges kAsymmetric = {{0, 1}, {1, 2}, {2, 0}, {1, 3}, {2, 4}, {4, 5}};
const Edges kComplete4 = {{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}};

TEST(GraphConvolution, WithASimpleSpectrumOnlyPolynomialsCommuteWithTheLaplacian) {
  for (const Edges& edges : {kPath, kAsymmetric}) {
    const IntegerMatrix l = laplacian(6, edges);
    auto all = commutant(l);
    EXPECT_EQ(all.size(), 6U);
    EXPECT_EQ(span_dimension(powers(l)), 6U);
    for (const IntegerMatrix& power : powers(l)) all.push_back(power);
    EXPECT_EQ(span_dimension(all), 6U);
  }
}

TEST(GraphConvolution, WithARepeatedEigenvalueOthersCommuteToo) {
  const IntegerMatrix l = laplacian(4, kComplete4);  // eigenvalues 0, 4, 4, 4
  EXPECT_EQ(span_dimension(powers(l)), 2U);
  EXPECT_EQ(commutant(l).size(), 10U);  // 1 + 3^2
}

TEST(GraphConvolution, AGraphsOwnSymmetriesConstrainLittleWhenTheyAreFew) {
  const GSpace none = symmetries(laplacian(6, kAsymmetric));
  EXPECT_EQ(none.group().order(), 1U);
  EXPECT_EQ(equivariant_maps(none, none).size(), 36U);  // every matrix
  const GSpace mirror = symmetries(laplacian(6, kPath));
  EXPECT_EQ(mirror.group().order(), 2U);
  EXPECT_EQ(equivariant_maps(mirror, mirror).size(), 18U);
  const GSpace all = symmetries(laplacian(4, kComplete4));
  EXPECT_EQ(equivariant_maps(all, all).size(), 2U);  // a graph that is a set
}

}  // namespace
}  // namespace equicloud::group
