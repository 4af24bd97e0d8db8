#!/usr/bin/env bash
# Draws the README's pictures with the viewer, on a virtual display: from the repository's root.
set -euo pipefail
cd "$(dirname "$0")/../../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
view() {  # WIDTHxHEIGHT SCAN SCRIPT
  xvfb-run -a -s '-screen 0 2000x1400x24 -noreset' build/release/bin/equicloud_viewer "$2" \
    --settings "$scratch/settings.json" --size "$1" --script "apps/viewer/pictures/$3.txt"
}
build/release/bin/equicloud_simulate showroom "$scratch/showroom.pcd"
view 1000x520 data/clouds/street.pcd street
view 1400x700 "$scratch/showroom.pcd" things
ls -l data/pictures
