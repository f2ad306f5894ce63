#!/bin/sh
# Limits of a script: memory by a control group and by watching, what the result
# tells of them, and that nothing is left of a script that broke one.
. "${0%/*}/lib.sh"

[ -x tools/run ] || skip 'tools/run is not built'
mkdir -p "$TMP/bin/lib" "$TMP/scratch"
chmod 777 "$TMP/scratch"
cp tools/run tools/probe-python "$TMP/bin"
cp tools/lib/hint.sh "$TMP/bin/lib"
PATH=$TMP/bin:$PATH TMPDIR=$TMP/scratch TIMEOUT=60 RUN_JOBS=0
export TMPDIR TIMEOUT RUN_JOBS
mounts=$(wc -l </proc/self/mounts)

# The test goes into a control group of its own, so as to see what is left in it.
home=/sys/fs/cgroup/memory$(sed -n 's/^[0-9]*:memory://p' /proc/self/cgroup)
group=$home/mlestar-test.$$
if mkdir "$group" 2>/dev/null; then
	trap 'echo $$ >"$home/cgroup.procs"; rmdir "$group/user" "$group" 2>/dev/null
		chmod -R u+rwx "$TMP"; rm -rf "$TMP"' EXIT
	echo $$ >"$group/cgroup.procs"
	left() {
		ls -d "$group"/mlestar.* "$group"/user/mlestar.* 2>/dev/null
	}
else
	group=
	left() { :; }
fi

as= # command that becomes another user
result() { # options..., script on stdin: leaves the result in $TMP/r
	$as env MEMORY="${MEMORY:-1000}" TMPDIR="$TMPDIR" "$TMP/bin/run" "$@" - \
		>"$TMP/r" 2>"$TMP/err"
	echo $? >"$TMP/rc"
}
get() { # jq filter
	jq -r "$1" "$TMP/r"
}

hungry() { # mechanism, who: what holds for both
	MEMORY=200 result -n <<'END'
import time
print("begin")
a = bytearray(b"x") * (600 << 20)
time.sleep(2)
print("still there after two seconds")
END
	is "$2, 3 x MEMORY: told, with the limit that ended it" \
		"$(get '[.status, .reason, .usage.memory_by] | join("; ")')" \
		"memory; more than 200 MiB of memory; $1"
	is "$2, 3 x MEMORY: within two seconds, its output kept" "$(get .stdout)" begin
	is "$2, 3 x MEMORY: run itself goes on" "$(cat "$TMP/rc" "$TMP/err")" 0
	MEMORY=200 result -n <<'END'
import os, time
for i in range(6):
    if not os.fork():
        a = bytearray(b"x") * (100 << 20)
        time.sleep(60)
while True:
    try: os.wait()
    except ChildProcessError: time.sleep(1)
END
	is "$2, several that eat together" \
		"$(get '[.status, .reason] | join("; ")')" \
		'memory; more than 200 MiB of memory'
	MEMORY=200 result -n <<'END'
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
END
	is "$2, who kills itself is not taken for one that eats" \
		"$(get '[.status, .reason] | join("; ")')" 'killed; signal 9, Killed'
	MEMORY=200 result -n <<'END'
import os
try: fd = os.memfd_create("x")
except OSError as e: print(e.strerror)
else:
    print("made", flush=True)
    for i in range(600): os.write(fd, bytes(1 << 20))
END
	case $1 in
	cgroup) want='memory; made' ;;
	watch)  want='ok; Function not implemented' ;;
	esac
	is "$2, memory that no process shows" \
		"$(get '[.status, .stdout] | join("; ")')" "$want"
	is "$2: no control group is left" "$(left)" ''
}

echo 1 | result -n
by=$(get .usage.memory_by)
who='ordinary user'
[ "$(id -u)" != 0 ] || who=root
hungry "$by" "$who, by $by"
if [ "$by" = watch ]; then
	tell ok "$who, by cgroup # SKIP no control group may be made here"
fi
if [ "$who" = root ]; then
	as='setpriv --reuid=4242 --regid=4242 --clear-groups'
	echo 1 | result -n
	[ "$by" = watch ] || hungry watch "ordinary user, by watch"
	if [ "$group" ]; then
		mkdir "$group/user"
		chown 4242:4242 "$group/user" "$group/user/cgroup.procs"
		echo $$ >"$group/user/cgroup.procs"
		hungry cgroup "ordinary user, by a cgroup that was made over to it"
		echo $$ >"$group/cgroup.procs"
	else
		tell ok "ordinary user, by cgroup # SKIP no cgroup v1 can be made over"
	fi
	as=
