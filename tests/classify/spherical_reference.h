// SPDX-License-Identifier: BSD-3-Clause
// The spherical network the slow and obvious way: real Wigner matrices at every rotation of a grid,
// plain sums, in double. Nothing is shared with the library's transforms or correlations.
#pragma once

#include <equicloud/classify/spherical_features.h>
#include <equicloud/nn/weights_file.h>
#include <equicloud/so3/grid.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/real_representation.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace equicloud::classify::reference {

using Reals = std::vector<double>;

/// A function on SO(3): G of g(R) = sum_l (2l+1) sum_mn G^l_mn Delta^l_mn(R).
struct Function {
  int bandwidth;
  Reals G;
  explicit Function(int b) : bandwidth(b), G(so3::coefficient_count(b)) {}
  double& at(int l, int m, int n) { return G[so3::coefficient_index(l, m, n)]; }
  double at(int l, int m, int n) const { return G[so3::coefficient_index(l, m, n)]; }

  double value(const Reals& Delta) const {
    double sum = 0;
    for (int l = 0; l < bandwidth; ++l)
      for (std::size_t i = so3::block_offset(l); i < so3::block_offset(l + 1); ++i)
        sum += (2 * l + 1) * G[i] * Delta[i];
    return sum;
  }
  double power(int l) const {
    double sum = 0;
    for (std::size_t i = so3::block_offset(l); i < so3::block_offset(l + 1); ++i)
      sum += (2 * l + 1) * G[i] * G[i];
    return sum;
  }
};

/// Calls visit(Delta at a rotation, its weight) for every rotation of the grid.
template <typename Visit>
void for_rotations(const so3::Grid& grid, const Visit& visit) {
  for (std::size_t plane = 0; plane < grid.planes(); ++plane)
    for (int i = 0; i < grid.columns; ++i)
      for (int k = 0; k < grid.columns; ++k)
        visit(so3::real_wigner_D_blocks(kSphericalBandwidth, grid.rotation(plane, i, k)),
              grid.sample_weight(plane));
}

/// The degrees below 4 of g + g^2 / 2, by quadrature.
inline std::vector<Function> nonlinearity(const std::vector<Function>& F) {
  std::vector<Function> H(F.size(), Function(4));
  for_rotations(so3::gauss_legendre(9, 18), [&](const Reals& Delta, double weight) {
    for (std::size_t o = 0; o < F.size(); ++o) {
      const double g = F[o].value(Delta);
      for (std::size_t i = 0; i < H[o].G.size(); ++i)
        H[o].G[i] += weight * (g + g * g / 2) * Delta[i];
    }
  });
  return H;
}

struct Network {
  const nn::WeightsFile& file;

  const std::vector<float>& values(const std::string& name) const {
    return file.tensors.at("spherical." + name).values;
  }
  std::size_t side(const std::string& name, std::size_t i) const {
    return file.tensors.at("spherical." + name).shape[i];
  }

  // F^l_o[m, n] = sum_k x_k[lm] psi_ok[ln].
  std::vector<Function> s2(const std::vector<float>& x) const {
    std::vector<Function> F(side("s2.filter", 0), Function(8));
    for (std::size_t o = 0; o < F.size(); ++o) {
      for (std::size_t k = 0; k < 28; ++k)
        for (int l = 0; l < 8; ++l)
          for (int m = -l; m <= l; ++m)
            for (int n = -l; n <= l; ++n)
              F[o].at(l, m, n) += static_cast<double>(x[k * 64 + sphere::full_index(l, m)]) *
                                  values("s2.filter")[(o * 28 + k) * 64 + sphere::full_index(l, n)];
      F[o].at(0, 0, 0) += values("s2.bias")[o];
    }
    return F;
  }

  // G^l_o = sum_k H^l_k (Psi^l_ok)^T.
  std::vector<Function> so3(const std::vector<Function>& H) const {
    std::vector<Function> G(side("so3.filter", 0), Function(4));
    for (std::size_t o = 0; o < G.size(); ++o) {
      for (std::size_t k = 0; k < H.size(); ++k)
        for (int l = 0; l < 4; ++l)
          for (int m = -l; m <= l; ++m)
            for (int n = -l; n <= l; ++n)
              for (int j = -l; j <= l; ++j)
                G[o].at(l, m, n) +=
                    H[k].at(l, m, j) *
                    values("so3.filter")[(o * H.size() + k) * 84 + so3::coefficient_index(l, n, j)];
      G[o].at(0, 0, 0) += values("so3.bias")[o];
    }
    return G;
  }

  Reals invariants(const std::vector<float>& x) const {
    const std::vector<Function> F = s2(x);
    const std::vector<Function> H = nonlinearity(F);
    const std::vector<Function> G = so3(H);
    Reals v;
    for (const Function& h : H) v.push_back(h.at(0, 0, 0));
    for (const std::vector<Function>* functions : {&F, &G})
      for (const Function& f : *functions)
        for (int l = 0; l < f.bandwidth; ++l) v.push_back(std::log(1e-3 + f.power(l)));
    Reals means(2 * G.size());
    for_rotations(so3::gauss_legendre(8, 16), [&](const Reals& Delta, double weight) {
      for (std::size_t o = 0; o < G.size(); ++o) {
        const double g = std::fmax(0.0, G[o].value(Delta));
        means[o] += weight * g;
        means[G.size() + o] += weight * g * g;
      }
    });
    v.insert(v.end(), means.begin(), means.end());
    return v;
  }

  Reals dense(const std::string& name, const Reals& in, bool relu) const {
    Reals out;
    for (std::size_t o = 0; o < side(name + ".weight", 0); ++o) {
      double sum = values(name + ".bias")[o];
      for (std::size_t i = 0; i < in.size(); ++i)
        sum += in[i] * values(name + ".weight")[o * in.size() + i];
      out.push_back(relu ? std::fmax(0.0, sum) : sum);
    }
    return out;
  }
};

}  // namespace equicloud::classify::reference
