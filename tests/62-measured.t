#!/bin/sh
# Scores measured on rows that are held out: what scripts see, what counts, how
# the run ends.
. "${0%/*}/lib.sh"
/usr/bin/python3 -c 'import sklearn, pandas' 2>/dev/null || skip '/usr/bin/python3 has no scikit-learn'
checkout
export TASK=half
mkdir -p work/half/data
echo 'Predict y. Metric: rmse.' >work/half/task.md
awk 'BEGIN { print "id,x,y"; for (i = 1; i <= 100; i++) print i "," i ".5," 2 * i + i * 7 % 5 }' >work/half/data/train.csv
awk 'BEGIN { print "id,x"; for (i = 101; i <= 130; i++) print i "," i ".5" }' >work/half/data/test.csv
awk 'BEGIN { print "id,y"; for (i = 101; i <= 130; i++) print i ",0" }' >work/half/data/sample_submission.csv
awk 'BEGIN { print "id,y"; for (i = 101; i <= 130; i++) print i "," 2 * i + i * 7 % 5 }' >work/half/answers.csv
reply() { # stage, target, printed score, prediction, [more code]: a rule
	jq -n --arg stage "$1" --arg target "$2" --arg code "import csv
train = list(csv.DictReader(open('input/train.csv')))
test = list(csv.DictReader(open('input/test.csv')))
print('trained on', len(train), 'of', min(train[0]), 'predicts', len(test))
$5
print('Final Validation Performance: $3')
with open('final/submission.csv', 'w') as f:
    f.write('id,y\\n')
    for r in test:
        x = float(r['x'])
        f.write('%s,%s\\n' % (r['id'], $4))
" '{stage: $stage, target: $target, reply: "```python\n\($code)```"}'
}
{
	reply draft 1/draft/1.draft.py 0.001 '2 * x + 9'
	reply draft 1/draft/2.draft.py 30 '2 * x + 1'
	reply merge '.*' 200 '2 * x + 99'
} | rules
small='L=1 M=2 T=0 R=0'
build $small
is 'a run ends well' "$(ls work/half/run/submission.csv; grep -c . work/half/run/submission.csv)" 'work/half/run/submission.csv
31'
is 'a fifth of the rows is held out' "$(jq -c '[.score, .fit, .holdout]' work/half/run/split/rows.json)" \
	'["measured",80,20]'
is 'a script sees the others, and these as the test file' \
	"$(jq -r '.stdout | split("\n")[0]' work/half/run/1/draft/1.json)" 'trained on 80 of id predicts 20'
is 'the final script sees all, and the test file' \
	"$(jq -r '.stdout | split("\n")[0]' work/half/run/submit/1.json)" 'trained on 100 of id predicts 30'
is 'the one that lies loses' "$(jq -r .name work/half/run/ensemble/best.json)" 1/draft/2
is 'what counts is what was measured' \
	"$(jq -c '[.score == .measured, .printed, .se > 0]' work/half/run/ensemble/best.json)" '[true,30,true]'
like 'the liar is suspect' "$(jq -r .suspect work/half/run/1/draft/1.json)" \
	'^it printed 0\.001, but scores [89]\.'
is 'the modest one is not' "$(jq -r .suspect work/half/run/1/draft/2.json)" null
is 'the suspicion is evidence for check-leak' "$(jq -r '.request.prompt' work/half/run/chat/1/draft/1.try/*.json 2>/dev/null |
	grep -c 'There is a sign that it does: it printed 0.001, but scores')" 1
is 'the final script is the one that was chosen' \
	"$(jq -rj .script work/half/run/ensemble/best.json | cmp - work/half/run/solution.py && echo same)" same
is 'and has its score' "$(jq .measured work/half/run/submit/best.json)" "$(jq .measured work/half/run/ensemble/best.json)"
is 'nobody is asked for it' "$(jq -r .stage work/half/run/ledger.jsonl | grep -c submit)" 0
ok 'count knows' make count TASK=half
like 'status tells how scores come' "$(make status TASK=half)" \
	'^  scores +measured on 20 of 100 rows, which scripts do not see \(random\)$'
like 'and who is suspect' "$(make status TASK=half)" '^  suspect +1/draft/1: it printed'
make scores TASK=half >"$TMP/scores"
is 'scores: all scripts, the best first' "$(awk 'NR > 2 && NF > 3 && $1 !~ /:$/ { print $1, $4, $5 }' "$TMP/scores")" \
	'1/draft/2 30 
