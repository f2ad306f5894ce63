#!/bin/sh
# Bad input gets one line that says what is wrong, and once it is mended make
# goes on.
# A small disk of its own takes root, and a mount namespace.
if [ -z "$OWN_MOUNTS" ] && unshare -m true 2>/dev/null; then
	OWN_MOUNTS=yes exec unshare -m sh "$0"
fi
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task tiny
one='L=1 M=1 T=0'
unprivileged() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	else
		"$@"
	fi
}
refused() { # sentence, what is said, make's arguments
	sentence=$1 said=$2
	shift 2
	before=$(find work | sort | cksum)
	make "$@" >"$TMP/said" 2>&1
	status=$?
	like "$sentence is refused" "$(cat "$TMP/said")" "$said"
	[ "$status $(grep -vc '^make.*\*\*\* \[' "$TMP/said") $(find work | sort | cksum)" = "2 1 $before" ] ||
		tell 'not ok' "$sentence: by one line, and nothing is written"
}
mended() { # sentence, settings...
	sentence=$1
	shift
	build "$@" || sed 's/^/# /' "$TMP/said"
	is "$sentence" "$(cat "$(W)/submission.csv" 2>&1)" "$(cat work/$TASK/data/sample_submission.csv)"
}
failed() { # sentence, what is said, settings...: make ends with that line
	sentence=$1 said=$2
	shift 2
	build "$@"
	is "$sentence: make fails" $? 2
	like 'and says why' "$(cat "$TMP/said")" "$said"
	is 'in one line' "$(grep -vc '^  \[\|^make\|^mk/\|: model exec:\|report.html shows' "$TMP/said")" 1
	[ "$RUN" = two ] ||
		is 'without leaving anything half-written' "$(find "$(W)" -name '*.tmp' 2>/dev/null)" ''
}

# settings
refused 'a task with a blank' 'make: read TASK: "a b" is no name' 'TASK=a b'
refused 'a task with a slash' 'make: read TASK: "a/b" is no name' TASK=a/b
refused 'a task above' 'make: read TASK: ".." is no name' TASK=..
refused 'a task that looks like an option' 'make: read TASK: "-x" is no name' TASK=-x
refused 'a task with a quote' 'make: read TASK: "it.s" is no name' "TASK=it's"
refused 'a run named data' 'make: read RUN: "data" is' TASK=tiny RUN=data
refused 'a run named models' 'make: read RUN: "models" is' TASK=tiny RUN=models
refused 'a run named task.md' 'make: read RUN: "task.md" is' TASK=tiny RUN=task.md
refused 'a run above' 'make: read RUN: "../x" is' TASK=tiny RUN=../x
refused 'a run with a blank' 'make: read RUN: "a b" is' TASK=tiny 'RUN=a b'
refused 'a setting of two lines, the second a command,' 'make: read METRIC: it is more than one line' \
	TASK=tiny "METRIC=x
touch pwned
#"
SLURM_ARGS='x
touch pwned
#' refused 'also in the environment it' 'make: read SLURM_ARGS: it is more than one line' TASK=tiny
is 'which is not run' "$(ls pwned 2>&1)" "ls: cannot access 'pwned': No such file or directory"
is 'a carriage return ends a line, too' \
	"$(tools/settings "$TMP/s.mk" "METRIC=x$(printf '\ry')" 2>&1; echo $?; ls "$TMP" | grep s.mk)" \
	"settings: write $TMP/s.mk: METRIC is more than one line
100"
refused 'M=-1' 'make: read M: "-1" is no whole number' TASK=tiny M=-1
refused 'T=x' 'make: read T: "x" is no whole number' TASK=tiny T=x
refused 'K=1.5' 'make: read K: "1.5" is no whole number' TASK=tiny K=1.5
refused 'M=2 3' 'make: read M: "2 3" is no whole number' TASK=tiny 'M=2 3'
refused 'L=0' 'make: read L: it must be 1 or more' TASK=tiny L=0
refused 'M=0 without model cards' 'make: read M: with M=0 a model card is needed' TASK=tiny M=0
mkdir work/tiny/models
for card in 'a b' "it's" 'a$(shell touch gone)'; do
	echo x >"work/tiny/models/$card.md"
	refused "a model card named $card" 'make: read work/tiny/models/: ".*" is no name of a card' TASK=tiny
	rm "work/tiny/models/$card.md"
done
rmdir work/tiny/models
refused 'ATTEMPTS=0' 'make: read ATTEMPTS: ' TASK=tiny ATTEMPTS=0
refused 'SEED=x' 'make: read SEED: "x" is no whole number' TASK=tiny SEED=x
refused 'ROWS=-1' 'make: read ROWS: "-1" is no whole number' TASK=tiny ROWS=-1
refused 'PRESET=best' 'make: read PRESET: "best" is neither quick nor paper' TASK=tiny PRESET=best
refused 'DIRECTION=up' 'make: read DIRECTION: "up" is neither lower nor higher' TASK=tiny DIRECTION=up
refused 'TIMEOUT=soon' 'make: read TIMEOUT: "soon" is no' TASK=tiny TIMEOUT=soon
refused 'MODEL=gpt' 'make: read MODEL: "gpt" is no model: say playbook exec:PROGRAM ' TASK=tiny MODEL=gpt
refused 'a key as a setting' 'make: read GEMINI_API_KEY: a key or an address is no setting: say it before make' \
	TASK=tiny GEMINI_API_KEY=fake
