#!/bin/sh
# EXECUTOR: scripts on other machines, by Slurm and by launchers of one's own: the
# same results, lost jobs, what is said of trouble, and that nothing is left.
. "${0%/*}/lib.sh"
PATH=$PATH:/usr/sbin:/sbin
[ -x tools/run ] || skip 'tools/run is not built'
for p in munged slurmctld slurmd srun; do
	command -v $p >/dev/null || skip "there is no $p: apt-get install slurm-wlm munge"
done
top=$PWD
checkout
if [ "$(id -u)" = 0 ]; then # the cluster and its jobs are an ordinary user's
	cp -a "$top/tests/lib.sh" "$top/tests/cluster" "$top/tests/cluster.t" tests
	mkdir "$TMP/user"
	chown -R nobody "$TMP/co" "$TMP/user"
	env -i PATH="$PATH" TMPDIR="$TMP/user" setpriv --reuid=nobody --regid="$(id -g nobody)" \
		--clear-groups sh "$TMP/co/tests/cluster.t"
	exit
fi
C=$TMP/c
trap '"$top/tests/cluster/stop" "$C"; chmod -R u+rwx "$TMP"; rm -rf "$TMP"' EXIT
trap 'exit 111' HUP INT TERM
mkdir "$C" "$TMP/data" "$TMP/here" "$TMP/there" "$TMP/bin"
export SLURM_CONF="$C/slurm.conf" TIMEOUT=60 DISK=50 MEMORY=400 SANDBOX=
printf 'a,b\n1,2\n' >"$TMP/data/train.csv"
printf 'a,b\n9,9\n' >"$TMP/less.csv"

result() { # options..., script on stdin: leaves the result in $TMP/r
	KEEP_RUN="$TMP/there" timeout 300 run "$@" - >"$TMP/r" 2>"$TMP/err"
	echo $? >"$TMP/rc"
}
get() { # jq filter
	jq -r "$1" "$TMP/r"
}
said() { # how run ended, and its last line
	echo "$(cat "$TMP/rc"): $(tail -n 1 "$TMP/err")"
}
launcher() { # name, a script on stdin
	{ echo '#!/bin/sh'; cat; } >"$TMP/bin/$1"
	chmod 755 "$TMP/bin/$1"
	EXECUTOR=exec:$TMP/bin/$1
}
until_true() { # command...: waits for it, at most a minute
	i=0
	until "$@" >/dev/null 2>&1 || [ $i -ge 1200 ]; do
		i=$((i + 1))
		sleep 0.05
	done
}
running() { # node...: jobs run there
	for node; do [ "$(squeue -h -t R -w "$node" -o x)" ] || return 1; done
}
idle() {
	[ ! "$(squeue -h)" ]
}
export EXECUTOR=

# What takes time goes on beside the rest: a launcher that hangs, a controller
# that is not there.

