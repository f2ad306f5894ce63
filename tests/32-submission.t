#!/bin/sh
# check-submission: does a submission look as the task wants it?
. "${0%/*}/lib.sh"
d=$TMP/data
mkdir "$d"
good=$d/sample.csv
{ echo id,score; seq 20 | sed 's/$/,0.5/'; } >"$good"
{ echo id,x; seq 20 | sed 's/$/,7/'; } >"$d/test.csv"

task() { # jq expression that changes the usual task
	jq -n '{id: "id", target: ["score"], sample: "sample.csv",
		test: "test.csv", labels: "number"} | '"${1:-.}" >"$TMP/task.json"
}
check() { # the submission on stdin
	cat >"$TMP/s.csv"
	check-submission "$TMP/task.json" "$d" "$TMP/s.csv" |
		jq -r 'if .valid then "valid, \(.rows)" else .finding end'
}
edit() { # sentence, sed script for the sample, finding
	is "$1" "$(sed "$2" "$good" | check)" "$3"
}
task
edit 'the sample itself is valid' '' 'valid, 20'
edit 'so are other numbers' 's/0.5/-1.25e3/' 'valid, 20'
edit 'and ids that are the same number' 's/^\([0-9]*\),/\1.0,/' 'valid, 20'
edit 'and quotes and CRLF' 's/0.5/"0.5"/; s/$/\r/' 'valid, 20'
edit 'a value is missing' '4s/0.5//' "row 3: 'score' is empty"
edit 'is NaN' '4s/0.5/nan/' "row 3: 'score' is NaN"
edit 'is infinite' '4s/0.5/-inf/' "row 3: 'score' is '-inf', not a finite number"
edit 'is a word' '4s/0.5/many/' "row 3: 'score' is 'many', not a number"
edit 'a row is missing' 5d "row 4: 'id' is '5', the sample has '4': no row has '4'"
edit 'the last row is missing' '$d' "it has 19 rows, the sample 20: no row has '20'"
edit 'a row is too much' '$p' "it has more rows than the 20 of the sample: row 21 has '20' again"
edit 'two rows changed places' '3{h;d};4G' 'valid, 20'
edit 'several are missing' 5,7d "row 4: 'id' is '7', the sample has '4':\
 no row has '4' and 2 more"
edit 'an id is there twice' '5s/4/3/' "row 4: 'id' is '3', the sample has '4':\
 no row has '4', and row 4 has '3' again"
edit 'others are there' '3,5s/^/9/' "row 2: 'id' is '92', the sample has '2':\
 no row has '2' and 2 more, and '92' and 2 more are not in the sample"
is 'all are in another order' "$({ head -n 1 "$good"; tail -n +2 "$good" | tac; } | check)" \
	'valid, 20'
edit 'a value is missing there' '3{h;d};4G;9s/0.5//' "row 8: 'score' is empty"
is 'it is compressed' "$(gzip <"$good" | check)" 'it is compressed: it has to be plain CSV'
edit 'all rows are missing' 1q 'it has 0 rows, the sample 20'
edit 'everything is missing' d 'it is empty'
edit 'the header is missing' 1d "column 1 is '1', not 'id'"
edit 'a column has another name' 1s/score/y/ "column 2 is 'y', not 'score'"
edit 'a column is missing' 's/,.*//' "column 'score' is missing"
edit 'a column is too much' 's/$/,1/' "column '1' is too much"
edit 'the columns changed places' 's/\(.*\),\(.*\)/\2,\1/' \
	"column 1 is 'score', not 'id'"
edit 'a row is too long' '4s/$/,1/' 'row 3 has 3 fields, the header 2'
edit 'another delimiter' 's/,/;/' \
	"its columns are parted by ';', the sample's by ','"
edit 'a quote stays open' '4s/,/,"/' 'a quote is opened and never closed'
is 'not valid is status 1' "$(check-submission "$TMP/task.json" "$d" "$TMP/s.csv" \
	>"$TMP/out"; echo $?)" 1
is 'valid is status 0' "$(check-submission "$TMP/task.json" "$d" "$good" \
	>"$TMP/out"; echo $?)" 0
is 'no submission is not valid either' \
	"$(check-submission "$TMP/task.json" "$d" "$TMP/no" | jq -r .finding)" \
	'there is none: the script did not write it'
is 'where no is an answer too, it is status 0' \
	"$(check-submission -n "$TMP/task.json" "$d" "$TMP/no" >"$TMP/out"; echo $?)" 0
is 'a folder is an error' "$(check-submission "$TMP/task.json" "$d" "$d" 2>&1; echo $?)" \
	"check-submission: read $d: Is a directory
100"
is 'so is no argument' "$(check-submission 2>&1; echo $?)" \
	'usage: check-submission [-n] [-x name=file]... task.json datadir submission.csv
100'

cp "$good" "$TMP/label.csv"
sed -i 's/0.5/red/' "$good"
task '.labels = "label"'
edit 'labels may be any word' 's/red/blue/' 'valid, 20'
edit 'but none may be missing' '4s/red//' "row 3: 'score' is empty"
cp "$TMP/label.csv" "$good"

