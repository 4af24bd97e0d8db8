// SPDX-License-Identifier: BSD-3-Clause
// What surveyors expect of LAS: outliers are labelled rather than deleted, and points that a class
// sets apart are left alone.
#pragma once

#include <equicloud/io/reader.h>
#include <equicloud/io/writer.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace equicloud::cli {

struct Job;  // outputs.h

struct Marking {
  std::optional<int> mark_class;          ///< the class that outliers get, 0 to 255
  bool withheld = false;                  ///< outliers get the flag withheld
  std::vector<unsigned char> only_class;  ///< only points of these can be outliers; empty: all
  std::vector<unsigned char> skip_class;  ///< points of these cannot

  bool marks() const noexcept { return mark_class || withheld; }
  bool chooses() const noexcept { return !only_class.empty() || !skip_class.empty(); }
};

/// From the texts of --mark, --only-class and --skip-class ("" = not given). Throws UsageError.
Marking parse_marking(const std::string& mark, bool withheld, const std::string& only_class,
                      const std::string& skip_class);

/// As typed: what a manifest keeps of it.
std::string description(const Marking& marking);

/// Throws UsageError if an input's name says that it is no LAS file but LAS is needed.
void check_las_inputs(const Marking& marking, const std::vector<Job>& jobs);

/// The classes and flags of one file, taken chunk by chunk while it is read.
class Marks {
 public:
  explicit Marks(const Marking& marking) : marking_(marking) {}

  /// Throws FormatError if the file is no LAS or its point format cannot hold the class.
  void take(const io::Header& header, const io::Chunk& chunk);
  /// Leaves out of `removed` the points that may not be judged.
  void spare(std::vector<bool>& removed) const;
  /// What the writer is to put in place of the file's fields: names, then values point by point.
  std::vector<io::AddedField> fields() const;
  std::vector<double> values(const std::vector<bool>& removed) const;

 private:
  bool is_judged(unsigned char point_class) const noexcept;

  const Marking& marking_;
  std::vector<unsigned char> classes_;
  std::vector<unsigned char> withheld_;
};

}  // namespace equicloud::cli
