// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the PLY format, ascii and binary in both byte orders. The points are the element
// `vertex`, wherever it stands; other elements (faces, ...) are walked, checked and, by a writer,
// copied. Source: G. Turk, "The PLY Polygon File Format", 1994.
#pragma once

#include <equicloud/io/header.h>
#include <equicloud/io/reader.h>
#include <equicloud/io/source.h>

#include <functional>
#include <memory>
#include <string>

namespace equicloud::io {

std::unique_ptr<Reader> open_ply(std::shared_ptr<const Source> source);

/// The header text of `output`. Where output.raw holds the header of `source`, only lines on which
/// the two differ are changed; otherwise a new one. Elements missing from output.elements are left
/// out.
std::string render_ply(const Header& output, const Header& source);

/// Takes the bytes of an element's instances, in the encoding that was asked for.
using ByteSink = std::function<void(const void* bytes, std::size_t count)>;

/// Walks all instances of an element from the cursor on and checks them. With a sink their values
/// are given to it in encoding `to`.
/// Throws FormatError (ends early, negative list length, no number, ...).
void walk_element(Cursor& cursor, const PlyElement& element, Encoding from, Encoding to,
                  const ByteSink* sink);

/// Type name in a PLY header ("float", "uchar", ...); nullptr for 64-bit integers, which PLY lacks.
const char* ply_name(Scalar type) noexcept;

}  // namespace equicloud::io
