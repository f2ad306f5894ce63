#!/bin/sh
# Leaks planted in scripts, and who has to catch each: the rules, which look at
# the script (the playbook's check-leak), or the measurement, which looks at what
# it predicts for rows that it has not seen.
. "${0%/*}/lib.sh"
PYTHON=${PYTHON:-/usr/bin/python3}
"$PYTHON" -c 'import sklearn, pandas' 2>/dev/null || skip "$PYTHON has no scikit-learn"
unset KEEP_RUN KEEP_FILE MODEL RULES
export TIMEOUT=120 CPUS=1
d=$TMP/data r=$TMP/split
mkdir "$d" "$r"
tests/leaks/make-data "$d"
jq -n '{metric: "rmse", direction: "lower", problem: "regression", target: ["sales"],
	id: "id", train: "train.csv", test: "test.csv", sample: "sample_submission.csv",
	labels: "number"}' >"$TMP/task.json"
describe "$d" >"$TMP/data.json"
split "$TMP/task.json" "$TMP/data.json" "$d" >"$r/rows.json"
for part in train test sample truth; do
	part $part "$r/rows.json" "$TMP/task.json" "$TMP/data.json" "$d" >"$r/$part.csv"
done
is 'rows are held out' "$(jq -r .score "$r/rows.json")" measured
echo brief >"$TMP/brief.md"
# A model that finds nothing, so that the measurement is alone.
cat >"$TMP/blind" <<'EOF'
#!/bin/sh
printf '```json\n[{"leakage_status": "No Data Leakage", "code_block": ""}]\n```\n'
EOF
chmod +x "$TMP/blind"
caught() { # leak: who catches it
	f=tests/leaks/$1.py
	MODEL=playbook check-leak prompts/check-leak.md prompts/check-leak-fix.md "$f" >"$TMP/$1.mended" 2>/dev/null
	rules=-
	cmp -s "$f" "$TMP/$1.mended" || rules=rules
	cp "$f" "$TMP/$1.py"
	MODEL=exec:$TMP/blind evaluate -n 1 -d "$d" "$TMP/$1.py" "$TMP/task.json" \
		"$TMP/brief.md" "$r/rows.json" >"$TMP/$1.json" 2>"$TMP/$1.err" || cat "$TMP/$1.err" >&2
	echo "$rules $(jq -r 'if .suspect then "measurement" else "-" end' "$TMP/$1.json")"
}
for leak in honest scaler target-encoding duplicates from-target on-validation; do
	caught $leak >"$TMP/$leak.who" &
	[ $leak != target-encoding ] || wait
done
wait
who() { cat "$TMP/$1.who"; }
is 'an honest script is not suspect' "$(who honest)" '- -'
is 'a scaler fitted on all rows: rules; it changes no score' "$(who scaler)" 'rules -'
is "target means of all rows: both" "$(who target-encoding)" 'rules measurement'
is 'the same row on both sides: the measurement' "$(who duplicates)" '- measurement'
is 'a feature made from the target: the measurement' "$(who from-target)" '- measurement'
is 'training on the validation rows: both' "$(who on-validation)" 'rules measurement'
is 'what is measured is what counts' \
	"$(jq -c '[.score == .measured, .printed < .measured]' "$TMP/on-validation.json")" '[true,true]'
like 'the suspicion is told in words' "$(jq -r .suspect "$TMP/on-validation.json")" \
	'^it printed 0\.[0-9]+, but scores 2\.[0-9]+ on rows that it has not seen \(standard error 0\.[0-9]+\)$'
printf '# %-16s %-6s %-12s %9s %9s %6s\n' leak rules measurement printed measured se
for leak in honest scaler target-encoding duplicates from-target on-validation; do
	printf '# %-16s %-6s %-12s %9.3f %9.3f %6.3f\n' $leak $(who $leak) \
		$(jq -r '.printed, .measured, .se' "$TMP/$leak.json")
done
done_testing
