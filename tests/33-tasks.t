#!/bin/sh
# Tasks: the bundled ones, their grade, generated and new ones.
. "${0%/*}/lib.sh"
"${PYTHON:-/usr/bin/python3}" -c 'import pandas, sklearn' 2>/dev/null ||
	skip "${PYTHON:-/usr/bin/python3} has no scikit-learn"

# bundled
mkdir -p "$TMP/b/work" && ln -s "$PWD/tools" "$TMP/b/tools"
for t in diabetes breast-cancer digits; do
	cp -R "work/$t" "$TMP/b/work/"
	cd "$TMP/b/work/$t" || exit
	rm -rf data answers.csv
	./get-data
	is "$t has its files" "$(cd data && ls | paste -sd ' ')" \
		'sample_submission.csv test.csv train.csv'
	like "$t tells its metric" "$(cat task.md)" '^Metric: [a-z0-9]+ \((low|high)er is better\)'
	is "$t is split: train, test" "$(describe data |
		jq -c '[.files[] | select(.path != "sample_submission.csv") | .rows]')" \
		"$(case $t in
		diabetes) echo '[89,353]' ;;
		breast-cancer) echo '[114,455]' ;;
		digits) echo '[360,1437]' ;;
		esac)"
	is "$t keeps its answers out of data" "$(ls -d answers.csv data/answers.csv \
		2>/dev/null)" answers.csv
	is "$t answers each test row" "$(cut -d, -f1 answers.csv | cksum)" \
		"$(cut -d, -f1 data/test.csv | cksum)"
	cksum data/* answers.csv >"$TMP/sum"
	like "$t is not made over" "$(./get-data 2>&1; echo $?)" \
		'^bundled: make ./data: it exists$'
	rm -rf data answers.csv
	mkdir data.tmp && : >data.tmp/rest
	./get-data
	is "$t is the same each time" "$(cksum data/* answers.csv)" "$(cat "$TMP/sum")"
	cd - >/dev/null || exit
done
rm -rf "$TMP/b/work/digits/data" "$TMP/b/work/digits/answers.csv"
cat >"$TMP/nopython" <<'END'
#!/bin/sh
exec /usr/bin/env python3 -I -S "$@"
END
chmod +x "$TMP/nopython"
like 'without scikit-learn get-data says so' \
	"$(PYTHON=$TMP/nopython "$TMP/b/work/digits/get-data" 2>&1; echo $?)" \
	'^bundled: import (numpy|pandas|sklearn): .* \(Debian: python3-sklearn, python3-pandas\)$'
is 'and leaves nothing' "$(ls "$TMP/b/work/digits")" 'get-data
task.md'

# grade
graded() { # metric, answers, submission: "id value" lines, commas for blanks
	printf '%s\n' "$2" | tr ' ' '\n' >"$TMP/a.csv"
	printf '%s\n' "$3" | tr ' ' '\n' >"$TMP/s.csv"
	echo "{\"metric\":\"$1\",\"id\":\"id\",\"target\":[\"y\"]}" >"$TMP/task.json"
	grade "$TMP/task.json" "$TMP/a.csv" "$TMP/s.csv"
}
is 'rmse' "$(graded rmse 'id,y 1,1 2,2 3,3' 'id,y 1,1 2,2 3,6')" \
	'rmse 1.73205 (lower is better, 3 rows)'
is 'logloss of three classes' "$(graded logloss 'id,y 1,a 2,b 3,c' \
	'id,p_c,p_a,p_b 1,.25,.5,.25 2,.25,.25,.5 3,.5,.25,.25')" \
	'logloss 0.693147 (lower is better, 3 rows)'
is 'rows are joined by id' "$(graded mae 'id,y 1,1 2,2' 'id,y 2,2 1.0,1')" \
	'mae 0 (lower is better, 2 rows)'
is 'the grade may be JSON' "$(graded mae 'id,y 1,1' 'id,y 1,2' >/dev/null
	grade -j "$TMP/task.json" "$TMP/a.csv" "$TMP/s.csv" | jq -c .)" \
	'{"metric":"mae","score":1,"direction":"lower","rows":1,"se":null}'
like 'an unknown metric is an error' "$(graded best 'id,y 1,1' 'id,y 1,1' 2>&1; echo $?)" \
	"no metric is called 'best'"
like 'so is a missing row' "$(graded mae 'id,y 1,1 2,2' 'id,y 1,1' 2>&1)" \
	'^grade: read .*s.csv: id 2 is missing$'
is 'no submission' "$(grade "$TMP/task.json" "$TMP/a.csv" "$TMP/no" 2>&1; echo $?)" \
	"grade: read $TMP/no: No such file or directory
100"
is 'the mean of diabetes has a known grade' "$(
	cd "$TMP/b/work/diabetes" || exit
	echo '{"metric":"rmse","id":"id","target":["progression"]}' >"$TMP/task.json"
	grade "$TMP/task.json" answers.csv data/sample_submission.csv)" \
	'rmse 81.4773 (lower is better, 89 rows)'

# generated
for t in missing categories skewed three noise mae r2 f1 qwk; do
	ok "$t can be made" tests/tasks/make-task "$t" "$TMP/made/$t"
done
ok 'texts can be made' tests/tasks/make-task texts "$TMP/made/texts"
{
	echo a,median_house_value
	seq 100 | sed 's/.*/&,&000/'
} >"$TMP/c.csv"
ok 'so can california' tests/tasks/make-task california "$TMP/made/california" \
	"$TMP/c.csv"
is 'each of the ten metrics has a task' "$(cat "$TMP"/made/*/task.md work/*/task.md |
	sed -n 's/^Metric: \([a-z0-9-]*\) .*/\1/p' | sort -u | paste -sd ' ')" \
	'accuracy auc f1 logloss macro-f1 mae qwk r2 rmse rmsle'

# new
tools=$PWD/tools
mkdir "$TMP/new" && cd "$TMP/new" || exit
mkdir mine && echo a,b >mine/train.csv
before=$(ls -lR --time-style=full-iso mine)
like 'new makes a task' "$("$tools/new" foo mine)" '^work/foo/task.md:$'
is 'of these files' "$(ls work/foo)" 'data
task.md'
is 'its data are those given' "$(cat work/foo/data/train.csv)" a,b
is 'which do not change' "$(ls -lR --time-style=full-iso mine)" "$before"
like 'its text names them' "$(cat work/foo/task.md)" '^- `train.csv`: the rows to learn from'
is 'and says that it is unfinished' "$(grep -c '^<!-- unfinished' work/foo/task.md)" 1
is 'a task is not made over' "$("$tools/new" foo mine 2>&1; echo $?)" \
	'new: make work/foo: it exists
100'
for t in '' .x ../x a/b 'a b' -x; do
	is "'$t' is no name" "$("$tools/new" "$t" mine 2>&1; echo $?)" \
		"new: make '$t': a name is of letters, digits and . _ -
100"
done
is 'no folder is an error' "$("$tools/new" bar no 2>&1; echo $?)" \
	'list: open no: No such file or directory
100'
mkdir empty
is 'so is an empty one' "$("$tools/new" bar empty 2>&1; echo $?)" \
	'list: read empty: it holds no files
100'
is 'so is no argument' "$("$tools/new" bar 2>&1; echo $?)" \
	'usage: new TASK DIR
100'
is 'which leave nothing' "$(ls work)" foo
cd - >/dev/null || exit
done_testing
