#!/bin/sh
# part: a part of the data that a script is shown, or measured by.
. "${0%/*}/lib.sh"
d=$TMP/data
mkdir "$d"
echo '{"train":"train.csv"}' >"$TMP/task.json"

given() { # name: the training table, from stdin
	rm -f "$d"/*
	cat >"$d/$1"
	echo "{\"train\":\"$1\"}" >"$TMP/task.json"
	describe "$d" >"$TMP/data.json"
}
part_of() { # arguments of part
	part "$@" "$TMP/rows.json" "$TMP/task.json" "$TMP/data.json" "$d"
}
take() { # options
	part_of "$@" train
}
echo '{"score":"printed","why":"there is no test file"}' >"$TMP/rows.json"

{ echo id,text; seq 1000 | sed 's/.*/&,"a\n&"/'; } | given train.csv
is 'a table keeps its header' "$(take -n 10 -s 1 | head -n 1)" id,text
is 'and exactly so many rows' "$(take -n 10 -s 1 | wc -l)" 21
rows() { take "$@" | grep -o '^[0-9]*,' | tr -d '\n,'; }
is 'which are whole' \
	"$(take -n 100 | sed 1d | paste -d ' ' - - | grep -vc '^\([0-9]*\),"a \1"$')" 0
is 'and in their order' "$(take -n 100 | grep -o '^[0-9]*' | sort -nc && echo yes)" yes
is 'the same seed takes the same rows' "$(rows -n 10 -s 3)" "$(rows -n 10 -s 3)"
ok 'another seed takes others' test "$(rows -n 10 -s 3)" != "$(rows -n 10 -s 4)"
is 'rows come from everywhere' "$(for s in $(seq 20); do
	take -n 50 -s "$s" | grep -o '^[0-9]*,'
done | awk '{ n[int(($1 - 1) / 250)]++ } END {
	for (i = 0; i < 4; i++) print (n[i] > 200 && n[i] < 300)
}' | paste -sd ' ')" '1 1 1 1'
is 'a small table is not printed' "$(take -n 1000; echo $?)" 0
is 'nor is any without a limit' "$(take -n 0; take; echo $?)" 0
is 'one row less is' "$(take -n 999 | grep -c ,)" 1000
{ printf '\357\273\277id;a\r\n'; seq 99 | sed 's/$/;x\r/'; } | given train.csv
is 'bytes are kept: mark and line ends' "$(take -n 5 | head -n 1 | od -An -tx1)" \
	"$(printf '\357\273\277id;a\r\n' | od -An -tx1)"
is 'also in rows' "$(take -n 5 | grep -c ';x.$')" 5
{ echo id; seq 99; } | gzip | given train.csv.gz
is 'a compressed table gives a compressed sample' \
	"$(take -n 7 | gzip -dc | wc -l)" 8
seq 99 | sed 's/.*/{"id":&}/' | given train.jsonl
is 'lines of JSON have no header' "$(take -n 7 | grep -c '{"id":')" 7
echo '{"train":null}' >"$TMP/task.json"
is 'no training table, no sample' "$(take -n 5; echo $?)" 0
echo '{"train":"x.csv"}' >"$TMP/task.json"
is 'a table that data.json lacks is an error' "$(take -n 5 2>&1; echo $?)" \
	"part: read $TMP/data.json: it has no table x.csv
100"
{ echo id; seq 99; } | given train.csv
seq 9 >"$d/train.csv"
is 'so is one that shrank' "$(take -n 50 2>&1 >"$TMP/out"; echo $?)" \
	"part: read $d/train.csv: it has fewer rows than it had
100"
is 'so is half a number' "$(take -n 5x 2>&1; echo $?)" \
	"part: read '5x': it is no count
100"
is 'so is a full disk' "$({ echo id; seq 99; } | given train.csv
	take -n 5 2>&1 >/dev/full; echo $?)" \
	'part: write stdout: No space left on device
111'
is 'without rows held out the other parts are empty' \
	"$(for p in test sample truth; do part_of "$p"; echo $?; done)" '0
0
0'

# rows are held out
task() { # jq expression that changes the usual task
	jq -n '{id: "id", target: ["y"], train: "train.csv", test: "test.csv",
		sample: "sample.csv"} | '"${1:-.}" >"$TMP/task.json"
	describe "$d" >"$TMP/data.json"
}
held() { # a flag a row
	jq -n --arg h "$1" '{score: "measured", rows: ($h | length),
		fit: ($h | gsub("1"; "") | length), held: $h}' >"$TMP/rows.json"
}
{ echo id,a,y,b; seq 9 | sed 's/.*/&,a&,y&,b&/'; } | given train.csv
printf 'b;id\n;\n' >"$d/test.csv"
printf 'id,p\n77,0.5\n78,0.6\n' >"$d/sample.csv"
task
held 010000011
is 'train: the rows that are not held out' "$(part_of train | paste -sd ' ')" \
	'id,a,y,b 1,a1,y1,b1 3,a3,y3,b3 4,a4,y4,b4 5,a5,y5,b5 6,a6,y6,b6 7,a7,y7,b7'
