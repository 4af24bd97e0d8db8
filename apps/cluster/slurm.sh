#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#SBATCH --job-name=equicloud --cpus-per-task=2 --mem=4G --time=01:00:00
#SBATCH --requeue --open-mode=append --signal=B:USR1@60
# slurm.sh SHARDS OUT [options of `equicloud score`]: a task for each shard list, then the merge.
set -eu
shards=$1 out=$2
shift 2
if [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then # on the login node: submit this script
  last=$(($(ls "$shards" | wc -l) - 1))
  job=$(sbatch --parsable --array="0-$last%${AT_ONCE:-100}" "$0" "$shards" "$out" "$@")
  echo "scoring: job $job"
  sbatch --job-name=equicloud-merge --dependency="afterany:$job" --wrap="equicloud merge '$out'"
  exit
fi
list=$(find "$shards" -type f | sort | sed -n "$((SLURM_ARRAY_TASK_ID + 1))p")
again=no
trap 'kill -TERM "$work"' TERM            # the task is taken away
trap 'again=yes; kill -TERM "$work"' USR1 # its time is nearly over: the rest is for the next turn
equicloud score --shard "$list" -o "$out" --threads "$SLURM_CPUS_PER_TASK" --quiet "$@" &
work=$!
while :; do # a signal ends the waiting, not the work
  status=0
  wait "$work" || status=$?
  kill -0 "$work" 2>/dev/null || break
done
[ "$again" = no ] || scontrol requeue "$SLURM_JOB_ID"
exit "$status"
