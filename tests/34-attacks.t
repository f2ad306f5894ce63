#!/bin/sh
# What hostile scripts get in the sandbox: tests/attacks, on a host of canaries.
. "${0%/*}/lib.sh"

[ -x tools/run ] || skip 'tools/run is not built'
[ "$(uname -m)" = x86_64 ] || skip 'the attacks know the system calls of x86-64'
why=$(echo 1 | RUN_JOBS=64 run -n - 2>&1 >/dev/null) || skip "${why:-run does not run}"
[ "$(id -u)" = 0 ] && root=1 || root=
top=$PWD
mkdir "$TMP/all" "$TMP/all/tools"
cp -r tests/attacks "$TMP/all"
cp tools/run tools/probe-python "$TMP/all/tools"
cd "$TMP/all/attacks" || exit
PATH=$TMP/all/tools:$PATH

header() { # of $attack
	sed -n "s/^# $1: //p" "$attack" | head -1
}
got() { # name: what it got
	awk -F '\t' -v n="$1" '$1 == n { print $2 }' "$TMP/got"
}
told() { # name: its own words
	awk -F '\t' -v n="$1" '$1 == n { print $3 }' "$TMP/got"
}
among() { # command that becomes a user..., script of sh: on a host of canaries
	TMPDIR=$TMP/all "$@" >"$TMP/got"
}
judge() { # as whom
	for attack in [0-9]*.py; do
		name=${attack%.py} got=$(got "${attack%.py}")
		case " or $(header most) or " in
		*" or $got or "*) tell ok "$name $1: $got" ;;
		*)
			is "$name $1" "$got" "$(header most)"
			told "$name" | sed 's/^/# /'
			;;
		esac
	done
	is "the decoy lives, the data is as it was $1" "$(grep -E '^(decoy|data)' "$TMP/got")" ''
}
neighbours() { # waits until four are there, so that each can look for the others
	cat <<'EOF'
for i in 1 2 3 4; do
	TOGETHER=1 ./try 69_neighbour.py &
done
for i in $(seq 300); do
	[ "$(ls -d "$H"/try.*/scratch/*/work/ready 2>/dev/null | wc -l)" = 4 ] && break
	sleep 0.1
done
touch "$H/data/go"
wait
EOF
}
attacks() { # as whom, command that becomes this user...
	as=$1
	shift
	among "$@" ./host sh -c 'printf "%s\n" [0-9]*.py | xargs -P 4 -n 2 ./try'
	judge "$as"
	among "$@" ./host sh -c "$(neighbours)"
	is "four sandboxes at once do not see each other $as" \
		"$(grep -c 'ok BLOCKED.*beside others' "$TMP/got")" 4
}
attacks "as $(id -un)" env
become=env
if [ "$root" ]; then
	chown -R 4242:4242 "$TMP/all"
	become='setpriv --reuid=4242 --regid=4242 --clear-groups'
	attacks 'as an ordinary user' $become
else
	echo '# not root: the attacks ran as an ordinary user only'
fi

# An attack that gets nothing without the sandbox either proves nothing.

if [ "$(cat /proc/1/comm)" = bwrap ]; then
	echo '# in a sandbox itself: no attack is tried without'
else
	among $become ./host sh -c 'grep -l "^# control:" *.py | xargs -P 4 -n 2 ./try -c'
	for attack in $(grep -l '^# control:' *.py); do
		name=${attack%.py}
		case $(header control):$(got "$name") in
		*:'bare LEAK') tell ok "$name can get it without a sandbox" ;;
		*,*:*) echo "# $name proves nothing on this kernel: $(told "$name")" ;;
		*) is "$name can get it without a sandbox" "$(got "$name")" 'bare LEAK' ;;
		esac
	done
fi

# What the watcher of memory counts is the script's, and once.

printf '%s\n' 'from multiprocessing import shared_memory' 'import os, time' \
	's = shared_memory.SharedMemory(create=True, size=200 << 20)' \
	's.buf[:] = bytes(200 << 20)' 'for i in range(4):' \
	'    if not os.fork(): sum(s.buf[::4096]); time.sleep(1); os._exit(0)' \
	'for i in range(4): os.wait()' 's.unlink()' >"$TMP/all/shared.py"
watched() { # NAME=VALUE...: the status of shared.py, beside 1000 sockets of the host
	(cd "$TMP/all" && $become env "$@" RUN_JOBS=64 TMPDIR="$TMP/all" /usr/bin/python3 -c 'if True:
		import socket, subprocess, sys
		keep = [socket.socket() for i in range(1000)]
		subprocess.run(["tools/run", "-n", "shared.py"])' 2>/dev/null) | jq -r .status
}
is 'pages that five processes share count once' "$(watched MEMORY=500)" ok
is 'and they do' "$(watched MEMORY=150)" memory
is 'sockets of the host do not' "$(watched SANDBOX=none MEMORY=420)" ok

# What reads a submission, and shows what a script said.

cd "$top" || exit
echo '{"metric": "rmse", "direction": "lower", "problem": "regression", "target":
	["y"], "id": "id", "train": "train.csv", "test": null, "sample": null,
	"labels": "number"}' >"$TMP/task.json"
mkdir "$TMP/data"
printf 'id,y\n1,2\n' >"$TMP/data/train.csv"
/usr/bin/python3 - "$TMP" <<'EOF'
import gzip, sys
head, more = gzip.compress(b"id,y\n"), gzip.compress(b"\n" * (10 << 20))
open(sys.argv[1] + "/bomb.csv", "wb").write(head + more * 10000)
open(sys.argv[1] + "/long.csv", "wb").write(b"id,y\n1," + b"1" * (100 << 20) + b"\n")
EOF
finding() { # submission
	([ "${SAN-}" ] || ulimit -v 200000 # their shadow takes terabytes
	check-submission -n "$TMP/task.json" "$TMP/data" "$1") |
		jq -r .finding
}
like 'a bomb of 100 GB in 100 MB is not unpacked' "$(finding "$TMP/bomb.csv")" \
	'^it is compressed'
like 'a line of 100 MB is not held' "$(finding "$TMP/long.csv")" 'longer than 8 MB'
printf '{"status": "error", "reason": "\\u001b]0;pwned\\u0007\\u009b2J\\u202e."}' \
	>"$TMP/1.json"
is 'nothing that a script says commands the terminal' "$(progress "$TMP" sh -c \
	'echo "@begin 1/1 evaluate 1.json"; echo "@end 1/1 evaluate 1.json 0 0"' |
	sed -n 's/.* error: /error: /p')" 'error: ?]0;pwned???2J???.'
is 'nor what a message quotes' "$(run "$(printf 'a\033[2J')" 2>&1)" \
	'run: open a?[2J: No such file or directory'
done_testing
