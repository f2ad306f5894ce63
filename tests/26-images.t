#!/bin/sh
# A task of pictures, labels of most of them in a JSON file at the side, over
# HTTP: the first solution ignores the file, and check-usage brings it in.
. "${0%/*}/lib.sh"
py=${PYTHON:-/usr/bin/python3}
"$py" -c 'import pandas, sklearn' 2>/dev/null || skip "$py has no scikit-learn"
"$py" -c 'import PIL' 2>/dev/null || skip "$py has no Pillow (Debian: python3-pil)"
top=$PWD images=$PWD/tests/images
checkout
unset RULES MODEL
TASK=shapes
"$top/tests/tasks/make-images" work/$TASK

# What the model says: scripts as they stand in tests/images/.
sed -n '/^# Features/,/^$/p' "$images/usage.py" | sed '$d' >"$TMP/block"
splice "$images/usage.py" "$TMP/block" "$images/refine.py" >"$TMP/submit.py"
say() { # regex in the prompt, reply
	jq -n --arg has "$1" --arg reply "$2" '{$has, $reply}'
}
{
	say 'state the facts' '{"metric": "accuracy", "direction": "higher",
		"problem": "multiclass", "target": ["label"], "id": "id", "train": "train.csv",
		"test": "test.csv", "sample": "sample_submission.csv", "labels": "label"}'
	say 'recent, effective models' '[{"model_name": "support vector machine (scikit-learn)",
		"example_code": "from sklearn.svm import SVC\nSVC(C=10).fit(X, y)"}]'
	say 'Write a first, simple script' "@$images/draft.py"
	say 'Check the script for data leakage' \
		'[{"leakage_status": "No Data Leakage", "code_block": "folds = StratifiedKFold("}]'
	say 'uses all the data that it is given' "@$images/usage.py"
	say 'does an ablation study' "@$images/ablate.py"
	say 'Summarize what this ablation' 'The features matter most; bare pixels do much worse.'
	say 'Choose the one block' "$(jq -n --rawfile code_block "$TMP/block" \
		'[{$code_block, plan: "Describe the outline so that its turn does not matter."}]')"
	say 'Rewrite the block by the plan' "@$images/refine.py"
	say 'Make the final script' "@$TMP/submit.py"
} | jq -s . >"$TMP/rules.json"
serve "$TMP/rules.json"

export SEARCH=none OPENAI_API_KEY=sk-0openai0 OPENAI_BASE_URL="$BASE/v1"
build MODEL=openai/some L=1 M=1 T=1 K=1
is 'the run ends well' "$? $(grep -m 1 '^make.*\*\*\*' "$TMP/said")" '0 '
like 'the data are told with the file at the side' \
	"$(jq -r '.files[].path' "$(W)/data.json" | paste -sd ' ')" '(^| )labels.json( |$)'
is 'and with the folder of pictures' "$(jq -c '.folders[] | [.path, .files]' "$(W)/data.json")" \
	'["images",900]'
like 'check-usage is told of both' "$(jq -r 'select(.body | test("uses all the data")) | .body' \
	"$SERVED")" 'labels\.json.*images|images.*labels\.json'
is 'the first solution ignores it' "$(grep -c labels.json "$(W)/1/draft/1.draft.py")" 0
is 'check-usage brings it in' "$(grep -c labels.json "$(W)/1/0/usage.draft.py")" 1
is 'which is better' "$(jq -n --argjson a "$(score 1/draft/1.json)" \
	--argjson b "$(score 1/0/usage.json)" '$b > $a + 0.05')" true
is 'and taken' "$(score 1/0/best.json)" "$(score 1/0/usage.json)"
is 'a block is refined to more' "$(jq -n --argjson a "$(score 1/0/best.json)" \
	--argjson b "$(score 1/1/best.json)" '$b > $a + 0.05')" true
ok 'the solution uses the file' grep -q labels.json "$(W)/solution.py"
ok 'the submission is as the sample is' check-submission -n "$(W)/task.json" \
	work/$TASK/data "$(W)/submission.csv"
like 'its true score is as good' "$(make grade TASK=$TASK)" \
	'^accuracy 0\.(8[5-9]|9)[0-9]* \(higher is better, 200 rows\)$'
is 'each stage asked over the network' "$(jq -r .stage "$(W)/ledger.jsonl" | sort -u | paste -sd ' ')" \
	'ablate check-leak check-usage draft extract-block read-task refine search submit summarize'
done_testing
