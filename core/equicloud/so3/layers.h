// SPDX-License-Identifier: BSD-3-Clause
// Layers of networks on the sphere and on SO(3) (Cohen, Geiger, Koehler & Welling 2018), for
// inference, over real signals given by their coefficients (group normalisation, all orders):
//
//   S2Convolution     f on the sphere -> sum_k [psi_ok * f_k](R) + bias_o     on SO(3)
//   SO3Convolution    f on SO(3)      -> the same
//   SO3ReLU           max(f, 0), on a grid, back to the coefficients of a bandwidth
//   so3_integrate     the mean over SO(3): what is left is invariant
//
// What users of s2cnn call a convolution is the correlation of so3/correlation.h. A kernel is given
// by its values at the points of a kernel grid (so3/kernel_grid.h) or by its coefficients. Turning
// the input by Q turns every layer's output by Q: exactly for convolutions and their coefficients,
// up to what ReLU folds back for SO3ReLU, the less the finer its grid.
//
//   const S2Convolution lift({16, 1, 20}, s2_near_identity_grid(...), values, bias);
//   const SO3ReLU relu(16, gauss_legendre(18), 10);
//   const SO3Convolution next({10, 20, 48}, so3_near_identity_grid(...), values, bias);
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>
#include <equicloud/so3/correlation.h>
#include <equicloud/so3/kernel_grid.h>
#include <equicloud/so3/transform.h>

#include <complex>
#include <cstddef>
#include <vector>

namespace equicloud::so3 {

struct ConvolutionShape {
  int bandwidth = 0;  ///< of kernels and results; signals are given to this bandwidth
  int inputs = 1;     ///< channels of a signal
  int outputs = 1;    ///< channels of the result
};

/// A bank of kernels and a bias for each output. Immutable; apply() from any number of threads.
class Convolution {
 public:
  using Complex = std::complex<float>;

  const ConvolutionShape& shape() const noexcept { return shape_; }

  /// @param signals  [batch][input][coefficients]   @param result  [batch][output]
  /// [coefficient_count(bandwidth)], bias included; must not overlap signals. Throws
  /// InvalidArgument where sizes do not fit. The same bits for any number of threads.
  void apply(Span<const Complex> signals, Span<Complex> result,
             const Executor& executor = serial_executor()) const;

 protected:
  Convolution(const ConvolutionShape& shape, Domain domain, Span<const Complex> kernels,
              Span<const float> bias);

 private:
  ConvolutionShape shape_;
  Correlation<float> correlation_;
  std::vector<float> bias_;
};

/// From the sphere to SO(3): sphere/index.h, full_index, in; so3/index.h out.
class S2Convolution : public Convolution {
 public:
  /// Localised: psi_ok = sum_i values_oki delta(x_i). @param values  [output][input][point]
  /// @param bias  [output]. Throws InvalidArgument where sizes do not fit.
  S2Convolution(const ConvolutionShape& shape, Span<const SpherePoint> grid,
                Span<const float> values, Span<const float> bias);
  /// Spectral. @param kernels  psihat as [output][input][bandwidth^2]
  S2Convolution(const ConvolutionShape& shape, Span<const Complex> kernels, Span<const float> bias)
      : Convolution(shape, Domain::sphere, kernels, bias) {}
};

/// From SO(3) to SO(3).
class SO3Convolution : public Convolution {
 public:
  /// As above, at rotations.
  SO3Convolution(const ConvolutionShape& shape, Span<const EulerAngles> grid,
                 Span<const float> values, Span<const float> bias);
  SO3Convolution(const ConvolutionShape& shape, Span<const Complex> kernels, Span<const float> bias)
      : Convolution(shape, Domain::rotations, kernels, bias) {}
};

/// The mean over SO(3) of each function by the grid's weights.
/// @param values  functions on the grid, one after the other   @param means  one a function
/// Throws InvalidArgument where sizes do not fit. Cost: one addition a sample.
void so3_integrate(const Grid& grid, Span<const float> values, Span<float> means);

/// max(f, 0) of functions of bandwidth `in` on a grid of larger or equal bandwidth, analysed to
/// degrees below `out`. ReLU raises the degree without bound; what the grid cannot tell apart is
/// folded back: a grid of bandwidth g keeps degrees below 2 g - out + 1 out of the result.
class SO3ReLU {
 public:
  using Complex = std::complex<float>;

  /// What a caller keeps between calls: scratch for one function.
  struct Workspace {
    TransformWorkspace<float> transform;
    std::vector<Complex> coefficients;
    std::vector<float> values;
  };

  /// @param in, out  at least 1, at most grid.bandwidth. Throws InvalidArgument.
  SO3ReLU(int in, const Grid& grid, int out, const TransformOptions& options = {});

  const Grid& grid() const noexcept { return transform_.grid(); }
  Workspace workspace() const;

  /// @param fhat    functions of bandwidth `in`   @param result  the same number, bandwidth `out`
  /// Throws InvalidArgument where sizes do not fit.
  void apply(Span<const Complex> fhat, Span<Complex> result, Workspace& workspace) const;
  /// The means over SO(3) of max(f, 0) and of its square, in place of coefficients.
  void integrate(Span<const Complex> fhat, Span<float> means, Span<float> squares,
                 Workspace& workspace) const;

 private:
  void rectified(const Complex* fhat, Workspace& workspace) const;

  int in_, out_;
  SO3Transform<float> transform_;
};

}  // namespace equicloud::so3