else
	tell ok 'another user # SKIP not root'
fi

# Memory that others lack: the group around has less than the script may take.

if [ "$group" ] && [ "$by" = cgroup ]; then
	echo 300M >"$group/memory.limit_in_bytes"
	for as in '' 'setpriv --reuid=4242 --regid=4242 --clear-groups'; do
		result -n <<'END'
import time
print("begin")
a = bytearray(b"x") * (600 << 20)
time.sleep(60)
END
		is "the machine runs out of memory, ${as:+not }by cgroup" \
			"$(get '[.status, .reason, .stdout] | join("; ")')" \
			'memory; the machine, or its container, ran out of memory, below the limit of 1000 MiB; begin'
	done
	as=
	echo -1 >"$group/memory.limit_in_bytes"
else
	tell ok 'the machine runs out of memory # SKIP no cgroup v1 to make it so'
fi

# Every limit is a state and has a reason.

told() { # NAME=limit, script on stdin
	env "$1" run -n - 2>&1 >"$TMP/r"
	get '[.status, .reason] | join("; ")'
}
is 'TIMEOUT' "$(echo 'while True: pass' | told TIMEOUT=1)" 'timeout; wall-clock limit of 1 s'
is 'OUTPUT' "$(echo 'while True: print("x" * 99999)' | told OUTPUT=20)" \
	'output; more than 20 MiB of output'
is 'DISK, in many files' "$(told DISK=20 <<'END'
for i in range(30): open(f"f{i}", "wb").write(bytes(1 << 20))
END
)" 'disk; more than 20 MiB on disk'
is 'DISK, in one file' "$(told DISK=20 <<'END'
open("f", "wb").write(bytes(60 << 20))
END
)" 'disk; more than 20 MiB on disk'
is 'FILES' "$(told FILES=50 <<'END'
for i in range(60): open(f"f{i}", "w")
END
)" 'disk; more than 50 files'
is 'PROCS' "$(told PROCS=20 <<'END'
import threading, time
for i in range(30): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
END
)" "error; exit status 1: RuntimeError: can't start new thread"
is 'CPUS is what libraries are told' "$(echo 'import os; print(os.environ["OMP_NUM_THREADS"], os.environ["LOKY_MAX_CPU_COUNT"])' |
	CPUS=1 run -n - | jq -r .stdout)" '1 1'

# kill -9 leaves nothing, or what the next run puts away.

printf 'import os\nos.execv("/bin/sleep", ["%s", "99"])\n' "eater-$$" >"$TMP/sleeper.py"
sleepers() {
	pgrep -f "^eater-$$ 99" | wc -l
}
until_are() { # wanted: waits for that many sleepers, at most 20 s
	for i in $(seq 200); do
		[ "$(sleepers)" = "$1" ] && break
		sleep 0.1
	done
	sleepers
}
TIMEOUT=100 run -n "$TMP/sleeper.py" >/dev/null 2>&1 &
pid=$!
until_are 1 >/dev/null
if [ "$by$group" = "cgroup$group" ] && [ "$group" ]; then
	is 'a script at work has its control group' "$(left | wc -l)" 1
fi
kill -9 $pid
is 'kill -9 of run: the script ends' "$(until_are 0)" 0
wait $pid 2>/dev/null
for i in $(seq 100); do
	[ "$(left)" ] || [ "$(ls "$TMP/scratch")" ] || break
	sleep 0.1
done
is 'kill -9 of run: no control group, no folder' "$(left)$(ls "$TMP/scratch")" ''
TIMEOUT=100 run -n "$TMP/sleeper.py" >/dev/null 2>&1 &
pid=$!
until_are 1 >/dev/null
kill -9 "$(pgrep -P $pid)"
is 'kill -9 of its guard: the script ends' "$(until_are 0)" 0
wait $pid 2>/dev/null
echo 1 | run -n - >/dev/null
is 'kill -9 of its guard: the next run puts away what is left' \
	"$(left)$(ls "$TMP/scratch")" ''
is 'no mount is left' "$(wc -l </proc/self/mounts)" "$mounts"

done_testing
