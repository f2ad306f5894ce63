#!/bin/sh
# EXECUTOR: launchers of one's own, the trouble they and Slurm make, and what is
# said of it.  It waits for a minute.
. "${0%/*}/cluster/lib.sh"
export TIMEOUT=60 DISK=50 MEMORY=400
mkdir "$TMP/bin"

launcher() { # name, a script on stdin
	{ echo '#!/bin/sh'; cat; } >"$TMP/bin/$1"
	chmod 755 "$TMP/bin/$1"
	EXECUTOR=exec:$TMP/bin/$1
}

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
slow late TIMEOUT=3000
late=$!
mkdir "$TMP/none"
start_cluster
sed 's/^SlurmctldPort=.*/SlurmctldPort=9/' "$C/slurm.conf" >"$TMP/none/slurm.conf"
slow dead EXECUTOR=slurm SLURM_CONF="$TMP/none/slurm.conf"
dead=$!

# The same result, wherever.

launcher plain <<'END'
exec "$@"
END
is 'exec: the result is that of here' "$(everything "$there")" "$(EXECUTOR= everything "$TMP/here")"
echo '{"metric": "rmse", "direction": "lower", "problem": "regression", "target": ["y"], "id": "id"}' >"$TMP/task.json"
printf 'id,y\n1,2\n2,3\n3,5\n' >"$TMP/truth.csv"
printf 'id,y\n1,2\n2,3\n3,4\n' >"$TMP/submission.csv"
worth() {
	KEEP_RUN=$there "$PWD/tools/score" "$TMP/task.json" "$TMP/truth.csv" "$TMP/submission.csv"
}
is 'slurm: what a submission is worth is that of here' "$(EXECUTOR=slurm worth)" "$(EXECUTOR= worth)"
like 'what answers.csv is for stays here' \
	"$(EXECUTOR=exec:false grade "$TMP/task.json" "$TMP/truth.csv" "$TMP/submission.csv")" '^rmse 0\.57'

# The script's limits, and what a launcher is told.

EXECUTOR=slurm
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
rmdir "$TMP/bin/once"
is 'also one that is to measure' "$(worth | jq -c '[.value > 0, .usage.lost]')" '[true,1]'
launcher killer <<'END'
"$1" &
until [ -s "${1%/*}/began" ]; do sleep 0.02; done
kill -9 $!
END
echo 'while True: pass' | RETRIES=1 result -n
like 'a launcher that kills jobs: the last try tells what is the matter' "$(said)" \
	'^111: run: have a script run by exec:.*killer: it was lost on .*: its launcher ended with 0$'
is 'and the first that it is tried once more' "$(grep -c 'once more$' "$TMP/err")" 1
is 'and there is no result' "$(cat "$TMP/r")" ''
launcher apart <<'END'
exec bwrap --dev-bind / / --tmpfs "$KEEP_RUN" -- "$@"
END
echo 1 | RETRIES=0 result -n
like 'a machine that does not see the folder' "$(said)" \
	"^111: .* it did not start: .*: does every machine see $there/scratch/.*The work folder has to be"
EXECUTOR=exec:$TMP/bin/nothing
echo 1 | RETRIES=0 result -n
like 'a launcher that is not there' "$(said)" '^111: run: .*: it did not start: .*nothing: not found$'
EXECUTOR=pbs
echo 1 | result -n
is 'a launcher that is none' "$(said)" "100: run: read EXECUTOR: 'pbs' is neither slurm nor exec:PROGRAM"

# What Slurm makes of it.

EXECUTOR=slurm
waiting TIMEOUT=3000
kill -9 $(steps)
touch "$TMP/data/go"
wait $waiter
is 'a slurmstepd that dies costs time, not the job, though srun waits for ever' \
	"$(get '[.status, .score, .usage.lost] | tostring')" '["ok",3,null]'
: >"$there/ledger.jsonl"
echo 1 | DEADLINE=1s RUN_ENDS=$(($(date +%s) + 1)) SLURM_ARGS=--begin=now+1hour result -n
is 'time that is up ends the wait in the queue' \
	"$(cat "$TMP/rc") $(cat "$TMP/r")" '75 # mlestar: postponed: DEADLINE=1s is reached'
until_true idle
is 'and the queue is empty' "$(squeue -h)" ''
scontrol update nodename='n[1-3]' state=drain reason=test
echo 1 | RETRIES=0 result -n
is 'a cluster whose nodes are all away' "$(said)" \
	'111: run: have a script run by slurm: it did not start: no node of the cluster takes jobs: see sinfo -R'
scontrol update nodename='n[1-3]' state=resume
echo 1 | SLURM_ARGS='-p nowhere' RETRIES=0 result -n
like 'what Slurm refuses' "$(said)" '^111: run: .*: it did not start: srun: error: invalid partition'

# A job that is to measure a script is told where the script's are.

launcher forgets <<'END'
! grep -q '/score' "$1" || ! mkdir "${0%/*}/forgot" 2>/dev/null || exit 0
exec "$1"
END
export TASK=half
task half
awk 'BEGIN { print "id,x,y"; for (i = 1; i <= 100; i++) print i "," i ".5," 2 * i }' >work/half/data/train.csv
RUN=run build L=1 M=1 T=0 R=0 EXECUTOR="$EXECUTOR"
is 'the result tells that a job which was to measure it was lost' \
	"$(jq -c '[.measured > 0, .usage.lost]' work/half/run/1/draft/1.json)" '[true,1]'

# What went on beside.

wait $hang $late $dead
like 'a launcher that hangs is given up' "$(cat "$TMP/hang.rc" "$TMP/hang.err" | tr '\n' ' ')" \
	'^111 run: .*: it was not heard of again on'
is 'and ended' "$(kill -0 "$(cat "$TMP/bin/hung")" 2>&1 | grep -c 'No such')" 1
is 'one that hangs when the job is done costs time, not the job' \
	"$(cat "$TMP/late.rc") $(jq -r '"\(.status) \(.usage.lost)"' "$TMP/late.r")" '0 ok null'
like 'a controller that does not answer' "$(cat "$TMP/dead.rc" "$TMP/dead.err" | tr '\n' ' ')" \
	'^111 run: have a script run by slurm: it did not start: the Slurm controller does not answer: see scontrol ping'

stop_cluster
done_testing
