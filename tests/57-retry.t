#!/bin/sh
# make retry: what the model gave no usable reply to is asked again, the rest is
# only what follows.
. "${0%/*}/lib.sh"
checkout
TASK=quail
task $TASK
W=$(W)
retry() { # [run]
	retry=$(tools/retry "${1:-$W}" 2>&1)
	echo "$? $retry"
}
asked() { # targets of the calls since mark(), in order of names
	tail -n +$((called + 1)) "$W/ledger.jsonl" | jq -r .target | LC_ALL=C sort | uniq -c | awk '{ print $2 " " $1 }'
}
mark_calls() {
	mark
	called=$(wc -l <"$W/ledger.jsonl")
}
status() { # documents: their states
	for f; do jq -r .status "$W/$f"; done | tr '\n' ' '
}

is 'A run that is not there cannot be asked again' "$(retry)" "100 retry: read $W: there is no such run"
is 'nor without a name' "$(tools/retry 2>&1; echo $?)" 'usage: retry run [file]
100'

# Stages that give scripts, texts and JSON; a debugger; a list with holes.
rules <<'END'
{"stage": "search", "lane": 1, "reply": "[{\"model_name\": \"m0\", \"example_code\": \"pass\"}]"}
{"stage": "search", "lane": 2, "reply": "I know of none."}
{"stage": "draft", "target": "3/draft/2.*", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('a')\n```"}
{"stage": "debug", "target": "3/draft/2.*", "reply": "There is nothing to be done."}
{"stage": "extract-block", "reply": "None."}
{"stage": "summarize", "target": "3/.*", "reply": ""}
END
build L=3 M=2 T=1 K=1 R=0 ATTEMPTS=2
is 'A run ends well though replies could not be used' "$? $(status submit/best.json)" '0 ok '
is 'a list of models may have holes' "$(jq -c 'map(. == null)' "$W/1/models.json")" '[false,true]'
before=$(tree "$W")
mark_calls
is 'retry names what is to be asked again' "$(retry)" "0 $W: to be made again: 6
  1/1/block.json
  1/models.json
  2/models.json
  3/1/block.json
  3/1/summary.md
  3/draft/2.try/2.draft.py"
is 'and changes no document' "$(tree "$W")" "$before"

# The same bad replies: everything named is asked for anew, and nothing else.
build
is 'then they are asked again, three times each if the model does not mend' "$(asked | grep -v models)" \
	'1/1/block.json 3
3/1/block.json 3
3/1/summary.md 3
3/draft/2.try/2.draft.py 3'
is 'a list with holes is asked for once, one without is, too' "$(asked | grep models)" '1/models.json 1
2/models.json 3'
is 'and nothing follows from an equal reply' "$(made | grep -v '^\(debug\|extract-block\|search\|summarize\|evaluate\) ')" ''
is 'nothing has changed' "$(tree "$W")" "$before"

# Good replies.
rules </dev/null
mark_calls
retry >/dev/null
build
is 'A model that does better is taken at its word' "$? $(status 1/1/block.json 3/draft/2.json) $(cut -c1-11 "$W/3/1/summary.md")" \
	'0 null ok  Another way'
is 'the calls are new ones, beside the old' "$(ls "$W/chat/3/1" | grep -c '^block.json')" 7
is 'only what follows is made' "$(made | grep ' 3/draft/')" 'check-leak 3/draft/2.try/2.py
debug 3/draft/2.try/2.draft.py
evaluate 3/draft/2.json
run 3/draft/2.try/2.json'
is 'then there is nothing to ask again' "$(retry)" "0 $W: nothing failed"
mark_calls
build
is 'and nothing to make' "$(made)" ''

# A kill.
RUN=killed
rules <<'END'
{"stage": "extract-block", "reply": "None."}
END
W=$(W)
build L=1 M=1 T=1 K=1 R=0
retry >/dev/null
mark_calls
rules <<'END'
{"stage": "extract-block", "complaint": false, "reply": "None."}
{"stage": "extract-block", "exit": 1}
END
build
rules </dev/null
build
is 'What a killed making was told after a retry is not asked twice' "$(asked | grep block)" '1/1/block.json 2'

echo 'process 1 on elsewhere' >"$W/.lock"
exec 8<"$W/.lock"
flock -n 8
like 'A run that is being made is left alone' "$(retry)" "^111 retry: change $W: .* builds it now"
exec 8<&-
is 'but not if the maker makes it so' "$(tools/hold "$W" tools/retry "$W" 2>&1)" "$W: nothing failed"

# An edit.
RUN=edited
W=$(W)
rules <<'END'
{"stage": "plan", "reply": ""}
{"stage": "summarize", "reply": ""}
END
build L=1 M=1 T=1 K=2 R=0
echo 'My own plan.' >"$W/1/1/2.plan.md"
mkdir -p "$W/1/draft/1.try/1.out"
echo '# mlestar: no-reply: of a script' >"$W/1/draft/1.try/1.out/x.md"
is 'What a person wrote in its place stands; what scripts leave is none of it' "$(retry)" "0 $W: to be made again: 1
  1/1/summary.md"

# Scripts that a limit ended, and scripts that nobody could mend.
RUN=limits
W=$(W)
rules <<'END'
{"stage": "draft", "target": "1/draft/1.*", "reply": "```python\nimport time\ntime.sleep(3)\n{script}\n```"}
{"stage": "draft", "target": "1/draft/2.*", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('a')\n```"}
{"stage": "debug", "target": "1/draft/1.*", "reply": "```python\nimport time\ntime.sleep(4)\n{script}\n```"}
{"stage": "debug", "reply": "```python\nraise KeyError('b')\n```"}
END
build L=1 M=3 T=0 R=0 ATTEMPTS=2 TIMEOUT=2
mark_calls
is 'Scripts that a limit ended are run again, others are mended anew' "$(retry)" "0 $W: to be made again: 3
  1/draft/1.try/1.json
  1/draft/1.try/2.json
  1/draft/2.try/2.draft.py"
build TIMEOUT=100
is 'a script that now runs asks no model' "$(made | grep ' 1/draft/1'; status 1/draft/1.json)" \
	'evaluate 1/draft/1.json
run 1/draft/1.try/1.json
ok '
is 'equal mending is not run again' "$(asked | grep ' 1/draft\|^1/draft'; made | grep ' 1/draft/2')" '1/draft/2.try/2.draft.py 1
debug 1/draft/2.try/2.draft.py
evaluate 1/draft/2.json'
rules </dev/null
retry >/dev/null
mark_calls
build
is 'a mended one is' "$(made | grep ' 1/draft'; status 1/draft/2.json)" 'check-leak 1/draft/2.try/2.py
debug 1/draft/2.try/2.draft.py
evaluate 1/draft/2.json
run 1/draft/2.try/2.json
ok '
is 'and then nothing failed' "$(retry)" "0 $W: nothing failed"
RUN= W=$(W)

# a run that ended at its first question
rules <<'END'
{"stage": "read-task", "reply": "I would not know."}
END
RUN=lost build
is 'a task that the model cannot read ends the run' $? 2
like 'which says what to do' "$(cat "$TMP/said")" \
	'^read-task: ask exec:tests/model: no usable reply in 3: no JSON .*: make retry asks again$'
rules </dev/null
make -s retry TASK=$TASK RUN=lost >"$TMP/said" 2>&1
is 'retry asks again' "$? $(cd work/$TASK/lost/chat && echo task.json.*)" \
	'0 task.json.1.json task.json.2.json task.json.3.json task.json.4.json'
is 'and remembers no setting that nobody gave' "$(grep -c 'PYTHON\|TIMEOUT' work/$TASK/lost/settings.mk)" 0
rules <<'END'
{"stage": "read-task", "reply": "I would not know."}
END
RUN=two build
rules </dev/null
RUN=two build MODEL='exec:cd . && tests/model'
is 'another model is asked by itself' $? 0
RUN=slow build MODEL='exec:sleep 60' LLM_TIMEOUT=1
like 'a program that does not end is ended' "$(cat "$TMP/said")" \
	'^read-task: ask exec:sleep 60: it took more than 1 s \(LLM_TIMEOUT\)$'
is 'one that ends with 124 was not' "$(echo hi | MODEL='exec:exit 124' ask 2>&1)" \
	'ask: ask exec:exit 124: it ended with status 124'
is 'one that does not stop printing is stopped' "$(echo hi | MODEL=exec:yes ask 2>&1)" \
	'ask: ask exec:yes: it printed more than 64 MB'
RUN=slow build MODEL=exec:./nonesuch
like 'one that is not there is told of' "$(cat "$TMP/said")" \
	'^read-task: ask exec:./nonesuch: there is no such program$'
done_testing
