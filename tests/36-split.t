#!/bin/sh
# split: which rows of the training table are held out, to measure scripts by.
. "${0%/*}/lib.sh"
d=$TMP/data
mkdir "$d"
"${PYTHON:-/usr/bin/python3}" -c 'import pandas, sklearn' 2>/dev/null ||
	skip 'scikit-learn and pandas are needed'

task() { # jq expression that changes the usual task
	jq -n '{metric: "accuracy", problem: "binary", target: ["y"], id: "id",
		train: "train.csv", test: "test.csv", sample: "sample.csv"} |
		'"${1:-.}" >"$TMP/task.json"
}
try() { # options of split
	split "$@" "$TMP/task.json" "$TMP/data.json" "$d" 2>&1
}
take() { # options of split: to $TMP/rows.json, its words to stdout
	describe "$d" >"$TMP/data.json"
	try "$@" >"$TMP/rows.json" &&
		jq -r 'if .why then .why else "\(.by) \(.fit) \(.holdout)" end' \
			"$TMP/rows.json" || cat "$TMP/rows.json"
}
held() { # the rows of the training file that are held out, without commas
	jq -r .held "$TMP/rows.json" | grep -o . >"$TMP/flags"
	sed 1d "${1:-$d/train.csv}" | paste -d , "$TMP/flags" - | sed -n 's/^1,//p'
}
usual() { # 120 rows, every fourth is of class 1
	rm -rf "$d"
	mkdir "$d"
	{ echo id,a,b,y; seq 120 | awk '{ print $1 ",a" $1 "," $1 % 7 "," ($1 % 4 == 0) }'; } \
		>"$d/train.csv"
	printf 'id,a,b\n901,x,1\n902,y,2\n' >"$d/test.csv"
	printf 'id,y\n901,0\n902,0\n' >"$d/sample.csv"
	task
}

usual
is 'a fifth is held out, class by class' "$(take)" 'stratified 96 24'
is 'which keep their shares' "$(held | cut -d , -f 4 | sort | uniq -c | tr -s ' \n' ' ')" \
	' 18 0 6 1 '
is 'there is a flag for each row' "$(jq '.held | length' "$TMP/rows.json")" 120
cp "$TMP/rows.json" "$TMP/once"
is 'the same again for the same seed' "$(take && cmp "$TMP/rows.json" "$TMP/once")" \
	'stratified 96 24'
ok 'others for another' test "$(take -s 2; jq -r .held "$TMP/rows.json")" != \
	"stratified 96 24
$(jq -r .held "$TMP/once")"
is 'a share may be said' "$(take -h 0.4)" 'stratified 72 48'
is 'of numbers they are chosen at random' "$(
	sed -i '2,$s/$/.5/; 5s/,[^,]*$/,/; 6s/,[^,]*$/,many/; 7s/,[^,]*$/,inf/' "$d/train.csv"
	task '.problem = "regression" | .metric = "rmse"'
	take -h 0.5 -n 23)" 'random 97 23'
is 'and those without one stay' "$(held | grep -cvE ',[01]\.5$')" 0

usual
sed -i '2s/.$/rare/; 9s/.$/rarer/; 11,12s/.$/few/; 21,35s/.$/NaN/' "$d/train.csv"
task '.problem = "multiclass"'
like 'a class of one row and rows without a class are not held out' "$(take -h 0.5)" \
	'^stratified (68 52|69 51)$'
is 'whatever the rest' "$(held | grep -cE 'rare|NaN')" 0
is 'of two rows at most one is' "$(held | grep -c few | sed 's/0/1/')" 1
sed -i 's/\([0-9]*\),\(.*\),[^,]*$/\1,\2,c\1/; 1s/,c.*//' "$d/train.csv"
sed -i '1s/.*/id,a,b,y/' "$d/train.csv"
like 'a class a row is not possible' "$(take)" 'no rows can be held out'
{ echo id,a,b,y; seq 120 | awk '{ print $1 ",a" $1 ",,c" $1 % 60 }'; } >"$d/train.csv"
is 'more classes than rows to hold out are split at random' "$(take)" 'random 96 24'
sed -i '2,$s/c.*/0/' "$d/train.csv"
is 'one class tells nothing' "$(take)" 'the rows held out would have the same y'

# rows that belong together
usual
{ echo id,a,b,y; seq 120 | awk '{ print $1 ",\"a\n" int($1 / 2) "\",," ($1 % 4 == 0) }'; } \
	>"$d/train.csv"
