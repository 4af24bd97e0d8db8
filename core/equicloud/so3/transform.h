// SPDX-License-Identifier: BSD-3-Clause
// The Fourier transform on SO(3). For f of bandwidth b on a grid (so3/grid.h), with
// D^l_mn = e^{i m alpha} d^l_mn(beta) e^{i n gamma} and int dR = 1:
//
//   analysis   A: fhat^l_mn = int f(R) conj(D^l_mn(R)) dR
//   synthesis  S: f(R) = sum_l (2l+1) sum_mn fhat^l_mn D^l_mn(R)         A S = identity
//
// (the Fourier transform on SO(3) and its inverse). S^H and A^H are the adjoints.
// Coefficients lie as so3/index.h says, one function after the other. Of a real function
// fhat^l_{-m,-n} = (-1)^{m-n} conj(fhat^l_mn).
//
//   const so3::Grid grid = so3::soft(16);
//   const so3::SO3Transform<float> transform(grid);
//   auto workspace = transform.workspace(pool);
//   transform.analysis(f, fhat, workspace);
//
// Algorithm: two real planes beta and pi - beta as one complex two-dimensional DFT, then one matrix
// product for each orbit of orders (Kostelec & Rockmore 2008 for the separation of variables).
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>
#include <equicloud/fft/plan.h>
#include <equicloud/so3/grid.h>

#include <complex>
#include <cstddef>
#include <memory>

namespace equicloud::so3 {

enum class WignerTable {
  automatic,  ///< stored while it fits the cache
  stored,     ///< b^3 (b+1)(b+2) / 3 numbers on a SOFT grid, half of that on Gauss-Legendre
  streamed,   ///< computed again in every call: b^3 numbers
};

struct TransformOptions {
  fft::Options dft;
  WignerTable table = WignerTable::automatic;
  /// Bytes that tables and a one-thread workspace may take; a plan that needs more is refused.
  std::size_t memory_limit = std::size_t{1} << 30;
};

/// What a plan takes.
struct Cost {
  std::size_t table_bytes = 0;      ///< for the plan's lifetime
  std::size_t workspace_bytes = 0;  ///< for each call, one thread
  double flops = 0.0;    ///< for one real function, one way; a complex one takes twice that
  double seconds = 0.0;  ///< the same on one core of 2020, a factor of two either way
};

/// The cost of SO3Transform<T>(grid, options), which need not fit the limit. T: float or double.
template <typename T>
Cost transform_cost(const Grid& grid, const TransformOptions& options = {});

/// Who does the work of a plan's calls, and their scratch memory. One call at a time; worth
/// keeping.
template <typename T>
class TransformWorkspace {
 public:
  TransformWorkspace(TransformWorkspace&&) noexcept;
  TransformWorkspace& operator=(TransformWorkspace&&) noexcept;
  ~TransformWorkspace();

  struct State;
  /// Made by SO3Transform::workspace().
  explicit TransformWorkspace(std::unique_ptr<State> state) noexcept;
  State& state() noexcept { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// A plan: immutable; its calls may run on many threads at once, each with a workspace of its own.
/// T: float or double.
///
/// Every call takes any number of functions, one after the other, and as many vectors of
/// coefficients; the two must not overlap. Functions of type T are real: their coefficients with
/// m < 0 follow from the others and are not read, but written. Results have the same bits for any
/// batch and any number of threads. Calls throw InvalidArgument where sizes do not fit.
template <typename T>
class SO3Transform {
 public:
  using Complex = std::complex<T>;
  using Workspace = TransformWorkspace<T>;

  /// Throws InvalidArgument where cost() would pass the limit, naming the bandwidth and both
  /// numbers of bytes, and for a back end that is not at hand. Time: O(b^4) for a stored table.
  explicit SO3Transform(const Grid& grid, const TransformOptions& options = {});
  SO3Transform(SO3Transform&&) noexcept;
  SO3Transform& operator=(SO3Transform&&) noexcept;
  ~SO3Transform();

  const Grid& grid() const noexcept;
  const Cost& cost() const noexcept;
  std::size_t samples() const noexcept;       ///< of one function
  std::size_t coefficients() const noexcept;  ///< of one function: b (4 b^2 - 1) / 3
  /// @param executor  its threads share the work of a call; must outlive the workspace
  Workspace workspace(const Executor& executor = serial_executor()) const;

  void analysis(Span<const T> f, Span<Complex> fhat, Workspace& workspace) const;
  void synthesis(Span<const Complex> fhat, Span<T> f, Workspace& workspace) const;
  /// The conjugate transposes, for gradients, over sums of f conj(g) on the grid and of
  /// fhat conj(ghat). With W the samples' weights,
  ///   A^H = W S diag(1 / (2l+1)),   S^H = diag(2l+1) A W^-1.
  void analysis_adjoint(Span<const Complex> ghat, Span<T> g, Workspace& workspace) const;
  void synthesis_adjoint(Span<const T> g, Span<Complex> ghat, Workspace& workspace) const;

  /// The same for complex functions.
  void analysis(Span<const Complex> f, Span<Complex> fhat, Workspace& workspace) const;
  void synthesis(Span<const Complex> fhat, Span<Complex> f, Workspace& workspace) const;
  void analysis_adjoint(Span<const Complex> ghat, Span<Complex> g, Workspace& workspace) const;
  void synthesis_adjoint(Span<const Complex> g, Span<Complex> ghat, Workspace& workspace) const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

}  // namespace equicloud::so3
