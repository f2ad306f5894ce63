#!/bin/sh
# run: what a script may do, what it is told, and what it leaves.
. "${0%/*}/lib.sh"

[ -x tools/run ] || skip 'tools/run is not built'
mkdir -p "$TMP/bin/lib" "$TMP/data" "$TMP/scratch"
cp tools/run tools/probe-python "$TMP/bin"
cp tools/lib/hint.sh "$TMP/bin/lib"
printf 'a,b\n1,2\n' >"$TMP/data/train.csv"
echo canary >"$TMP/data/canary.csv"
PATH=$TMP/bin:$PATH TMPDIR=$TMP/scratch TIMEOUT=30
export TMPDIR TIMEOUT
[ "$(id -u)" = 0 ] && root=1 || root=

result() { # options..., script on stdin: leaves the result in $TMP/r
	run "$@" - >"$TMP/r" 2>"$TMP/err"
	echo $? >"$TMP/rc"
}
get() { # jq filter
	jq -r "$1" "$TMP/r"
}
line() { # command...: its complaint and its exit status
	"$@" 2>&1 >/dev/null </dev/null | head -1
	"$@" >/dev/null 2>&1 </dev/null
	echo " $?"
}

# The score.

score() { # what is printed, after printf
	printf "$1" >"$TMP/printed"
	{
		printf 'import sys; sys.stdout.write("""'
		cat "$TMP/printed"
		printf '""")\n'
	} | result
	get '.score'
}
F='Final Validation Performance:'
while IFS='|' read -r printed want; do
	is "the score of $(printf %s "$printed" | tr '\\' /)" "$(score "$printed")" "$want"
done <<EOF
$F 0.5\n|0.5
$F 0.5|0.5
$F 1\n$F 2\n|2
a log: $F 3\n|3
$F   4 USD\n|4
$F 97.5%%\n|97.5
$F 12.\n|12
$F -0.5\n|-0.5
$F 1e-3\n|0.001
$F 54,276\n|54276
$F 1,054,276.25\n|1054276.25
progress\r$F 7\rmore\n|7
$F nan\n|null
$F 1\n$F nan\n|null
$F inf\n|null
$F 1e999\n|null
$F 0,85\n|null
$F 0,853\n|null
$F 1234,567\n|null
$F 1,234567,890\n|null
$F -1,234\n|-1234
$F 1.2.3\n|null
$F\n|null
$F good\n|null
final validation performance: 1\n|null
|null
EOF
is 'a script without a score is told so' "$(get '.status + ": " + .reason')" \
	"no-score: no line \"$F NUMBER\" on stdout"
echo 'print("'"$F"' nan")' | result
is 'a score that is no number is told apart' "$(get .reason)" \
	'the last score is no finite number'
echo 'import sys; print("'"$F"' 1", file=sys.stderr)' | result
is 'stderr holds no score' "$(get .status)" no-score
echo 1 | result -n
is 'no score is needed with -n' "$(get .status)" ok
result <<EOF
print("head"); print("=" * 300000); print("$F 3"); print("=" * 300000); print("tail")
EOF
is 'a score in the part that is left out counts' "$(get .score)" 3
like 'the middle is cut and its length told' "$(get .stdout | tr -d =)" \
	'\[4689[0-9]+ bytes left out\]'
is 'head and tail are kept' "$(get .stdout | grep -x -e head -e tail | tr '\n' ' ')" \
	'head tail '
result -n <<'EOF'
import os
os.write(1, b"a\xff\0b\n")
EOF
is 'output is made clean UTF-8' "$(get .stdout)" 'a��b'
echo "print('$F 1')" >"$TMP/s.py"
run "$TMP/s.py" >"$TMP/r"
is 'the script that ran is in the result' "$(get .script)" "print('$F 1')"

# Ends.

result <<EOF
print("$F 1")
raise ValueError("oh")
EOF
is 'an error costs the score' "$(get '[.status, .reason, .score, .exit] | tostring')" \
	'["error","exit status 1: ValueError: oh",null,1]'
