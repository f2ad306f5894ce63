#!/bin/sh
# A run whose drafts are hostile, one way each: they are stopped or refused, their
# results say so, and the run goes on to a submission.  The same below a folder
# that only its owner can enter, by root and by an ordinary user.
. "${0%/*}/lib.sh"
checkout
TASK=hostile

good='rows = open("input/sample_submission.csv").read()\nprint("Final Validation Performance: 50")\nopen("final/submission.csv", "w").write(rows)\n'
score='print("Final Validation Performance: 1")\n'
draft() { # n, body
	jq -n --argjson n "$1" --arg body "$(printf "$2")" \
		'{stage: "draft", n: $n, reply: ("```python\n" + $body + "\n```")}'
}
hostile() {
	draft 1 "$good"
	draft 2 "import socket\nsocket.create_connection((\"127.0.0.1\", 22), 2)\n$score"
	draft 3 "open(\"/usr/here\", \"w\")\n$score"
	draft 4 "open(\"input/train.csv\", \"a\").write(\"x\")\n$score"
	draft 5 "open(\"/etc/shadow\").read()\n$score"
	draft 6 "from sklearn.datasets import load_diabetes\nload_diabetes()\n$score"
	draft 7 "import os, time\nn = 0\ntry:\n    while True:\n        if os.fork() == 0:\n            time.sleep(60)\n        n += 1\nexcept OSError as e:\n    raise SystemExit(\"fork refused\")\n$score"
	draft 8 "x = []\nwhile True:\n    x.append(bytearray(1 << 24))\n$score"
	draft 9 "import os\nline = b\"x\" * 65536\nfor i in range(1 << 14):\n    os.write(1, line)\nos.write(1, b\"\\\\n\")\n$score"
	draft 10 "print(\"before\", flush=True)\nimport time\ntime.sleep(1000)\n$score"
	jq -n '{stage: "debug", reply: "I cannot."}'
}
result() { # n, filter
	jq -r "$2" "$(W)/1/draft/$1.json"
}
told() {
	is "$1: a script that behaves is scored" "$(result 1 '"\(.status) \(.score)"')" 'ok 50'
	like "$1: a socket leads nowhere" "$(result 2 .reason)" 'ConnectionRefused|unreachable|not permitted'
	like "$1: the system cannot be written" "$(result 3 .reason)" 'Read-only file system'
	like "$1: the data cannot be written" "$(result 4 .reason)" 'Read-only file system|Permission denied'
	like "$1: /etc/shadow is not there" "$(result 5 .reason)" 'No such file'
	like "$1: scikit-learn's own data are hidden" "$(result 6 .reason)" 'FileNotFound|No such file|not found'
	like "$1: forks come to an end" "$(result 7 .reason)" 'fork refused'
	is "$1: too much memory is told so" "$(result 8 .status)" memory
	is "$1: 1 GB of output is told so" "$(result 9 .status)" output
	is "$1: who sleeps for ever is told so" "$(result 10 .status)" timeout
	like "$1: and what it printed before is kept" "$(result 10 .stdout)" '^before'
	is "$1: none of them has a score" \
		"$(for i in 2 3 4 5 6 7 8 9 10; do result $i .score; done | sort -u)" null
	is "$1: the run ends in the submission of the one that works" \
		"$(cat "$(W)/submission.csv")" "$(cat work/$TASK/data/sample_submission.csv)"
	is "$1: the data are as they were" "$(cksum <work/$TASK/data/train.csv)" "$before"
	is "$1: nothing is left in scratch" "$(ls -A "$(W)/scratch")" ''
}
settings='L=1 M=10 T=0 ATTEMPTS=1 TIMEOUT=12 MEMORY=600 OUTPUT=500 PROCS=64'

task $TASK
before=$(cksum <work/$TASK/data/train.csv)
hostile | rules
build $settings -j2
is 'the run ends well' $? 0
told 'in a run'

# Below a 0700 folder: of root's when root starts it, of one's own else.
fenced() { # name, command prefix...
	name=$1
	shift
	rm -rf "$TMP/fence"
	mkdir -m 700 "$TMP/fence"
	cp -a "$TMP/co" "$TMP/fence/co"
	rm -rf "$TMP/fence/co/work/$TASK/run"
	cp "$RULES" "$TMP/fence/rules.json"
	[ "$name" != 'an ordinary user' ] || [ "$(id -u)" != 0 ] || chown -R 4242:4242 "$TMP/fence"
	(
		cd "$TMP/fence/co" || exit
		RULES=$TMP/fence/rules.json "$@" make TASK=$TASK $settings >"$TMP/fence/said" 2>&1
	)
	is "below a 0700 folder, $name: the run ends well" $? 0
	cd "$TMP/fence/co" || exit
	told "below a 0700 folder, $name"
	cd "$TMP/co" || exit
}
if [ "$(id -u)" = 0 ]; then
	fenced root env
	fenced 'an ordinary user' setpriv --reuid=4242 --regid=4242 --clear-groups env HOME=/tmp
else
	fenced 'an ordinary user' env
fi
done_testing
