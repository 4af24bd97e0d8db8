// SPDX-License-Identifier: BSD-3-Clause
// Stands in for fftw.cpp in a program linked without FFTW.
#include <equicloud/fft/implementation.h>

namespace equicloud::fft {

bool has_fftw() noexcept { return false; }

template <typename T>
PlanImplementation<T> plan_fftw(const Shape&, Direction, Planning) {
  return nullptr;
}

template PlanImplementation<float> plan_fftw<float>(const Shape&, Direction, Planning);
template PlanImplementation<double> plan_fftw<double>(const Shape&, Direction, Planning);

}  // namespace equicloud::fft
