#!/bin/sh
# slurm.sh JOB: what EXECUTOR=slurm launches a job by: see run(1).  srun is not
# believed: it ends with 0 when its node dies.
say() {
	echo "$1" >&2
	exit 1
}
command -v srun >/dev/null || say 'there is no srun here: install slurm-client, or start make where it is'
# One that is being started again is waited for.
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
	words=$(scontrol ping 2>&1) && break
	[ $i -lt 15 ] || say "the Slurm controller does not answer: see scontrol ping: $words"
	sleep 2
done
sinfo -h -o %T | grep -qvE '^(down|drain|fail|error|inval)' ||
	say "no node of the cluster takes jobs: see sinfo -R"
case $GPUS in none) GPUS= ;; esac

# What Slurm has given the step is what the script may use.
set -f
exec srun -Q --quit-on-interrupt --input=none --export=NONE -J mlestar -D / -N1 -n1 \
	${CPUS:+"-c$CPUS"} --mem="$((MEMORY + 256))M" --time="$((JOB_SECONDS / 60 + 1))" \
	${GPUS:+--gres=gpu:1} $SLURM_ARGS \
	/bin/sh -c 'NODE=$SLURMD_NODENAME CPUS=$SLURM_CPUS_ON_NODE GPUS=${SLURM_STEP_GPUS:-none} exec "$1"' sh "$1"
