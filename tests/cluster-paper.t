#!/bin/sh
# The paper's size on a cluster: the submission is that of a run here, also with a
# node that dies in its middle, which the controller has to find out by itself.
needs=breast-cancer
. "${0%/*}/cluster/lib.sh"
py=${PYTHON:-/usr/bin/python3}
"$py" -c 'import pandas, sklearn' 2>/dev/null || skip "$py has no scikit-learn"
export SLURMD_TIMEOUT=20
start_cluster
TASK=breast-cancer
paper() { # run, setting...: starts it; other cores would be other sums
	RUN=$1
	shift
	(make TASK=$TASK RUN=$RUN PRESET=paper MODEL=playbook CPUS=1 "$@" -j12
	echo $? >"$TMP/$RUN.rc") >"$TMP/$RUN.said" 2>&1 &
}
log() { # run: how many of its commands are done
	cat "work/$TASK/$1/log" 2>/dev/null | wc -l
}
lost() { # run: how many of its jobs were
	find "work/$TASK/$1" -name chat -prune -o -name '*.json' -print | tr '\n' '\0' |
		xargs -0r jq -r '(objects | .usage? | objects | .lost?) // empty' | wc -l
}
ended() { # run: waits; its last line, which tells how long it took, is shown
	wait
	sed -n '$s/^/# /p' "$TMP/$1.said"
}
paper here EXECUTOR=
ended here
is 'a run here ends well' "$(cat "$TMP/here.rc")" 0
paper there EXECUTOR=slurm
ended there
is 'on the cluster, too' "$(cat "$TMP/there.rc")" 0
is 'with the same submission' "$(cksum <work/$TASK/there/submission.csv)" \
	"$(cksum <work/$TASK/here/submission.csv)"
is 'and all that leads to it' "$(tree work/$TASK/there | cksum)" "$(tree work/$TASK/here | cksum)"
echo "# jobs lost: $(lost there)"
paper crash EXECUTOR=slurm
half=$(($(log there) / 2))
until [ $(log crash) -gt $half ] && running n1; do
	kill -0 $! 2>/dev/null || break
	sleep 0.2
done
"$top/tests/cluster/node" -k "$C" n1
echo "# killed n1 and its steps after $(log crash) of $(log there) commands"
ended crash
is 'the run ends well' "$(cat "$TMP/crash.rc")" 0
is 'with the same submission' "$(cksum <work/$TASK/crash/submission.csv)" \
	"$(cksum <work/$TASK/here/submission.csv)"
is 'and all that leads to it' "$(tree work/$TASK/crash | cksum)" "$(tree work/$TASK/here | cksum)"
like 'its results tell that jobs were lost' "$(lost crash)" '^[1-9]'
like 'so does what make said' "$(grep -c 'once more$' "$TMP/crash.said")" '^[1-9]'
stop_cluster
done_testing
