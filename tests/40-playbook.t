#!/bin/sh
# The playbook: each stage's reply, ten metrics, seeds, ablations, leaks.
. "${0%/*}/lib.sh"
py=${PYTHON:-/usr/bin/python3}
"$py" -c 'import pandas, sklearn' 2>/dev/null || skip "$py has no scikit-learn"

answer() { # stage, lane, seed, slot=file...
	request=$(jq -nc --arg s "$1" --argjson l "$2" --argjson d "$3" \
		'{stage: $s, lane: $l, n: 1, seed: $d, inputs: {}}')
	shift 3
	for s; do
		request=$(printf '%s' "$request" | jq -c --arg k "${s%%=*}" \
			--rawfile v "${s#*=}" '.inputs[$k] = $v')
	done
	printf '%s' "$request" | "$py" tools/playbook
}
code() { # takes a reply out of its fence
	sed '/^```/d'
}
task() { # name, folder, [metric]: makes the task, small, and its brief
	tests/tasks/make-task "$1" "$2"
	head -n 161 "$2/data/train.csv" >"$2/t" && mv "$2/t" "$2/data/train.csv"
	head -n 41 "$2/data/test.csv" >"$2/t" && mv "$2/t" "$2/data/test.csv"
	head -n 41 "$2/data/sample_submission.csv" >"$2/t" &&
		mv "$2/t" "$2/data/sample_submission.csv"
	test "$3" && sed -i "s/^Metric: .*/Metric: $3/" "$2/task.md"
	tools/describe "$2/data" >"$2/data.json"
	answer read-task 1 1 task="$2/task.md" data="$2/data.json" >"$2/task.json"
	brief "$2"
}
brief() {
	{
		echo '# Task'
		cat "$1/task.md"
		for s in Facts:task Data:data; do
			printf '\n# %s\n\n```json\n' "${s%:*}"
			cat "$1/${s#*:}.json"
			echo '```'
		done
		printf '\n# Packages\n\n```json\n{"packages": {}}\n```\n\n# Rules\n'
	} >"$1/brief.md"
}
try() { # folder, script: runs it there, prints what it printed
	(cd "$1" && ln -sfn data input && mkdir -p final && "$py" "$2" 2>err) ||
		tail -n 3 "$1/err"
}
number='Final Validation Performance: -?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?$'
rows() { # a submission's header, rows, and rows with a gap
	printf '%s %s %s' "$(head -n 1 "$1")" "$(sed 1d "$1" | grep -c .)" \
		"$(grep -Ec ',$|,nan|,inf' "$1")"
}

# Ten metrics: a draft runs and answers every row.  Each with another card.
i=0
for m in missing:rmse skewed:rmsle mae:mae r2:r2 three:accuracy categories:auc \
	noise:logloss f1:f1 three:macro-f1 qwk:qwk; do
	i=$((i + 1)) metric=${m#*:} d=$TMP/$metric
	task "${m%:*}" "$d" "$metric"
	is "$metric is read from the task" "$(jq -r .metric "$d/task.json")" "$metric"
	echo 1 >"$d/n"
	answer search $((i % 2 + 1)) $i task="$d/brief.md" n="$d/n" >"$d/cards"
	jq -r '.[0].model_name' "$d/cards" | tr -d '\n' >"$d/name"
	jq -r '.[0].example_code' "$d/cards" >"$d/example"
	answer draft 1 1 task="$d/brief.md" model_name="$d/name" \
		example_code="$d/example" >"$d/reply"
	is "$metric: a draft is one fence" "$(grep -c '^```' "$d/reply")" 2
	code <"$d/reply" >"$d/draft.py"
	like "$metric: $(cat "$d/name") scores" "$(try "$d" draft.py)" "^$number"
	is "$metric: and answers every row" "$(rows "$d/final/submission.csv")" \
		"$(head -n 1 "$d/data/sample_submission.csv") 40 0"
	is "$metric: no leak in it" "$(answer check-leak 1 1 script="$d/draft.py" |
		jq -r '.[0].leakage_status')" 'No Data Leakage'
done

# read-task: names as people write them, what is not known
d=$TMP/rmse
while IFS='|' read -r said metric direction; do
	sed "s/^Metric: .*/Submissions are evaluated by $said./" "$d/task.md" >"$TMP/md"
	is "$said is $metric" "$(answer read-task 1 1 task="$TMP/md" \
		data="$d/data.json" | jq -c '[.metric, .direction]')" \
		"[\"$metric\",\"$direction\"]"
