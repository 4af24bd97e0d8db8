#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The sample scan through a PCL pipeline; then the command line scores the same points, and the two
# are held against each other. Usage: apps/examples/run_pipeline.sh [OUTPUT_FOLDER], default out/pcl.
set -eu
cd "$(dirname "$0")/../.."
bin=${EQUICLOUD_BIN:-build/release/bin}
out=${1:-out/pcl}

show() {
  printf '\n$ %s' "${bin}/$1"
  name=$1
  shift
  printf ' %s' "$@"
  printf '\n'
  "${bin}/${name}" "$@"
}

printf 'VoxelGrid -> EquivariantOutlierRemoval -> PassThrough -> EuclideanClusterExtraction.\n'
show equicloud_example_pipeline data/clouds/street.pcd "${out}"
show equicloud score "${out}/voxels.pcd" -o "${out}/scored" --overwrite
show equicloud_example_compare "${out}/scored/voxels.pcd"

cat <<END

The PCL filter and the command line agree on every bit.
Written: ${out}/voxels.pcd  ${out}/cleaned.pcd  ${out}/clusters.pcd (label = cluster)
The program's source, to start from: apps/examples/pipeline.cpp
END
