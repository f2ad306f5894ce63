#!/bin/sh
# Slots: how many scripts run at a time, and with which GPU.
. "${0%/*}/lib.sh"
[ -x tools/run ] || skip 'tools/run is not built'

mkdir "$TMP/data" "$TMP/scratch" "$TMP/runtime" "$TMP/run"
chmod 700 "$TMP/runtime"
unset RUN_JOBS GPUS CPUS PYTHON_BINDS KEEP_RUN KEEP_FILE
export TMPDIR="$TMP/scratch" XDG_RUNTIME_DIR="$TMP/runtime" TIMEOUT=60
slots=$TMP/runtime/mlestar.$(id -u).slots

cat >"$TMP/marks.py" <<'END'
import time
began = time.monotonic()
time.sleep(0.1)
print(began, time.monotonic())
END
cat >"$TMP/wait.py" <<'END'
import os, time
open("began", "w").close()
while not os.path.exists("input/go"):
    time.sleep(0.02)
END
echo pass >"$TMP/pass.py"

go() { # script: starts it; its result will be in $TMP/N
	N=$((N + 1))
	timeout 90 run -n -d "$TMP/data" "$TMP/$1" >"$TMP/$N" 2>"$TMP/$N.err" &
	eval "pid$N=$!"
}
began() { # how many scripts wait
	ls "$TMP/scratch"/*/work/began 2>/dev/null | wc -l
}
until_began() { # N: waits until so many do, or for very long
	i=0
	while [ "$(began)" -lt "$1" ] && [ $i -lt 1200 ]; do
		sleep 0.05
		i=$((i + 1))
	done
}
# All open the file, those that wait as well.
until_open() { # N: waits until so many processes have it open
	i=0
	while [ "$(find /proc/[0-9]*/fd -lname "$slots" 2>/dev/null |
		cut -d / -f 3 | sort -u | wc -l)" -lt "$1" ] && [ $i -lt 400 ]; do
		sleep 0.05
		i=$((i + 1))
	done
}
until_closed() {
	while find /proc/[0-9]*/fd -lname "$slots" 2>/dev/null | grep -q .; do
		sleep 0.05
	done
}
let_go() { # and wait for all to end
	touch "$TMP/data/go"
	wait
	rm -f "$TMP/data/go"
}
ends() { # the statuses of all
	i=1
	while [ $i -le $N ]; do
		jq -r .status "$TMP/$i" | grep . || echo none
		i=$((i + 1))
	done | paste -sd ' '
}
overlaps() { # of the marks of all
	i=1
	while [ $i -le $N ]; do
		jq -r .stdout "$TMP/$i"
		i=$((i + 1))
	done | grep . | sort -n | awk 'NR > 1 && $1 < end { n++ } { end = $2 } END { print NR, n + 0 }'
}
complaint() { # NAME=value...: what run says and how it ends
	env "$@" timeout 60 run -n "$TMP/pass.py" 2>&1 >/dev/null
	env "$@" timeout 60 run -n "$TMP/pass.py" >/dev/null 2>&1
	echo $?
}

# How many.

export RUN_JOBS=1
N=0
for i in 1 2 3 4 5; do go marks.py; done
wait 2>/dev/null
is 'RUN_JOBS=1: five at once run one after the other' "$(overlaps)" '5 0'
is 'the file they lock is gone with the last' "$(ls -A "$TMP/runtime")" ''

N=0
RUN_JOBS= CPUS=$(nproc)
export CPUS
for i in 1 2 3; do go marks.py; done
wait 2>/dev/null
is 'as many as there are cores, by CPUS' "$(overlaps)" '3 0'
unset CPUS

export RUN_JOBS=2
N=0
for i in 1 2 3; do go wait.py; done
until_began 2
until_open 4
is 'RUN_JOBS=2: two of three run together' "$(began)" 2
let_go
is 'the third follows' "$(ends)" 'ok ok ok'

export RUN_JOBS=1
N=0
go wait.py
until_began 1
is 'RUN_JOBS=0 waits for none' \
	"$(RUN_JOBS=0 timeout 60 run -n "$TMP/pass.py" | jq -r .status)" ok