1/draft/1 0.001 suspect
1/merge/1 200 '
like 'and the grade' "$(cat "$TMP/scores")" '^grade:  [0-9.]+, standard error [0-9.]+, 30 rows$'
draft=work/half/run/1/draft/2.json
mv $draft "$TMP/draft"
echo '{' >$draft
is 'a damaged result is named and left out' \
	"$(make scores TASK=half 2>&1 | sed -n '/^scores:/p; /^[0-9].*\//s/ .*//p')" \
	"scores: read $draft: it is no JSON: it is left out
1/draft/1
1/merge/1"
mv "$TMP/draft" $draft
mark
build $small
is 'then nothing is to be done' "$(made)" ''
echo '101,101.5,209' >>work/half/data/train.csv
build $small
is 'a new row is split anew' "$(jq -c '[.fit, .holdout]' work/half/run/split/rows.json)" '[81,20]'

cp work/half/data/train.csv work/half/data/notes.txt
RUN=copy build $small
is 'a copy of the rows beside them: nothing is measured' "$(jq -r .why work/half/copy/split/rows.json)" \
	'notes.txt may hold rows of the training table'
rm work/half/data/notes.txt

# What is wrong with a submission is the debugger's.
export RUN=bad
{
	reply draft 1/draft/1.draft.py 1 '"nan"'
	reply debug '.*' 1 '2 * x'
} | rules
build L=1 M=1 T=0 R=0
is 'a submission that is not valid is mended' "$(jq -c '[.status, .attempts]' work/half/bad/1/draft/1.json)" '["ok",2]'
like 'by what is wrong with it' "$(jq -r '.request.inputs.error // empty' $(find work/half/bad/chat -name '*.json'))" \
	"submission.csv is not valid: row 1: 'y' is NaN"

# A suspect script that is changed by check-leak, and does not work then.
export RUN=doubt
{
	reply draft '.*' 0.001 '2 * x + 9'
	jq -n '{stage: "check-leak-fix", reply: "```python\nimport nothing\n```"},
		{stage: "debug", reply: "I cannot."}, {stage: "check-leak", target: ".*2.draft.py",
		reply: "[{\"leakage_status\": \"Yes Data Leakage\", \"code_block\": \"import csv\"}]"}'
} | rules
build L=1 M=1 T=0 R=0
is 'if it does not work then, the suspect one stands' \
	"$(jq -c '[.status, .attempts, (.suspect != null)]' work/half/doubt/1/draft/1.json)" '["ok",1,true]'
like 'the debugger is told of the last error alone' \
	"$(jq -r '.request | select(.stage == "debug") | .inputs.error' $(find work/half/doubt/chat -name '*.json') | head -n 1)" \
	'^error: exit status 1: ModuleNotFoundError'

ok 'count knows what that took' make count TASK=half RUN=doubt
export RUN=cured
{
	reply draft '.*' 0.001 '2 * x + 9'
	jq -n '{stage: "check-leak-fix", reply: "```python\nimport csv  # mended\n```"},
		{stage: "check-leak", target: ".*2.draft.py",
		reply: "[{\"leakage_status\": \"Yes Data Leakage\", \"code_block\": \"import csv\"}]"}'
} | rules
build L=1 M=1 T=0 R=0
is 'if it works, it is the one' "$(jq -c '[.status, .attempts]' work/half/cured/1/draft/1.json
	grep -c mended work/half/cured/solution.py)" '["ok",2]
1'
ok 'and count knows' make count TASK=half RUN=cured

# A better script that is not better by MARGIN.
export RUN=margin
{
	reply draft 1/draft/1.draft.py 1 '2 * x + 1.5'
	reply merge '.*' 1 '2 * x + 1.4'
} | rules
build L=1 M=2 T=0 R=0 MARGIN=3
is 'with MARGIN a script stays unless another is clearly better' \
	"$(jq -r '[.name, .stopped] | tostring' work/half/margin/1/merge/1.best.json)" \
	'["1/draft/1","1/merge/1.json was not accepted"]'
build L=1 M=2 T=0 R=0 MARGIN=0
is 'else the better one wins' "$(jq -r .name work/half/margin/1/merge/1.best.json)" 1/merge/1

build SCORE=printed MARGIN=1
like 'it is refused where there are no standard errors' "$(cat "$TMP/said")" \
	'make: read MARGIN: with SCORE=printed there are no standard errors'