done <<!
Root Mean Squared Error|rmse|lower
the ROC AUC|auc|higher
quadratic weighted kappa (QWK)|qwk|higher
F1 score (macro)|macro-f1|higher
the F1-score|f1|higher
log loss|logloss|lower
**mean absolute error**|mae|lower
!
echo 'Guess what.' >"$TMP/md"
is "an unknown metric is null" "$(answer read-task 1 1 task="$TMP/md" \
	data="$d/data.json" | jq -c '[.metric, .target, .id]')" '[null,["y"],"id"]'

# seeds and lanes
echo 3 >"$TMP/three"
for s in 1.1 1.1 2.1 1.2; do
	answer search ${s%.*} ${s#*.} task="$d/brief.md" n="$TMP/three" | cksum
done >"$TMP/sums"
is "the same seed gives the same bytes; a lane or a seed, others" \
	"$(sort "$TMP/sums" | uniq -c | awk '{print $1}' | sort -r | paste -sd ' ')" '2 1 1'
echo 99 >"$TMP/many"
answer search 1 1 task="$d/brief.md" n="$TMP/many" >"$TMP/cards"
like "there are eight families" "$(jq -r '.[].model_name' "$TMP/cards" |
	sed 's/.*(//' | sort -u | wc -l)" '^([89]|1[0-9])$'
card() { # words of a card, file: its draft for the folder $d
	jq --arg w "$1" '[.[] | select(.model_name | contains($w))][0]' "$TMP/cards" >"$TMP/c"
	jq -r .model_name "$TMP/c" | tr -d '\n' >"$TMP/name"
	jq -r .example_code "$TMP/c" >"$TMP/example"
	answer draft 1 1 task="$d/brief.md" model_name="$TMP/name" \
		example_code="$TMP/example" | code >"$2"
}
card ridge "$d/a.py"
card 'extra trees' "$d/b.py"
printf 'Mine' >"$TMP/name"
printf 'from sklearn.linear_model import TheilSenRegressor\nm = TheilSenRegressor(max_subpopulation=100)\n' >"$TMP/example"
like "a person's card brings its own model" "$(answer draft 1 1 task="$d/brief.md" \
	model_name="$TMP/name" example_code="$TMP/example")" \
	'return TheilSenRegressor\(max_subpopulation=100\)'

# merge, ablate, summarize, extract-block, plan, refine
answer merge 1 1 task="$d/brief.md" base="$d/a.py" reference="$d/b.py" | code >"$d/m.py"
like "a merge holds both" "$(cat "$d/m.py")" '^# --- block: model extra_trees'
like "and scores" "$(try "$d" m.py)" "^$number"
echo 'print(1)' >"$d/foreign.py"
is "a script of another hand is not merged" "$(answer merge 1 1 task="$d/brief.md" \
	base="$d/m.py" reference="$d/foreign.py" | code)" "$(cat "$d/m.py")"
: >"$TMP/none"
answer ablate 1 1 task="$d/brief.md" script="$d/m.py" summaries="$TMP/none" |
	code >"$d/ab.py"
try "$d" ab.py >"$d/out"
is "an ablation studies three parts" "$(grep -c ' instead of ' "$d/out")" 3
is "with an effect each" "$(sed -n 's/.* instead of .* | //p' "$d/out" |
	grep -c '^[-+]0\.000000$')" 0
answer summarize 1 1 script="$d/ab.py" output="$d/out" >"$d/summary"
like "its summary names the part" "$(cat "$d/summary")" '^The part that matters most is '
answer ablate 1 1 task="$d/brief.md" script="$d/m.py" summaries="$d/summary" |
	code >"$d/ab2.py"
is "the next studies others" "$(for f in ab ab2; do
	sed -n 's/^# --- variation: \(.*\): .* instead.*/\1/p' "$d/$f.py"
done | sort | uniq -d)" ''
answer extract-block 1 1 script="$d/m.py" summary="$d/summary" blocks="$TMP/none" >"$d/block.json"
is "a block is in the script once" "$("$py" -c 'import json, sys
print(open(sys.argv[1]).read().count(json.load(open(sys.argv[2]))[0]["code_block"]))' \
	"$d/m.py" "$d/block.json")" 1
