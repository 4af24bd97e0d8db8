#!/usr/bin/env bash
# run.sh BUILD SECONDS [FORMAT...]: each fuzzer for so long, from the kept corpus and fresh seeds. New inputs
# that find something new go to BUILD/corpus; a crash stops everything and is named.
set -euo pipefail
here=$(dirname "$0") build=$1 seconds=$2
shift 2
[ $# -gt 0 ] || set -- pcd ply xyz csv pts bin las laz
mkdir -p "$build/corpus" "$build/crashes"
"$build/bin/fuzz_seeds" "$build/seeds"
for format in "$@"; do
  mkdir -p "$build/corpus/$format" "$here/corpus/$format" "$build/seeds/$format"
  echo "fuzz: $format for $seconds s"
  "$build/bin/fuzz_$format" -max_total_time="$seconds" -max_len=8192 -timeout=20 -rss_limit_mb=2048 \
    -malloc_limit_mb=1024 -dict="$here/words.dict" -artifact_prefix="$build/crashes/$format-" -print_final_stats=1 \
    -verbosity=1 "$build/corpus/$format" "$here/corpus/$format" "$build/seeds/$format" \
    >"$build/$format.log" 2>&1 || { tail -40 "$build/$format.log"; echo "fuzz: $format found a fault, see $build/crashes" >&2; exit 1; }
  grep -E 'DONE|number_of_executed_units|peak_rss_mb' "$build/$format.log" | tail -3
done
