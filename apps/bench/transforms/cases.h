// SPDX-License-Identifier: BSD-3-Clause
// What is timed: one entry a figure. Whoever adds a transform writes a file beside sphere_cases.cpp
// with one add_..._cases() function, declares it here and calls it in main.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace equicloud::bench {

enum class Role {
  ours,
  dft_floor,      ///< the DFTs alone, FFTW measured, packed pairs of real rings; the fastest counts
  product_floor,  ///< the matrix products alone, OpenBLAS
};

/// A line of the table: one map of one transform at one size.
struct Line {
  std::string transform;  ///< "S2 GL", "SO3 SOFT"
  int bandwidth;
  std::string type;  ///< "double", "float"
  std::string map;   ///< "synthesis", "analysis"
};
bool operator<(const Line& a, const Line& b);

struct Case {
  Line line;
  Role role = Role::ours;
  int batch = 1;  ///< functions a call of the work transforms
  int threads = 1;
  std::string variant{};                             ///< of several ways to do it
  std::function<std::function<void()>()> prepare{};  ///< makes the work; called if it is to run
};

/// "S2 GL/b=32/double/synthesis/ours/batch=64/threads=1": what --benchmark_filter sees.
std::string name_of(const Case& c);

/// Cases of the sphere, both grids, both types, b = 8 .. 128, with their floors.
void add_sphere_cases(std::vector<Case>& cases);
/// Cases of SO(3), SOFT grid, both types, b = 8 .. 128, floors up to 64.
void add_rotations_cases(std::vector<Case>& cases);

}  // namespace equicloud::bench
