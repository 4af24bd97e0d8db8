// SPDX-License-Identifier: BSD-3-Clause
// The errors of the library's public edge. Each carries one sentence for a person: what is wrong,
// what was found, what was expected. Outcomes that belong to the job (a non-finite point, too few
// neighbours) are values in the result, never exceptions.
#pragma once

#include <stdexcept>
#include <string>

namespace equicloud {

/// Base of everything the library throws on purpose.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The caller passed a value outside the documented range.
class InvalidArgument : public Error {
 public:
  using Error::Error;
};

/// A file or buffer does not hold what its format promises (truncated, contradictory, unsupported).
class FormatError : public Error {
 public:
  using Error::Error;
};

/// The operating system refused: missing file, no permission, full disk.
class IoError : public Error {
 public:
  using Error::Error;
};

}  // namespace equicloud
