#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# slurm_test.sh PROGRAM SCRIPTS: shards through a Slurm of two nodes, started for the test on this machine. A node is
# killed in the midst of its shard; the task goes back into the queue, and the outputs are those of one run.
# Ends with 77 (skipped) where Slurm is not installed or does not start here.
set -u
program=$1 scripts=$2
export PATH="$(dirname "$program"):/usr/sbin:$PATH"
for needed in slurmctld slurmd sbatch scontrol; do
  command -v $needed >/dev/null || { echo "skipped: no $needed here (Debian: slurm-wlm)"; exit 77; }
done
work=$(mktemp -d) && cd "$work" || exit 1
export SLURM_CONF=$work/slurm.conf
declare -A pids=()

# Processes that this test's Slurm started, by what stands in their environment.
started_with() { # VARIABLE=VALUE
  for process in /proc/[0-9]*; do
    { grep -qzx "SLURM_CONF=$SLURM_CONF" "$process/environ" && grep -qzx "$1" "$process/environ"; } 2>/dev/null &&
      echo "${process#/proc/}"
  done
}
stop() {
  for name in "${!pids[@]}"; do kill -KILL "${pids[$name]}" 2>/dev/null; done
  for process in $(started_with "SLURM_CONF=$SLURM_CONF"); do kill -KILL "$process" 2>/dev/null; done
  cd / && rm -rf "$work"
}
trap stop EXIT
fail() { echo "failed: $*"; tail -n 30 ./*.log; exit 1; }
skip() { echo "skipped: $*"; tail -n 5 ./*.log; exit 77; }
until_true() { # SECONDS COMMAND
  for ((i = 0; i < 5 * $1; ++i)); do eval "$2" && return; sleep 0.2; done
  return 1
}

port=$((20000 + RANDOM % 20000))
user=$(id -un)
cat > slurm.conf <<CONF
ClusterName=equicloud-test
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/none
CredType=cred/none
AuthInfo=cred_expire=5
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool.%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.%n.pid
SlurmdTimeout=5
ReturnToService=2
JobRequeue=1
MpiDefault=none
NodeName=n0 NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=2 RealMemory=8000
NodeName=n1 NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=2 RealMemory=8000
PartitionName=all Nodes=n0,n1 Default=YES MaxTime=INFINITE State=UP
CONF
mkdir state
start_node() { slurmd -D -N "$1" >> "$1.log" 2>&1 & pids[$1]=$!; }
slurmctld -D > slurmctld.log 2>&1 & pids[slurmctld]=$!
start_node n0
start_node n1
until_true 30 '[ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" = 2 ]' || skip "no Slurm of two nodes starts here"

# 120 clouds, noise over a sheet, as text: long enough for the kill to come in between.
mkdir in
awk 'BEGIN { srand(7); for (f = 0; f < 120; ++f) { name = "in/c" f ".xyz"
  for (i = 0; i < 20000; ++i) printf "%.4f %.4f %.4f\n", i % 140 / 20 + rand() / 200, int(i / 140) / 20 + rand() / 200,
    (i % 25 == 7 ? 1 + rand() : rand() / 100) > name; close(name) } }'
equicloud score in -o whole --quiet || fail "one run"
equicloud plan in -o shards --shards 6 > /dev/null || fail "plan"
sh "$scripts/slurm.sh" shards scored || fail "submission"
until_true 60 '[ "$(squeue -h -t running -w n1 | wc -l)" -gt 0 ] && ls scored/*.xyz >/dev/null 2>&1' || fail "no task on n1"
task=$(squeue -h -t running -w n1 -o %i | head -n 1)
# The node dies with all that runs on it: its daemon, the steps' own processes, the tasks.
jobs=$(squeue -h -t running -w n1 -o %A)
kill -KILL "${pids[n1]}" $(for job in $jobs; do pgrep -f "slurmstepd: \[$job\."; done) \
  $(started_with SLURMD_NODENAME=n1) || fail "the kill"
echo "killed node n1 during task $task"
until_true 60 'sinfo -h -n n1 -o %t | grep -q down' || fail "n1 is not missed"
start_node n1
until_true 400 '[ "$(squeue -h | wc -l)" = 0 ]' || fail "$(squeue)"
cat ./slurm-*.out
nodes=$(grep -ho 'Allocated.*NodeList=n[01]\|NodeList=n[01]' slurmctld.log | grep -o 'n[01]$' | sort | uniq -c)
echo "allocations:" $nodes
echo "$nodes" | grep -q n0 && echo "$nodes" | grep -q n1 || fail "not both nodes were used"
equicloud merge scored --verify || fail "merge"
diff -r -x .equicloud whole scored || fail "the outputs differ from those of one run"
sh -c 'equicloud score --shard shards/002 -o scored --quiet' || fail "a shard run twice"
diff -r -x .equicloud whole scored || fail "a shard run twice changed outputs"
ls scored | grep -q part- && fail "left-overs"
echo "passed"
