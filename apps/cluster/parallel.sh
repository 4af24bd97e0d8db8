#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# parallel.sh SHARDS OUT [options of GNU parallel]: each shard list once, then the merge.
# On several machines that see the same files: parallel.sh shards scored --sshloginfile machines
set -eu
shards=$1 out=$2
shift 2
# One list at a time on each machine: the program uses all cores.
find "$shards" -type f | sort |
  parallel --quote --jobs 1 --retries 3 --workdir "$PWD" "$@" \
    equicloud score --shard {} -o "$out" --quiet || true # merge names what failed
exec equicloud merge "$out"
