#!/bin/sh
# Stepping in: what each way of it has made again.  Edits, touch and rm are in
# 50-graph.t, replies that could not be used in 57-retry.t.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task tiny
W=work/tiny
copy() { # name: from here on RUN is a fork of the first run
	RUN=
	make fork TASK=tiny RUN="$1" >"$TMP/said" 2>&1
	RUN=$1
	mark
}
say() { # goal [SETTING=VALUE...]: what it says
	make -s "$@" 2>&1 | grep -v '^make: \*\*\* \[\|it is as it was\|report.html shows'
}
calls() { # since mark_calls
	tail -n +$((called + 1)) "$(W)/ledger.jsonl" | jq -r .target | LC_ALL=C sort | tr '\n' ' '
}
mark_calls() {
	mark
	called=$(wc -l <"$(W)/ledger.jsonl")
}
by() { # tool: what was made by it
	made | sed -n "s/^$1 //p" | tr '\n' ' '
}

# One draft is debugged once, another never works.
rules <<'END'
{"stage": "draft", "target": "1/draft/1.*", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('y')\n```"}
{"stage": "draft|debug", "target": "2/draft/1.*", "reply": "```python\nprint('Final Validation Performance')\nraise ValueError({n})\n```"}
END
cp "$RULES" "$TMP/first.json"
cp -a prompts "$TMP"
letters='L=2 M=2 T=1 K=2 R=1 ATTEMPTS=2'
build $letters -j2
is 'a run ends well' $? 0
whole=$(tree $W/run)

# fork
copy a
is 'fork copies the run' "$(cat "$TMP/said")" "$W/a: a copy of $W/run; make goes on from there"
is 'nothing is stale in the copy' "$(make -n TASK=tiny RUN=a | grep -c 'keep -p'; build; made)" 0
is 'which holds what the first does' "$(tree $W/a)" "$whole"
build T=2
is 'what is added to the copy is made there' "$(by ablate)" '1/2/ablate.draft.py 2/2/ablate.draft.py '
is 'and leaves the first alone' "$(tree $W/run)" "$whole"
is 'fork refuses a run that is there' "$(say fork TASK=tiny RUN=a)" "fork: make $W/a: it exists"
is 'a run that is not there cannot be copied' "$(say fork TASK=tiny RUN=c FROM=none)" "fork: read $W/none: there is no such run"
like 'nor another task'\''s' "$(say fork TASK=tiny RUN=c FROM=../tiny/run)" 'read FROM: "../tiny/run" is no name'
is 'nor onto itself' "$(say fork TASK=tiny)" "fork: make $W/run: it exists"
like 'nor one that is being built' "$(flock $W/run/.lock make -s fork TASK=tiny RUN=c 2>&1)" "^fork: copy $W/run: .* builds it now"
# One who only looks holds the run for a moment: until somebody waits for it.
flock -s $W/run/.lock timeout 5 sh -c 'echo >"$0"; until grep -q -- "->" /proc/locks; do sleep 0.02; done' "$TMP/looks" &
until [ -e "$TMP/looks" ]; do sleep 0.02; done
like 'who looks at a run keeps nobody from changing it' "$(say unpin TASK=tiny)" 'nothing is pinned$'
mkdir "$TMP/bin"
printf '#!/bin/sh\necho cp: full >&2; exit 1\n' >"$TMP/bin/cp"
chmod +x "$TMP/bin/cp"
is 'a copy that fails leaves nothing' \
	"$(PATH=$TMP/bin:$PATH say fork TASK=tiny RUN=c; ls $W | tr '\n' ' ')" "cp: full
fork: make $W/c: the copy failed
a data run task.md "

# pin
copy p
pin() { # goal, file in the run
	say "$1" F="$W/$RUN/$2"
}
is 'pin tells what is pinned' "$(pin pin 1/draft/2.draft.py)" "$W/p: pinned: 1
  1/draft/2.draft.py"
echo 'Be brief.' >>prompts/draft.md
echo 'Be brief.' >>prompts/plan.md
build
is 'a pinned draft is not made again' "$(by draft)" '1/draft/1.draft.py 2/draft/1.draft.py 2/draft/2.draft.py '
mark
sed -i 's/^score = .*/score = 1.5/' "$(W)/1/draft/2.draft.py"
build
is 'an edit of it is evaluated' "$(score 1/draft/2.json)" 1.5
pin unpin 1/draft/2.draft.py >"$TMP/said"
is 'unpin tells that nothing is' "$(cat "$TMP/said"; ls "$(W)/pins" 2>&1 | grep -c 'No such')" "$W/p: nothing is pinned
1"
mark
build
is 'then it is made again' "$(by draft)$(score 1/draft/2.json)" "1/draft/2.draft.py $(score 1/draft/2.json)"
ok 'and the edit is kept beside it' grep -q 'score = 1.5' "$(W)/1/draft/2.draft.py~"
rm -r prompts
cp -a "$TMP/prompts" .

copy q
pin pin 1/1/2.json >"$TMP/said"
echo 'Another plan of mine.' >"$(W)/1/1/2.plan.md"
touch "$(W)/1/1/2.draft.py"
build
is 'of a pinned result nothing before it is made' "$(made | grep ' 1/1/2')" ''
jq '.score = 0.5' "$(W)/1/1/2.json" >"$TMP/r" && cp "$TMP/r" "$(W)/1/1/2.json"
mark
build
is 'what chooses among results takes it as it is' "$(score 1/1/best.json) $(by best)" '0.5 1/1/best.json ensemble/best.json '
say unpin F="$W/q/1/1/2.json" >"$TMP/said"

copy r
pin pin 1/1/best.json >"$TMP/said"
sed -i 's/^score = .*/score = 0.25/' "$(W)/1/1/1.draft.py" "$(W)/1/draft/2.draft.py"
build
is 'of a pinned choice nothing before it is made, whatever changed there' "$(made)" ''
rm "$(W)/1/1/best.json"
like 'a pinned file that is gone is told of' "$(say TASK=tiny RUN=r)" \
	"keep $W/r/1/1/best.json: it is pinned, but not there: put it back, or make unpin F=$W/r/1/1/best.json"
say unpin TASK=tiny RUN=r >"$TMP/said"
mark
build
is 'unpin without a file unpins all' "$(by best)$(score ensemble/best.json)" \
	'1/0/best.json 1/1/best.json 1/merge/0.best.json 1/merge/1.best.json ensemble/best.json 0.25'

copy s
pin pin 1/models.json >"$TMP/said"
mkdir $W/models
echo '# Mine' >$W/models/mine.md
build
is 'pinned models get no card: its draft is skipped' \
	"$(by search; cat "$(W)/1/draft/3.draft.py")" '2/models.json # mlestar: skipped: the search gave no model 3'
is 'the other lane drafts with it' "$(by run | tr ' ' '\n' | grep draft)" 2/draft/3.try/1.json
rm -r $W/models
is 'make clean leaves a run with pins alone' "$(say clean TASK=tiny RUN=s)" \
	"clean: remove $W/s: files of it are pinned: make unpin TASK=tiny RUN=s"
ls "$(W)/submission.csv" >/dev/null || echo '# it is gone'

# F
for bad in 'run/1/models.json' /etc/passwd "$W/../x/run/y" "$W/run" "$W/data/train.csv" "$W/task.md" 'a b' "$W/run/1 2"; do
	like "F=$bad is refused" "$(say pin "F=$bad" | head -n 1)" 'read F: .*; say a file of a run from here, as in F=work/foo/run/1/2/3.json'
done
like 'so is a file of another run' "$(say pin "F=$W/run/task.json" RUN=a)" 'F: .* is of TASK=tiny RUN=run;'
like 'and one of another task' "$(say redo TASK=other "F=$W/run/task.json")" 'F: .* is of TASK=tiny RUN=run;'
is 'one that is missing' "$(say pin F=$W/run/7/models.json)" "pin: pin 7/models.json: there is no such file in $W/run"
is 'one that no step makes' "$(say pin F=$W/run/log)" "pin: pin log: no step made it"
is 'a copy' "$(say pin F=$W/run/in/plan.md)" 'pin: pin in/plan.md: it is a copy of what you wrote, as this run uses it'
is 'a try' "$(say pin F=$W/run/1/draft/1.try/2.json)" 'pin: pin 1/draft/1.try/2.json: it is a try: pin 1/draft/1.json, its result'
like 'none' "$(say pin TASK=tiny)" 'pin: say which file: make pin F=work/foo/run/1/2/3.json'
like 'without a task, too' "$(say redo)" 'redo: say which file: make redo F=work/foo/run/1/2/3.json'
is 'and nothing is pinned by all that' "$(ls $W/run/pins 2>&1 | grep -c 'No such')" 1

# redo
copy t
mark_calls
is 'redo of a text names it' "$(say redo F=$W/t/1/1/2.plan.md | grep -A1 'made again')" "$W/t: to be made again: 1
  1/1/2.plan.md"
is 'asks for it, and makes nothing else while the reply is the same' "$(made), $(calls)" 'plan 1/1/2.plan.md, 1/1/2.plan.md '
is 'in a new call' "$(ls "$(W)/chat/1/1" | grep -c '^2.plan')" 2
rules <<'END'
{"stage": "plan", "reply": "Something else."}
END
mark_calls
say redo F=$W/t/1/1/2.plan.md >"$TMP/said"
is 'what follows is made where another reply comes' "$(made)" 'plan 1/1/2.plan.md
refine 1/1/2.draft.py'
cp "$TMP/first.json" "$RULES"
mark_calls
is 'redo of a result names its tries' "$(say redo F=$W/t/1/draft/1.json | grep -A9 'made again' | grep -v '^ *\[\|^work.*\(model\|csv\)')" "$W/t: to be made again: 6
  1/draft/1.json
  1/draft/1.try/1.json
  1/draft/1.try/1.py
  1/draft/1.try/2.draft.py
  1/draft/1.try/2.json
  1/draft/1.try/2.py"
is 'runs the script, and asks the debugger anew' "$(made)" 'check-leak 1/draft/1.try/1.py
check-leak 1/draft/1.try/2.py
debug 1/draft/1.try/2.draft.py
evaluate 1/draft/1.json
run 1/draft/1.try/1.json
run 1/draft/1.try/2.json'
is 'in a call each' "$(calls)" '1/draft/1.try/1.py 1/draft/1.try/2.draft.py 1/draft/1.try/2.py '
mark
say redo F=$W/t/1/draft/1.try/2.json >"$TMP/said"
is 'redo of a try makes no other' "$(made)" 'evaluate 1/draft/1.json
run 1/draft/1.try/2.json'
mark
build
is 'then there is nothing to do' "$(made)" ''
say pin F=$W/t/1/draft/1.json >"$TMP/said"
for f in 1.json 1.draft.py 1.try/2.py; do
	is "redo of $f of a pinned result is refused" "$(say redo F=$W/t/1/draft/$f)" \
		"retry: make 1/draft/$f again: 1/draft/1.json is pinned: make unpin F=$W/t/1/draft/1.json"
done
is 'of what is not there, too' "$(say redo F=$W/t/1/9.json)" 'retry: make 1/9.json again: there is no such file; make makes what is missing'
is 'retry leaves pinned files alone' "$(tools/retry $W/t)" "$W/t: to be made again: 1
  2/draft/1.try/2.draft.py"

# best
cat >"$TMP/model" <<END
#!/bin/sh
# the scripted model, which while there is a file wait comes to a halt at a plan
request=\$(cat)
case \$request in
*'"target":"1/1/2.plan.md"'*|*'"target":'?'"1/1/2.plan.md"'*)
	[ ! -e "$TMP/wait" ] || touch "$TMP/there"
	while [ -e "$TMP/wait" ]; do sleep 0.1; done ;;
esac
printf '%s' "\$request" | tests/model
END
chmod +x "$TMP/model"
export MODEL="exec:$TMP/model"
RUN=b
is 'make best of a run that is not there leaves none' "$(say best TASK=tiny RUN=b; ls -d $W/b 2>/dev/null)" "finish: read $W/b: there is no such run"
touch "$TMP/wait"
make -s TASK=tiny RUN=b $letters -j2 >"$TMP/stopped" 2>&1 &
while ! [ -e "$TMP/there" ] || ! [ -e $W/b/2/1/best.json ]; do sleep 0.1; done
mark_calls
is 'make best ends well' "$(make -s best TASK=tiny RUN=b >"$TMP/said" 2>&1; echo $?)" 0
wait $!
like 'the make that was at work is told to stop' "$? $(tail -n 3 "$TMP/stopped" | tr '\n' ' ')" \
	'^[^0].*Stopped by make best, .*: make TASK=tiny RUN=b goes on from there\.'
is 'no script is begun, and no call is made' "$(tail -n +$((marked + 1)) "$(W)/log" | grep '	0	run ') $(calls)" ' '
ok 'there is a valid submission' check-submission $W/b/task.json $W/data $W/b/submission.csv
is 'of the best so far' "$(score submit/best.json)" "$(cat $W/b/[12]/*/[0-9].json $W/b/[12]/draft/*.json | jq -s 'map(.score | numbers) | min')"
like 'the last words say what is left' "$(tail -n 1 "$TMP/said")" \
	'^[0-9]+ steps were postponed: make best ended the run\.  Run make TASK=tiny RUN=b to do the rest\.$'
is 'what was left out one after the other for one reason has one line' \
	"$(sed -n 's/.*\(postponed: .*\)/\1/p; t; s/.*\(skipped: .*\)/\1/p; t; s/.*/-/p' "$TMP/said" | uniq -d | grep -v '^-')" ''
is 'it is no setting' "$(grep -c 'RUN_ENDS\|DEADLINE' $W/b/settings.mk)" 0
rm "$TMP/wait"
build
is 'a plain make goes on' $? 0
is 'to what comes of a run that was let be' "$(tree $W/b)" "$whole"

# compare
printf 'id,y\n4,1\n5,2\n' >$W/answers.csv
is 'compare names what differs, and what it came to' "$(say compare TASK=tiny RUNS='run a' |
	sed 's/  */ /g; s/ $//; /^seconds/d')" " run a
T 1 2
model exec:tests/model exec:tests/model
seed 1 1
metric rmse (lower) rmse (lower)
score $(score ensemble/best.json) $(RUN=a; score ensemble/best.json)
standard error - -
printed $(score ensemble/best.json) $(RUN=a; score ensemble/best.json)
grade 1.5811 1.5811
by script $(jq -r .name $W/run/ensemble/best.json) $(jq -r .name $W/a/ensemble/best.json)
steps 65 $(make status TASK=tiny RUN=a | sed -n 's/.*all \([0-9]*\) steps.*/\1/p')
calls $(grep -c . $W/run/ledger.jsonl) $(grep -c . $W/a/ledger.jsonl)
tokens $(jq -s 'map(.tokens | .in + .out) | add' $W/run/ledger.jsonl) $(jq -s 'map(.tokens | .in + .out) | add' $W/a/ledger.jsonl)
USD - -
solution.py: the same in $W/run and $W/a"
is 'and how far their solutions differ' "$(say compare TASK=tiny RUNS='run q' | tail -n 1)" \
	"solution.py: 1 line out, 1 in: diff $W/run/solution.py $W/q/solution.py"
is 'without RUNS, all runs' "$(say compare TASK=tiny | head -n 1 | sed 's/  */ /g')" ' a b p q r run s t'
is 'one that is not there is told of' "$(say compare TASK=tiny RUNS='run none')" "compare: read $W/none: there is no such run"
done_testing
