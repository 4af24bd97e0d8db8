// SPDX-License-Identifier: BSD-3-Clause
// What a TransformWorkspace holds. Internal to the room.
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/so3/pool.h>
#include <equicloud/so3/transform.h>

#include <complex>
#include <utility>
#include <vector>

namespace equicloud::so3 {

/// For one task at a time.
template <typename T>
struct Scratch {
  AlignedVector<std::complex<T>> plane;  // two real planes as one
  AlignedVector<std::complex<T>> dft;
  AlignedVector<T> block;  // one orbit's rows by degree
  AlignedVector<T> rows;   // one orbit's Wigner d, where it is not stored
};

template <typename T>
struct TransformWorkspace<T>::State {
  State(const Executor& by, std::vector<Scratch<T>> scratches, std::vector<AlignedVector<T>> arrays)
      : executor(by), scratch(std::move(scratches)), columns(std::move(arrays)) {}

  const Executor& executor;
  Pool<Scratch<T>> scratch;
  /// The columns of all orbits: one array for each thread where a task takes a whole chunk of
  /// functions, one in all where the threads share a chunk.
  Pool<AlignedVector<T>> columns;
};

}  // namespace equicloud::so3