like 'an error is shown' "$(get .stderr)" '^ValueError: oh$'
result <<EOF
raise ValueError("x" + "é" * 300)
EOF
is 'a reason is cut between characters' "$(get .reason)" \
	"exit status 1: ValueError: x$(printf 'é%.0s' $(seq 93)) ..."
echo 'import os; os.kill(os.getpid(), 11)' | result
is 'death by a signal is told' "$(get '[.status, .reason, .signal] | tostring')" \
	'["killed","signal 11, Segmentation fault",11]'
export TIMEOUT=1
result <<EOF
import time
print("$F 1")
while True: time.sleep(9)
EOF
is 'a sleeper is stopped' "$(get '.status + ": " + .reason')" \
	'timeout: wall-clock limit of 1 s'
is 'what it printed is kept' "$(get .stdout)" "$F 1"
is 'its score does not count' "$(get .score)" null
export TIMEOUT=30
OUTPUT=200 result <<'EOF'
print("begin")
while True: print("x" * 1000000)
EOF
is 'a flood is stopped' "$(get '.status + ": " + .reason')" \
	'output: more than 200 MiB of output'
is 'the head of a flood is kept' "$(get .stdout | head -1)" begin
result -n <<'EOF'
for i in range(1000): print("x" * 1000000)
EOF
is '1 GB may be printed' "$(get .status)" ok
MEMORY=300 result <<'EOF'
a = []
while True: a.append(bytearray(20 << 20))
EOF
is 'a memory eater is stopped' "$(get '.status + ": " + .reason')" \
	'memory: more than 300 MiB of memory'
MEMORY=300 result <<'EOF'
import os, time
for i in range(8):
    if not os.fork():
        b = bytearray(100 << 20)
        time.sleep(60)
time.sleep(60)
EOF
is 'many that eat together are stopped' "$(get .status)" memory
DISK=50 result <<'EOF'
for i in range(100):
    open(f"f{i}", "wb").write(bytes(10 << 20))
EOF
is 'a disk filler is stopped' "$(get '.status + ": " + .reason')" \
	'disk: more than 50 MiB on disk'
FILES=100 result <<'EOF'
import time
for i in range(101): open(f"f{i}", "w")
EOF
is 'too many files are noticed at the end, too' "$(get .reason)" \
	'more than 100 files'
PROCS=40 result -n <<'EOF'
import os, time
n = 0
try:
    while True:
        if os.fork() == 0: time.sleep(60)
        n += 1
except OSError as e:
    print(n < 40, e.strerror)
EOF
is 'forks end, and the run goes on' "$(get '.status + ": " + .stdout')" \
	'ok: True Resource temporarily unavailable'

# What it sees.

SECRET=hunter2 result -n <<'EOF'
print(open("/proc/1/environ", "rb").read(), open("/proc/self/environ", "rb").read())
EOF
is 'the environment is not handed on' \
	"$(get .stdout | grep -c -e hunter2 -e SECRET)" 0
result -n <<'EOF'
import socket
try: socket.create_connection(("127.0.0.1", 22), 1)
except OSError as e: print(type(e).__name__)
print(socket.if_nameindex())
open("/etc/x", "w")
EOF
is 'there is no network' "$(get '.stdout | split("\n")[1]')" "[(1, 'lo')]"
like 'a write outside is refused, and the script told' "$(get .stderr)" \
	'^OSError: .*Read-only file system'
echo 'open("/etc/shadow")' | result
like '/etc/shadow is not there' "$(get .stderr)" '^FileNotFoundError'
echo 'from sklearn.datasets import load_diabetes; load_diabetes()' | result
like "scikit-learn's data is not there" "$(get .stderr)" '^FileNotFoundError'
result -n -d "$TMP/data" <<'EOF'
import os
print(open("input/train.csv").read().split(), sorted(os.listdir()))
EOF
is 'data is ./input' "$(get .stdout)" "['a,b', '1,2'] ['final', 'input']"
printf 'a,b\n9,9\n' >"$TMP/less.csv"
echo 'print(open("input/train.csv").read().split())' |
	result -n -d "$TMP/data" -x train.csv="$TMP/less.csv"
