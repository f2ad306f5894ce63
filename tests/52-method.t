#!/bin/sh
# The method, and what goes wrong in its reference and must not here: the order
# is that of its description.  Answers and scores are told to tests/model.
. "${0%/*}/lib.sh"
checkout
TASK=zebrafinch
task $TASK
of() { # document, jq filter
	jq -r "$2" "$(W)/$1"
}
asked() { # target, number of the call, slot: what the model was told
	jq -r ".request.inputs[\"$3\"] // \"nothing\"" "$(W)/chat/$1.$2.json"
}
calls() { # stage: the targets it was asked for
	jq -r "select(.stage == \"$1\") | .target" "$(W)/ledger.jsonl" | sort | tr '\n' ' '
}
one='L=1 M=1 R=0'

# -- all plans compete
rules <<'END'
{"stage": "draft", "score": "60"}
{"stage": "extract-block", "reply": "[{\"code_block\": \"score = 60\", \"plan\": \"First.\"}]"}
{"stage": "refine", "target": "1/1/1.*", "reply": "score = 59"}
{"stage": "refine", "target": "1/1/2.*", "reply": "score = 57"}
{"stage": "refine", "target": "1/1/3.*", "reply": "score = 58"}
END
RUN=plans
build $one T=1 K=1
is 'the one plan of a step wins' "$(of 1/1/best.json '.name, .score')" '1/1/1
59'
is 'and is the one that came with the block' "$(cat "$(W)/1/1/1.plan.md")" 'First.'
build K=2
is 'so does the last of two' "$(of 1/1/best.json '.name, .score')" '1/1/2
57'
build K=3
is 'and the second of three' "$(of 1/1/best.json '.name, .score')" '1/1/2
57'
is 'every plan is tried on the script that the step began with' \
	"$(grep -h '^score' "$(W)"/1/1/?.draft.py)" 'score = 59
score = 57
score = 58'
is 'a later plan is told the earlier, with scores and times' \
	"$(asked 1/1/3.plan.md 1 history | sed 's/about [0-9]* s/about N s/')" \
	"First.

Score: 59 (lower is better), run time about N s

$(cat "$(W)/1/1/2.plan.md")

Score: 57 (lower is better), run time about N s"
is 'the best goes on to the end' "$(of submit/best.json .score)" 57

# -- what is no score
rules <<'END'
{"stage": "draft", "score": "60"}
{"stage": "extract-block", "reply": "[{\"code_block\": \"score = 60\", \"plan\": \"First.\"}]"}
{"stage": "refine", "n": 1, "reply": "score = float('nan')"}
{"stage": "refine", "n": 2, "reply": "score = float('-inf')"}
{"stage": "refine", "n": 3, "reply": "score = 1\nimport atexit, os\natexit.register(os._exit, 3)"}
{"stage": "refine", "n": 4, "reply": "score = 1\nimport atexit, os\natexit.register(os.kill, os.getpid(), 11)"}
{"stage": "refine", "n": 5, "reply": "score = 60"}
{"stage": "refine", "n": 6, "reply": "score = 60.0"}
{"stage": "refine", "n": 7, "reply": "score = 1\nprint('Final Validation Performance: 2', flush=True)\nimport time; time.sleep(60)"}
END
RUN=none
build $one T=1 K=7 ATTEMPTS=1 TIMEOUT=3
results() {
	for k in 1 2 3 4 5 6 7; do
		of "1/1/$k.json" '"\(.status) \(.score)"'
	done
}
is 'nan, infinity, a failure, a signal, no change and a timeout are no score' "$(results)" 'no-score null
no-score null
error null
killed null
no-reply null
ok 60
timeout null'
is 'and never win, nor does an equal one' "$(of 1/1/best.json '.name, .score')" '1/draft/1
60'
is 'what a script printed before its time was up is kept' "$(of 1/1/7.json .stdout)" \
	'Final Validation Performance: 2'

# -- replacing a block
rules <<'END'
{"stage": "draft", "reply": "{script}\nprint(1)\nprint(1)"}
{"stage": "extract-block", "complaint": false, "reply": "[{\"code_block\": \"no such line\", \"plan\": \"p\"}]"}
{"stage": "extract-block", "complaint": "not in the script", "reply": "[{\"code_block\": \"print(1)\", \"plan\": \"p\"}]"}
{"stage": "extract-block", "complaint": "more than once", "reply": "[{\"code_block\": \"\\n\", \"plan\": \"p\"}]"}
END
RUN=block
build $one T=1 K=2
is 'a block that is absent, double or empty is refused, and asked for again' \
	"$(for n in 1 2 3; do asked 1/1/block.json $n complaint; done)" 'nothing