is 'or some of them' "$(part_of -n 3 train | wc -l)" 4
is 'in the order of the file' "$(part_of -n 3 train | sed 1d | sort -c && echo yes)" yes
is 'never one that is held out' "$(for s in $(seq 20); do part_of -n 3 -s "$s" train
done | grep -c '^[289],')" 0
is 'test: those that are, as the test file has its own' "$(part_of test | paste -sd ' ')" \
	'b;id b2;2 b8;8 b9;9'
is 'sample: its first row for each' "$(part_of sample | paste -sd ' ')" \
	'id,p 2,0.5 8,0.5 9,0.5'
is 'truth: id and targets' "$(part_of truth | paste -sd ' ')" 'id,y 2,y2 8,y8 9,y9'
task '.target = ["y", "a"] | .id = null | .sample = null'
is 'without an id the targets alone, all of them' "$(part_of truth | paste -sd ' ')" \
	'y,a y2,a2 y8,a8 y9,a9'
is 'and no sample where there is none' "$(part_of sample; echo $?)" 0
printf 'p\n0.5' >"$d/sample.csv"
task '.id = null'
is 'a sample without an id says the same each time' "$(part_of sample | paste -sd ' ')" \
	'p 0.5 0.5 0.5'
rm "$d/test.csv"
printf '\357\273\277id,b\r\n' | gzip >"$d/test.csv.gz"
task '.test = "test.csv.gz"'
is 'mark, line ends and compression are those of the test file' \
	"$(part_of test | gzip -dc | od -An -c | tr -s ' \n' ' ')" \
	' 357 273 277 i d , b \r \n 2 , b 2 \r \n 8 , b 8 \r \n 9 , b 9 \r \n '
printf 'id,n\374,y\n1,\366,\337\n' >"$d/train.csv"
printf 'id,n\303\274\n' >"$d/test.csv"
task '.sample = null'
held 1
is 'latin-1 becomes UTF-8 where the test file is' "$(part_of test | paste -sd ' ')" 'id,nü 1,ö'
is 'and in truth' "$(part_of truth | paste -sd ' ')" 'id,y 1,ß'
printf 'id,n\374\n' >"$d/test.csv"
task '.sample = null'
is 'and stays what it is where that is, too' "$(part_of test | od -An -c | tr -s ' \n' ' ')" \
	' i d , n 374 \n 1 , 366 \n '
printf 'id,text,y\n1,"a ""b"",\n\nc",1\n\n2,,2\n3\n' >"$d/train.csv"
printf 'text\n' >"$d/test.csv"
task '.sample = null'
held 111
is 'fields are quoted that need it, one that is empty or not there is' \
	"$(part_of test | cat -A | paste -sd ' ')" 'text$ "a ""b"",$ $ c"$ ""$ ""$'
is 'blank lines are no rows' "$(part_of truth | paste -sd ' ')" 'id,y 1,1 2,2 3,'
is 'columns reads it so, too' "$(columns "$d/train.csv" y id | paste -sd ' ')" \
	'y,id 1,1 2,2 "",3'
printf 'a,id,b\n1,1,2\n1,2,2\n12,3,\n1,4,2\n' >"$TMP/c.csv"
is 'and tells which rows are alike' "$(columns -r "$TMP/c.csv" id | cut -d , -f 2 |
	awk '{ print n[$1]++ }' | paste -sd ' ')" '0 0 1 0 2'
like 'a column that is not there is an error' "$(columns "$TMP/c.csv" x 2>&1; echo $?)" \
	"^columns: read .*c.csv: it has no column 'x'$"
for h in 11 1111; do
	held $h
	is "${#h} flags for three rows are an error" "$(part_of truth 2>&1 >/dev/null; echo $?)" \
		"part: read $d/train.csv: it has not the ${#h} rows of $TMP/rows.json
100"
done
is 'an unknown part is an error' "$(part_of all 2>&1; echo $?)" \
	'usage: part [-n rows] [-s seed] train|test|sample|truth rows.json task.json data.json datadir
100'

mkdir "$TMP/tables"
is 'tables at random: each row is in one part, as it was' \
	"$("${PYTHON:-/usr/bin/python3}" tests/parts.py "$TMP/tables" 60 2>&1)" ''
done_testing
