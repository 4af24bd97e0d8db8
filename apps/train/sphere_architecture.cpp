// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/sphere_architecture.h>

#include <sstream>
#include <vector>

namespace equicloud::train {
namespace {

constexpr double kPi = 3.14159265358979323846;
// No layer of this kind is larger; a file that says so is damaged.
constexpr int kMost = 4096;

/// Every number of an architecture, in the order of its text.
template <typename A>
auto numbers(A& a) {
  return std::vector{&a.inputs,      &a.classes, &a.bandwidth[0], &a.bandwidth[1], &a.bandwidth[2],
                     &a.grid[0],     &a.grid[1], &a.grid[2],      &a.channels[0],  &a.channels[1],
                     &a.channels[2], &a.rank,    &a.hidden};
}

}  // namespace

// Rings one step of the resolution apart, out to an eighth of the sphere's circumference.
std::vector<so3::SpherePoint> SphereArchitecture::s2_grid() const {
  return so3::s2_near_identity_grid(kPi / 4, 16, 4);
}

std::vector<so3::EulerAngles> SphereArchitecture::so3_grid(std::size_t level) const {
  return so3::so3_near_identity_grid(level == 1 ? kPi / 5 : kPi / 3, 2 * kPi, 8, 2, 6);
}

std::string SphereArchitecture::text() const {
  std::ostringstream text;
  const char* between = "";
  for (const int* number : numbers(*this)) {
    text << between << *number;
    between = " ";
  }
  return text.str();
}

SphereArchitecture SphereArchitecture::parse(const std::string& text) {
  SphereArchitecture a;
  std::istringstream in(text);
  bool fits = true;
  for (int* number : numbers(a)) fits = in >> *number && *number >= 1 && *number <= kMost && fits;
  for (std::size_t level = 0; level < kLevels; ++level)
    fits = fits && a.grid[level] >= a.bandwidth[level] && a.grid[level] <= 64;
  if (!fits || !(in >> std::ws).eof())
    throw FormatError("\"" + text + "\" is no architecture of a network on the sphere");
  return a;
}

}  // namespace equicloud::train
