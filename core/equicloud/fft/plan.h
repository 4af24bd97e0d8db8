// SPDX-License-Identifier: BSD-3-Clause
// Batches of discrete Fourier transforms, in one or two dimensions, over one of two back ends:
// FFTW (GPL) and the DFT as a product of real matrices (ours; fine for short rings, and for prime
// lengths). Nothing is normalised: forward then backward multiplies by the number of samples.
//
//   forward   X[k] = sum_j x[j] exp(-2 pi i j k / n)
//   backward  x[j] = sum_k X[k] exp(+2 pi i j k / n)
#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::fft {

enum class Direction { forward, backward };

enum class Backend {
  best,     ///< fftw where this program was linked with it, else product
  fftw,     ///< O(n log n) for any n
  product,  ///< O(n^2) with a small constant: the even and odd halves as two real products
};

enum class Planning {
  estimate,  ///< the same algorithm, hence the same bits, in every run
  measure,   ///< times candidates (seconds): faster, other bits from run to run; FFTW only
};

/// The back ends this program was linked with (FFTW: by the CMake target property
/// EQUICLOUD_FFTW, where it was found), the best one first; never empty.
std::vector<Backend> backends();
/// "best", "fftw", "product".
std::string name_of(Backend backend);
/// The back end of that name. Throws InvalidArgument, naming the choice.
Backend backend_named(const std::string& name);

struct Options {
  Backend backend = Backend::best;
  Planning planning = Planning::estimate;
};

/// `count` transforms, one contiguous field after the other. Immutable; execute() from any thread.
/// T: float or double.
template <typename T>
class Plan {
 public:
  using Complex = std::complex<T>;

  /// Rings of n points. @param n, count  >= 1
  /// Throws InvalidArgument for a 0 or a back end that is not at hand.
  Plan(std::size_t n, std::size_t count, Direction direction, Options options = {});
  /// Planes of rows x columns points, row-major, transformed along both axes.
  Plan(std::size_t rows, std::size_t columns, std::size_t count, Direction direction,
       Options options = {});
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;
  ~Plan();

  /// Transforms all fields. out == in is allowed; otherwise in is kept and must not overlap out.
  /// @param in, out    size() numbers, aligned to kAlignment (base/aligned.h)
  /// @param workspace  workspace_size() numbers, aligned alike, the caller's for the time of the
  /// call;
  ///                   may be null where that is 0
  void execute(const Complex* in, Complex* out, Complex* workspace) const noexcept;

  std::size_t size() const noexcept;  ///< complex numbers in all fields together
  std::size_t workspace_size() const noexcept;
  Backend backend() const noexcept;  ///< never best

  struct Implementation;

 private:
  std::unique_ptr<const Implementation> implementation_;
};

}  // namespace equicloud::fft
