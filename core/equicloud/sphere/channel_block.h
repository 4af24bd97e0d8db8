// SPDX-License-Identifier: BSD-3-Clause
// Both directions of the transform for a few real channels at once: few enough that all that lies
// between their samples and their coefficients stays in the cache. Internal to the room.
//
//   samples -> pairs of mirrored rings as complex rings -> DFT -> orders, folded by parity
//           -> a product with a table an order and parity -> coefficients, and the same backwards.
//
// A block for one channel runs the recurrence instead of the table (kernels/recurrence.h); of
// complex signals it takes the two channels one after the other.
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/fft/plan.h>
#include <equicloud/kernels/exchange.h>
#include <equicloud/kernels/rings.h>
#include <equicloud/sphere/grid.h>
#include <equicloud/sphere/legendre_recurrences.h>
#include <equicloud/sphere/legendre_tables.h>

#include <complex>
#include <cstddef>

namespace equicloud::sphere {

/// Real channels in memory that is either theirs (real fields, half coefficient vectors) or shared
/// by two as real and imaginary part (complex fields, full vectors).
enum class Signal { real, complex };

/// Factors between the stages that make one of S, A, S^H, A^H of the same passes.
template <typename T>
struct Scales {
  AlignedVector<T> ring;    ///< of each northern ring, equator's included
  AlignedVector<T> degree;  ///< of each degree
};

template <typename T>
class ChannelBlock {
 public:
  using Complex = std::complex<T>;

  /// @param channels  even, or 1. Tables serve an even number, recurrences one; either must outlive
  /// the block.
  ChannelBlock(const Grid& grid, const LegendreTables<T>& tables,
               const LegendreRecurrences& recurrences, std::size_t channels,
               const fft::Options& dft);

  /// Channels it takes at a time.
  std::size_t channels(Signal signal) const noexcept {
    return signal == Signal::real || channels_ > 1 ? channels_ : 2;
  }
  std::size_t scratch_size() const noexcept;  ///< of T

  /// Channels first .. first + channels(signal) - 1. @param fields, coefficients  of channel 0
  /// @param scratch  scratch_size() numbers at kAlignment
  void to_coefficients(Signal signal, std::size_t first, const T* fields, T* coefficients,
                       const Scales<T>& scales, T* scratch) const noexcept;
  /// Where fields are written.
  struct Fields {
    T* begin;         ///< of channel 0
    bool past_cache;  ///< see kernels::PairRun
  };
  void to_fields(Signal signal, std::size_t first, const T* coefficients, Fields fields,
                 const Scales<T>& scales, T* scratch) const noexcept;

 private:
  struct Scratch {
    T* rings;            // packed rings of a group, complex
    T* transformed;      // the same after the DFT; short rings stay in their place
    T* dft;              // workspace of the DFT
    T* orders;           // [order][parity][ring][channel], complex
    T* degrees;          // [order of a few][degree][channel], complex
    double* recurrence;  // scratch of kernels/recurrence.h
    T* part[2];          // half coefficient vectors of the two parts of one complex signal
    std::size_t size;
  };
  Scratch divide(T* scratch) const noexcept;

  // All rings between fields and scratch.orders.
  void orders_of_rings(Signal, std::size_t first, const T* fields, const Scales<T>&,
                       const Scratch& scratch) const noexcept;
  void rings_of_orders(Signal, std::size_t first, Fields fields, const Scales<T>&,
                       const Scratch& scratch) const noexcept;
  // Pairs of rings of real fields at even distances: of all channels, or of many rings of one.
  struct RingRun {
    kernels::PairRun pairs;
    std::size_t rings;         // that it covers, from `ring` on
    std::size_t north, south;  // of its first pair, from the begin of all fields
  };
  RingRun run_of_pairs(std::size_t first, std::size_t ring, std::size_t end) const noexcept;
  // Ring pairs [begin, end) between fields and scratch.
  void pack(Signal, std::size_t first, const T* fields, const T* scale, std::size_t begin,
            std::size_t end, T* rings) const noexcept;
  void unpack(Signal, std::size_t first, const T* rings, const T* scale, std::size_t begin,
              std::size_t end, Fields fields) const noexcept;
  // Orders [begin, end) between scratch.orders and scratch.degrees.
  void degrees_of_orders(int begin, int end, const Scratch& scratch) const noexcept;
  void orders_of_degrees(int begin, int end, const Scratch& scratch) const noexcept;
  // Orders [begin, end) between scratch.degrees and coefficients.
  void store(Signal, std::size_t first, int begin, int end, const T* scale, const T* degrees,
             T* coefficients) const noexcept;
  void load(Signal, std::size_t first, int begin, int end, const T* scale, const T* coefficients,
            T* degrees) const noexcept;

  kernels::Folding folding(std::size_t begin, std::size_t end) const noexcept;
  kernels::Exchange exchange(int begin, int end) const noexcept;
  std::size_t order(int m, int parity, std::size_t ring) const noexcept;  // in scratch.orders
  std::size_t degree(int begin, int m, int l) const noexcept;             // in scratch.degrees

  int bandwidth_;
  std::size_t columns_;
  std::size_t grid_rings_;
  std::size_t rings_;  // northern ones, equator's included
  const LegendreTables<T>& tables_;
  const LegendreRecurrences& recurrences_;
  std::size_t channels_;
  std::size_t group_;             // ring pairs that go through the DFT together
  std::size_t order_step_;        // complex numbers from order to order in scratch.orders
  std::size_t degrees_of_order_;  // reals from order to order in scratch.degrees
  fft::Plan<T> forward_;
  fft::Plan<T> backward_;
};

}  // namespace equicloud::sphere
