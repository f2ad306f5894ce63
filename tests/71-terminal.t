#!/bin/sh
# What a run shows while it is at work, on a terminal and elsewhere, and what its
# last line says.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task tiny
rules <<'END'
{"stage": "draft", "target": "1/draft/1.*", "n": 1, "reply": "import sys\n{script}\nprint('\\033[2Jcleared', file=sys.stderr)"}
END
# A model that waits at its gates, named as stages, if there are any.
cat >"$TMP/model" <<'END'
#!/bin/sh
request=$(cat)
stage=$(printf %s "$request" | jq -r .stage)
while [ -e "$GATES/$stage" ]; do sleep 0.05; done
[ $stage != summarize ] || printf 'a \033[2Jword of \342\202\254 5\n' >&2
printf %s "$request" | tests/model
END
chmod +x "$TMP/model"
mkdir "$TMP/gates"
export MODEL="exec:$TMP/model" GATES="$TMP/gates"
small='L=2 M=2 T=1 K=2 R=1 -j4'
close() { : >"$TMP/gates/$1"; }
open() { rm -f "$TMP/gates/$1"; }
until_() { # command...: waits until it succeeds
	tries=0
	until "$@"; do
		[ $((tries += 1)) -lt 600 ] || { echo "# waited in vain: $*"; return 1; }
		sleep 0.05
	done
}
last_said() {
	tail -n 1 "$TMP/said"
}

# elsewhere than on a terminal
close extract-block
RUN=plain
make TASK=tiny RUN=plain $small >"$TMP/plain" 2>&1 &
plain=$!
until_ grep -q summarize "$TMP/plain"
blocked() {
	watched=$(make watch TASK=tiny RUN=plain)
	case $watched in *extract-block*) ;; *) false ;; esac
}
until_ blocked
like 'make watch, no terminal: tells once how the run stands' "$watched" \
	'^  (\[[#.]+\] )?[0-9]+/[0-9]+  rmse [0-9.]+.*  [0-9]+ calls, '
like 'and what runs' "$watched" 'extract-block [12]/1/block'
list=$(cat work/tiny/plain/in/data.list; echo more >work/tiny/data/more.txt)
RUN=plain build $small
is 'A second make does not build' $? 2
is 'nor touches what the first reads' "$(cat work/tiny/plain/in/data.list; rm work/tiny/data/more.txt)" "$list"
like 'and ends with what goes on' "$(last_said)" \
	': make TASK=tiny RUN=plain tries again, make watch TASK=tiny RUN=plain shows one at work'
open extract-block
wait $plain
is 'A reader holds nobody up' $? 0
is 'What is no terminal gets no escapes' "$(tr -cd '\033\r' <"$TMP/plain" | wc -c)" 0
is 'and no line but of steps that ended, make and the run' \
	"$(grep -v '^  \[[ 0-9]*/[0-9]*\] [a-z]\|^work/tiny/plain\|^make\|^a ?\[2Jword of € 5$' "$TMP/plain")" ''
is 'make watch says so when nothing runs' "$(make watch TASK=tiny RUN=plain)" \
	'work/tiny/plain: nothing runs here'

# the ways to end
ending() { # sentence, wanted in the last line, setting...
	sentence=$1 want=$2
	shift 2
	build $small "$@"
	is "$sentence: make fails" $? 2
	like "$sentence: the last line tells what goes on" "$(last_said)" "$want"
}
RUN=no-model
ending 'A tool that cannot' "there is no submission yet: read-task task.json failed \(100\).*: once that is mended make TASK=tiny RUN=no-model goes on" 'MODEL=exec:exit 100'
RUN=no-network
ending 'A network that is down' "there is no submission yet: read-task task.json failed \(111\).*: make TASK=tiny RUN=no-network goes on" \
	MODEL=http://127.0.0.1:9/v1#m LLM_TIMEOUT=1
RUN=late
ending 'A limit that is reached' 'there is no submission yet: DEADLINE=0s is reached: raise it and make TASK=tiny RUN=late goes on' DEADLINE=0s
rules <<'END'
{"stage": "draft|merge|ensemble|submit|debug", "reply": "raise KeyError('y')"}
END
RUN=dead
ending 'No script that works' 'there is no submission yet, since no script works: make status TASK=tiny RUN=dead tells why, make retry TASK=tiny RUN=dead' T=0 ATTEMPTS=1
rules </dev/null
RUN=spoilt
build $small
echo '{' >"$(W)/1/draft/1.json"
ending 'A document that is none' 'best 1/merge/0.best.json failed \(100\).*: once that is mended make TASK=tiny RUN=spoilt goes on'
RUN=ruined
build $small R=0
echo '{' >"$(W)/1/1/best.json"
ending 'One among those the best is of' 'best ensemble/best.json failed \(100\).*: once that is mended make TASK=tiny RUN=ruined goes on' R=0
RUN=
TASK=nowhere ending 'No task' 'there is no such task; make new TASK=nowhere DATA=folder starts one'
mkdir work/bare
: >work/bare/task.md
TASK=bare ending 'No data' "there is no data; put the task's files there, then make TASK=bare"
mkdir work/bare/data
TASK=bare ending 'An empty task.md' 'it is empty: say what is to be predicted, then make TASK=bare'
echo 'Predict y.' >work/bare/task.md
TASK=bare ending 'Empty data' 'for the reason above: make TASK=bare tries again'
is 'No word of it is left' "$(find work -name .word)" ''

