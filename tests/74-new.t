#!/bin/sh
# new: what it guesses from the data, and that a run goes by it; samples that ask
# for several targets, or name the rows by themselves.
. "${0%/*}/lib.sh"
py=${PYTHON:-/usr/bin/python3}
"$py" -c 'import pandas, sklearn' 2>/dev/null || skip "$py has no scikit-learn"
tools=$PWD/tools prompts=$PWD/prompts
export MODEL=playbook
cd "$TMP" || exit

# Each case: the files of $d, then what new says and what read-task reads.
d=$TMP/mine
fresh() {
	rm -rf "$d" work
	mkdir -p "$d" work
}
rows() { # N, awk expression of n [, first n]: lines
	awk -v n="$1" -v m="${3:-0}" 'BEGIN { while (i++ < n) { n0 = i + m; print '"$2"' } }'
}
said() { # sentence, the facts that new tells, without reasons
	new foo "$d" >"$TMP/said" 2>&1
	is "$1" "$(sed -nE 's/^  (targets?|id|metric): +(.*)/\1 \2/p' "$TMP/said" |
		sed 's/ ([^(]*)$//' | paste -sd ';')" "$2"
}
facts() { # sentence, metric target id problem labels as the playbook reads them
	describe "$d" >"$TMP/data.json"
	[ ! -e work/foo/task.md ] || grep -q '<!-- unfinished' work/foo/task.md &&
		tell 'not ok' "$1: the task is unfinished" && return
	is "$1" "$(read-task "$prompts/read-task.md" work/foo/task.md "$TMP/data.json" 2>&1 |
		jq -c '[.metric, .target, .id, .problem, .labels]')" "$2"
}
asked() { # sentence, regular expression of what is missing
	new foo "$d" >"$TMP/said" 2>&1
	like "$1" "$(sed -n 's/^  missing: //p' "$TMP/said")" "$2"
	is "$1: it is asked for in task.md" "$(grep -c '^<!-- unfinished' work/foo/task.md)" 1
	like "$1: the last line says so" "$(tail -n 1 "$TMP/said")" \
		'^Answer in it what is missing, then: make TASK=foo$'
}

fresh
{ echo Id,a,price; rows 60 'n0 "," n0 % 7 "," n0 * 1.5'; } >"$d/train.csv"
{ echo Id,a; rows 20 'n0 "," n0 % 7' 60; } >"$d/test.csv"
said 'a number, without a sample' 'target price;id Id;metric rmse'
facts 'and read-task agrees' '["rmse",["price"],"Id","regression","number"]'
like 'it says from what' "$(cat "$TMP/said")" '^  target: +price \(train.csv has it, test.csv does not\)$'
is 'in few lines, and names the next command' "$(sed -n '$p;$=' "$TMP/said")" \
	'Look through it, then: make TASK=foo
5'
is 'the data are linked to' "$(readlink work/foo/data)" "$d"
sed -i 's/^Metric: .*/Metric: mae/; s/^Target: .*/Target: `a`/' work/foo/task.md
facts 'what is edited counts' '["mae",["a"],"Id","regression","number"]'

fresh
{ echo key,a,y; rows 60 '"k" n0 "," n0 % 7 "," n0 % 2'; } >"$d/train.csv"
{ echo key,a; rows 20 '"k" n0 "," n0 % 7' 60; } >"$d/test.csv"
{ echo key,y; rows 20 '"k" n0 ",0.5"' 60; } >"$d/sample_submission.csv"
said 'two values, probabilities' 'target y;id key;metric auc'
facts 'and read-task agrees' '["auc",["y"],"key","binary","probability"]'
rm -r work/foo
sed -i 's/0\.5$/0/' "$d/sample_submission.csv"
said 'two values, labels' 'target y;id key;metric accuracy'
facts 'and read-task agrees' '["accuracy",["y"],"key","binary","label"]'
rm -r work/foo
{ echo key,yes,no; rows 20 '"k" n0 ",0.5,0.5"' 60; } >"$d/sample_submission.csv"
sed -i '1!s/0$/no/; 1!s/1$/yes/' "$d/train.csv"
said 'two values, a column for each' 'target y;id key;metric logloss'
facts 'and read-task agrees' '["logloss",["y"],"key","binary","probability"]'

