// SPDX-License-Identifier: BSD-3-Clause
// Transforms of the installed library: exit status 0 if FFTW is at hand exactly where the program
// asked for it, and both ways give a constant its one coefficient.
#include <equicloud/base/aligned.h>
#include <equicloud/fft/plan.h>

#include <cmath>
#include <complex>

int main() {
#ifdef WITH_FFTW
  constexpr equicloud::fft::Backend expected = equicloud::fft::Backend::fftw;
#else
  constexpr equicloud::fft::Backend expected = equicloud::fft::Backend::product;
#endif
  const equicloud::fft::Plan<double> plan(8, 1, equicloud::fft::Direction::forward);
  equicloud::AlignedVector<std::complex<double>> ring(8, {1.0, 0.0}),
      scratch(plan.workspace_size());
  plan.execute(ring.data(), ring.data(), scratch.data());
  const bool right = std::abs(ring[0] - 8.0) < 1e-12 && std::abs(ring[1]) < 1e-12;
  return right && plan.backend() == expected ? 0 : 1;
}
