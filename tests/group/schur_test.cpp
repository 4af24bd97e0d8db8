// SPDX-License-Identifier: BSD-3-Clause
// Schur's lemma at work: commutants of the symmetric group, and the parts that characters name.
#include <equicloud/base/error.h>
#include <equicloud/group/characters.h>
#include <equicloud/group/equivariant_maps.h>
#include <equicloud/group/named_spaces.h>
#include <equicloud/group/orbits.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "group/functions.h"

namespace equicloud::group {
namespace {

using Matrix = Eigen::MatrixXcd;

// Means of up to 720 roots of unity and products of matrices of such.
constexpr double kProjectionTolerance = 1e-12;

Matrix projection(const GSpace& x, const Character& chi) {
  const auto n = static_cast<Eigen::Index>(x.size());
  const auto p = isotypic_projection(x, chi);
  return Eigen::Map<
      const Eigen::Matrix<std::complex<double>, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
      p.data(), n, n);
}

Matrix dense(const IntegerMatrix& w) {
  Matrix m(w.rows, w.columns);
  for (std::size_t r = 0; r < w.rows; ++r)
    for (std::size_t c = 0; c < w.columns; ++c)
      m(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) =
          static_cast<double>(w.entries[r * w.columns + c]);
  return m;
}

// lambda I + gamma 1 1^T
IntegerMatrix deep_sets(std::size_t n, std::int64_t lambda, std::int64_t gamma) {
  IntegerMatrix w{n, n, std::vector<std::int64_t>(n * n, gamma)};
  for (std::size_t i = 0; i < n; ++i) w.entries[i * n + i] += lambda;
  return w;
}

TEST(Schur, MapsThatCommuteWithPermutationsAreTheDeepSetsLayer) {
  for (std::size_t n = 2; n <= 6; ++n) {
    const GSpace x = letters(n);
    auto maps = equivariant_maps(x, x);
    EXPECT_EQ(maps.size(), 2U) << n;
    maps.push_back(deep_sets(n, 1, 0));
    maps.push_back(deep_sets(n, 0, 1));
    maps.push_back(deep_sets(n, 5, -3));
    EXPECT_EQ(span_dimension(maps), 2U) << n;
    EXPECT_EQ(span_dimension({deep_sets(n, 1, 0), deep_sets(n, 0, 1)}), 2U) << n;
  }
}

// 15 = partitions of 4 indices (Maron et al. 2019, theorem 1); for n < 4 those with more than n
// blocks are missing.
TEST(Schur, MapsOfPairsThatCommuteWithPermutationsAreFifteen) {
  const std::size_t expected[] = {8, 14, 15, 15, 15};
  for (std::size_t n = 2; n <= 6; ++n) {
    const GSpace pairs = product(letters(n), letters(n));
    EXPECT_EQ(equivariant_maps(pairs, pairs).size(), expected[n - 2]) << n;
    EXPECT_NEAR(inner(permutation_character(pairs), permutation_character(pairs)).real(),
                static_cast<double>(expected[n - 2]), kProjectionTolerance);
  }
}

TEST(Schur, CommutantDimensionIsTheNormOfTheCharacter) {
  for (const GSpace& x : {cycle(6), polygon(6), tetrahedron(), octahedron(), icosahedron()}) {
    const Character pi = permutation_character(x);
    EXPECT_NEAR(inner(pi, pi).real(), static_cast<double>(equivariant_maps(x, x).size()),
                kProjectionTolerance);
  }
}

TEST(Schur, FunctionsOnLettersAreTrivialPlusStandard) {
  for (std::size_t n = 2; n <= 6; ++n) {
    const GSpace x = letters(n);
    const Character standard = standard_character(x);
    EXPECT_NEAR(inner(standard, standard).real(), 1.0, kProjectionTolerance);  // irreducible
    const Matrix mean = projection(x, trivial_character(x.group()));
    const Matrix rest = projection(x, standard);
    const auto size = static_cast<Eigen::Index>(n);
    const Matrix expected = Matrix::Constant(size, size, 1.0 / static_cast<double>(n));
    EXPECT_LE((mean - expected).norm(), kProjectionTolerance);
    EXPECT_LE((rest - (Matrix::Identity(size, size) - expected)).norm(), kProjectionTolerance);
  }
}

// On each part an equivariant map is a number, between parts it is nothing.
TEST(Schur, EquivariantMapsAreNumbersOnTheParts) {
  const GSpace x = letters(5);
  const Matrix mean = projection(x, trivial_character(x.group()));
  const Matrix rest = projection(x, standard_character(x));
  for (const IntegerMatrix& map : equivariant_maps(x, x)) {
    const Matrix w = dense(map);
    EXPECT_LE((mean * w * rest).norm(), kProjectionTolerance);
    EXPECT_LE((rest * w * mean).norm(), kProjectionTolerance);
    const std::complex<double> number = (rest * w * rest).trace() / rest.trace();
    EXPECT_LE((rest * w * rest - number * rest).norm(), kProjectionTolerance);
  }
}

Character sign(const GSpace& letters_of_s_n) {
  const GSpace& x = letters_of_s_n;
  Character chi(x.group().order());
  for (Element u = 0; u < chi.size(); ++u) {
    int inversions = 0;
    for (Point a = 0; a < x.size(); ++a)
      for (Point b = a + 1; b < x.size(); ++b) inversions += x.act(u, a) > x.act(u, b) ? 1 : 0;
    chi[u] = inversions % 2 == 0 ? 1.0 : -1.0;
  }
  return chi;
}

TEST(Isotypic, ProjectionsAreOrthogonalAndAddUpToTheIdentity) {
  const GSpace x = letters(3);
  const GSpace whole = regular(x.group());  // every irreducible, as often as its dimension
  const std::vector<Character> irreducible = {trivial_character(x.group()), sign(x),
                                              standard_character(x)};
  const double ranks[] = {1, 1, 4};
  Matrix sum = Matrix::Zero(6, 6);
  for (std::size_t i = 0; i < irreducible.size(); ++i) {
    const Matrix p = projection(whole, irreducible[i]);
    EXPECT_NEAR(p.trace().real(), ranks[i], kProjectionTolerance);
    for (std::size_t j = 0; j < irreducible.size(); ++j) {
      const Matrix q = projection(whole, irreducible[j]);
      EXPECT_LE((p * q - (i == j ? p : Matrix::Zero(6, 6))).norm(), kProjectionTolerance);
    }
    sum += p;
  }
  EXPECT_LE((sum - Matrix::Identity(6, 6)).norm(), kProjectionTolerance);
}

TEST(Isotypic, ProjectionsCommuteWithTheGroup) {
  Random random(1);
  const GSpace x = letters(4);
  const GSpace pairs = product(x, x);
  const Matrix p = projection(pairs, standard_character(x));
  EXPECT_NEAR(p.trace().real(), 9.0, kProjectionTolerance);  // 3 copies of dimension 3
  const auto f = random_function(pairs.size(), random);
  const auto apply = [&](const std::vector<double>& v) -> Eigen::VectorXd {
    return (p * Eigen::Map<const Eigen::VectorXd>(v.data(), 16).cast<std::complex<double>>())
        .real();
  };
  for (Element u = 0; u < x.group().order(); ++u) {
    const Eigen::VectorXd pf = apply(f);
    const auto moved_pf = moved(pairs, u, std::vector<double>(pf.begin(), pf.end()));
    EXPECT_LE(
        (apply(moved(pairs, u, f)) - Eigen::Map<const Eigen::VectorXd>(moved_pf.data(), 16)).norm(),
        kProjectionTolerance);
  }
}

// The characters of Z_n are exp(2 pi i k u / n); their projections are the discrete Fourier
// transform, taken one frequency at a time.
TEST(Isotypic, PartsOfACycleAreItsFrequencies) {
  const std::size_t n = 8;
  const GSpace x = regular(cyclic(n));
  constexpr double kTurn = 2.0 * 3.141592653589793;
  const auto wave = [=](std::size_t k, std::size_t u) {
    return std::polar(1.0, kTurn * static_cast<double>(k * u % n) / static_cast<double>(n));
  };
  for (std::size_t k = 0; k < n; ++k) {
    Character chi(n);
    for (Element u = 0; u < n; ++u) chi[u] = wave(k, u);
    Eigen::VectorXcd frequency(
        n);  // w(p) = conj(chi(p)), so that (L_u w)(p) = w(p - u) = chi(u) w(p)
    for (Point p = 0; p < n; ++p)
      frequency[static_cast<Eigen::Index>(p)] =
          std::conj(wave(k, p)) / std::sqrt(static_cast<double>(n));
    EXPECT_LE((projection(x, chi) - frequency * frequency.adjoint()).norm(), kProjectionTolerance);
  }
}

TEST(Isotypic, CharactersOfTheWrongLengthAreRefused) {
  EXPECT_THROW(isotypic_projection(cycle(3), Character(4, 1.0)), InvalidArgument);
  EXPECT_THROW(inner(Character(3, 1.0), Character(4, 1.0)), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::group