slow() { # file, setting...
	f=$TMP/$1
	shift
	(env "$@" RETRIES=0 KEEP_RUN="$f" timeout 300 run -n /dev/null >"$f.r" 2>"$f.err"
	echo $? >"$f.rc") &
}
launcher hang <<'END'
uname -n >"${1%/*}/began"
echo $$ >"${0%/*}/hung"
exec sleep 3000
END
slow hang TIMEOUT=1 DISK=1
hang=$!
launcher late <<'END'
"$1"
exec sleep 3000
END
slow late TIMEOUT=1 DISK=1
late=$!
mkdir "$TMP/none"
"$top/tests/cluster/start" "$C" >"$TMP/start" 2>&1 || {
	sed 's/^/# /' "$TMP/start" "$C"/log/*.log
	skip 'no cluster can be started here'
}
sed 's/^SlurmctldPort=.*/SlurmctldPort=9/' "$C/slurm.conf" >"$TMP/none/slurm.conf"
slow dead EXECUTOR=slurm SLURM_CONF="$TMP/none/slurm.conf"
dead=$!

# The same result, wherever.

cat >"$TMP/all.py" <<'END'
import os, sys
print(open("input/train.csv").read(), os.environ["OMP_NUM_THREADS"])
print("grüße", file=sys.stderr)
open("final/submission.csv", "w").write("id,y\n1,2\n")
print("Final Validation Performance: 0.25")
END
everything() { # folder
	KEEP_RUN=$1 CPUS=2 run -d "$TMP/data" -x train.csv="$TMP/less.csv" -o "$1/a/out" - <"$TMP/all.py" |
		jq -S 'del(.usage)'
	cat "$1/a/out/submission.csv"
	ls -A "$1" "$1/scratch"
}
launcher plain <<'END'
exec "$@"
END
here=$(EXECUTOR= everything "$TMP/here" | sed "s|$TMP/here||")
is 'exec: the result is that of here' "$(everything "$TMP/there" | sed "s|$TMP/there||")" "$here"
rm -r "$TMP/there/a"
is 'slurm: the result is that of here' \
	"$(EXECUTOR=slurm everything "$TMP/there" | sed "s|$TMP/there||")" "$here"
like 'which is one' "$here" '"score": 0.25'
echo 1 / 0 | EXECUTOR=slurm KEEP_RUN=$TMP/there run -o "$TMP/there/a/out" - >"$TMP/r"
is 'slurm: a script that failed leaves nothing' "$(get .reason) $(ls "$TMP/there/a")" \
	'exit status 1: ZeroDivisionError: division by zero '
echo '{"metric": "rmse", "direction": "lower", "problem": "regression", "target": ["y"], "id": "id"}' >"$TMP/task.json"
printf 'id,y\n1,2\n2,3\n3,5\n' >"$TMP/truth.csv"
printf 'id,y\n1,2\n2,3\n3,4\n' >"$TMP/submission.csv"
worth() {
	score "$TMP/task.json" "$TMP/truth.csv" "$TMP/submission.csv"
}
score() {
	KEEP_RUN=$TMP/there "$PWD/tools/score" "$@"
}
is 'slurm: what a submission is worth is that of here' "$(EXECUTOR=slurm worth)" "$(EXECUTOR= worth)"
like 'what answers.csv is for stays here' \
	"$(EXECUTOR=exec:false grade "$TMP/task.json" "$TMP/truth.csv" "$TMP/submission.csv")" '^rmse 0\.57'

# Slurm gets the settings, and its word is the script's limit.

EXECUTOR=slurm
echo 'import os; print(os.environ["OMP_NUM_THREADS"])' | SLURM_ARGS='-w n3 -c1' result -n
is 'SLURM_ARGS reach srun, and what it gives is what libraries are told' \
	"$(get '.usage.node, .stdout')" 'n3
1'
echo 'while True: pass' | TIMEOUT=1 result
is 'a script that takes too long' "$(get '.status + ": " + .reason')" 'timeout: wall-clock limit of 1 s'
is 'its score is none' "$(get .score)" null
result <<'END'
a = []
while True: a.append(bytearray(20 << 20))
END
is 'a script that takes too much' "$(get '.status + ": " + .reason')" 'memory: more than 400 MiB of memory'
export GEMINI_API_KEY=marked-one HF_TOKEN=marked-two SECRET=marked-three
launcher look <<'END'
env >"${0%/*}/env"
cat "$1" >"${0%/*}/job"
exec "$1"
END
echo 1 | result -n
is 'a launcher has no key' "$(get .status) $(grep -c -e marked-one -e marked-two "$TMP/bin/env")" 'ok 0'
is 'the job no more than it needs' "$(grep -c marked "$TMP/bin/job")" 0
is 'a launcher is told what the job needs' \
	"$(grep -E '^(MEMORY|JOB_SECONDS)=' "$TMP/bin/env" | sort | tr '\n' ' ')" 'JOB_SECONDS=121 MEMORY=400 '

# Lost jobs.

launcher first <<'END'
mkdir "${0%/*}/once" 2>/dev/null && exit 0
exec "$1"
END
echo 1 | result -n
is 'a launcher that forgets a job: it is run again, and the result tells' "$(get '.status, .usage.lost')" 'ok
1'
launcher killer <<'END'
"$1" &
until [ -s "${1%/*}/began" ]; do sleep 0.02; done
kill -9 $!
END
echo 'while True: pass' | TIMEOUT=5 RETRIES=1 result -n
like 'a launcher that kills jobs: the last try tells what is the matter' "$(said)" \
	'^111: run: have a script run by exec:.*killer: it was lost on .*: its launcher ended with 0$'
is 'and the first that it is tried once more' "$(grep -c 'once more$' "$TMP/err")" 1
is 'and there is no result' "$(cat "$TMP/r")" ''
launcher apart <<'END'
exec bwrap --dev-bind / / --tmpfs "$KEEP_RUN" -- "$@"
END
echo 1 | RETRIES=0 result -n
like 'a machine that does not see the folder' "$(said)" \
	"^111: .* it did not start: .*: does every machine see $TMP/there/scratch/.*The work folder has to be"
EXECUTOR=exec:$TMP/bin/nothing
echo 1 | RETRIES=0 result -n
like 'a launcher that is not there' "$(said)" '^111: run: .*: it did not start: .*nothing: not found$'
EXECUTOR=pbs
echo 1 | result -n
is 'a launcher that is none' "$(said)" "100: run: read EXECUTOR: 'pbs' is neither slurm nor exec:PROGRAM"

EXECUTOR=slurm
cat >"$TMP/wait.py" <<'END'
import os, time
while not os.path.exists("input/go"): time.sleep(0.05)
print("Final Validation Performance: 3")
END
waiting() { # node, setting...: starts one there until $TMP/data/go is there
	node=$1
	shift
	rm -f "$TMP/data/go"
	(env "$@" KEEP_RUN="$TMP/there" timeout 300 run -d "$TMP/data" "$TMP/wait.py" >"$TMP/r" 2>"$TMP/err"
	echo $? >"$TMP/rc") &
	waiter=$!
	until_true running $node
}
below() { # pid...: the environment of these, and of all that they started
	for p; do
		tr '\0' '\n' <"/proc/$p/environ"
		below $(pgrep -P "$p")
	done 2>/dev/null
}
steps() { # those of this cluster
	for p in $(pgrep -x slurmstepd); do
		[ "$(readlink "/proc/$p/cwd")" != "$C/log" ] || echo "$p"
	done
}
crash() { # node: it dies, and the controller, which would find out, is told
	"$top/tests/cluster/node" -k "$C" "$1"
	scontrol update nodename="$1" state=down reason=test
}
waiting n1 CPUS=2 TIMEOUT=600
is 'Slurm has cores, memory and time from the settings' "$(squeue -h -o '%C %m %l')" '2 656M 12:00'
below $(steps) >"$TMP/environ"
is 'what runs on a node has no key, nor what else is set here' \
	"$(grep -c '^SLURM_JOB_ID=' "$TMP/environ" | grep -cv '^0$') $(grep -c marked "$TMP/environ")" '1 0'
unset GEMINI_API_KEY HF_TOKEN SECRET
crash n1
touch "$TMP/data/go"
wait $waiter
is 'a node that dies with its step: the script is run again on another, and the result tells' \
	"$(get '[.status, .score, .usage.node, .usage.lost] | tostring')" '["ok",3,"n2",1]'
like 'so does run' "$(cat "$TMP/err")" 'it was lost on n1: .*Node failure on n1.*; once more$'

# The end of a run that waits, and its limits.

waiting n2
pkill -TERM -P "$(pgrep -P $waiter timeout)" -x run
wait $waiter
until_true idle
is 'SIGTERM: run ends by it, and so does the job' "$(cat "$TMP/rc") $(squeue -h)" '143 '
is 'and there is no folder of its' "$(ls -A "$TMP/there/scratch")" ''
: >"$TMP/there/ledger.jsonl"
echo 1 | DEADLINE=1s RUN_ENDS=$(($(date +%s) + 1)) SLURM_ARGS=--begin=now+1hour result -n
is 'time that is up ends the wait in the queue' \
	"$(cat "$TMP/rc") $(cat "$TMP/r")" '75 # mlestar: postponed: DEADLINE=1s is reached'
until_true idle
is 'and the queue is empty' "$(squeue -h)" ''
scontrol update nodename='n[2-3]' state=drain reason=test
echo 1 | RETRIES=0 result -n
is 'a cluster whose nodes are all away' "$(said)" \
	'111: run: have a script run by slurm: it did not start: no node of the cluster takes jobs: see sinfo -R'
scontrol update nodename='n[2-3]' state=resume
echo 1 | SLURM_ARGS='-p nowhere' RETRIES=0 result -n
like 'what Slurm refuses' "$(said)" '^111: run: .*: it did not start: srun: error: invalid partition'

# A whole run.

TASK=tiny
task tiny
rules <<'END'
{"stage": "draft", "reply": "```python\nimport os, time\nwhile not os.path.exists('GATE/go'): time.sleep(0.05)\n{script}```"}
END
sed -i "s|GATE|$TMP/gate|" "$RULES"
mkdir "$TMP/gate"
touch "$TMP/gate/go"
export PYTHON_BINDS="$TMP/gate"
set -- -j6 L=1 M=4 T=1 K=2 R=0 CPUS=1
EXECUTOR= RUN=here build "$@"
RUN=there build "$@" EXECUTOR=slurm
is 'a run on the cluster ends well' $? 0
is 'and is the one that ran here' "$(tree work/tiny/there | cksum)" "$(tree work/tiny/here | cksum)"
is 'its scripts ran on the nodes' \
	"$(jq -r .usage.node work/tiny/there/1/draft/?.json | sort -u | tr -d '\n')" n2n3
RUN=there
mark
build EXECUTOR= RETRIES=5
is 'where they ran makes nothing stale' "$(made)" ''
rm "$TMP/gate/go"
(RUN=crash build "$@" EXECUTOR=slurm; echo $? >"$TMP/rc") &
pid=$!
until_true running n2 n3
crash n2
touch "$TMP/gate/go"
wait $pid
is 'a run one of whose nodes dies ends well' "$(cat "$TMP/rc")" 0
is 'and is the one that ran here, too' "$(tree work/tiny/crash | cksum)" "$(tree work/tiny/here | cksum)"
like 'though jobs were lost' "$(jq .usage.lost work/tiny/crash/1/draft/?.json | grep -c 1)" '^[1-4]$'
RUN=bad build "$@" EXECUTOR=pbs
like 'make refuses what is none' "$(cat "$TMP/said")" 'make: read EXECUTOR: "pbs" is neither'
like 'doctor tries the cluster' "$(EXECUTOR=slurm doctor)" '^ok +executor +slurm: a script ran on n3'

# What went on beside.

wait $hang $late $dead
like 'a launcher that hangs is given up' "$(cat "$TMP/hang.rc" "$TMP/hang.err" | tr '\n' ' ')" \
	'^111 run: .*: it was not heard of again on'
is 'and ended' "$(kill -0 "$(cat "$TMP/bin/hung")" 2>&1 | grep -c 'No such')" 1
is 'one that hangs when the job is done costs time, not the job' \
	"$(cat "$TMP/late.rc") $(jq -r '"\(.status) \(.usage.lost)"' "$TMP/late.r")" '0 ok null'
like 'a controller that does not answer' "$(cat "$TMP/dead.rc" "$TMP/dead.err" | tr '\n' ' ')" \
	'^111 run: have a script run by slurm: it did not start: the Slurm controller does not answer: see scontrol ping'

"$top/tests/cluster/stop" "$C"
until_true eval '[ ! "$(steps)" ]'
is 'nothing is left: no daemon, no step, no folder' \
	"$(ps -u "$(id -u)" -o stat=,args= | grep -F "$C" | grep -v -e ^Z -e grep
	steps
	ls -A work/tiny/*/scratch "$TMP/there/scratch" | grep -v -e :$ -e '^$')" ''
done_testing
