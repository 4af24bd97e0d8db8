// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/index.h>
#include <equicloud/so3/representation.h>
#include <equicloud/so3/wigner_d.h>

namespace equicloud::so3 {
namespace {

using Complex = std::complex<double>;

// e^{i m angle} for m = -l .. l.
std::vector<Complex> phases(int l, double angle) {
  std::vector<Complex> phase;
  for (int m = -l; m <= l; ++m) phase.push_back(std::polar(1.0, m * angle));
  return phase;
}

// Entry (m, n) of the block at `d`, times e^{i m alpha} e^{i n gamma}; the phases run to `most`.
void attach(const double* d, int l, const std::vector<Complex>& alpha,
            const std::vector<Complex>& gamma, int most, Complex* D) {
  for (int m = most - l; m <= most + l; ++m)
    for (int n = most - l; n <= most + l; ++n)
      *D++ = *d++ * (alpha[static_cast<std::size_t>(m)] * gamma[static_cast<std::size_t>(n)]);
}

}  // namespace

std::vector<Complex> wigner_D(int l, const EulerAngles& R) {
  const std::vector<double> d = wigner_d(l, R.beta);
  std::vector<Complex> D(d.size());
  attach(d.data(), l, phases(l, R.alpha), phases(l, R.gamma), l, D.data());
  return D;
}

std::vector<Complex> wigner_D_blocks(int bandwidth, const EulerAngles& R) {
  const std::vector<double> d = wigner_d_blocks(bandwidth, R.beta);
  std::vector<Complex> D(d.size());
  const int most = bandwidth - 1;
  const std::vector<Complex> alpha = phases(most, R.alpha);
  const std::vector<Complex> gamma = phases(most, R.gamma);
  for (int l = 0; l < bandwidth; ++l) {
    const std::size_t first = block_offset(l);
    attach(d.data() + first, l, alpha, gamma, most, D.data() + first);
  }
  return D;
}

}  // namespace equicloud::so3