refused 'a dollar' 'make: read BUDGET_USD: it holds a \$: write \$\$' TASK=tiny 'BUDGET_USD=$5'
refused 'an amount with a unit' 'make: read BUDGET_USD: "5 USD" is no amount' TASK=tiny 'BUDGET_USD=5 USD'
refused 'LLM_JOBS=0' 'make: read LLM_JOBS: it must be 1 or more' TASK=tiny LLM_JOBS=0
refused 'a PYTHON with a quote' 'make: read PYTHON: it may hold no quote' TASK=tiny "PYTHON=/it's"
refused 'a relative PYTHON' 'make: read PYTHON: "python3" is no absolute path' TASK=tiny PYTHON=python3
refused 'a user in a URL' 'make: read MODEL: a URL with a user or a query is refused: a key goes into the environment' \
	TASK=tiny MODEL=http://me:secret@127.0.0.1:9/v1#m
refused 'a query in a URL' 'make: read MODEL_plan: a URL with a user or a query' TASK=tiny 'MODEL_plan=http://h/v1?code=secret#m'
is 'and is written nowhere' "$(grep -rl secret work "$TMP/said")" ''
refused 'a backslash at the end' 'make: read MODEL: it ends in a backslash' TASK=tiny 'MODEL=exec:x\'
refused 'a quote in a fact' 'make: read METRIC: it may hold no quote' TASK=tiny "METRIC=it's"
refused 'a setting that is none' 'make: read SPEED: there is no such setting' TASK=tiny SPEED=3

