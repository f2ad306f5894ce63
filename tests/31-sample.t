#!/bin/sh
# sample: some rows of a training table that has too many.
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
take() { # options of sample
	sample "$@" "$TMP/task.json" "$TMP/data.json" "$d"
}

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
is 'nor is any without a number' "$(take -n 0; take; echo $?)" 0
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
	"sample: read $TMP/data.json: it has no table x.csv
100"
{ echo id; seq 99; } | given train.csv
seq 9 >"$d/train.csv"
is 'so is one that shrank' "$(take -n 50 2>&1 >"$TMP/out"; echo $?)" \
	"sample: read $d/train.csv: it has fewer rows than it had
100"
is 'so is half a number' "$(take -n 5x 2>&1; echo $?)" \
	"sample: read '5x': it is no count
100"
is 'so is a full disk' "$({ echo id; seq 99; } | given train.csv
	take -n 5 2>&1 >/dev/full; echo $?)" \
	'sample: write stdout: No space left on device
111'
done_testing
