// SPDX-License-Identifier: BSD-3-Clause
// A[x]_i = own_i x_i + sum_j share_ij x_neighbour(i, j) with its gradient: on the CPU by plain
// loops (index_select and its backward cost several times the matrix products there), elsewhere by
// torch.
#pragma once

#include <torch/torch.h>

namespace equicloud::train {

/// @param x [n, channels]; @param own [n, 1]; @param shares [n, k]; @param neighbors [n, k] int64
/// Only x gets a gradient. On the CPU the sums have a fixed order: same input, same bits.
torch::Tensor graph_average(const torch::Tensor& x, const torch::Tensor& own,
                            const torch::Tensor& shares, const torch::Tensor& neighbors);

}  // namespace equicloud::train
