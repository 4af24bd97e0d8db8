// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/named_spaces.h>
#include <equicloud/group/orbits.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <ostream>
#include <string>

namespace equicloud::group {
namespace {

// Coordinates of size 1 through one least-squares fit.
constexpr double kRotationTolerance = 1e-12;

struct Named {
  std::string name;
  GSpace space;
};

void PrintTo(const Named& named, std::ostream* out) { *out << named.name; }

std::vector<Named> named_spaces() {
  const GSpace hexagon = polygon(6);
  const GSpace octa = octahedron();
  return {{"cycle", cycle(7)},
          {"hexagon", hexagon},
          {"letters", letters(4)},
          {"tetrahedron", tetrahedron()},
          {"octahedron", octa},
          {"icosahedron", icosahedron()},
          {"regular", regular(hexagon.group())},
          {"conjugation", conjugation(octa.group())},
          {"cosets", cosets(octa.group(), generated_subgroup(octa.group(), {3}))},
          {"pairs", product(hexagon, hexagon)},
          {"two_orbits", generated_by({{1, 2, 0, 4, 3}})}};
}

class EverySpace : public testing::TestWithParam<Named> {};

TEST_P(EverySpace, IsAnActionForAllElements) {
  const GSpace& x = GetParam().space;
  const FiniteGroup& g = x.group();
  for (Point p = 0; p < x.size(); ++p) {
    EXPECT_EQ(x.act(0, p), p);
    for (Element u = 0; u < g.order(); ++u)
      for (Element v = 0; v < g.order(); ++v)
        ASSERT_EQ(x.act(g.product(u, v), p), x.act(u, x.act(v, p)));
  }
}

TEST_P(EverySpace, OrbitTimesStabiliserIsTheGroup) {
  const GSpace& x = GetParam().space;
  std::size_t points = 0;
  for (const auto& orbit : orbits(x)) {
    points += orbit.size();
    for (const Point p : orbit) {
      const Subgroup h = stabiliser(x, p);
      EXPECT_NO_THROW(check_subgroup(x.group(), h));
      EXPECT_EQ(orbit.size() * h.size(), x.group().order());
    }
  }
  EXPECT_EQ(points, x.size());
}

// Number of orbits = mean number of fixed points (Cauchy, Frobenius).
TEST_P(EverySpace, OrbitsAreCountedByFixedPoints) {
  const GSpace& x = GetParam().space;
  std::size_t fixed = 0;
  for (Element u = 0; u < x.group().order(); ++u)
    for (Point p = 0; p < x.size(); ++p) fixed += x.act(u, p) == p ? 1U : 0U;
  EXPECT_EQ(fixed, orbits(x).size() * x.group().order());
}

TEST_P(EverySpace, EveryOrbitIsAQuotient) {  // G x = G / stabiliser, as spaces
  const GSpace& x = GetParam().space;
  for (const auto& orbit : orbits(x)) {
    const GSpace quotient = cosets(x.group(), stabiliser(x, orbit.front()));
    ASSERT_EQ(quotient.size(), orbit.size());
    for (Element u = 0; u < x.group().order(); ++u)
      for (Element v = 0; v < x.group().order(); ++v)
        ASSERT_EQ(x.act(u, orbit.front()) == x.act(v, orbit.front()),
                  quotient.act(u, 0) == quotient.act(v, 0));
  }
}

INSTANTIATE_TEST_SUITE_P(Spaces, EverySpace, testing::ValuesIn(named_spaces()),
                         [](const auto& named) { return named.param.name; });

using Vertices = Eigen::Matrix3Xd;

Vertices vertices_of_tetrahedron() {
  Vertices v(3, 4);
  v << 1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1;
  return v;
}

Vertices vertices_of_octahedron() {
  Vertices v = Vertices::Zero(3, 6);
  for (int axis = 0; axis < 3; ++axis) {
    v(axis, 2 * axis) = 1.0;
    v(axis, 2 * axis + 1) = -1.0;
  }
  return v;
}

Vertices vertices_of_icosahedron() {
  Vertices v(3, 12);
  const double height = 1.0 / std::sqrt(5.0);
  const double radius = 2.0 / std::sqrt(5.0);
  for (int i = 0; i < 5; ++i) {
    const double north = 0.4 * EIGEN_PI * i;
    const double south = north + 0.2 * EIGEN_PI;
    v.col(1 + i) << radius * std::cos(north), radius * std::sin(north), height;
    v.col(6 + i) << radius * std::cos(south), radius * std::sin(south), -height;
  }
  v.col(0) << 0, 0, 1;
  v.col(11) << 0, 0, -1;
  return v;
}

// The matrix that takes every vertex where the element takes it, by least squares.
Eigen::Matrix3d matrix_of(const GSpace& solid, Element u, const Vertices& v) {
  Vertices moved(3, v.cols());
  for (Eigen::Index i = 0; i < v.cols(); ++i)
    moved.col(i) = v.col(static_cast<Eigen::Index>(solid.act(u, static_cast<Point>(i))));
  return moved * v.transpose() * (v * v.transpose()).inverse();
}

void expect_rotations(const GSpace& solid, const Vertices& v, std::size_t order) {
  ASSERT_EQ(static_cast<Eigen::Index>(solid.size()), v.cols());
  EXPECT_EQ(solid.group().order(), order);
  for (Element u = 0; u < solid.group().order(); ++u) {
    const Eigen::Matrix3d r = matrix_of(solid, u, v);
    EXPECT_LE((r * r.transpose() - Eigen::Matrix3d::Identity()).norm(), kRotationTolerance) << u;
    EXPECT_NEAR(r.determinant(), 1.0, kRotationTolerance) << u;
    for (Eigen::Index i = 0; i < v.cols(); ++i)
      EXPECT_LE(
          (r * v.col(i) - v.col(static_cast<Eigen::Index>(solid.act(u, static_cast<Point>(i)))))
              .norm(),
          kRotationTolerance);
  }
}

TEST(Solids, ElementsAreRotationsOfSpace) {
  expect_rotations(tetrahedron(), vertices_of_tetrahedron(), 12);
  expect_rotations(octahedron(), vertices_of_octahedron(), 24);
  expect_rotations(icosahedron(), vertices_of_icosahedron(), 60);
}

TEST(DoubleCosets, AreTheOrbitsOfHOnGOverK) {
  const FiniteGroup g = letters(4).group();
  for (Element a = 0; a < g.order(); a += 3)
    for (Element b = 1; b < g.order(); b += 4) {
      const Subgroup h = generated_subgroup(g, {a});
      const Subgroup k = generated_subgroup(g, {b});
      const auto pieces = double_cosets(g, h, k);
      const GSpace quotient = cosets(g, k);
      std::size_t elements = 0;
      for (const auto& piece : pieces) {
        elements += piece.size();
        std::vector<bool> reached(quotient.size(), false);  // points u K, u in the piece
        for (const Element u : piece) reached[quotient.act(u, 0)] = true;
        std::vector<bool> orbit(quotient.size(), false);
        for (const Element u : h) orbit[quotient.act(u, quotient.act(piece.front(), 0))] = true;
        EXPECT_EQ(reached, orbit);
      }
      EXPECT_EQ(elements, g.order());
    }
}

TEST(GSpace, WhatIsNoActionIsRefused) {
  const FiniteGroup z3 = cyclic(3);
  EXPECT_THROW(GSpace(z3, {}), InvalidArgument);
  EXPECT_THROW(GSpace(z3, {0, 1, 1, 0}), InvalidArgument);        // not 3 rows
  EXPECT_THROW(GSpace(z3, {0, 1, 1, 0, 1, 2}), InvalidArgument);  // a point outside
  EXPECT_THROW(GSpace(z3, {1, 0, 1, 0, 1, 0}), InvalidArgument);  // the identity moves
  EXPECT_THROW(GSpace(z3, {0, 1, 1, 0, 1, 0}), InvalidArgument);  // not a homomorphism
  EXPECT_NO_THROW(GSpace(z3, {0, 1, 2, 1, 2, 0, 2, 0, 1}));
  EXPECT_THROW(cosets(z3, {0, 1}), InvalidArgument);  // no subgroup
  EXPECT_THROW(cosets(z3, {0, 7}), InvalidArgument);
  EXPECT_THROW(product(cycle(3), cycle(4)), InvalidArgument);
  EXPECT_THROW(generated_by({}), InvalidArgument);
  EXPECT_THROW(generated_by({{0, 0}}), InvalidArgument);
  EXPECT_THROW(generated_by({{1, 0}, {1, 2, 0}}), InvalidArgument);
  EXPECT_THROW(stabiliser(cycle(3), 3), InvalidArgument);
}

TEST(Conventions, group_left_translation) {  // (L_u f)(x) = f(u^-1 x), L_u L_v = L_uv
  const GSpace x = octahedron();
  const std::vector<double> f = {1, 2, 3, 4, 5, 6};
  for (Element u = 0; u < x.group().order(); ++u) {
    const std::vector<double> lf = moved(x, u, f);
    for (Point p = 0; p < x.size(); ++p) EXPECT_EQ(lf[p], f[x.act(x.group().inverse(u), p)]);
    for (Element v = 0; v < x.group().order(); ++v)
      EXPECT_EQ(moved(x, u, moved(x, v, f)), moved(x, x.group().product(u, v), f));
  }
}

}  // namespace
}  // namespace equicloud::group
