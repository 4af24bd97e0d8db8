#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# parallel_test.sh PROGRAM SCRIPTS: shards under GNU parallel on this machine give the outputs of one run; what is
# broken is named by the merge. Ends with 77 (skipped) where GNU parallel is not installed.
set -u
program=$1 scripts=$2
parallel --version 2>/dev/null | grep -q "GNU parallel" ||
  { echo "skipped: no GNU parallel here (Debian: parallel)"; exit 77; }
PATH="$(dirname "$program"):$PATH"
export PATH PARALLEL_HOME="${TMPDIR:-/tmp}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
fail() { echo "failed: $*"; exit 1; }

mkdir -p "in/it's a name"
awk 'BEGIN { srand(7); for (f = 0; f < 12; ++f) { name = "in/it'"'"'s a name/c " f ".xyz"
  for (i = 0; i < 400; ++i) printf "%.4f %.4f %.4f\n", i % 20 + rand(), int(i / 20) + rand(), rand() > name
  close(name) } }'
equicloud score in -o whole --quiet || fail "one run"
equicloud plan in -o shards --shards 3 > /dev/null || fail "plan"
sh "$scripts/parallel.sh" shards "scored here" --jobs 2 || fail "the script"
diff -r -x .equicloud whole "scored here" || fail "the outputs differ from those of one run"

echo "1 2 three" > in/broken.xyz
equicloud plan in -o more --shards 2 > /dev/null || fail "plan"
sh "$scripts/parallel.sh" more scored > log 2>&1 && fail "a broken input went unnoticed"
grep -q "broken.xyz" log || fail "the broken input is not named: $(cat log)"
echo "passed"
