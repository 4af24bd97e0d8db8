// SPDX-License-Identifier: BSD-3-Clause
// Stops a program whose compiler flags disagree with the libraries about memory alignment, which
// would otherwise compile, link, and crash in free().
#pragma once

#include <Eigen/Core>

// Debian's PCL and this library are built for plain x86-64, where Eigen aligns to 16 bytes and
// frees with free(). A PCL and an equicloud both built with wider flags: define this to their
// alignment.
#ifndef EQUICLOUD_PCL_MAX_ALIGN_BYTES
#define EQUICLOUD_PCL_MAX_ALIGN_BYTES 16
#endif

#if defined(__x86_64__) || defined(_M_X64)
static_assert(
    EIGEN_MAX_ALIGN_BYTES == EQUICLOUD_PCL_MAX_ALIGN_BYTES,
    "equicloud: this program is compiled with another memory alignment than PCL and equicloud, and "
    "would crash when a cloud is freed. Remove -march=native, -mavx and the like from files that "
    "include PCL, or build PCL, equicloud and the program with the same flags and define "
    "EQUICLOUD_PCL_MAX_ALIGN_BYTES as the alignment these give Eigen (32 for AVX, 64 for "
    "AVX-512).");
static_assert((EIGEN_MALLOC_ALREADY_ALIGNED == 1) == (EQUICLOUD_PCL_MAX_ALIGN_BYTES <= 16),
              "equicloud: Eigen would free memory in another way here than in PCL, and the program "
              "would crash "
              "when a cloud is freed. Eigen does so under -fsanitize=address: define "
              "EIGEN_MALLOC_ALREADY_ALIGNED=1 there.");
#endif