fresh
{ printf '%s\n' '番号;"größe; ""m""";`種`'; rows 60 'n0 ";" n0 % 7 ";c" n0 % 3'; } | gzip >"$d/train.csv.gz"
{ printf '番号\tgröße; "m"\n'; rows 20 'n0 "\t" n0 % 7' 60; } >"$d/test.tsv"
{ echo '番号,`種`'; rows 20 'n0 ",c0"' 60; } >"$d/sample.csv"
said 'names in any script, other marks, compressed' 'target `種`;id 番号;metric accuracy'
facts 'and read-task agrees' '["accuracy",["`種`"],"番号","multiclass","label"]'

fresh
{ printf '%s\n' 'id,a,"x $(y) # <!-- unfinished'; printf '%s\n' ' ""z"""'
	rows 60 'n0 "," n0 % 7 "," n0 % 3'; } >"$d/train.csv"
{ echo id,a; rows 20 'n0 "," n0 % 7' 60; } >"$d/test.csv"
said 'newlines, quotes, dollars' 'target "x $(y) # \u003c!-- unfinished\n \"z\"";id id;metric accuracy'
facts 'and read-task agrees' '["accuracy",["x $(y) # <!-- unfinished\n \"z\""],"id","multiclass","label"]'

fresh
rows 60 '"{\"id\":" n0 ",\"a\":" n0 % 7 ",\"y\":" n0 * 1.5 "}"' >"$d/train.jsonl"
rows 20 '"{\"id\":" n0 ",\"a\":" n0 % 7 "}"' 60 >"$d/test.jsonl"
said 'lines of JSON' 'target y;id id;metric rmse'

fresh
{ echo id,a,y; rows 60 'n0 "," n0 % 7 "," (n0 % 5 ? n0 * 1.5 : "")'; } >"$d/train.csv"
{ echo id,a; rows 20 'n0 "," n0 % 7' 60; } >"$d/test.csv"
{ echo id,place; rows 9 'n0 ",p"'; } >"$d/places.csv"
said 'values of the target are missing, and there is another table' 'target y;id id;metric rmse'
is 'which is said' "$(grep '^  note' "$TMP/said")" \
	'  note:    other tables, which task.md may explain: places.csv
  note:    12 rows of train.csv without y cannot be learnt from'

