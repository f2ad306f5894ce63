#!/bin/sh
# SANDBOX=none, and what is said where there can be no sandbox.
. "${0%/*}/lib.sh"

[ -x tools/run ] || skip 'tools/run is not built'
mkdir -p "$TMP/bin/lib" "$TMP/scratch" "$TMP/data/sub"
chmod 777 "$TMP/scratch"
cp tools/run tools/probe-python "$TMP/bin"
cp tools/lib/hint.sh "$TMP/bin/lib"
hint=$PWD/tools/lib/hint.sh
PATH=$TMP/bin:$PATH TMPDIR=$TMP/scratch TIMEOUT=60 RUN_JOBS=0
export TMPDIR TIMEOUT RUN_JOBS
printf 'a,b\n1,2\n' >"$TMP/data/train.csv"
printf 'a\n5\n' >"$TMP/data/sub/test.csv"
printf 'a,b\n9,9\n' >"$TMP/less.csv"
chmod 666 "$TMP/data/train.csv"
[ "$(id -u)" = 0 ] && user='setpriv --reuid=4242 --regid=4242 --clear-groups' || user=

result() { # options..., script on stdin: leaves the result in $TMP/r
	SANDBOX=none run "$@" - >"$TMP/r" 2>"$TMP/err"
}
get() { # jq filter
	jq -r "$1" "$TMP/r"
}

# What a script without a sandbox gets.

result -d "$TMP/data" -x train.csv="$TMP/less.csv" -o "$TMP/out" <<'END'
import os
print(sorted(os.listdir("input")), open("input/train.csv").read().split(),
      open("input/sub/test.csv").read().split())
open("final/submission.csv", "w").write("id,y\n1,2\n")
print("Final Validation Performance: 3")
END
is 'a script runs without a sandbox' "$(get '[.status, .score] | tostring')" '["ok",3]'
is 'the result says so' "$(get .sandbox)" none
is 'run says so, once' "$(cat "$TMP/err")" \
	'run: start a script without a sandbox: SANDBOX is none'
is 'it sees its data, and the file in place of another' "$(get .stdout | head -1)" \
	"['sub', 'train.csv'] ['a,b', '9,9'] ['a', '5']"
is 'what it leaves is taken' "$(cat "$TMP/out/submission.csv")" 'id,y
1,2'
echo 1 | SANDBOX= run -n - >"$TMP/r" 2>"$TMP/err"
is 'nothing is said of a sandbox that is there' "$(get 'has("sandbox")')$(cat "$TMP/err")" false
SECRET=hunter2 result -n <<'END'
import os
print(os.environ.get("SECRET"), "HOME" in os.environ)
END
is 'the environment is not handed on' "$(get .stdout)" 'None True'
result -n -d "$TMP/data" <<'END'
for name in "input/train.csv", "/tmp/mlestar-none", "../../planted":
    try: open(name, "w").write("x")
    except OSError as e: print(e.strerror)
END
if [ "$(get .stdout | uniq)" = 'Permission denied' ]; then
	is 'it can write nowhere else' "$(get .stdout | grep -c .)" 3
else
	rm -f /tmp/mlestar-none
	tell ok 'it can write nowhere else # SKIP this kernel has no Landlock'
fi
if [ "$user" ]; then
	echo 'import os; print(os.getuid())' | result -n
	is 'root drops to nobody' "$(get .stdout)" "$(id -u nobody)"
	echo 'import os; print(os.getuid())' | SANDBOX=none $user \
		"$TMP/bin/run" -n - >"$TMP/r" 2>/dev/null
	is 'another user keeps its own' "$(get .stdout)" 4242
	mkdir -m 700 "$TMP/closed"
	echo 1 | KEEP_RUN=$TMP/closed result -n
	like 'a folder that the user cannot reach' "$(cat "$TMP/err")" \
		'^run: open .*/script.py as user nobody: set RUN_USER or TMPDIR: Permission denied$'
fi

# Limits.

limited() { # NAME=limit, script on stdin
	env SANDBOX=none "$1" run -n - 2>/dev/null >"$TMP/r"
	get '[.status, .reason] | join("; ")'
}
is 'TIMEOUT' "$(echo 'while True: pass' | limited TIMEOUT=1)" 'timeout; wall-clock limit of 1 s'
is 'MEMORY' "$(limited MEMORY=200 <<'END'
import time
a = bytearray(b"x") * (600 << 20)
time.sleep(60)
END
)" 'memory; more than 200 MiB of memory'
is 'OUTPUT' "$(echo 'while True: print("x" * 99999)' | limited OUTPUT=20)" \
	'output; more than 20 MiB of output'
is 'DISK' "$(echo 'open("f", "wb").write(bytes(60 << 20))' | limited DISK=20)" \
	'disk; more than 20 MiB on disk'
is 'PROCS' "$(limited PROCS=20 <<'END'
import threading, time
for i in range(30): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
END
)" "error; exit status 1: RuntimeError: can't start new thread"
echo 'raise ValueError("oh")' | result -n
is 'an error' "$(get '[.status, .reason] | join("; ")')" \
	'error; exit status 1: ValueError: oh'
echo 'import os; os.abort()' | result -n
is 'death by a signal' "$(get '[.status, .signal] | tostring')" '["killed",6]'
like 'an interpreter that does not start' "$(printf '#!/no/such\n' >"$TMP/bad"
	chmod 755 "$TMP/bad"
	echo 1 | SANDBOX=none PYTHON=$TMP/bad PYTHON_BINDS= run - 2>&1)" \
	"^run: start $TMP/bad: .*No such file or directory$"
