// SPDX-License-Identifier: BSD-3-Clause
// From what the two branches say to what the classifier says: logits to calibrated probabilities,
// two embeddings to one, and how well a shape is known. Sums in double, rounded once.
#pragma once

#include <equicloud/base/span.h>

#include <cstddef>
#include <vector>

namespace equicloud::classify {

/// p_i = exp(z_i / T) / sum_j exp(z_j / T): temperature scaling (Guo et al. 2017, "On calibration
/// of modern neural networks", section 4.2).
/// @param logits  at least one, finite; @param temperature  > 0
/// @returns as many numbers in [0, 1] whose sum is 1
std::vector<float> softmax(Span<const float> logits, float temperature);

/// [a / |a| ; b / |b|] / sqrt 2, of length 1; a part that is 0 or empty of size stays 0, and the
/// other alone makes the length.
/// @param a, b  embeddings of the branches; 0 for one that was not asked
std::vector<float> joined_embedding(Span<const float> a, Span<const float> b);

/// The largest cosine of x with a row of `rows`, over the coordinates where x is a unit vector of a
/// branch that ran: coordinates [first, first + count). -1 if there is no row.
/// @param rows  [n, x.size()] row-major
double nearest_cosine(Span<const float> x, Span<const float> rows, std::size_t first,
                      std::size_t count);

}  // namespace equicloud::classify
