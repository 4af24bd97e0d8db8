// SPDX-License-Identifier: BSD-3-Clause
// Reader of packed ModelNet clouds (Wu et al. 2015, "3D ShapeNets", CVPR): a folder of
//   classes.txt      one class name a line; the line's number from 0 is the label
//   labels.csv       index,shard,row,label,class,name for each shape, in stored order
//   NAME_<NN>.i16    shard NN, or NAME_<NN>.i16.xz: little-endian int16, [row][1024][x y z] without
//                    a header; coordinate = value / 16384
// Every length is checked before it is used.
#pragma once

#include <train/shape_set.h>

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::train {

constexpr std::size_t kPackedShapePoints = 1024;
constexpr float kPackedShapeUnit = 1.0F / 16384.0F;

/// The clouds of one unpacked shard, each 1024 x 3. Throws FormatError (a sentence that begins with
/// `name`) unless it holds exactly `shapes` of them.
std::vector<std::vector<float>> parse_shape_shard(const std::vector<unsigned char>& bytes,
                                                  std::size_t shapes, const std::string& name);

/// The whole folder, in the order of labels.csv. Of a shard that lies there twice the unpacked file
/// is read. Throws IoError (a file is missing), FormatError (a list that contradicts itself or the
/// shards, a shard too short or too long, damaged xz, or xz where the program was built without
/// liblzma: the sentence then says to unpack).
ShapeSet read_modelnet(const std::string& folder);

/// read_modelnet() where the folder holds labels.csv, read_class_folders() elsewhere.
ShapeSet read_shapes(const std::string& folder);

}  // namespace equicloud::train