result -n <<END
import os
for i in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv("/bin/sleep", ["daemon-$$", "99"])
        os._exit(0)
END
is 'no daemon is left' "$(get .status; pgrep -f "^daemon-$$ 99")" ok
printf 'import os\nos.execv("/bin/sleep", ["%s", "99"])\n' "none-$$" >"$TMP/sleeper.py"
sleepers() {
	pgrep -f "^none-$$ 99" | wc -l
}
until_are() { # wanted: waits for that many sleepers, at most 20 s
	for i in $(seq 200); do
		[ "$(sleepers)" = "$1" ] && break
		sleep 0.1
	done
	sleepers
}
SANDBOX=none TIMEOUT=100 run -n "$TMP/sleeper.py" >/dev/null 2>&1 &
pid=$!
is 'a sleeper sleeps' "$(until_are 1)" 1
kill -9 $pid
is 'kill -9 of run takes it along' "$(until_are 0)" 0
wait $pid 2>/dev/null
cat >"$TMP/daemon.py" <<END
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0: os.execv("/bin/sleep", ["none-$$", "99"])
    os._exit(0)
time.sleep(99)
END
SANDBOX=none TIMEOUT=100 run -n "$TMP/daemon.py" >/dev/null 2>&1 &
pid=$!
until_are 1 >/dev/null
kill -9 "$(pgrep -P $pid)"
is 'kill -9 of its guard takes a daemon along' "$(until_are 0)" 0
wait $pid 2>/dev/null
echo 1 | result -n
for i in $(seq 100); do
	[ "$(ls "$TMP/scratch")" ] || break
	sleep 0.1
done
is 'no folder is left' "$(ls -A "$TMP/scratch")" ''
is 'the data is as it was' "$(cat "$TMP/data/train.csv")" 'a,b
1,2'
is 'what SANDBOX may be' "$(echo 1 | SANDBOX=no run - 2>&1)" \
	"run: read SANDBOX: 'no' is neither empty nor none"

# What is said where there can be no sandbox: bwrap's words, then what to do.

refused() { # NAME=VALUE of a knob of this user's namespace
	$user unshare -U --map-current-user --keep-caps sh -c '
		echo "${1#*=}" >"/proc/sys/user/${1%=*}"
		echo 1 | setpriv --inh-caps=-all --ambient-caps=-all run -n -' sh "$1" 2>&1
}
if $user unshare -U --map-current-user --keep-caps true 2>/dev/null; then
	for knob in user net; do
		is "max_${knob}_namespaces of 0" "$(refused max_${knob}_namespaces=0)" \
			"run: set up the sandbox: bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces exceeded (ENOSPC): sysctl user.max_${knob}_namespaces=1000; or SANDBOX=none, without a sandbox and at your own risk"
	done
	is "max_user_namespaces of 1" "$(refused max_user_namespaces=1)" \
		'run: set up the sandbox: bwrap: unshare user ns: No space left on device: sysctl user.max_user_namespaces=1000; or SANDBOX=none, without a sandbox and at your own risk'
else
	tell ok 'namespaces are used up # SKIP there are none to begin with'
fi
if [ "$user" ]; then
	is 'no bwrap' "$(echo 1 | unshare -m sh -c 'mount -t tmpfs none /mnt && touch /mnt/bwrap &&
			mount --bind /mnt/bwrap /usr/bin/bwrap && run -n -' 2>&1)" \
		'run: start /usr/bin/bwrap: Permission denied: install bubblewrap: ./configure --install; or SANDBOX=none, without a sandbox and at your own risk'
else
	tell ok 'no bwrap # SKIP not root'
fi
mkdir -p "$TMP/sys/kernel" "$TMP/sys/user"
echo 0 >"$TMP/sys/kernel/unprivileged_userns_clone"
mend() { # bwrap's words
	sh "$hint" "bwrap: $1" "$TMP/sys" | sed 's/; or SANDBOX=none.*//'
}
is 'Debian forbids user namespaces' \
	"$(mend 'No permissions to create new namespace, likely because the kernel does not allow non-privileged user namespaces.')" \
	'sysctl kernel.unprivileged_userns_clone=1'
rm "$TMP/sys/kernel/unprivileged_userns_clone"
like 'a container forbids them' \
	"$(mend 'No permissions to create new namespace, likely because the kernel does not allow non-privileged user namespaces.')" \
	'docker run --security-opt seccomp=unconfined .*in a chroot there are none'
like 'AppArmor forbids them' "$(mend 'setting up uid map: Permission denied')" \
	'sysctl kernel.apparmor_restrict_unprivileged_userns=0, or a profile'
is 'AppArmor forbids the network' "$(mend 'loopback: Failed RTM_NEWADDR: Operation not permitted')" \
	"$(mend 'setting up uid map: Permission denied')"
like 'a container masks /proc' "$(mend "Can't mount proc on /newroot/proc: Operation not permitted")" \
	'docker run .*--security-opt systempaths=unconfined'
is 'too many processes' "$(mend 'Creating new namespace failed: Resource temporarily unavailable')" \
	'raise the number of processes: ulimit -u'
is 'no /proc' "$(mend "Can't read /proc/sys/kernel/overflowuid")" 'mount /proc'
like 'root may make no mount namespace' \
	"$(sh "$hint" 'run: make a mount namespace as root, so start it as an ordinary user: Operation not permitted')" \
	'docker run .*--cap-add SYS_ADMIN'
is 'words that have nothing to do with it' "$(sh "$hint" 'run: become user x: Invalid argument')" ''

done_testing
