// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/named_spaces.h>

#include <numeric>
#include <string>

namespace equicloud::group {
namespace {

void check_size(const char* what, std::size_t n, std::size_t least, std::size_t most) {
  if (n < least || n > most)
    throw InvalidArgument(std::string(what) + ": n = " + std::to_string(n) + " is not in " +
                          std::to_string(least) + " .. " + std::to_string(most));
}

Permutation turn(std::size_t n) {
  Permutation p(n);
  for (Point x = 0; x < n; ++x) p[x] = (x + 1) % n;
  return p;
}

Permutation flip(std::size_t n) {
  Permutation p(n);
  for (Point x = 0; x < n; ++x) p[x] = (n - x) % n;
  return p;
}

Permutation swap_first_two(std::size_t n) {
  Permutation p(n);
  std::iota(p.begin(), p.end(), Point{0});
  if (n > 1) std::swap(p[0], p[1]);
  return p;
}

}  // namespace

GSpace cycle(std::size_t n) {
  check_size("cycle", n, 1, kLargestOrder);
  return generated_by({turn(n)});
}

GSpace polygon(std::size_t n) {
  check_size("polygon", n, 3, kLargestOrder / 2);
  return generated_by({turn(n), flip(n)});
}

GSpace letters(std::size_t n) {
  check_size("letters", n, 1, 6);
  return generated_by({turn(n), swap_first_two(n)});
}

GSpace tetrahedron() {
  return generated_by({{1, 2, 0, 3}, {0, 2, 3, 1}});  // thirds of a turn about two vertices
}

GSpace octahedron() {
  return generated_by({{2, 3, 1, 0, 4, 5}, {0, 1, 4, 5, 3, 2}});  // quarters about z and about x
}

GSpace icosahedron() {
  return generated_by({{0, 2, 3, 4, 5, 1, 7, 8, 9, 10, 6, 11},    // a fifth about the poles
                       {1, 2, 0, 5, 10, 6, 3, 4, 9, 11, 7, 8}});  // a third about the face 0 1 2
}

}  // namespace equicloud::group