take -h 0.3 >/dev/null
sides() { # of each value of column 2 with newlines taken out: on which sides
	columns "$d/train.csv" "$1" | sed 1d | tr -d '"' | paste -sd ' ' |
		sed 's/a /\na/g' | tr ' ' '\n' | grep . >"$TMP/values"
	jq -r .held "$TMP/rows.json" | grep -o . | paste -d ' ' "$TMP/values" - |
		sort -u | cut -d ' ' -f 1 | uniq -d
}
is 'rows that occur twice stay on one side, whatever id and target' "$(sides a)" ''
is 'and some are held out' "$(jq '.holdout > 30' "$TMP/rows.json")" true
{ echo id,a,b,y; seq 120 | awk '{ print $1 ",a" $1 % 9 ",," ($1 % 4 == 0) }'; } >"$d/train.csv"
is 'unless most are alike' "$(take -h 0.3)" 'stratified 84 36'
ok 'as the data are' test -n "$(sides a)"

usual
is 'a group stays on one side' "$(take -g b; sides b)" 'group 86 34'
is 'a column that is not there is an error' "$(take -g x; take -t x)" \
	"split: read $d/train.csv: it has no column 'x'
split: read $d/train.csv: it has no column 'x'"
is 'groups and time together, too' "$(take -g b -t a)" \
	'split: split rows: by groups or by time, not by both'
sed -i '2,$s/,[0-9]*,\([01]\)$/,1,\1/' "$d/train.csv"
like 'one group cannot be parted' "$(take -g b)" 'no rows can be held out'

when() { # awk expression of a time from n: 120 rows, latest first
	{ echo id,b,a,y; seq 120 -1 1 |
		awk '{ n = $1; print 200 - n "," '"$1"' ",a" n "," ($1 % 4 == 0) }'; } >"$d/train.csv"
	take -t b
	held | cut -d , -f 2 | sort -u | sed -n '1p;$p' | paste -sd ' '
}
usual
is 'by time the last are held out' "$(when 'n + 1000')" 'time 96 24
1097 1120'
is 'numbers as numbers' "$(when 'n * 50')" 'time 96 24
4850 6000'
is 'dates as dates' "$(when '"2020-" 1 + int(n / 30) "-" 1 + n % 3')" 'time 99 21
2020-4-2 2020-5-1'
when 'n % 10 + 1 "." int((n + 9) / 10) ".2020"' >/dev/null
is 'with the day first' "$(held | cut -d , -f 2 | cut -d . -f 2 | sort -n | uniq -c |
	tr -s ' \n' ' ')" ' 4 10 10 11 10 12 '
is 'equal ones stay on one side' "$(when 'int(n / 30)')" 'time 89 31
3 4'
is 'words are no times' "$(when '"w"')" 'the column b holds no times'

# what cannot be measured
usual
is 'it may be asked not to' "$(take -m printed; cat "$TMP/rows.json")" 'SCORE=printed
{"score":"printed","why":"SCORE=printed"}'
why() { # sentence, jq expression that changes the task, words
	task "$2"
	is "$1" "$(take)" "$3"
}
why 'no training table' '.train = null' 'there is no training table'
why 'no test file' '.test = null' 'there is no test file'
why 'no target' '.target = []' 'no column is known to be the target'
why 'another metric' '.metric = "bleu"' 'the metric bleu is not known here'
is 'but a program may be one, and k a number' "$(
	for m in exec:bleu map@3 top-5-accuracy; do
		task ".metric = \"$m\""
		take
	done)" 'stratified 96 24
stratified 96 24
stratified 96 24'
why 'a table that is none' '.train = "x.bin"' 'there are other tables: train.csv'
why 'one table twice' '.test = "train.csv"' \
	"the task's tables are the same: train.csv, train.csv and sample.csv"
why 'a sample does not have to be' '.sample = null' 'there are other tables: sample.csv'
rm "$d/sample.csv"
is 'given' "$(take)" 'stratified 96 24'
why 'nor an id' '.id = null | .sample = null' 'stratified 96 24'

breaks() { # sentence, command that changes the data, words
	usual
	(cd "$d" && eval "$2") || exit
	is "$1" "$(take)" "$3"
}
breaks 'other tables' 'for i in a b c d; do echo 1 >$i.csv; done' \
	'there are other tables: a.csv, b.csv and 2 more'
breaks 'a folder of files' 'mkdir images; for i in $(seq 30); do : >images/$i.png; done' \
	'images/ is beside the tables'
breaks 'two images and an archive' ': >a.png; : >b.png; : >x.zip' \
	'a.png, b.png and x.zip are beside the tables'
breaks 'words about the data are nothing else' \
	'echo hi | tee README LICENSE description.txt about.md starter.ipynb >about.html' \
	'stratified 96 24'
breaks 'a file of JSON may be' 'echo {} >labels.json' 'labels.json is beside the tables'
breaks 'so may a long text' 'seq 200000 >corpus.txt' 'corpus.txt is beside the tables'
breaks 'a test file with more columns' "sed -i '1s/\$/,c/; 2,\$s/\$/,/' test.csv" \
	'test.csv has a column c that train.csv lacks'