is 'a file can be shown in place of another' "$(get .stdout)" "['a,b', '9,9']"
result -n <<'EOF'
open("numpy.py", "w").write("raise SystemExit('planted')")
import numpy
EOF
is 'what is planted in the working folder is not imported' "$(get .status)" ok

# What it leaves.

result -n -o "$TMP/out" <<'EOF'
import os
open("final/submission.csv", "w").write("id,y\n1,2\n")
open("final/model.txt", "w").write("m")
os.chmod("final/model.txt", 0o6777)
os.symlink("/etc/passwd", "final/link.csv")
os.mkfifo("final/fifo.csv")
open("final/-rf", "w")
open("final/a\nb", "w")
open("x", "w").write("x")
os.link("x", "final/hard.csv")
os.mkdir("final/sub")
os.mkdir("locked")
open("locked/x", "w")
os.chmod("locked", 0)
EOF
is 'a script that leaves traps ends well' "$(get .status)" ok
is 'plain files are taken, and nothing else' "$(ls -A "$TMP/out" | tr '\n' ' ')" \
	'model.txt submission.csv '
is 'their modes are ours' "$(stat -c %a "$TMP/out/model.txt")" \
	"$(touch "$TMP/x" && stat -c %a "$TMP/x")"
is 'predictions are the hash of submission.csv' "$(get .predictions)" \
	"$(sha256sum <"$TMP/out/submission.csv" | cut -d' ' -f1)"
is 'out is the folder as given' "$(get .out)" "$TMP/out"
echo 'open("final/submission.csv", "w").write("new")' |
	KEEP_RUN=$TMP result -n -o "$TMP/out"
is 'out is relative to the run' "$(get .out)" out
echo 'open("final/submission.csv", "w").write("new")' >"$TMP/-s.py"
(cd "$TMP" && EXECUTOR=exec:sh run -n -o "$TMP/other" -- -s.py >"$TMP/r")
is 'another launcher takes the same arguments' "$(get .status; ls "$TMP/other")" 'ok
submission.csv'
is 'an older folder is replaced' "$(ls -A "$TMP/out")" submission.csv
is 'the working folder is made below the run' "$(ls -d "$TMP/scratch")" "$TMP/scratch"
echo 'open("final/submission.csv", "w").write("id")' | result -n
is 'predictions need no folder' "$(get .predictions)" \
	"$(printf id | sha256sum | cut -d' ' -f1)"
echo 'open("final/submission.csv", "w").write("half"); 1 / 0' |
	result -o "$TMP/out"
is 'a script that failed leaves nothing' \
	"$(get '[.predictions, .out] | tostring') $(ls -d "$TMP/out" 2>/dev/null)" \
	'[null,null] '
echo 'import os; os.rmdir("final"); os.symlink("/etc", "final")' |
	result -n -o "$TMP/out"
is 'final as a link is not followed' "$(get '[.status, .out] | tostring')" \
	'["ok",null]'
result -n <<'EOF'
import os
for i in range(50):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
EOF
is 'deep folders are no trouble' "$(get .status)" ok
is 'no working folder is left of all this' "$(ls -A "$TMP/scratch")" ''

# kill -9 of run.

printf 'import os\nos.execv("/bin/sleep", ["%s", "99"])\n' \
	"sleeper-$$" >"$TMP/sleeper.py"
sleepers() {
	pgrep -f "^sleeper-$$ 99"
}
until_are() { # wanted: waits for that many sleepers, at most 20 s
	for i in $(seq 200); do
		[ "$(sleepers | wc -l)" = "$1" ] && break
		sleep 0.1
	done
	sleepers | wc -l
}
TIMEOUT=100 run -n "$TMP/sleeper.py" >/dev/null &
pid=$!
is 'a sleeper sleeps' "$(until_are 1)" 1
kill -9 $pid
is 'kill -9 of run takes all with it' "$(until_are 0)" 0
wait $pid 2>/dev/null
for i in $(seq 100); do
	[ "$(ls "$TMP/scratch")" ] || break
	sleep 0.1
