// SPDX-License-Identifier: BSD-3-Clause
// The Fourier transform on the sphere, exact on band-limited signals, for one signal or many:
//
//   synthesis  S: f(x) = sum_l (2l+1) sum_m c_lm Z_lm(x)        at the points of a grid
//   analysis   A: c_lm = mean over the sphere of f conj(Z_lm)   A S = identity
//
// (group normalisation; orthonormal: f = sum a_lm Y_lm). S^H and A^H are the adjoints: what a
// backward pass needs. With W the sample weights, A = diag(1 / (2l+1)) S^H W.
//
//   const Grid grid = gauss_legendre(32);
//   const SphereTransform<float> transform(grid);
//   auto workspace = transform.workspace(pool);
//   transform.analysis(fields, coefficients, workspace);
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>
#include <equicloud/fft/plan.h>
#include <equicloud/sphere/grid.h>
#include <equicloud/sphere/index.h>

#include <complex>
#include <memory>
#include <vector>

namespace equicloud::sphere {

/// A plan: tables and DFT plans for one grid. Immutable; its calls may run on many threads at once,
/// each with a workspace of its own. T: float or double.
///
/// Fields lie one after another, each [ring][column], grid.samples() numbers; coefficients one
/// vector after another: half_size(b) complex numbers for a real field, full_size(b) for a complex
/// one. The number of fields follows from the sizes; sizes that contradict throw InvalidArgument.
/// Results have the same bits for any number of threads.
/// Cost a real field: samples * log(columns) + rings * b^2 / 2 multiply-adds.
template <typename T>
class SphereTransform {
 public:
  using Complex = std::complex<T>;

  struct Options {
    Normalisation normalisation = Normalisation::group;
    fft::Options dft;
  };

  /// Who does the work and their scratch memory. One call at a time.
  class Workspace {
   public:
    std::size_t bytes() const noexcept;

   private:
    friend class SphereTransform;
    const Executor* executor_ = nullptr;
    std::vector<AlignedVector<T>> scratch_;  // one a thread
  };

  /// Throws InvalidArgument for a grid that none of grid.h's functions made.
  explicit SphereTransform(const Grid& grid, const Options& options = {});
  SphereTransform(SphereTransform&&) noexcept;
  SphereTransform& operator=(SphereTransform&&) noexcept;
  ~SphereTransform();

  /// @param executor  its threads share the fields of a call; must outlive the workspace
  Workspace workspace(const Executor& executor = serial_executor()) const;

  void analysis(Span<const T> fields, Span<Complex> coefficients, Workspace& workspace) const;
  void synthesis(Span<const Complex> coefficients, Span<T> fields, Workspace& workspace) const;
  /// A^H. For real fields the inner product of coefficients runs over all m, as if m < 0 were
  /// there.
  void analysis_adjoint(Span<const Complex> coefficients, Span<T> fields,
                        Workspace& workspace) const;
  /// S^H.
  void synthesis_adjoint(Span<const T> fields, Span<Complex> coefficients,
                         Workspace& workspace) const;

  /// The same for complex signals.
  void analysis(Span<const Complex> fields, Span<Complex> coefficients, Workspace& workspace) const;
  void synthesis(Span<const Complex> coefficients, Span<Complex> fields,
                 Workspace& workspace) const;
  void analysis_adjoint(Span<const Complex> coefficients, Span<Complex> fields,
                        Workspace& workspace) const;
  void synthesis_adjoint(Span<const Complex> fields, Span<Complex> coefficients,
                         Workspace& workspace) const;

  const Grid& grid() const noexcept;
  Normalisation normalisation() const noexcept;
  /// What the plan keeps: its tables.
  std::size_t bytes() const noexcept;

 private:
  struct Implementation;
  std::unique_ptr<const Implementation> implementation_;
};

}  // namespace equicloud::sphere