breaks 'with the target' "sed -i '1s/b\$/y/' test.csv" 'test.csv has the target y'
breaks 'without the id' 'cut -d , -f 2- test.csv >t; mv t test.csv' \
	'test.csv has no column id, the id'
breaks 'without rows' 'echo id,a,b >test.csv' 'test.csv: there are no rows below the header'
breaks 'a sample without the id' "sed -i 1s/id/no/ sample.csv" 'sample.csv has no column id, the id'
breaks 'an id that is there twice' 'echo 7,new,1,0 >>train.csv' \
	'train.csv has two rows of the same id, the id'
breaks 'in the test file' 'echo 901,new,1 >>test.csv' 'test.csv has two rows of the same id, the id'
breaks 'a row that is too long' 'echo 700,new,1,0,0 >>train.csv' \
	'train.csv: 1 row has more fields than the header'
breaks 'a column of no other name' "sed -i 1s/b/a/ train.csv" \
	"train.csv: 1 column name is repeated: 'a'"
breaks 'few rows' "sed -i 50q train.csv" 'only train.csv has 49 rows, less than 50'
breaks 'few with a target' "sed -i 's/,1\$/,/; 52,\$s/,0\$/,/' train.csv" \
	'only train.csv has 38 rows with a target, less than 50'
breaks 'few to hold out' "sed -i 91q train.csv" 'only 18 rows would be held out, less than 20'
is 'which are enough where it is asked to' "$(take -m measured)" 'stratified 72 18'
task '.test = null'
is 'what cannot be is an error then' "$(take -m measured; try -m measured >"$TMP/out"; echo $?)" \
	'split: measure scores: there is no test file
100'

# tables as people have them
usual
{ printf '\357\273\277"Größe, ""m""";标识;名前;y\r\n'
	seq 120 | awk '{ printf "\"%s\r\n\n\"\";\";第%s;%s;no\r\n\r\n", $1, $1, $1 % 5 }' |
	sed '3~8s/;no/;yes/'; } | gzip >"$d/train.csv.gz"
rm "$d/train.csv"
printf '标识\tGröße, "m"\n第900\t1\n' >"$d/test.tsv"
rm "$d/test.csv" "$d/sample.csv"
task '.train = "train.csv.gz" | .test = "test.tsv" | .sample = null | .id = "标识"'
like 'with a mark, quoted newlines, blank lines, names in any script, packed' "$(take)" \
	'^(random|stratified) 96 24$'
like 'by group' "$(take -g 名前)" '^group 96 24$'
is 'a column that is not there is named' "$(take -g 名)" \
	"split: read $d/train.csv.gz: it has no column '名'"
printf 'id,gr\366\337e,y\n' >"$d/train.csv"
seq 120 | awk '{ print $1 ",\374" $1 "," $1 % 2 }' | iconv -f latin1 -t latin1 >>"$d/train.csv"
rm "$d/train.csv.gz" "$d/test.tsv"
printf 'id,größe\n7,ü\n' >"$d/test.csv"
task '.sample = null'
is 'in latin-1' "$(take)" 'stratified 96 24'
sed 's/.*/{"id":"&"}/' "$d/test.csv" >"$d/test.jsonl"
rm "$d/test.csv"
task '.sample = null | .test = "test.jsonl"'
is 'not lines of JSON' "$(take)" 'test.jsonl is no CSV'

# arguments
is 'no share of more than all' "$(take -h 1; take -h 0; take -h x)" "split: read '1': it is no share between 0 and 1
split: read '0': it is no share between 0 and 1
split: read 'x': it is no share between 0 and 1"
is 'no half a count' "$(take -n 1.5; take -s -1)" "split: read '1.5': it is no count
split: read '-1': it is no count"
is 'no task is an error' "$(split "$TMP/no" "$TMP/data.json" "$d" 2>&1; echo $?)" \
	"split: read $TMP/no: No such file or directory
100"
is 'nor is any argument' "$(split 2>&1; echo $?)" \
	'usage: split [-g group] [-h share] [-m measured|printed] [-n most] [-s seed] [-t time] task.json data.json datadir
100'
is 'nor is a full disk' "$(split -m printed "$TMP/task.json" "$TMP/data.json" "$d" 2>&1 >/dev/full; echo $?)" \
	'split: write stdout: No space left on device
111'
usual
describe "$d" >"$TMP/data.json"
echo 999,a,1,0 >>"$d/train.csv"
is 'a table that grew is an error' "$(try)" \
	"split: read $d/train.csv: it has 121 rows, not 120 as described"
done_testing