jq -r '.[0].code_block' "$d/block.json" >"$d/block"
{ echo '```python'; cat "$d/block"; echo '```'; } >"$d/blocks"
like "and not taken twice" "$(answer extract-block 1 1 script="$d/m.py" \
	summary="$d/summary" blocks="$d/blocks" | jq -r '.[0].code_block' |
	head -n 1 | cmp - "$d/block" 2>&1)" 'differ'
jq -r '.[0].plan' "$d/block.json" >"$d/plan"
answer refine 1 1 block="$d/block" plan="$d/plan" | code >"$d/new"
ok "a refined block is another" sh -c "! cmp -s '$d/new' '$d/block'"
like "of the same name" "$(head -n 1 "$d/new")" "^$(head -n 1 "$d/block" | sed 's/(.*//')"
echo 'Please take logs of whatever has a long tail.' >"$TMP/plan"
grep -A 4 '^# --- block: features' "$d/m.py" >"$d/features"
like "a person's plan is understood by its words" "$(answer refine 1 1 \
	block="$d/features" plan="$TMP/plan")" '^# logarithms: '

# four plans for each kind of block, each refinement another block
for t in rmse auc logloss qwk; do
	"$py" - "$TMP/$t/draft.py" tools/playbook <<-'!'
		import json, re, subprocess, sys
		script, tool = open(sys.argv[1]).read(), sys.argv[2]
		def ask(stage, **inputs):
		    return subprocess.run([sys.executable, tool], input=json.dumps(
		        {"stage": stage, "lane": 1, "n": 1, "seed": 1, "inputs": inputs}),
		        capture_output=True, text=True).stdout
		for block in re.split(r"\n\n\n(?=# --- block)", script)[1:]:
		    if not re.match(r"# --- block: .* \(", block):
		        continue
		    history, seen = "", {block}
		    for k in range(4):
		        plan = ask("plan", block=block, history=history)
		        history += f"## Plan {k}\n\n{plan}\nscore {k}, 1 s\n\n"
		        seen.add(ask("refine", block=block, plan=plan))
		    if len(seen) != 5:
		        print(block.split("\n")[0], len(seen) - 1)
	!
done >"$TMP/few"
is "each kind of block has four alternatives" "$(cat "$TMP/few")" ''

# ensembles
{
	printf '## Solution 1, score 60 (lower is better)\n\n```python\n'
	cat "$d/a.py"
	printf '```\n\n## Solution 2, score 50 (lower is better)\n\n```python\n'
	cat "$d/b.py"
	echo '```'
} >"$d/scripts"
for i in 1 2 3; do
	cp "$TMP/none" "$TMP/h"
	cat "$TMP"/p.* >"$TMP/h" 2>/dev/null
	answer plan-ensemble 1 1 scripts="$d/scripts" history="$TMP/h" >"$TMP/p.$i"
done
is "three rounds, three plans" "$(cat "$TMP"/p.* | sort -u | wc -l)" 3
for p in weighted stacked; do
	echo "$p: as it says" >"$TMP/plan"
	answer ensemble 1 1 task="$d/brief.md" scripts="$d/scripts" plan="$TMP/plan" |
		code >"$d/e.py"
	like "an ensemble ($p) scores" "$(try "$d" e.py)" "^$number"
	is "an ensemble ($p) has no leak" "$(answer check-leak 1 1 script="$d/e.py" |
		jq -r '.[0].leakage_status')" 'No Data Leakage'
done
is "submit leaves the script as it is" "$(answer submit 1 1 task="$d/brief.md" \
	script="$d/e.py" | code | cksum)" "$(cksum <"$d/e.py")"

# usage
is "a draft uses all" "$(answer check-usage 1 1 task="$d/brief.md" script="$d/a.py")" \
	'All the provided information is used.'
awk -F, 'NR == 1 { print "id,more" } NR > 1 { print $1 "," NR % 7 }' "$d/data/train.csv" \
	>"$d/data/extra.csv"
tools/describe "$d/data" >"$d/data.json"
brief "$d"
answer check-usage 1 1 task="$d/brief.md" script="$d/a.py" | code >"$d/u.py"
like "an unused table is joined" "$(cat "$d/u.py")" 'train = train.join\(extra, on='
like "and the script scores" "$(try "$d" u.py)" "^$number"