# What cannot be guessed.
wide() {
	fresh
	{ echo id,a,b,c; rows 100 'n0 "," n0 % 7 "," n0 * 1.5 "," n0 % 2'; } >"$d/train.csv"
	{ echo "$1"; rows 20 'n0 "," n0 % 7 "," n0 * 1.5 "," n0' 100 |
		cut -d , -f "1-$(echo "$1" | tr , '\n' | grep -c .)"; } >"$d/test.csv"
}
wide id,a
asked 'two columns could be the target' '^train.csv has b and c, and test.csv has none of them: which one'
sed -i '/<!-- unfinished/d; s/^Target:.*/Target: c/; s/^Metric:.*/Metric: auc/' work/foo/task.md
facts 'answered in the blanks, it is a task' '["auc",["c"],"id","binary","probability"]'
wide id,a,b,c
{ echo id,y; rows 20 'n0 ",0"' 100; } >"$d/sample.csv"
asked 'the target is only in the sample' '^test.csv has all columns of train.csv: .* sample.csv asks for y$'
wide id,a,b
rm "$d/test.csv"
asked 'there is no test file' '^there is no table of rows to predict, such as test.csv'
wide id,a,b
sed -i '1!s/,[01]$/,1/' "$d/train.csv"
asked 'the target is constant' '^c has the same value everywhere'
wide id,a,b
sed -i '1!s/,[01]$/,/' "$d/train.csv"
asked 'or empty' '^c is empty'
wide id,a,b
cp "$d/train.csv" "$d/train_more.csv"
asked 'two tables to learn from' '^train.csv and train_more.csv: which one is to be learnt from\?'
sed -i '/<!-- unfinished/d; s/^Target:.*/Target: c\nTrain: `train_more.csv`/; s/^Metric:.*/Metric: auc/' work/foo/task.md
describe "$d" >"$TMP/data.json"
is 'a line may say so' "$(read-task "$prompts/read-task.md" work/foo/task.md "$TMP/data.json" | jq -r .train)" train_more.csv
wide id,a,b
: >"$d/train.csv"
asked 'an empty table' '^train.csv cannot be used: it is empty$'
wide id,a,b
head -c 3000 /bin/sh >"$d/train.csv"
asked 'no table at all' '^train.csv cannot be used: [0-9]+ NUL bytes$'
wide id,a,b
{ echo id,c; rows 3 'n0 ",0"'; } >"$d/sample.csv"
asked 'a sample of some rows' '^sample.csv has 3 rows, test.csv 20: '
sed -i '/<!-- unfinished/d; s/^Metric:.*/Metric: auc\nSample: none/' work/foo/task.md
facts 'which may be no sample' '["auc",["c"],"id","binary","probability"]'
wide id,a,b
{ echo id,c; rows 20 'n0 ",0"'; } >"$d/sample.csv"
asked 'a sample of other rows' '^id goes from 1 to 20 in sample.csv, from 101 to 120 in test.csv'
fresh
{ echo label; seq 0 70 | sed 's/^/pixel/'; } | paste -sd , >"$d/train.csv"
rows 60 'n0 % 3' | sed "s/$/$(printf ',%.0s1' $(seq 71))/" >>"$d/train.csv"
cut -d , -f 2- "$d/train.csv" >"$d/test.csv"
said 'many columns alike' 'target label;id none;metric accuracy'
fresh
echo hello >"$d/a.png"
asked 'pictures' '^there is no table to learn from'
is 'a folder that is not there' "$(new bar "$TMP/no" 2>&1; echo $?; ls work)" "list: open $TMP/no: No such file or directory
100
foo"
is '~ is the home folder' "$(HOME=$TMP new bar '~/mine' | sed 1q; readlink work/bar/data)" "work/bar/task.md:
$d"

# Several targets: the mean of the metric; but the playbook predicts one.
wide id,a
{ echo id,b,c; rows 20 'n0 ",0.5,0"' 100; } >"$d/sample.csv"
sed -i 's/,\([^,]*\),[01]$/,\1,\1/' "$d/train.csv"
said 'several targets' 'targets b and c;id id;metric rmse'
like 'which the playbook does not predict' "$(tail -n 1 "$TMP/said")" \
	'make TASK=foo MODEL=.. \(the playbook predicts one column\)$'
describe "$d" >"$TMP/data.json"
read_task() { # key=value...
	read-task "$prompts/read-task.md" work/foo/task.md "$TMP/data.json" "$@" 2>&1
}
like 'and refuses to' "$(read_task)" \
	'handle this task: it has 2 targets, b and c, and the playbook predicts one; set MODEL='
like 'also if told of one' "$(read_task target=c)" 'it has 2 targets, b and c'
facts_of() { # target: a model that says so
	jq -nc --argjson t "$1" '{metric: "rmse", problem: "regression", target: $t, id: "id",
		train: "train.csv", test: "test.csv", sample: "sample.csv", labels: "number"}'
}
cat >"$TMP/model" <<'!'
#!/bin/sh
jq -r .prompt >>"$TMP/asked"
cat "$TMP/facts"
!
chmod +x "$TMP/model"
MODEL=exec:$TMP/model
facts_of '["b"]' >"$TMP/facts"
like 'a model that forgets one is told' "$(read_task; cat "$TMP/asked")" \
	'sample.csv, asks for c, too, which is no target'