# The end of a run whose time is up, and of a script that cannot take all rows.
export RUN=late
{
	reply draft '.*' 1 '2 * x'
} | rules
enough=$(jq -s '[.[] | select(.stage | test("read-task|search|draft|check-leak")) | .tokens.in + .tokens.out] | add + 1' work/half/bad/ledger.jsonl)
build L=1 M=1 T=1 K=1 R=0 BUDGET_TOKENS=$enough
is 'a run whose budget is spent makes its submission' "$(grep -c . work/half/late/submission.csv)" 31
like 'and says what was postponed' "$(make status TASK=half RUN=late)" 'postponed.*BUDGET_TOKENS'
export RUN=big
{
	reply draft '.*' 1 '2 * x' 'if len(train) > 90: raise MemoryError("too many rows")'
	jq -n '{stage: "debug", reply: "I cannot."}'
} | rules
build L=1 M=1 T=0 R=0
is 'one that cannot take all rows is run on those it can' \
	"$(jq -r '[.status, .reason, (.stdout | split("\n")[0])] | tostring' work/half/big/submit/best.json)" \
	'["ok","on all rows: error: exit status 1: MemoryError: too many rows","trained on 81 of id predicts 30"]'

like 'which is said' "$(tail -n 1 "$TMP/said"; make status TASK=half)" \
	'It was made from the rows of the search alone; on all rows: error.*
.*final +made from the rows of the search alone; on all rows: error'
export RUN=mended
{
	reply draft '.*' 1 '2 * x' 'if len(train) > 90: raise MemoryError("too many rows")'
	reply debug '.*' 0.0001 0
} | rules
build L=1 M=1 T=0 R=0
is 'a final script that was mended is not measured, and its print no score' \
	"$(jq -c '[.status, .score, .printed]' work/half/mended/submit/best.json)" '["ok",null,0.0001]'
like 'which is said, too' "$(tail -n 1 "$TMP/said"; make scores TASK=half)" \
	'submission.csv: not measured: the script of 1/draft/1, mended'

# By time, as a person says.
export RUN=time
rules </dev/null
build L=1 M=1 T=0 R=0 TIME_COLUMN=x
is 'TIME_COLUMN holds the last out' "$(jq -r '.by + " " + .held' work/half/time/split/rows.json | tr -s 01)" 'time 01'
like 'which the run remembers' "$(make status TASK=half)" 'TIME_COLUMN=x'

# By print.

# A metric of the user's own, which is mended.
export RUN=own
reply draft '.*' 1 '2 * x + 1.5' | rules
printf '#!/bin/sh\necho 50\n' >metric.sh
chmod 755 metric.sh
build L=1 M=2 T=0 R=0 SCORE= MARGIN=0 METRIC=exec:./metric.sh DIRECTION=higher
is 'a program is the metric' "$(jq .score work/half/own/1/draft/1.json)" 50
before=$(grep -c '	run ' work/half/own/log)
sed -i 's/50/60/' metric.sh
build
is 'once it is mended, every script is scored again' \
	"$(jq .score work/half/own/1/draft/1.json work/half/own/1/draft/2.json work/half/own/ensemble/best.json | tr '\n' ' ')" '60 60 60 '
is 'and none runs again' "$(grep -c '	run ' work/half/own/log)" "$before"
is 'scores lists them' "$(make scores TASK=half | grep -c '^1/')" 3
build M=1
is 'but not those that the settings do not ask for any more' "$(make scores TASK=half | grep '^1/' | awk '{ print $1 }')" 1/draft/1

export RUN=printed
{
	reply draft 1/draft/1.draft.py 0.001 '2 * x + 9'
	reply draft 1/draft/2.draft.py 30 '2 * x + 1'
} | rules
build $small SCORE=printed
is 'SCORE=printed goes by what scripts print' \
	"$(jq -r '[.name, .score, .measured] | tostring' work/half/printed/ensemble/best.json)" '["1/draft/1",0.001,null]'
like 'status says so' "$(make status TASK=half RUN=printed)" '^  scores +printed by the scripts: SCORE=printed$'
rm work/half/data/test.csv
export RUN=other
jq -n '{stage: "read-task", reply: "{\"metric\": \"rmse\", \"direction\": \"lower\", \"problem\": \"regression\", \"target\": [\"y\"], \"id\": \"id\", \"train\": \"train.csv\", \"test\": null, \"sample\": \"sample_submission.csv\", \"labels\": \"number\"}"}' | rules
build $small SCORE=measured
like 'what cannot be measured is told' "$(cat "$TMP/said")" '^split: measure scores: '
done_testing