# leaks: planted ones are found, and gone when fixed
head='import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("./input/train.csv").drop(columns="id").fillna(0)
X, y = df.drop(columns="y"), df["y"]'
split='X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.25, random_state=1)'
fit='model = Ridge().fit(X_train, y_train)'
tail='p = model.predict(X_val)
print("Final Validation Performance:", mean_squared_error(y_val, p) ** 0.5)'
leak() { # sentence, script
	printf '%s\n' "$2" >"$d/l.py"
	answer check-leak 1 1 script="$d/l.py" >"$d/l.json"
	is "$1 is a leak" "$(jq -r '.[0].leakage_status' "$d/l.json")" 'Yes Data Leakage'
	jq -r '.[0].code_block' "$d/l.json" >"$d/l.block"
	answer check-leak-fix 1 1 script="$d/l.py" block="$d/l.block" | code >"$d/l.new"
	"$py" -c 'import sys
s, b, n = [open(f).read() for f in sys.argv[1:4]]
assert s.count(b.rstrip("\n")) == 1
open(sys.argv[1], "w").write(s.replace(b.rstrip("\n"), n.rstrip("\n")))' \
		"$d/l.py" "$d/l.block" "$d/l.new"
	is "$1, fixed, is none" "$(answer check-leak 1 1 script="$d/l.py" |
		jq -r '.[0].leakage_status')" 'No Data Leakage'
	like "$1, fixed, still runs" "$(try "$d" l.py)" "^$number"
}
leak 'scaling before the split' "$head
X = StandardScaler().fit_transform(X)
$split
$fit
$tail"
leak 'filling by the mean of all rows' "$head
X = X.fillna(X.mean())
$split
$fit
$tail"
leak 'training on all rows' "$head
$split
model = Ridge()
model.fit(X, y)
$tail"
leak 'fitting on the validation rows' "$head
$split
scaler = StandardScaler().fit(X_train)
X_train = scaler.transform(X_train)
X_val = scaler.fit_transform(X_val)
$fit
$tail"
leak 'target means of all rows' "$head
df['g'] = df['x0'].round()
X['g'] = df.groupby('g')['y'].transform('mean')
$split
$fit
$tail"
leak 'no split at all' "$head
model = Ridge().fit(X, y)
model.fit(X, y)
p = model.predict(X)
print('Final Validation Performance:', mean_squared_error(y, p) ** 0.5)"
for clean in "$fit" "scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_val = scaler.transform(X_val)
$fit"; do
	printf '%s\n' "$head" "$split" "$clean" "$tail" 'model.fit(X, y)' >"$d/l.py"
	is "a clean script is none" "$(answer check-leak 1 1 script="$d/l.py" |
		jq -r '.[0].leakage_status')" 'No Data Leakage'
done

# debug
sed 's/^from sklearn.linear_model import RidgeCV/from lightgbm import LGBMRegressor/' \
	"$d/a.py" >"$d/x.py"
echo "ModuleNotFoundError: No module named 'lightgbm'" >"$TMP/error"
answer debug 1 1 task="$d/brief.md" script="$d/x.py" error="$TMP/error" \
	earlier="$TMP/none" | code >"$d/y.py"
like "a missing library gives way" "$(try "$d" y.py)" "^$number"
sed 's|./input/train|train_data/Train|' "$d/a.py" >"$d/x.py"
echo "FileNotFoundError: [Errno 2] No such file or directory: 'train_data/Train.csv'" >"$TMP/error"
answer debug 1 1 task="$d/brief.md" script="$d/x.py" error="$TMP/error" \
	earlier="$TMP/none" | code >"$d/y.py"
like "a wrong path is mended" "$(try "$d" y.py)" "^$number"
echo 'Segmentation fault' >"$TMP/error"
answer debug 1 1 task="$d/brief.md" script="$d/foreign.py" error="$TMP/error" \
	earlier="$TMP/none" | code >"$d/y.py"
like "what it cannot mend becomes a plain script" "$(try "$d" y.py)" "^$number"

# what it refuses
tests/tasks/make-task texts "$TMP/texts"
tools/describe "$TMP/texts/data" >"$TMP/texts/data.json"
is "a folder of texts is refused in one line" "$(answer read-task 1 1 \
	task="$TMP/texts/task.md" data="$TMP/texts/data.json" 2>&1; echo $?)" \
	'playbook: handle this task: it has no training table (a folder of 80 .txt files); set MODEL= to a language model
100'
is "an unknown stage is refused" "$(answer dance 1 1 2>&1; echo $?)" \
	'playbook: answer dance: no such stage
100'
is "no request is refused" "$(echo '{' | "$py" tools/playbook 2>&1 | sed 's/: Exp.*//')" \
	'playbook: read request: not a request'
done_testing