# the task
refused 'a task that is not there' 'make: read work/nowhere/task.md: there is no such task' TASK=nowhere
mkdir work/empty
: >work/empty/task.md
refused 'a task without data' 'make: read work/empty/data: there is no data' TASK=empty
mkdir work/empty/data
refused 'an empty task.md' 'make: read work/empty/task.md: it is empty' TASK=empty
echo 'Predict y. Metric: rmse.' >work/empty/task.md
TASK=empty
failed 'an empty data folder' '^list: read work/empty/data: it holds no files$' $one
cp work/tiny/data/* work/empty/data
mended 'once it is filled make goes on' $one
TASK=tiny

# the data
RUN=unreadable
chmod 000 work/tiny/data/train.csv
failed 'data that cannot be read' '^(describe|run): (open|read|show) .*data/train.csv: ' $one
chmod 644 work/tiny/data/train.csv
mended 'once it can be read make goes on'
RUN=odd
printf 'id,x,y\r\n1,"a\nb",3\r\n2,\0,4,5\r\n\377,1\r\n' >work/tiny/data/train.csv
mended 'ragged rows, NUL bytes, CRLF, other encodings and newlines in quotes are no obstacle' $one
task tiny

# the facts
rules <<'END'
{"stage": "read-task", "reply": "{\"metric\": \"zork\", \"target\": [\"y\"], \"train\": \"train.csv\"}"}
END
RUN=metric
failed 'a metric that nobody knows' '^read-task: read .*task.md: .*metric zork.*DIRECTION=' $one
mended 'once its direction is said make goes on' DIRECTION=lower
rules </dev/null
RUN=target
failed 'a target that is not there' '^read-task: read .*task.md: the target, z, is no column of train.csv$' $one TARGET=z
mended 'once there is one make goes on' TARGET=y
rules <<'END'
{"stage": "read-task", "reply": "{\"metric\": \"rmse\", \"target\": [], \"train\": \"train.csv\"}"}
END
RUN=targetless
failed 'no target that can be found' '^read-task: read .*task.md: .*say TARGET=column$' $one
mended 'once it is told make goes on' TARGET=y
rules </dev/null

# the means
RUN=python
failed 'an interpreter that is not there' '^[a-z]+: (start|show) /nonexistent/python: ' $one PYTHON=/nonexistent/python
failed 'one that would be a command' '^[a-z]+: (start|show) /x;id>pwned: ' $one 'PYTHON=/x;id>pwned'
is 'which is not run either' "$(ls pwned 2>&1)" "ls: cannot access 'pwned': No such file or directory"
failed 'one that does not start' '^[a-z]+: start /bin/false: ' PYTHON=/bin/false
mended 'once it is one that does make goes on' PYTHON=/usr/bin/python3
RUN=model
failed 'a model that cannot do it' '^read-task: ask exec:exit 100: it ended with status 100' $one 'MODEL=exec:exit 100'
mended 'once it is one that can make goes on' MODEL=exec:tests/model

# the run's folder
RUN=file
: >work/tiny/file
failed 'a run that is a file' '^hold: write work/tiny/file: Not a directory$' $one
rm work/tiny/file
mended 'once that is gone make goes on' $one
RUN=locked
chmod 555 work/tiny
unprivileged make TASK=tiny RUN=locked $one >"$TMP/said" 2>&1
is 'a folder that cannot be written to: make fails' $? 2
like 'and says why' "$(cat "$TMP/said")" '^hold: make folder work/tiny/locked: Permission denied$'
chmod 755 work/tiny
mended 'once it can make goes on' $one

# two makes
RUN=two
NAP=0.3 setsid make TASK=tiny RUN=two $one >"$TMP/first" 2>&1 &
first=$!
until grep -q 'search\|draft' "$(W)/log" 2>/dev/null; do sleep 0.05; done
failed 'a second make on a run' "^hold: build work/tiny/two: process [0-9]+ on $(uname -n) builds it now$"
like 'a reader is not kept out' "$(make status TASK=tiny RUN=two)" '^work/tiny/two: [0-9]+ of [0-9]+ steps are done$'
wait $first
is 'and the first one ends well' $? 0
mended 'after which make goes on'

# a full disk
if [ "$OWN_MOUNTS" ] && [ "$(id -u)" = 0 ]; then
	RUN=roomy
	build $one
	RUN=full
	mkdir work/tiny/full
	mount -t tmpfs -o size=40k tmpfs work/tiny/full
	wrong=
	for size in 80 120 160 180 200 220 240 260 280; do
		mount -o remount,size=${size}k work/tiny/full
		build $one -j2 && continue
		grep -v '^  \[\|^make\|^mk/\|: model exec:\|report.html shows' "$TMP/said" | grep -vE '^[a-z-]+: .*: (No space left on device|it was not possible)$' >>"$TMP/wrong"
		find work/tiny/full -name '*.tmp' >>"$TMP/wrong"
	done
	is 'a full disk is what is complained of, and leaves nothing half-written' "$(cat "$TMP/wrong")" ''
	mount -o remount,size=4m work/tiny/full
	mended 'once there is room make goes on'
	is 'to what it would have come to in the first place' "$(tree work/tiny/full | cksum)" \
		"$(tree work/tiny/roomy | cksum)"
	ok 'and knows all it did' jq -es 'map(.chat) | length > 5 and length == (unique | length)' work/tiny/full/ledger.jsonl
	umount work/tiny/full
else
	tell ok 'a full disk # SKIP only root can make a small one'
fi

# tools
mkdir dir
: >empty
printf '{"a": [1, "x\n\n' >cut.json
printf 'PK\003\004\000\000\200' >binary
all='ablate:3 accept:3 best:1 brief:5 check-leak:3 check-submission:3 check-usage:3 debug:4
	describe:1 draft:3 ensemble:4 evaluate:4 extract-block:3 list:1 merge:4 plan:2 plan-ensemble:2
	predictions:1 read-task:3 refine:4 search:2 split:3 submit:4 summarize:2 grade:3 count:1'
bare= wrong=
for each in $all keep: run: settings: hold: progress: splice:; do
	tool=${each%:*}
	said=$($tool 2>&1 </dev/null)
	[ "$? $said" = "100 usage: $tool ${said#usage: $tool }" ] || bare="$bare; $tool: $said"
	operands=${each#*:}
	for file in missing dir empty cut.json binary; do
		case "$operands$tool $file" in
		[!0-9]*|*count\ dir|*brief\ empty|*brief\ cut.json|*search\ cut.json) continue ;;
		esac
		args=$(printf "$file %.0s" $(seq $operands))
		said=$($tool $args 2>&1 >/dev/null </dev/null)
		status=$?
		case $said in
		*'
'*)			status='several lines' ;;
		*:\ *\ *:\ ?*)	;;
		*)		status='a line of another form' ;;
		esac
		[ "$status" = 100 ] || wrong="$wrong; $tool $file: $status: $said"
	done
done
is 'a tool without operands tells its usage' "$bare" ''
is 'a file that is missing, a folder, empty, cut off or binary gets one line and status 100' "$wrong" ''
is 'and nothing is written' "$(ls -d *.tmp */*.tmp */*/*.tmp .*.tmp 2>/dev/null)" ''
wrong=
for command in 'list work/tiny/data' 'describe work/tiny/data' 'best work/tiny/two/submit/1.json' \
	machine 'packages /usr/bin/python3' \
	'run work/tiny/two/solution.py'; do
	said=$($command 2>&1 >/dev/full)
	status=$?
	case "$status ${said#*: }" in
	'111 write stdout: No space left on device'|'111 write stdout: it was not possible') continue ;;
	esac
	wrong="$wrong; $command: $status: $said"
done
is 'a document that cannot be written is status 111' "$wrong" ''
done_testing
