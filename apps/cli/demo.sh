#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The first run: cleans and scores the sample street scan with the embedded model, and holds the
# result against the sample's truth. Usage: apps/cli/demo.sh [OUTPUT_FOLDER], default out/.
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

cat <<END

Written: ${out}/street_cleaned.pcd (without the outliers)
         ${out}/street.pcd (all points, with the field outlier_score)
What to type next, with a scan of your own (.pcd .ply .xyz .txt .pts .csv, KITTI .bin):
  ${program} clean your_scan.pcd -o cleaned.pcd
  ${program} --help
END
