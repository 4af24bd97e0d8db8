#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The first run: cleans and scores the sample street scan with the embedded model, and holds the
# result against the sample's truth; then classifies a chair in three random poses. Usage: apps/cli/demo.sh [OUTPUT_FOLDER], default out/.
set -eu
cd "$(dirname "$0")/../.."
program=build/release/bin/equicloud
scan=data/clouds/street.pcd
out=${1:-out}

show() {
  printf '\n$ %s' "${program}"
  printf ' %s' "$@"
  printf '\n'
  "${program}" "$@"
}

printf 'A generated street scan, with the truth known for every point, and a trained network.\n'
show clean "${scan}" -o "${out}/street_cleaned.pcd" --overwrite
show score "${scan}" -o "${out}" --overwrite
show evaluate score "${scan}" --truth truth

printf '\nA generated chair, turned at random three times, and a network that does not mind.\n'
for pose in 1 2 3; do
  build/release/bin/equicloud_simulate object chair "${pose}" "${out}/chair_${pose}.pcd"
done
show classify "${out}/chair_1.pcd" "${out}/chair_2.pcd" "${out}/chair_3.pcd"

cat <<END

Written: ${out}/street_cleaned.pcd (without the outliers)
         ${out}/street.pcd (all points, with the field outlier_score)
What to type next, with a scan of your own (.pcd .ply .las .laz .xyz .txt .pts .csv, KITTI .bin):
  ${program} clean your_scan.pcd -o cleaned.pcd
  ${program} classify your_object.ply          (a scene: add --clusters)
  ${program} --help
END
