#!/usr/bin/env bash
# The viewer under the address and undefined behaviour sanitizers, on a virtual display: twenty times opened and
# closed, closed while it reads and while it scores, one whole session. tests/viewer/sanitized.sh BIN_DIR DATA_DIR
# A leak counts where our code stands in its stack: graphics drivers keep a few hundred bytes of their own.
set -uo pipefail
bin=$(realpath "$1") data=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export UBSAN_OPTIONS=print_stacktrace=1

run() {  # name, script lines
  printf '%b' "$2" >script.txt
  timeout 300 xvfb-run -a -s '-screen 0 1024x768x24 -noreset' "$bin/equicloud_viewer" --settings settings.json \
    "$data/street.pcd" --size 800x600 --script script.txt >log.txt 2>&1
  local status=$?
  if [ $status = 124 ] || grep -qE 'ERROR: AddressSanitizer|runtime error|equicloud::' log.txt; then
    echo "viewer-asan: $1: status $status"
    head -60 log.txt
    exit 1
  fi
  echo "viewer-asan: $1: clean"
}

for cycle in $(seq 20); do run "opened and closed, $cycle of 20" 'pause 0.2\nquit\n'; done
run 'closed while it reads' 'leave\n'
run 'closed while it scores' 'score\nleave\n'
run 'a session' 'score\nscreenshot a.png\noutliers hidden\nthreshold 0.4\nscreenshot b.png\nsave cleaned.pcd\nframe\nthings\nselect 1\nturn 2\nscreenshot c.png\nquit\n'
