// SPDX-License-Identifier: BSD-3-Clause
// The matrix product of a dense layer, y = act(x W + b), rows of x being points. Plain pointers and
// sizes cross this line: neither Eigen nor PCL types may (their alignment depends on compiler
// flags).
#pragma once

#include <cstddef>

namespace equicloud::kernels {

/// Outputs are padded to a multiple of this, so that every target handles whole vectors.
constexpr std::size_t kOutputPadding = 16;

/// y[r, o] = act(bias[o] + sum_i x[r, i] W[i, o]), summed in the order i = 0, 1, ...
/// @param x        rows x in, row r at x + r * x_stride
/// @param weights  in x out, row-major, out a multiple of kOutputPadding
/// @param y        rows x out, row r at y + r * y_stride; must not overlap x
/// @param relu     act = max(0, .), else the identity
/// A row's result does not depend on the other rows. Cost: rows * in * out multiply-adds.
void dense(const float* x, std::size_t x_stride, std::size_t rows, std::size_t in,
           const float* weights, const float* bias, std::size_t out, bool relu, float* y,
           std::size_t y_stride) noexcept;

/// The same by three plain loops: what tests hold dense() to.
void dense_reference(const float* x, std::size_t x_stride, std::size_t rows, std::size_t in,
                     const float* weights, const float* bias, std::size_t out, bool relu, float* y,
                     std::size_t y_stride) noexcept;

}  // namespace equicloud::kernels
