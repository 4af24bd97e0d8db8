// SPDX-License-Identifier: BSD-3-Clause
// The sample scans as PCD files: binary_compressed, with the sensor's place as VIEWPOINT.
#pragma once

#include <simulate/sample_scans.h>

#include <string>

namespace equicloud::simulate {

/// x y z intensity (f32), ring (u16), truth (u8). Throws IoError.
void write_street(const StreetScan& scan, const std::string& path);
/// Organised, row by row: x y z (f32, NaN where invalid), rgb (f32 whose bits are 0x00rrggbb, as
/// PCL has it), truth (u8). Throws IoError.
void write_room(const RoomScan& scan, const std::string& path);

}  // namespace equicloud::simulate