done
is 'and its working folder' "$(ls "$TMP/scratch")" ''
TIMEOUT=100 run -n "$TMP/sleeper.py" >/dev/null 2>&1 &
pid=$!
until_are 1 >/dev/null
kill -9 "$(pgrep -P $pid)"
is 'kill -9 of its guard takes all with it' "$(until_are 0)" 0
wait $pid 2>/dev/null
is 'the working folder is left then' "$(ls "$TMP/scratch" | wc -l)" 1
echo 1 | result -n
is 'the next run removes it' "$(ls -A "$TMP/scratch")" ''
TIMEOUT=100 run -n "$TMP/sleeper.py" >/dev/null &
pid=$!
until_are 1 >/dev/null
echo 1 | result -n
is 'the working folder of a live run stays' "$(ls "$TMP/scratch" | wc -l)" 1
kill -TERM $pid
wait $pid 2>/dev/null
is 'a signal ends run as it would any other' $? 143
is 'and all below it' "$(until_are 0)" 0

# Bad input.

is 'no script' "$(line run)" 'usage: run [-ln] [-d data] [-x name=file]... [-o dir] script
 100'
is 'no such script' "$(line run "$TMP/no.py")" \
	"run: open $TMP/no.py: No such file or directory
 100"
is 'a folder as script' "$(line run "$TMP")" "run: read $TMP: Is a directory
 100"
is 'no such data' "$(line run -d "$TMP/no" "$TMP/s.py")" \
	"run: open $TMP/no: No such file or directory
 100"
is 'a file as data' "$(line run -d "$TMP/s.py" "$TMP/s.py")" \
	"run: open $TMP/s.py: it is no folder
 100"
is 'a file that replaces none' "$(line run -d "$TMP/data" -x no.csv=/dev/null "$TMP/s.py")" \
	"run: replace no.csv: no such file in $TMP/data
 100"
is 'a time limit that is no number' "$(line env TIMEOUT=x run "$TMP/s.py")" \
	"run: read TIMEOUT: 'x' is no number above 0
 100"
is 'a negative memory limit' "$(line env MEMORY=-1 run "$TMP/s.py")" \
	"run: read MEMORY: '-1' is no number above 0
 100"
is 'an interpreter that is not there' "$(line env PYTHON=/no/python run "$TMP/s.py")" \
	"run: start /no/python: No such file or directory
 100"
is 'an interpreter without a path' "$(line env PYTHON=python3 run "$TMP/s.py")" \
	"run: start python3: PYTHON must be an absolute path
 100"
printf '#!/no/such\n' >"$TMP/bad" && chmod 755 "$TMP/bad"
like 'an interpreter that does not start' \
	"$(line env PYTHON="$TMP/bad" PYTHON_BINDS="$TMP" run "$TMP/s.py" | tr '\n' ' ')" \
	"^run: start $TMP/bad: .*No such file or directory  100"
mkfifo "$TMP/data/fifo"
is 'a fifo in the data' "$(line run -d "$TMP/data" "$TMP/s.py")" \
	"run: read $TMP/data/fifo: neither file nor folder
 100"
rm "$TMP/data/fifo"
ln -s /etc/passwd "$TMP/data/link"
like 'a link that leads out' "$(line run -d "$TMP/data" "$TMP/s.py")" \
	"^run: read $TMP/data/link: a link that leads out of the data"
rm "$TMP/data/link"
ln -s train.csv "$TMP/data/link"
is 'a link that stays inside' "$(run -d "$TMP/data" "$TMP/s.py" | jq -r .status)" ok
is 'an unwritable run folder' "$(line env KEEP_RUN=/proc run "$TMP/s.py")" \
	'run: make folder /proc/scratch: No such file or directory
 111'

