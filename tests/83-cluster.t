#!/bin/sh
# EXECUTOR=slurm, on a private cluster: the same results as here, what Slurm and
# the job are told, a node that dies, and that nothing is left.
. "${0%/*}/cluster/lib.sh"
export TIMEOUT=60 DISK=50 MEMORY=400
start_cluster

# The same result, wherever.

here=$(everything "$TMP/here")
like 'A script has a result' "$here" '"score": 0.25'
export EXECUTOR=slurm
is 'on the cluster it is that of here' "$(everything "$there")" "$here"
echo 1 / 0 | KEEP_RUN=$there run -o "$there/a/out" - >"$TMP/r"
is 'a script that failed leaves nothing' "$(get .reason) $(ls "$there/a")" \
	'exit status 1: ZeroDivisionError: division by zero '
echo 'import os; print(os.environ["OMP_NUM_THREADS"])' | SLURM_ARGS='-w n3 -c1' result -n
is 'SLURM_ARGS reach srun, and what it gives is what libraries are told' \
	"$(get '.usage.node, .stdout')" 'n3
1'

# A node dies.

below() { # pid...: the environment of these, and of all that they started
	for p; do
		tr '\0' '\n' <"/proc/$p/environ"
		below $(pgrep -P "$p")
	done 2>/dev/null
}
waiting CPUS=2 TIMEOUT=600 SECRET=marked-one GEMINI_API_KEY=marked-two HF_TOKEN=marked-three
is 'Slurm has cores, memory and time from the settings' "$(squeue -h -o '%C %m %l')" '2 656M 12:00'
below $(steps) >"$TMP/environ"
is 'what runs on a node has no key, nor what else is set here' \
	"$(grep -c '^SLURM_JOB_ID=' "$TMP/environ" | grep -cv '^0$') $(grep -c marked "$TMP/environ")" '1 0'
dead=$(cat "$there"/scratch/*/began)
crash "$dead"
touch "$TMP/data/go"
wait $waiter
is 'a node that dies with its step: the script is run again, and the result tells' \
	"$(get '[.status, .score, .usage.lost] | tostring')" '["ok",3,1]'
is 'on another' "$(get .usage.node | grep '^n[123]$' | grep -c "$dead")" 0
like 'so does run' "$(cat "$TMP/err")" "it was lost on $dead: .*Node failure on $dead.*; once more\$"

# A run that waits is ended.

waiting
pkill -TERM -P "$(pgrep -P $waiter timeout)" -x run
wait $waiter
until_true idle
is 'SIGTERM: run ends by it, and so does the job' "$(cat "$TMP/rc") $(squeue -h)" '143 '
is 'and there is no folder of its' "$(ls -A "$there/scratch")" ''

# A whole run, one of whose nodes dies while the first scripts are held up.

TASK=tiny
task tiny
rules <<'END'
{"stage": "draft", "reply": "```python\nimport os, time\nwhile not os.path.exists('GATE/go'): time.sleep(0.05)\n{script}```"}
END
sed -i "s|GATE|$TMP/gate|" "$RULES"
mkdir "$TMP/gate"
export PYTHON_BINDS="$TMP/gate"
set -- -j6 L=1 M=2 T=1 K=1 R=0 CPUS=2
(RUN=there build "$@"; echo $? >"$TMP/rc") &
pid=$!
until_true eval '[ $(cat work/tiny/there/scratch/*/began | wc -l) = 2 ]'
cat work/tiny/there/scratch/*/began | sort -u >"$TMP/on"
is 'two scripts of two cores each are on two nodes' "$(wc -l <"$TMP/on")" 2
crash "$(head -n 1 "$TMP/on")"
touch "$TMP/gate/go"
wait $pid
is 'a run one of whose nodes dies ends well' "$(cat "$TMP/rc")" 0
RUN=there
mark
build EXECUTOR= RETRIES=5
is 'where it ran makes nothing stale' "$(made)" ''
RUN=here build "$@" EXECUTOR=
is 'it is the run that ran here' "$(tree work/tiny/there | cksum)" "$(tree work/tiny/here | cksum)"
is 'but that its results tell where, and how many jobs were lost' "$(jq -r .usage.node \
	work/tiny/there/1/draft/?.json | sort -u) $(jq '.usage.lost // empty' \
	work/tiny/there/1/draft/?.json)" "$(sed 1d "$TMP/on") 1"
like 'doctor tries the cluster' "$(doctor)" '^ok +executor +slurm: a script ran on n[123]'
stop_cluster
done_testing