like 'and that is what is wrong' "$(read_task | head -n 1)" \
	'^read-task: read work/foo/task.md: the sample, sample.csv, asks for c, too'
facts_of '["b", "c"]' >"$TMP/facts"
is 'both are taken' "$(read_task | jq -c .target)" '["b","c"]'
read_task >"$TMP/task.json"
split "$TMP/task.json" "$TMP/data.json" "$d" >"$TMP/rows.json"
part() { "$tools/part" "$@" "$TMP/rows.json" "$TMP/task.json" "$TMP/data.json" "$d"; }
part truth >"$TMP/truth.csv"
is 'and measured' "$("$tools/score" "$TMP/task.json" "$TMP/truth.csv" "$TMP/truth.csv" |
	jq -c '[.value, .rows]') $(head -n 1 "$TMP/truth.csv")" '[0,20] id,b,c'

# A sample that names the rows itself.
fresh
{ echo a,y; rows 120 'n0 % 7 "," n0 % 2'; } >"$d/train.csv"
{ echo a; rows 20 'n0 % 7'; } >"$d/test.csv"
{ echo row,y; rows 20 'n0 ",0.5"' 6; } >"$d/sample.csv"
sed -i 's/^row/Row Nr/' "$d/sample.csv"
MODEL=playbook
said 'a sample that counts the rows' 'target y;id Row Nr;metric auc'
facts 'and read-task agrees' '["auc",["y"],"Row Nr","binary","probability"]'
sed -i 's/^Metric.*/Metric: logloss/; /^Id:/d' work/foo/task.md
read_task >"$TMP/task.json"
is 'though it was not told' "$(jq -r .id "$TMP/task.json")" 'Row Nr'
split "$TMP/task.json" "$TMP/data.json" "$d" >"$TMP/rows.json"
is 'its scores are measured' "$(jq -r '.why // .score' "$TMP/rows.json")" measured
for p in truth sample; do part $p >"$TMP/$p.csv"; done
is 'the rows held out are counted so, too' "$(sed -n '1,2p;$p' "$TMP/sample.csv" | paste -sd ' ')" \
	'Row Nr,y 7,0.5 30,0.5'
is 'in the truth as in the sample' "$(cut -d , -f 1 "$TMP/truth.csv")" "$(cut -d , -f 1 "$TMP/sample.csv")"
is 'what the sample says is scored' "$("$tools/score" "$TMP/task.json" "$TMP/truth.csv" "$TMP/sample.csv" |
	jq '.value * 1000 | floor')" 693
is 'and is a valid submission' "$(check-submission "$TMP/task.json" "$d" "$d/sample.csv" | jq -c .)" \
	'{"valid":true,"finding":null,"rows":20}'
sed -i '2,$s/^/r/' "$d/sample.csv"
describe "$d" >"$TMP/data.json"
read_task >"$TMP/task.json"
is 'if they are named otherwise, nothing is measured' "$(jq -r .id "$TMP/task.json"
	split "$TMP/task.json" "$TMP/data.json" "$d" | jq -r .why)" 'Row Nr
train.csv has no column Row Nr, the id'
is 'a sample of fewer rows, neither' "$(sed -i 9q "$d/sample.csv"
	describe "$d" >"$TMP/data.json"
	jq '.id = null' "$TMP/task.json" >"$TMP/t"
	split "$TMP/t" "$TMP/data.json" "$d" | jq -r .why)" 'sample.csv has 8 rows, test.csv 20'
like 'which the playbook does not take' "$(read_task)" \
	'its sample submission, sample.csv, has 8 rows, test.csv has 20'
done_testing
