// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the header of the Point Cloud Data format, versions .5 to .7, as PCL writes it.
// Source: "The PCD (Point Cloud Data) file format", PCL documentation.
#pragma once

#include <equicloud/io/header.h>
#include <equicloud/io/reader.h>
#include <equicloud/io/source.h>

#include <memory>
#include <string>

namespace equicloud::io {

std::unique_ptr<Reader> open_pcd(std::shared_ptr<const Source> source);

/// The header text of `output`. Where output.raw holds the header of a PCD, only lines that say
/// something else than `output` are changed; otherwise a new one, version 0.7.
std::string render_pcd(const Header& output);

}  // namespace equicloud::io