code_block: the block is not in the script
code_block: the block occurs more than once in the script'
is 'the prompt says why' "$(jq -r .request.prompt "$(W)/chat/1/1/block.json.2.json" | grep -c 'the block is not in the script')" 1
is 'then the step is given up' "$(of 1/1/block.json '.status, .reason')" 'no-reply
code_block: the block is empty'
is 'its plans are not asked for, nor run' "$(calls 'plan|refine'; of 1/1/1.json .status; of 1/1/2.json .status)" 'skipped
skipped'
is 'and the run goes on' "$(of submit/best.json .name)" submit/1
rules <<'END'
{"stage": "extract-block", "reply": "[{\"code_block\": \"import csv  \", \"plan\": \"p\"}]"}
{"stage": "refine", "n": 1, "reply": "I have no idea, sorry."}
{"stage": "refine", "n": 2, "complaint": false, "reply": "import csv"}
{"stage": "refine", "n": 2, "complaint": "the same as the old", "reply": "import (csv"}
{"stage": "refine", "n": 2, "complaint": "no code block found", "reply": "import csv  # better"}
END
RUN=refine
build $one T=1 K=2
is 'prose is no block' "$(of 1/1/1.json .status)" no-reply
is 'a block that changes nothing, and what is no code, is asked for again' \
	"$(for n in 2 3; do asked 1/1/2.draft.py $n complaint; done)" \
	'the new block is the same as the old
no code block found'
is 'one that is good is put in its place, and nothing else' \
	"$(diff "$(W)/1/draft/1.draft.py" "$(W)/1/1/2.draft.py")" '2c2
< import csv
---
> import csv  # better'

# -- scores and code among other words
rules <<'END'
{"stage": "draft", "reply": "Here it is, the script: **enjoy**\n\n```python\n{script}\nprint('Final Validation Performance: 12.5 RMSE (fold 3: 99.1)')\n```\n\nInstall it so:\n\n```bash\npip install x\n```\nDone."}
END
RUN=words
build $one T=0
is 'a unit after the score does no harm' "$(score 1/draft/1.json)" 12.5
is 'prose and other blocks are no code' "$(grep -cE 'enjoy|pip|Done' "$(W)/1/draft/1.draft.py")" 0

# -- usage of the data
is 'a script that uses all data is not run again' "$(calls check-usage; grep -c '0/usage.try' "$(W)/log")" \
	'1/0/usage.draft.py 0'
rules <<'END'
{"stage": "draft", "score": "60"}
{"stage": "check-usage", "score": "50"}
END
RUN=usage
build $one T=0
is 'one that does not is rewritten, and what it gives counts' "$(of 1/0/best.json '.name, .score')" '1/0/usage
50'
rules <<'END'
{"stage": "draft", "score": "60"}
{"stage": "check-usage", "score": "70"}
END
RUN=usage2
build $one T=0
is 'but only if it is better' "$(of 1/0/best.json '.name, .score')" '1/draft/1
60'

