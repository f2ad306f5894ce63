#!/bin/sh
# What was asked is asked once: after a kill, and offline.
. "${0%/*}/lib.sh"
checkout
export TASK=tiny
task tiny
letters='L=2 M=2 T=1 K=2 R=1'
RUN=told build $letters
cat >"$TMP/answers.json" <<RULES
[{"chats": "$PWD/work/tiny/told/chat", "delay": 0.02}]
RULES
serve "$TMP/answers.json"
model=$MODEL
export MODEL="$BASE/v1#m"
calls() {
	cat "$(W)/ledger.jsonl" 2>/dev/null | wc -l
}

RUN=whole
build $letters
total=$(calls)
RUN=killed
: >"$SERVED"
echo >>"$TMP/answers.json"
for moment in 1 2 3 4 5; do
	setsid make TASK=tiny RUN=$RUN $letters >>"$TMP/said" 2>&1 &
	make=$!
	until [ "$(calls)" -ge $((total * moment / 6)) ] || ! kill -0 $make; do sleep 0.01; done 2>/dev/null
	kill -9 -$make
	wait $make 2>/dev/null
	sleep 0.3
done
build $letters
is 'After five kills make ends well' $? 0
is 'No call stands twice in the ledger, and none is missing' \
	"$(jq -r '.chat' work/tiny/killed/ledger.jsonl | sort | cksum)" \
	"$(jq -r '.chat' work/tiny/whole/ledger.jsonl | sort | cksum)"
more=$(($(grep -c . "$SERVED") - total))
ok "The server was asked again at most for what was in flight ($more)" [ $more -le 5 ]
ok 'The solution is that of the undisturbed run' \
	cmp work/tiny/killed/solution.py work/tiny/whole/solution.py

touch -d '2 seconds ago' work/tiny/killed/1/draft/.1.draft.py.cmd
touch -d '1 second ago' work/tiny/killed/in/draft.md
echo >>"$TMP/answers.json"
build
like 'A step that is made again is asked again' "$(ls work/tiny/killed/chat/1/draft)" '1.draft.py.2.json'

kill $servers
offline=
if unshare -n true 2>/dev/null; then offline='unshare -n'; fi
RUN=again
$offline make TASK=tiny RUN=again $letters MODEL=replay:work/tiny/killed >"$TMP/said" 2>&1
is 'replay: ends well without a network' $? 0
ok 'replay: of a run, its solution, byte for byte' \
	cmp work/tiny/again/solution.py work/tiny/killed/solution.py
ok 'and its submission' cmp work/tiny/again/submission.csv work/tiny/killed/submission.csv
is 'nothing has drifted' "$(grep drifted "$TMP/said")" ''
is 'and it cost nothing' "$(jq -s 'map(.cost) | unique' work/tiny/again/ledger.jsonl | tr -d ' \n')" '[0]'
RUN=chat build $letters MODEL=replay:work/tiny/again/chat
ok 'replay: of the chat folder of a replay, too' cmp work/tiny/chat/solution.py work/tiny/killed/solution.py
echo 'Be brief.' >>prompts/merge.md
RUN=drift build $letters MODEL=replay:work/tiny/killed
like 'replay: warns where a request has drifted' "$(cat "$TMP/said")" \
	'^merge: ask replay:work/tiny/killed: call 1 for 1/merge/1.draft.py has drifted: the stored reply is to another request$'
ok 'and goes on with the stored reply' cmp work/tiny/drift/solution.py work/tiny/killed/solution.py
rm work/tiny/again/chat/2/merge/1.draft.py.1.json
RUN=lacks build $letters MODEL=replay:work/tiny/again
is 'replay: ends where a call is missing' $? 2
like 'and says which' "$(cat "$TMP/said")" \
	'^merge: ask replay:work/tiny/again: there is no reply to call 1 for 2/merge/1.draft.py$'
RUN=lacks build $letters MODEL=replay:work/tiny/nowhere
like 'replay: says that there is no such folder' "$(cat "$TMP/said")" \
	'ask replay:work/tiny/nowhere: open work/tiny/nowhere: No such file or directory'

# what a crash may leave
RUN=crash build $letters MODEL=replay:work/tiny/killed T=0
printf 'half a li\000ne' >>work/tiny/crash/ledger.jsonl
printf '\000\000' >>work/tiny/crash/log
mkdir -p work/tiny/crash/chat/1/1
: >work/tiny/crash/chat/1/1/ablate.draft.py.1.json
RUN=crash build MODEL=replay:work/tiny/killed T=1 DEADLINE=1d BUDGET_TOKENS=1000000000
is 'A damaged ledger, log and chat end no run' $? 0
ok 'nor change what comes of it' cmp work/tiny/crash/solution.py work/tiny/killed/solution.py
like 'status still counts' "$(make -s status TASK=tiny RUN=crash 2>&1)" '^  model .*, [0-9]+ calls, [0-9]+ tokens in'

# a run goes on with another model
RUN=other MODEL=$model build $letters T=0 R=0
RUN=other MODEL= build $letters MODEL=replay:work/tiny/told
like 'A run that is given another model says that its results stand' "$(cat "$TMP/said")" \
	"^What is there was made by model $model and stands: a new model makes nothing stale"
like 'and offers RUN= and clean' "$(cat "$TMP/said")" 'by replay:work/tiny/told: RUN=name makes a run beside it; make clean'
cp -a work/tiny/other/ledger.jsonl "$TMP/ledger"
like 'even when a step has asked before its line was read' \
	"$(MODEL=exec:new progress work/tiny/other sh -c \
		'echo "{\"model\":\"exec:new\",\"chat\":\"x.1\"}" >>work/tiny/other/ledger.jsonl
		echo @begin 1/2 draft 1/draft/1.draft.py')" '^What is there was made by model replay:work/tiny/told and'
mv "$TMP/ledger" work/tiny/other/ledger.jsonl
RUN=other mark
RUN=other build MODEL=replay:work/tiny/again
is 'and makes nothing again' "$(RUN=other made)" ''
done_testing
