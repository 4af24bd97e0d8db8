// SPDX-License-Identifier: BSD-3-Clause
// The sample scans as PCD files: binary_compressed, with the sensor's place as VIEWPOINT.
#pragma once

#include <simulate/sample_scans.h>

#include <string>
#include <vector>

namespace equicloud::simulate {

/// x y z intensity (f32), ring (u16), truth (u8). Throws IoError.
void write_street(const StreetScan& scan, const std::string& path);
/// Organised, row by row: x y z (f32, NaN where invalid), rgb (f32 whose bits are 0x00rrggbb, as
/// PCL has it), truth (u8). Throws IoError.
void write_room(const RoomScan& scan, const std::string& path);

/// x y z (f32) alone. @param xyz  packed. Throws IoError.
void write_object(const std::vector<float>& xyz, const std::string& path);

}  // namespace equicloud::simulate