{ echo id,x,score; seq 20 | sed 's/$/,1,red/; 9s/red/2.0/; 3s/red/"light, blue"/'; } >"$d/train.csv"
task '.labels = "label" | .train = "train.csv" | .problem = "multiclass"'
sed 's/0.5/red/' "$good" >"$TMP/label.csv"
cp "$TMP/label.csv" "$good"
edit 'labels of the training table are valid' '5s/red/2/; 7s/red/"light, blue"/' 'valid, 20'
edit 'another is not' '5s/red/rot/' "row 4: 'score' is 'rot', which is no label of the\
 training table; it has '2', 'light, blue' and 'red'"
edit 'nor is an infinite one' '5s/red/inf/' "row 4: 'score' is 'inf', which is no label of the\
 training table; it has '2', 'light, blue' and 'red'"
sed -i 's/red/0/' "$good"
edit 'whatever the sample holds' 's/,0/,red/' 'valid, 20'
{ echo id,x,score; seq 2000 | sed 's/.*/&,1,l&/'; } >"$d/train.csv"
edit 'so many labels are not told apart' 's/,0/,7/' 'valid, 20'
seq 12 | sed '1i id,score
s/.*/&,l&/' >"$d/train.csv"
edit 'not all are named' 's/,0/,7/' "row 1: 'score' is '7', which is no label of the training\
 table; it has 'l1', 'l10', 'l11', 'l12', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7' and 2 more"
task '.labels = "label" | .train = "train.csv" | .problem = "binary" | .metric = "auc"'
edit 'where the metric is not of labels other numbers will do' 's/,0/,0.7/' 'valid, 20'
task '.labels = "label" | .train = "train.csv" | .problem = "regression"'
edit 'where there are no classes any number will do' 's/,0/,7/' 'valid, 20'

sed -i 's/,0/,0.5/' "$good"
task '.labels = "probability"'
edit 'probabilities are from 0' '5s/0.5/0/' 'valid, 20'
edit 'to 1' '5s/0.5/1.0000001/' 'valid, 20'
edit 'not above' '5s/0.5/1.2/' "row 4: 'score' is '1.2', not a probability from 0 to 1"
edit 'nor below' '5s/0.5/-1e-3/' "row 4: 'score' is '-1e-3', not a probability from 0 to 1"
task '.labels = "rank"'
edit 'what is ranked may be any text' 's/0.5/a b c/' 'valid, 20'

{ echo id,score; seq 5 | sed 's/$/,0.5/'; } >"$TMP/part.csv"
task
is 'a part takes the place of the sample' "$(check-submission -n -x test.csv=no \
	-x sample.csv="$TMP/part.csv" "$TMP/task.json" "$d" "$TMP/part.csv" | jq -c .)" \
	'{"valid":true,"finding":null,"rows":5}'
printf 'gr\366\337e,score\n\374,1\n' >"$d/latin.csv"
task '.id = "größe" | .sample = "latin.csv"'
is 'latin-1 in the sample is UTF-8 in the submission' \
	"$(printf 'größe,score\nü,2\n' | check)" 'valid, 1'
is 'and is told so' "$(printf 'größe,score\nö,2\n' | check)" \
	"row 1: 'größe' is 'ö', the sample has 'ü': no row has 'ü', and 'ö' is not in the sample"

task '.sample = "none.csv"'
: >"$d/none.csv"
is 'a sample without a header is not held against the submission' \
	"$(printf 'id,score\n1,2\n' | check)" 'the sample is empty'
echo id,score >"$d/none.csv"
is 'one without rows has no ids' "$(printf 'id,score\n1,2\n' | check)" \
	"it has more rows than the 0 of the sample: '1' is not in the sample"
rm "$d/none.csv"

cp "$TMP/label.csv" "$good"
sed -i 's/red/0.5/' "$good" "$TMP/label.csv"
gzip "$good"
good=$TMP/label.csv
task '.sample = "sample.csv.gz"'
edit 'the sample may be compressed' '' 'valid, 20'
edit 'and still counts' '$d' "it has 19 rows, the sample 20: no row has '20'"
head -c 60 "$d/sample.csv.gz" >"$TMP/cut" && mv "$TMP/cut" "$d/sample.csv.gz"
is 'one that is cut is not held against the submission' \
	"$(check-submission "$TMP/task.json" "$d" "$good" 2>&1; echo $?)" \
	"check-submission: read $d/sample.csv.gz: the compressed data are cut or damaged: nothing after that was read; store it again
100"

task '.sample = null'
edit 'without a sample the test file counts' '' 'valid, 20'
edit 'its rows' '$d' "it has 19 rows, the test file 20: no row has '20'"
edit 'its ids' '4s/3/33/' "row 3: 'id' is '33', the test file has '3':\
 no row has '3', and '33' is not in the test file"
edit 'and the task' 1s/score/y/ "column 2 is 'y', not 'score'"
edit 'for the kind of value too' '4s/0.5/red/' "row 3: 'score' is 'red', not a number"
task '.sample = null | .labels = "probability"'
edit 'classes may have a column each' '1s/score/a,b/; 2,$s/$/,0.5/' 'valid, 20'
task '.sample = null | .test = null'
edit 'without both a whole table will do' '' 'valid, 20'
edit 'of whole rows' '4s/0.5//' "row 3: 'score' is empty"
edit 'if there are any' 1q 'it has no rows'
done_testing
