#!/bin/sh
# The commands that README prints between ```sh fences, run as they stand on a
# finished run of diabetes; and what it says of files and goals.
. "${0%/*}/lib.sh"
top=$PWD
checkout
unset MODEL RULES
cp "$top/README.md" .
mkdir work/diabetes
cp "$top/work/diabetes/task.md" "$top/work/diabetes/get-data" work/diabetes

make TASK=diabetes M=2 R=1 K=1 >"$TMP/out" 2>&1
is 'the bundled task ends well' $? 0
like 'the last line tells the submission and its score' "$(tail -n 1 "$TMP/out")" \
	'^work/diabetes/run/submission.csv: rmse [0-9.]+, by the script of '
like 'its grade is a true score' "$(make grade TASK=diabetes)" '^rmse [0-9.]+ \(lower is better, 89 rows\)$'

awk '/^```sh$/ { n++; f = "'"$TMP"'/readme." n; next } /^```$/ { f = "" } f { print > f }' README.md
for f in "$TMP"/readme.*; do
	set -- "$(sed -n 's/^# //p;q' "$f")"
	sh -eu "$f" >"$TMP/out" 2>"$TMP/err"
	is "README: $1: ends well" $? 0
	is "README: $1: without complaints" "$(cat "$TMP/err")" ''
	is "README: $1: prints something" "$([ -s "$TMP/out" ] && echo yes)" yes
done

for f in $(sed -n '/^| file in the run/,/^$/p' README.md | cut -d'|' -f2 | grep -o '`[^`]*`' |
	tr -d '\`' | grep -E '^(solution|submission|data|packages|task|brief|ledger|log|1/models|1/draft/2|1/1/2|1/1/best)' |
	grep -vE '2.plan|try/$'); do
	is "README tells of $f, which is there" "$(ls work/diabetes/run/"$f" 2>&1)" "work/diabetes/run/$f"
done
for goal in $(grep -oE 'make [a-z]+ TASK' README.md | cut -d' ' -f2 | sort -u); do
	ok "README tells of make $goal, which make knows" grep -q "^$goal:" mk/task.mk
done
done_testing