like 'nor does packages' "$(timeout 60 packages /usr/bin/python3 2>&1)" '"python"'
RUN_JOBS=2 go pass.py
wait $pid2
is 'a run that allows more does not wait for one that allows fewer' \
	"$(jq -r .status "$TMP/2") $(began)" 'ok 1'
let_go
is 'and hinders it not' "$(ends)" 'ok ok'

# Whoever dies frees what it held.

for whom in run 'the process it leaves at work'; do
	N=0
	go wait.py
	until_began 1
	go wait.py
	until_open 2
	victim=$(pgrep -P $pid1) dead=$(echo "$TMP/scratch"/*)
	[ "$whom" = run ] || victim=$(pgrep -P $victim)
	kill -9 $victim
	wait $pid1 2>/dev/null
	rm -rf "$dead"
	until_began 1
	is "kill -9 of $whom: the next begins" "$(began)" 1
	let_go
	is 'and ends' "$(ends)" 'none ok'
done
N=0
go wait.py
until_began 1
kill -9 $(pgrep -P $(pgrep -P $pid1))
wait 2>/dev/null
is 'a file is left by who is killed alone' "$(ls -A "$TMP/runtime")" "${slots##*/}"
run -n "$TMP/pass.py" >/dev/null
is 'the next run removes it' "$(ls -A "$TMP/runtime")" ''
N=0
go wait.py
until_began 1
kill "$(pgrep -P $pid1)"
wait 2>/dev/null
until_closed
is 'who is told to stop leaves none' "$(ls -A "$TMP/runtime")" ''
rm -rf "$TMP/scratch"/*

i=0
while [ $i -lt 8 ]; do
	N=0
	for k in 1 2 3; do RUN_JOBS=2 go pass.py; done
	wait
	i=$((i + 1))
	ls -A "$TMP/runtime"
done >"$TMP/left"
is 'nor do those that end together' "$(cat "$TMP/left")" ''

# Limits of time.

N=0
go wait.py
until_began 1
TIMEOUT=2 go pass.py
until_open 2
sleep 3
let_go
is 'the wait is no part of TIMEOUT' "$(ends)" 'ok ok'

N=0
go wait.py
until_began 1
export KEEP_RUN="$TMP/run" KEEP_FILE=1.json DEADLINE=1s RUN_ENDS=$(($(date +%s) + 2))
timeout 60 run -n "$TMP/pass.py" >"$TMP/first" 2>&1 &
said=$(timeout 60 run -n "$TMP/pass.py" 2>&1)
is 'a deadline ends the wait' "$? $(printf '%s\n' "$said" | jq -r '.status + ": " + .reason')" \
	'75 postponed: DEADLINE=1s is reached'
wait $! 2>/dev/null
is 'that of all who wait' "$? $(jq -r .status "$TMP/first")" '75 postponed'
timeout 90 run -l -n "$TMP/pass.py" >"$TMP/last" 2>&1 &
until_open 2
unset KEEP_RUN KEEP_FILE DEADLINE RUN_ENDS
let_go
is 'others run on' "$(ends)" ok
is 'the last script of a run waits in spite of it' "$(jq -r .status "$TMP/last")" ok

# What is wrong.

for v in x -1 1.5 1000 '2 2'; do
	is "RUN_JOBS=$v is refused" "$(complaint RUN_JOBS="$v")" \
		"run: read RUN_JOBS: '$v' is no whole number from 0 to 999
100"
done
for v in x 0-1 1.5 all; do
	is "GPUS=$v is refused" "$(complaint GPUS="$v")" \
		"run: read GPUS: '$v' is no list of numbers such as 0,1, nor none
100"
done
is 'GPUS=99: there is none' "$(complaint GPUS=99)" \
	'run: read GPUS: there is no /dev/nvidia99
100'
ln -s "$TMP/elsewhere" "$slots"
is 'a link in place of the file is refused' "$(complaint RUN_JOBS=1)" \
	"run: open $slots (RUN_JOBS=0 does without, but for GPUs): Too many levels of symbolic links
111"
is 'and not followed' "$(ls "$TMP/elsewhere" 2>/dev/null)" ''
rm "$slots"
mkfifo "$slots"
is 'so is a pipe' "$(complaint RUN_JOBS=1)" \
	"run: lock $slots: it is another's
111"
rm "$slots"
if [ "$(id -u)" = 0 ]; then
	touch "$slots"
	chown nobody "$slots"
	is "so is another's file" "$(complaint RUN_JOBS=1)" \
		"run: lock $slots: it is another's
111"
	rm "$slots"
else
	tell ok "so is another's file # SKIP only root can make one"
fi

# GPUs: /dev/null in place of two, in a /dev of our own.

cat >"$TMP/gpu.py" <<'END'
import glob, os
nodes = sorted(glob.glob("/dev/nvidia*"))
for node in nodes:
    open(node, "w").write("x")
print(*map(os.path.basename, nodes), os.environ.get("CUDA_VISIBLE_DEVICES"),
      os.path.exists("/sys/class"),
      os.statvfs("/dev/shm").f_frsize * os.statvfs("/dev/shm").f_blocks >> 20)
END
cat "$TMP/gpu.py" "$TMP/wait.py" >"$TMP/both.py"
plain() { # what a script sees of GPUs
	timeout 60 run -n "$TMP/gpu.py" | jq -r .stdout
}
if ls /dev/nvidia[0-9]* >/dev/null 2>&1; then
	tell ok 'without a GPU nothing changes # SKIP there is one'
else
	is 'without a GPU nothing changes' "$(plain)" 'None False 256'
fi
with() { # command...: runs it where there seem to be two GPUs
	bwrap --die-with-parent --dev-bind / / --dev /dev --bind /dev/shm /dev/shm \
		--dev-bind /dev/null /dev/nvidia0 --dev-bind /dev/null /dev/nvidia1 \
		--dev-bind /dev/null /dev/nvidiactl --dev-bind /dev/null /dev/nvidia-uvm \
		"$@"
}
gpu() { # script: as go, there
	N=$((N + 1))
	with timeout 90 run -n -d "$TMP/data" "$TMP/$1" >"$TMP/$N" 2>"$TMP/$N.err" &
}
seen() { # the devices that were seen
	i=1
	while [ $i -le $N ]; do
		jq -r .stdout "$TMP/$i" | grep -o 'nvidia[0-9]'
		i=$((i + 1))
	done | sort | paste -sd ' '
}
if why=$(with timeout 60 run -n "$TMP/pass.py" 2>&1 >"$TMP/r") &&
	[ "$(jq -r .status "$TMP/r")" = ok ]; then
	export RUN_JOBS=9
	is 'a script sees one GPU, the first free' "$(GPUS=1,0 with run -n "$TMP/gpu.py" |
		jq -r .stdout)" 'nvidia-uvm nvidia1 nvidiactl 0 True 1024'
	is 'GPUS=none: none' "$(GPUS=none with run -n "$TMP/gpu.py" | jq -r .stdout)" \
		'None False 256'
	is 'RUN_JOBS=0: one all the same' "$(RUN_JOBS=0 with run -n "$TMP/gpu.py" |
		jq -r .stdout)" 'nvidia-uvm nvidia0 nvidiactl 0 True 1024'
	echo 'import os; print(os.environ.get("CUDA_VISIBLE_DEVICES"))' >"$TMP/cuda.py"
	is 'nor is there one without a sandbox' "$(SANDBOX=none GPUS=none with run -n "$TMP/cuda.py" 2>/dev/null |
		jq -c .stdout)" '"\n"'
	N=0
	for i in 1 2 3; do gpu both.py; done
	until_began 2
	until_open 3
	is 'two scripts for two GPUs' "$(began)" 2
	let_go
	is 'a third waits for one' "$(ends)" 'ok ok ok'
	like 'two have one each' "$(seen)" '^nvidia0 nvidia0 nvidia1$|^nvidia0 nvidia1 nvidia1$'
	N=0
	export GPUS=0,0
	for i in 1 2; do gpu both.py; done
	until_began 2
	together=$(began)
	let_go
	is 'a GPU that is named twice is shared' "$together $(ends) $(seen)" \
		'2 ok ok nvidia0 nvidia0'
	unset GPUS
else
	tell ok "GPUs # SKIP no sandbox in a sandbox: $why"
fi
is 'nothing is left' "$(ls -A "$TMP/runtime" "$TMP/scratch" | grep -v : | grep .)" ''
done_testing
