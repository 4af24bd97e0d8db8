// SPDX-License-Identifier: BSD-3-Clause
// What a back end provides. Internal to the room.
#pragma once

#include <equicloud/fft/plan.h>

namespace equicloud::fft {

/// A plane has `rows` rows; a ring is a plane of one row that is not transformed along the columns.
struct Shape {
  std::size_t rows;
  std::size_t columns;
  std::size_t count;
  std::size_t size() const noexcept { return rows * columns * count; }
};

template <typename T>
struct Plan<T>::Implementation {
  Implementation() = default;
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  virtual ~Implementation() = default;
  virtual void execute(const Complex* in, Complex* out, Complex* workspace) const noexcept = 0;
  virtual std::size_t size() const noexcept = 0;
  virtual std::size_t workspace_size() const noexcept = 0;
  virtual Backend backend() const noexcept = 0;
};

template <typename T>
using PlanImplementation = std::unique_ptr<const typename Plan<T>::Implementation>;

/// Whether fftw.cpp was linked, and not no_fftw.cpp.
bool has_fftw() noexcept;

/// Null where has_fftw() is false.
template <typename T>
PlanImplementation<T> plan_fftw(const Shape& shape, Direction direction, Planning planning);

template <typename T>
PlanImplementation<T> plan_product(const Shape& shape, Direction direction);

}  // namespace equicloud::fft