# Other interpreters.

if /usr/bin/python3 -m venv --without-pip --system-site-packages "$TMP/venv" 2>/dev/null; then
	echo 'import sys, numpy; print(sys.prefix)' |
		PYTHON=$TMP/venv/bin/python result -n
	is 'a virtual environment is shown' "$(get .stdout)" "$TMP/venv"
	echo 'from sklearn.datasets import load_digits; load_digits()' |
		PYTHON=$TMP/venv/bin/python result -n
	like 'but not the data in it' "$(get .stderr)" '^FileNotFoundError'
else
	echo '# /usr/bin/python3 makes no virtual environments: not tested'
fi
ok 'packages tells of numpy' sh -c \
	"tools/packages /usr/bin/python3 | jq -e .packages.numpy"
is 'packages of what is no Python' "$(line tools/packages /usr/bin/true)" \
	'packages: start /usr/bin/true: it is no Python
 100'
ok 'machine tells its cores' sh -c 'tools/machine | jq -e ".cores > 0"'

# Below a folder that nobody else may enter.

mkdir -m 700 "$TMP/closed"
cp -r "$TMP/bin" "$TMP/data" "$TMP/less.csv" "$TMP/closed"
echo 'open("final/submission.csv", "w").write(open("input/train.csv").read())' \
	>"$TMP/closed/s.py"
closed() { # command that becomes its user...
	(cd "$TMP/closed" && KEEP_RUN=$TMP/closed "$@" bin/run -n -d data \
		-x train.csv=less.csv -o out s.py |
		jq -r .status && cat out/submission.csv)
}
is 'all works below a folder with mode 0700' "$(closed env | tr '\n' ' ')" 'ok a,b 9,9 '
if [ "$root" ]; then
	rm -r "$TMP/closed/out" "$TMP/closed/scratch"
	chown -R 4242:4242 "$TMP/closed"
	is 'the same for another user' \
		"$(closed setpriv --reuid=4242 --regid=4242 --clear-groups | tr '\n' ' ')" \
		'ok a,b 9,9 '
	who() { # NAME=VALUE: whom scripts run as
		env "$1" TIMEOUT=100 run -n "$TMP/sleeper.py" >/dev/null &
		until_are 1 >/dev/null
		ps -o uid= -p "$(sleepers)" | tr -d ' '
		kill $!
		wait $! 2>/dev/null
	}
	is 'root drops to nobody' "$(who X=)" "$(id -u nobody)"
	is 'or to RUN_USER' "$(who RUN_USER=4242)" 4242
	is 'or to who called sudo' "$(who SUDO_UID=4343)" 4343
	is 'never to root' "$(line env RUN_USER=0 run "$TMP/s.py")" \
		'run: read RUN_USER: scripts never run as root
 100'
	is 'nor to a user there is not' "$(line env RUN_USER=no-one run "$TMP/s.py")" \
		'run: read RUN_USER: no user no-one
 100'
	chmod 600 "$TMP/data/train.csv"
	is 'data that the user may not read' "$(line run -d "$TMP/data" "$TMP/s.py")" \
		"run: read $TMP/data/train.csv: not readable by user nobody: chmod it or set RUN_USER
 100"
	printf '#!/bin/sh\necho "bwrap: No permissions" >&2\nexit 1\n' >"$TMP/bwrap"
	chmod 755 "$TMP/bwrap"
	is 'a sandbox that cannot be set up' \
		"$(line unshare -m sh -c "mount --bind $TMP/bwrap /usr/bin/bwrap && run $TMP/s.py")" \
		'run: set up the sandbox: bwrap: No permissions: scripts can only run where bwrap does; or SANDBOX=none, without a sandbox and at your own risk
 111'
else
	echo '# not root: the tests of dropping privileges are left out'
fi
is 'no working folder is left' "$(ls -A "$TMP/scratch")" ''

done_testing
