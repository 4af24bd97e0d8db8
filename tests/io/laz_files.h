// SPDX-License-Identifier: BSD-3-Clause
// LAS files whose points are like those of a survey, or like nothing: what a compressor must get
// through.
#pragma once

#include <cstdint>
#include <string>

namespace equicloud::io::testing {

enum class Likeness {
  flight,    ///< steps, returns, interleaved times, and now and then anything
  noise,     ///< random bits
  constant,  ///< one point again and again
  channels,  ///< like flight, from four scanner channels in turn
};

/// @param extra  extra bytes without a description
/// The file has a record and, in point formats from 6 on, an extended one.
std::string make_survey(int format, std::uint32_t points, int extra, Likeness likeness);

}  // namespace equicloud::io::testing