# on a terminal
if ! command -v tmux >/dev/null; then
	tell ok 'a terminal # SKIP there is no tmux'
	done_testing
	exit
fi
unset TMUX NO_COLOR
terminal() { # tmux command...
	tmux -u -f /dev/null -S "$TMP/tmux" "$@"
}
trap 'terminal kill-server 2>/dev/null; chmod -R u+rwx "$TMP"; rm -rf "$TMP"' EXIT
terminal start-server \; set-option -g history-limit 20000 \; \
	new-session -d -x 100 -y 24 -s t 'PS1="% " exec sh'
screen() {
	terminal capture-pane -p -t t:0
}
all() { # with what has scrolled away, lines that were broken joined
	terminal capture-pane -p -J -S - -t t:0 | sed 's/ *$//'
}
status='^  (\[[#.]+\] )?[0-9]+/[0-9]+( |$)'
feet() { # how many there are
	all | grep -Ec "$status"
}
foot() { # the last line
	screen | grep . | tail -n 1
}
shows() { # extended regular expression: it is in the last line
	foot | grep -Eq -e "$1"
}
says() {
	all | grep -Eq -e "$1"
}
type() {
	terminal send-keys -t t:0 "$1" Enter
}

close extract-block
type "clear; make TASK=tiny $small"
until_ shows 'extract-block [12]/1/block [0-9]+ s \+1'
like 'The last line tells how the run stands' "$(foot)" \
	'^  \[#+\.+\] [0-9]+/65  rmse [0-9.]+ .*  extract-block [12]/1/block [0-9]+ s'
is 'It is there once, and nowhere above' "$(feet)" 1
for size in '60 24' '120 24' '41 12' '100 8'; do
	terminal resize-window -t t -x ${size% *} -y ${size#* }
	until_ shows "^.{$((${size% *} < 100 ? 20 : 70)),$((${size% *} - 1))}$"
	until_ shows "$status"
	[ "$size" != "120 24" ] || like 'With room it tells the calls, too' "$(foot)" '  [0-9]+ calls, [0-9]+k tokens  '
	is "At ${size% *} columns, ${size#* } lines too" "$(feet)" 1
	like 'and in place' "$(foot)" "$status"
done
terminal send-keys -t t:0 C-c
until_ says '^Stopped'
type 'echo ended $?'
until_ says '^ended [0-9]+$'
is 'Ctrl-C ends make' "$(all | grep '^ended')" 'ended 130'
is 'and make has nothing to add' "$(all | sed '1,/^Stopped/d' | grep make)" ''
like 'Its last line tells how to go on' "$(all | grep -A 9 '^Stopped')" \
	'^Stopped: make TASK=tiny goes on from here'
is 'and without the status line' "$(feet)" 0
is 'and no word of it' "$(ls work/tiny/run/.word 2>/dev/null)" ''
like 'What a tool says stands above, tamed' "$(all)" '^a \?\[2Jword of € 5$'

open extract-block
terminal resize-window -t t -x 100 -y 24
mark
type "clear; make TASK=tiny; echo ended again \$?"
until_ says '^ended again 0'
is 'So it goes on, and no status line is left' "$(feet)" 0
is 'Every step that ended has its whole line' \
	"$(all | grep -c '^  \[[ 0-9][0-9]/65\] [a-z-]* *[^ ]*')" \
	"$(made | grep -vc '\.try/\|in/')"

# two terminals
rules <<'END'
{"stage": "draft", "target": "1/draft/1.*", "reply": "import time\nwhile True:\n  print('at \\033[2J work', flush=True)\n  time.sleep(0.1)"}
END
type "clear; make TASK=tiny RUN=long $small"
until_ test -d work/tiny/long/scratch
watching() {
	make watch TASK=tiny RUN=long | grep -q '^  at ?\[2J work$'
}
until_ watching
ok 'make watch shows what a script prints, tamed' watching
terminal new-window -t t:1 "make watch TASK=tiny RUN=long; exec sh"
seen() {
	terminal capture-pane -p -t t:1 | grep -Eq -e "$1"
}
until_ seen '^  at \?\[2J work$'
ok 'On a terminal too, below the name of the try' seen '^  -- 1/draft/1, try 1$'
ok 'above the status line' seen "$status"
terminal send-keys -t t:0 C-c
until_ seen 'what ran there has ended$'
ok 'until the run ends' seen '^work/tiny/long: what ran there has ended$'
is 'and then shows neither' "$(terminal capture-pane -p -S - -t t:1 | grep -Ec "$status|work$")" 0
until_ says '^Stopped: make TASK=tiny RUN=long'
is 'No tail is left' "$(find work/tiny/long -name 'tail*')" ''
rules </dev/null

close extract-block
type "clear; NO_COLOR=1 make TASK=tiny RUN=black $small"
until_ says 'summarize .*2/1/summary'
is 'With NO_COLOR there is no status line' "$(feet)" 0
terminal send-keys -t t:0 C-c
until_ says '^Stopped: make TASK=tiny RUN=black'
done_testing