# -- leaks
rules <<'END'
{"stage": "draft", "target": "1/.*", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('y')\n```"}
{"stage": "check-leak", "target": "1/merge/.*", "complaint": false, "reply": "[{\"leakage_status\": \"Yes Data Leakage\", \"code_block\": \"fit(everything)\"}]"}
{"stage": "check-leak", "target": "2/draft/2.*", "reply": "[{\"leakage_status\": \"Yes Data Leakage\", \"code_block\": \"import csv\"}]"}
{"stage": "check-leak-fix", "reply": "import csv  # mended"}
END
RUN=leak
build L=2 M=2 T=1 K=2 R=1
is 'drafts, debugged scripts, merges, refinements, ensembles and the last script are checked' \
	"$(calls check-leak | tr ' ' '\n' | uniq | tr '\n' ' ')" \
	"$(cd "$(W)" && find [0-9]* ensemble submit -path '*.try/[0-9].py' ! -path '*ablate*' | sort | tr '\n' ' ')"
like 'all of them' "$(calls check-leak)" \
	'^1/1/1.try/1.py 1/1/2.try/1.py 1/draft/1.try/1.py 1/draft/1.try/2.py .*1/merge/1.try/1.py .*ensemble/1.try/1.py submit/1.try/1.py $'
is 'a leak takes two calls' "$(calls 'check-leak-fix')" '2/draft/2.try/1.py '
is 'the second is told the block' "$(asked 2/draft/2.try/1.py 2 block)" 'import csv'
is 'and only the block is mended' \
	"$(diff "$(W)/2/draft/2.draft.py" "$(W)/2/draft/2.try/1.py")" '2c2
< import csv
---
> import csv  # mended'
is 'a leak that is not in the script is asked for again' "$(asked 1/merge/1.try/1.py 2 complaint)" \
	'code_block: the block is not in the script'

# -- debugging
rules <<'END'
{"stage": "draft", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('alpha')\n```"}
{"stage": "debug", "n": 2, "reply": "```python\nprint('Final Validation Performance')\nraise ValueError('beta')\n```"}
{"stage": "debug", "n": 3, "reply": "There is nothing to be done."}
END
RUN=debug
build $one T=0 ATTEMPTS=4
like 'a debugger is told the error' "$(asked 1/draft/1.try/2.draft.py 1 error)" "KeyError: 'alpha'"
like 'the next one the fresh error' "$(asked 1/draft/1.try/3.draft.py 1 error)" "ValueError: 'beta'|ValueError: beta"
is 'not the stale one' "$(asked 1/draft/1.try/3.draft.py 1 error | grep -c alpha)" 0
is 'and what was tried' "$(asked 1/draft/1.try/3.draft.py 1 earlier | grep "^raise\|^KeyError\|^#")" \
	"## Try 1
raise KeyError('alpha')
KeyError: 'alpha'"
is 'one that gives no script ends the tries' "$(of 1/draft/1.json '.status, .attempts')" 'error
2'

# -- no script works
like 'then the run ends, and names the files to read' "$(cat "$TMP/said")" \
	'^best: find a script that works: there is none: .*1/draft/1'
sed -i "s/raise.*/import shutil; shutil.copy('input\/sample_submission.csv', 'final\/submission.csv'); print('Final Validation Performance: 3')/" "$(W)/1/draft/1.draft.py"
build
is 'and goes on once one is mended by hand' "$? $(score submit/best.json)" '0 3'
rules <<'END'
{"stage": "draft|debug", "lane": 1, "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('y')\n```"}
{"stage": "draft|debug", "target": "2/draft/2.*", "reply": "```python\nprint('Final Validation Performance: 0')\nraise KeyError('y')\n```"}
{"stage": "ablate|debug", "target": ".*ablate.*", "reply": "```python\nraise KeyError('z')\n```"}
END
RUN=lane
build L=2 M=2 T=1 K=1 R=1 ATTEMPTS=2
is 'a lane without a script that works drops out' "$? $(of 1/1/best.json .status)" '0 dead'
is 'nothing more is asked for it' "$(calls '.*' | tr ' ' '\n' | grep ^1/ | grep -v draft; calls merge)" ''
is 'an ablation that fails costs its summary, no more' \
	"$(cut -c1-18 "$(W)/2/1/summary.md"; of 2/1/1.json .status)" '# mlestar: skipped
ok'
is 'the block is then chosen without' "$(asked 2/1/block.json 1 summary)" 'There is none.'

# -- merging
rules <<'END'
{"stage": "draft", "n": 1, "score": "61"}
{"stage": "draft", "n": 2, "score": "60"}
{"stage": "draft", "n": 3, "score": "63"}
{"stage": "draft", "n": 4, "score": "62"}
{"stage": "merge", "n": 1, "score": "60.0"}
{"stage": "merge", "n": 2, "score": "60.5"}
{"stage": "merge", "n": 3, "score": "1"}
END
RUN=merge
build L=1 M=4 T=0
is 'the best draft comes first' "$(asked 1/merge/1.draft.py 1 base | grep ^score)" 'score = 60'
is 'then the others, best first' "$(for n in 1 2; do asked 1/merge/$n.draft.py 1 reference | grep ^score; done)" 'score = 61
score = 62'
is 'a merge that is not worse is accepted' "$(of 1/merge/1.best.json .name)" 1/merge/1
is 'one that is worse is not' "$(of 1/merge/2.best.json .name)" 1/merge/1
is 'and ends merging' "$(calls merge; of 1/merge/3.json .status)" '1/merge/1.draft.py 1/merge/2.draft.py skipped'
is 'with what was best' "$(of 1/0/best.json '.name, .score')" '1/merge/1
60'

# -- steps
rules <<'END'
{"stage": "draft", "score": "60"}
{"stage": "extract-block", "n": 1, "reply": "[{\"code_block\": \"score = 60\", \"plan\": \"First.\"}]"}
{"stage": "extract-block", "complaint": false, "reply": "[{\"code_block\": \"import csv\", \"plan\": \"Second.\"}]"}
{"stage": "extract-block", "n": 3, "complaint": "refined in an earlier step", "reply": "[{\"code_block\": \"score = 59\", \"plan\": \"Third.\"}]"}
{"stage": "refine", "target": "1/1/.*", "reply": "score = 59"}
{"stage": "refine", "target": "1/2/.*", "reply": "import csv\nimport nothing"}
{"stage": "refine", "target": "1/3/.*", "reply": "score = 58"}
{"stage": "summarize", "n": 1, "reply": "Trees matter."}
END
RUN=steps
build $one T=3 K=1 ATTEMPTS=1
is 'a step begins with the best of the one before, or with what that began with' \
	"$(for t in 1 2 3; do grep -h '^score' "$(W)/1/$t/1.draft.py"; done; of 1/2/best.json .name)" 'score = 59
score = 59
score = 58
1/1/1'
is 'an ablation is told of earlier ones' "$(asked 1/2/ablate.draft.py 1 summaries)" '## Study 1

Trees matter.'
is 'a block that was refined is not taken again' "$(asked 1/3/block.json 1 blocks | grep -cx 'score = 60\|import csv')" 2
is 'else it is refused' "$(asked 1/3/block.json 2 complaint)" \
	'code_block: it was refined in an earlier step; choose another'

# -- ensembles, and a metric of which more is better
rules <<'END'
{"stage": "read-task", "complaint": false, "reply": "{\"metric\": \"accuracy\", \"direction\": \"higher\", \"problem\": \"binary\", \"target\": \"y\", \"id\": \"id\", \"train\": \"train.csv\", \"test\": \"test.csv\", \"sample\": \"sample_submission.csv\", \"labels\": \"number\"}"}
{"stage": "draft", "lane": 1, "score": "0.7"}
{"stage": "draft", "lane": 2, "score": "0.8"}
{"stage": "ensemble", "n": 1, "score": "0.75"}
{"stage": "ensemble", "n": 2, "score": "0.8"}
END
RUN=rounds
build L=2 M=1 T=0 R=2
is 'ensembles are told all solutions' "$(asked ensemble/1.draft.py 1 scripts | grep '^score\|^##')" '## Solution 1
score = 0.7
## Solution 2
score = 0.8'
is 'their plans the scores' "$(asked ensemble/1.plan.md 1 scripts | grep '^##')" \
	'## Solution 1, score 0.7 (higher is better)
## Solution 2, score 0.8 (higher is better)'
like 'and what was tried' "$(asked ensemble/2.plan.md 1 history)" '^Score: 0.75 \(higher is better\)'
is 'the best single solution competes' "$(of ensemble/best.json '.name, .score')" '2/draft/1
0.8'

# -- the submission
invalid="import os\\nos.truncate('final/submission.csv', 5)"
rules <<END
{"stage": "submit", "reply": "{script}\n$invalid"}
END
RUN=submit
build $one T=0
like 'a submission that is not valid is debugged' "$(asked submit/1.try/2.draft.py 1 error)" \
	'^./final/submission.csv is not valid: '
is 'until it is' "$(of submit/best.json '.name, .attempts')" 'submit/1
2'
rules <<END
{"stage": "submit|debug", "reply": "{script}\n$invalid"}
END
RUN=fall
build $one T=0 ATTEMPTS=2
is 'if it never is, the best script stands in' "$? $(of submit/best.json .name) $(tail -n 1 "$(W)/submission.csv")" \
	'0 1/draft/1 5,0'
rules <<END
{"stage": "draft|submit|debug", "reply": "{script}\n$invalid"}
END
RUN=invalid
build $one T=0 ATTEMPTS=2
like 'if that left none that is valid, the run ends and says why' "$(cat "$TMP/said")" \
	'^accept: find a valid submission: there is none; submit/1.json: .*; .*1/draft/1.try/1.out/submission.csv: '

# -- lanes side by side
rules <<'END'
{"stage": "draft", "reply": "{script}\nimport time; time.sleep(2)"}
END
RUN=beside
build L=2 M=1 T=0 R=0 -j2 &
until [ "$(ls "$(W)/scratch" 2>/dev/null | wc -l)" = 2 ] || [ -e "$(W)/submission.csv" ]; do sleep 0.05; done
is 'scripts of two lanes run at the same time' "$(ls "$(W)/scratch" | wc -l)" 2
wait $!

# -- the model
rules <<'END'
{"stage": "merge", "exit": 1}
END
RUN=model
build L=1 M=2 T=0
like 'trouble with the model ends the run' "$(cat "$TMP/said")" '^merge: ask exec:tests/model: it ended with status 1$'
rules </dev/null
mark
build
is 'and make goes on from there' "$? $(made | grep -c 1/draft/)" '0 0'
is 'the model sees the data' "$(asked 1/draft/1.draft.py 1 task | grep -c '"name":"x","type":"integer"')" 2
is 'and the task in the words of a person' "$(asked 1/draft/1.draft.py 1 task | grep -c '^Predict y')" 1
is 'no prompt knows the name of the task' "$(cat work/$TASK/*/chat/*.json | jq -r .request.prompt | grep -ci $TASK)" 0
is 'nor is any task part of the program' "$(grep -rliE 'california|housing|diabetes' prompts tools/*.c tools/*/*.c)" ''
is 'the data is not copied' "$(find work/$TASK/*/ -name train.csv | grep -v '/data/\|/split/')" ''
done_testing
