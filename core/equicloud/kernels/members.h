// SPDX-License-Identifier: BSD-3-Clause
// Deep Sets over small sets, sum_j w_j phi(x_j): the members of one set side by side, a member a
// lane, so that a set of up to 16 goes through phi without leaving the registers for long.
#pragma once

#include <cstddef>
#include <cstdint>

namespace equicloud::kernels {

constexpr std::size_t kMembers = 16;  ///< columns of a set; those beyond its size are ignored

/// y[i] = clamp((x[i] - mean[i % period]) * scale[i % period], -clip, clip).
/// @param period  a multiple of 16
/// @param y       may be x
void standardise(const float* x, std::size_t count, const float* mean, const float* scale,
                 std::size_t period, float clip, float* y) noexcept;

/// A dense layer on every member: y[o, m] = act(bias[o] + sum_c W[c, o] x[c, m]).
/// @param x        in x kMembers
/// @param weights  in x out, row-major, out a multiple of kOutputPadding (dense.h)
/// @param relu     act = max(0, .), else the identity
/// @param y        out x kMembers; must not overlap x
void members_dense(const float* x, std::size_t in, const float* weights, const float* bias,
                   std::size_t out, bool relu, float* y) noexcept;

/// Where sums over the members go, `out` numbers each; nullptr: not wanted.
struct MemberSums {
  float* sum = nullptr;    ///< sum_m w_m a_m
  float* max = nullptr;    ///< max_m w_m a_m
  float* cubes = nullptr;  ///< sum_m w_m |a_m|^3
};

/// The same layer, its members a_m pooled at once.
/// @param count    members, 1 to kMembers
/// @param member_weights  w_m
void members_pooled(const float* x, std::size_t in, const float* weights, const float* bias,
                    std::size_t out, bool relu, std::size_t count, const float* member_weights,
                    const MemberSums& sums) noexcept;

/// y = (own x_i + sum_j w_j x_j) / (own + sum_j w_j), a row of `width` numbers.
/// @param x        rows of all points, row i at x + i * stride
/// @param y        must not overlap x
void weighted_average(const float* x, std::size_t stride, std::size_t width, std::size_t i,
                      const std::uint32_t* neighbors, const float* weights, std::size_t count,
                      float own, float* y) noexcept;

/// The same by plain loops: what tests hold them to.
void members_dense_reference(const float* x, std::size_t in, const float* weights,
                             const float* bias, std::size_t out, bool relu, float* y) noexcept;
void weighted_average_reference(const float* x, std::size_t stride, std::size_t width,
                                std::size_t i, const std::uint32_t* neighbors, const float* weights,
                                std::size_t count, float own, float* y) noexcept;

}  // namespace equicloud::kernels
