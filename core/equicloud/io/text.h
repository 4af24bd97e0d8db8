// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the formats without a header of their own. Text (.xyz .txt .pts .csv): a point a line,
// separator and names found out, every column a double; KITTI .bin: float32 x y z intensity.
#pragma once

#include <equicloud/io/header.h>
#include <equicloud/io/reader.h>
#include <equicloud/io/source.h>

#include <memory>
#include <string>

namespace equicloud::io {

/// Text. Lines beginning with '#', "//" or '%' are comments; a comment that names as many columns
/// as there are, x y z among them, names them. Reads the file once to count its points.
std::unique_ptr<Reader> open_text(std::shared_ptr<const Source> source);

/// The header text of `output`: its own raw header with count and names brought up to date.
std::string render_text(const Header& output);

/// Lays out a text file for a cloud from elsewhere, by the extension of `path`: .csv has commas and
/// a row of names, .pts a count and blanks, everything else blanks and names in a comment. Sets
/// output.text and output.raw.
void begin_text(Header& output, const std::string& path);

std::unique_ptr<Reader> open_kitti(std::shared_ptr<const Source> source);

}  // namespace equicloud::io
