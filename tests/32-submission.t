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
edit 'a row is missing' 5d "row 4: 'id' is '5', the sample has '4'"
edit 'the last row is missing' '$d' 'it has 19 rows, the sample 20'
edit 'a row is too much' '$p' 'it has more rows than the 20 of the sample'
edit 'two rows changed places' '3{h;d};4G' "row 2: 'id' is '3', the sample has '2'"
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
	'usage: check-submission [-n] TASK.json DATADIR SUBMISSION.csv
100'

cp "$good" "$TMP/label.csv"
sed -i 's/0.5/red/' "$good"
task '.labels = "label"'
edit 'labels may be any word' 's/red/blue/' 'valid, 20'
edit 'but none may be missing' '4s/red//' "row 3: 'score' is empty"
cp "$TMP/label.csv" "$good"

gzip "$good"
good=$TMP/label.csv
task '.sample = "sample.csv.gz"'
edit 'the sample may be compressed' '' 'valid, 20'
edit 'and still counts' '$d' 'it has 19 rows, the sample 20'

task '.sample = null'
edit 'without a sample the test file counts' '' 'valid, 20'
edit 'its rows' '$d' 'it has 19 rows, the test file 20'
edit 'its ids' '4s/3/33/' "row 3: 'id' is '33', the test file has '3'"
edit 'and the task' 1s/score/y/ "column 2 is 'y', not 'score'"
edit 'for the kind of value too' '4s/0.5/red/' "row 3: 'score' is 'red', not a number"
task '.sample = null | .labels = "probability"'
edit 'classes may have a column each' '1s/score/a,b/; 2,$s/$/,0.5/' 'valid, 20'
task '.sample = null | .test = null'
edit 'without both a whole table will do' '' 'valid, 20'
edit 'of whole rows' '4s/0.5//' "row 3: 'score' is empty"
edit 'if there are any' 1q 'it has no rows'
done_testing
