# Sourced by tests of EXECUTOR: a Slurm cluster of one's own, as an ordinary user,
# in $C; $there, a run's folder for single scripts; of work, a copy of $needs.
. "${0%/*}/lib.sh"
PATH=$PATH:/usr/sbin:/sbin
[ -x tools/run ] || skip 'tools/run is not built'
for p in munged slurmctld slurmd srun; do
	command -v $p >/dev/null || skip "there is no $p: apt-get install slurm-wlm munge"
done
top=$PWD
checkout
for t in $needs; do
	mkdir "work/$t"
	cp "$top/work/$t/task.md" "$top/work/$t/get-data" "work/$t"
done
if [ "$(id -u)" = 0 ]; then # the cluster and its jobs are an ordinary user's
	cp -a "$top/tests/lib.sh" "$top/tests/cluster" "$top/tests/${0##*/}" tests
	mkdir "$TMP/user"
	chown -R nobody "$TMP/co" "$TMP/user"
	env -i PATH="$PATH" TMPDIR="$TMP/user" setpriv --reuid=nobody --regid="$(id -g nobody)" \
		--clear-groups sh "$TMP/co/tests/${0##*/}"
	exit
fi
C=$TMP/c there=$TMP/there
trap '"$top/tests/cluster/stop" "$C"; chmod -R u+rwx "$TMP"; rm -rf "$TMP"' EXIT
trap 'exit 111' HUP INT TERM
mkdir "$C" "$TMP/data" "$TMP/here" "$there"
export SLURM_CONF="$C/slurm.conf" SANDBOX= EXECUTOR=
printf 'a,b\n1,2\n' >"$TMP/data/train.csv"

start_cluster() {
	"$top/tests/cluster/start" "$C" >"$TMP/start" 2>&1 && return
	sed 's/^/# /' "$TMP/start" "$C"/log/*.log
	skip 'no cluster can be started here'
}
result() { # options..., script on stdin: leaves the result in $TMP/r
	KEEP_RUN="$there" timeout 300 run "$@" - >"$TMP/r" 2>"$TMP/err"
	echo $? >"$TMP/rc"
}
get() { # jq filter
	jq -r "$1" "$TMP/r"
}
said() { # how run ended, and its last line
	echo "$(cat "$TMP/rc"): $(tail -n 1 "$TMP/err")"
}
printf 'a,b\n9,9\n' >"$TMP/less.csv"
cat >"$TMP/all.py" <<'END'
import os, sys
print(open("input/train.csv").read(), os.environ["OMP_NUM_THREADS"])
print("grüße", file=sys.stderr)
open("final/submission.csv", "w").write("id,y\n1,2\n")
print("Final Validation Performance: 0.25")
END
everything() { # folder: all that run leaves, and prints
	KEEP_RUN=$1 CPUS=2 run -d "$TMP/data" -x train.csv="$TMP/less.csv" -o "$1/a/out" - <"$TMP/all.py" |
		jq -S 'del(.usage)' | sed "s|$1||"
	cat "$1/a/out/submission.csv"
	(cd "$1" && ls -A . scratch)
}
until_true() { # command...: waits for it, at most five minutes
	i=0
	until "$@" >/dev/null 2>&1 || [ $i -ge 3000 ]; do
		i=$((i + 1))
		sleep 0.1
	done
}
running() { # node...: jobs run there
	for node; do [ "$(squeue -h -t R -w "$node" -o x)" ] || return 1; done
}
idle() {
	[ ! "$(squeue -h)" ]
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
cat >"$TMP/wait.py" <<'END'
import os, time
while not os.path.exists("input/go"): time.sleep(0.05)
print("Final Validation Performance: 3")
END
waiting() { # setting...: starts a job that runs until $TMP/data/go is there
	rm -f "$TMP/data/go"
	(env "$@" KEEP_RUN="$there" timeout 600 run -d "$TMP/data" "$TMP/wait.py" >"$TMP/r" 2>"$TMP/err"
	echo $? >"$TMP/rc") &
	waiter=$!
	until_true eval 'cat "$there"/scratch/*/began'
}
stop_cluster() { # and nothing of it is left
	"$top/tests/cluster/stop" "$C"
	until_true eval '[ ! "$(steps)" ]'
	is 'nothing is left: no daemon, no step, no folder' \
		"$(ps -u "$(id -u)" -o stat=,args= | grep -F "$C" | grep -v -e ^Z -e grep
		steps
		ls -A work/*/*/scratch "$there/scratch" 2>/dev/null | grep -v -e :$ -e '^$')" ''
}
