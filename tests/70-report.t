#!/bin/sh
# The page of a run, as a browser shows it: of a finished run with hostile
# scripts, of one that failed half-way, of a damaged one.
. "${0%/*}/lib.sh"
browser=$PWD/tests/chromium
checkout
TASK=tiny
task tiny
tag='</script><script>alert(1)</script><img src=x onerror=alert(2)>'
# The first draft prints what it likes; one fails first; a leak is mended.
jq -n --arg tag "$tag" '
	def fence: "```python\n" + . + "```";
	{stage: "search", lane: 1, reply: ([range(4) | {model_name: "\(.) <script>alert(3)</script>",
		example_code: $tag}] | tojson)},
	{stage: "draft", target: "1/draft/1.*", reply: ("# \($tag)\nimport sys\nprint(\"\"\"\($tag)\"\"\")
sys.stdout.flush()
sys.stdout.buffer.write(b\"\\x00\\x01\\x1b[31m\\xff\\xfe \" + b\"x\" * 5000000 + b\"\\n\")
sys.stdout.flush()
import csv
rows = list(csv.reader(open(\"input/sample_submission.csv\")))
csv.writer(open(\"final/submission.csv\", \"w\")).writerows(rows)
print(\"Final Validation Performance: 71.5\")
" | fence)},
	{stage: "draft", target: "2/draft/2.*", reply: ("raise KeyError(\"<b>gone</b>\")\n" | fence)},
	{stage: "plan", reply: "<img src=x onerror=alert(5)> {n}"},
	{stage: "check-leak", target: "1/draft/3.*", reply: ([{leakage_status: "Yes Data Leakage", code_block: "import csv"}] | tojson)},
	{stage: "check-leak-fix", reply: ("import csv  # no leak\n" | fence)},
	{stage: "ablate", reply: ("print(\"Baseline: 51.0\\nwithout <i>x</i>: 53.5\\nother features: 50.2\")\n" | fence)}
' | rules

RULES=$RULES build PRESET=paper -j2
is 'A run of the paper'\''s size ends well' $? 0
like 'its last lines name the report' "$(tail -n 2 "$TMP/said")" '^work/tiny/run/report.html '
page=$(W)/report.html
is 'the page has less than 2 MB' "$([ "$(stat -c %s "$page")" -lt 2000000 ] && echo yes)" yes
is 'none of its markup is a script'\''s or a model'\''s' "$(grep -c '<img\|<script>alert\|<b>gone\|<i>x</i>\|href="javascript' "$page")" 0
is 'nothing half-written is left' "$(ls "$(W)" | grep -c tmp)" 0
mark
since=$(stat -c %z "$page")
build
is 'A run that has nothing to do leaves it alone' "$? $(stat -c %z "$page")" "0 $since"
touch -d 2001-01-01 "$page"
make report TASK=tiny >"$TMP/said"
is 'make report makes it' "$(cat "$TMP/said") $(date -r "$page" +%Y)" "$page $(date +%Y)"

printf 'id,y\n4,3\n5,4\n' >work/tiny/answers.csv
make -s grade TASK=tiny >"$TMP/said" 2>&1
make -s report TASK=tiny >/dev/null
like 'The true score is in it once make grade has found it' "$(grep -c 'True score, by <code>make grade</code>: <b>[0-9]' "$page") $(cat "$TMP/said")" '^1 rmse'
rm work/tiny/answers.csv

# What there is to see, by the tools that list it.
scores() {
	tools/scores "$1" | awk 'on && NF == 0 { exit } /^chosen|^final/ { exit } on && NF { n++ } /measured.*printed/ { on = 1 } END { print n + 0 }'
}
panels() { # run: every candidate that there is
	(cd "$1" && ls -d [0-9]*/models.json [0-9]*/draft/*.draft.py [0-9]*/merge/*.draft.py [0-9]*/[0-9]*/*.draft.py \
		ensemble/*.draft.py submit/*.draft.py 2>/dev/null | sed 's/\.draft\.py$//; s/\.json$//'; echo task) | LC_ALL=C sort
}
look() { # run, nodes whose text is wanted...: what the browser tells
	run=$1
	shift
	timeout 120 "$browser" "$run/report.html" "$@" >"$TMP/seen"
}
seen() {
	jq -r "$1" "$TMP/seen"
}
check() { # what it is, run
	is "$1: the console tells no error" "$(seen '.errors | join("; ")')" ''
	is "$1: nothing is fetched, nothing of the scripts runs" "$(seen '[(.requests + .alerts)[]] + [.injected] | tostring')" '[0]'
	is "$1: there are as many points as scores" "$(seen .points)" "$(scores "$2")"
	is "$1: every candidate has a panel, which opens" "$(seen '.panels | keys[]' | LC_ALL=C sort)" "$(panels "$2")"
	is "$1: and shows something" "$(seen '.panels | map(select(. < 60)) | length')" 0
	is "$1: it fits a phone" "$(seen '."fits a phone"')" true
}
if command -v chromium >/dev/null; then
	look "$(W)" 1/draft/1 2/draft/2 1/draft/3 1/1/1 1/1/ablate
	check finished "$(W)"
	is 'What a hostile script is and prints is text' \
		"$(seen '.texts["1/draft/1"]' | grep -oF "$tag" | sort | uniq -c | awk '{ print ($1 > 1) }')" 1
	like 'a line of 5 MB is cut' "$(seen '.texts["1/draft/1"]')" 'bytes are left out here'
	is 'and obeyed by nothing' "$(seen '.texts["1/draft/1"]' | grep -c "$(printf '[\033\001\302\200]')")" 0
	like 'What failed first shows why' "$(seen '.texts["2/draft/2"]')" 'Try 1 failed.*KeyError'
	like 'and how it was mended' "$(seen '.texts["2/draft/2"]')" '^\+ rows = list|\+ score'
	like 'What leaked shows what was changed' "$(seen '.texts["1/draft/3"]' | tr '\n' ' ')" 'leak check changed.*- import csv\+ import csv  # no leak'
	like 'A plan shows its text, its change and its calls' "$(seen '.texts["1/1/1"]' | tr '\n' ' ')" 'The plan.*What changed against 1/.*Model calls.*Prompt.*Reply'
else
	tell ok 'The page of a finished run in a browser # SKIP there is no chromium'
fi
holds() { # page: the first that is as a regular expression says
	tr '\n' ' ' <"$1" | grep -oE -m 1 -e "$2" | head -n 1
}
like 'An ablation is a chart' "$(holds "$page" 'without &lt;i&gt;.{80}')" 'x&lt;/i&gt;<td class=n>53.500<td class=n>\+2.5<td class=bar><svg class=loss'
like 'A leak that was mended is a finding' "$(holds "$page" '1/draft/3</a><td>leak<td>[a-z ]*')" mended
jq '.[0].sources = ["javascript:alert(4)", "https://a.example/\"><img src=x>"]' "$(W)/2/models.json" >"$TMP/models"
cp "$TMP/models" "$(W)/2/models.json"
report "$(W)" >/dev/null
like 'What is no web page is no link' "$(holds "$page" '<br>javascript.{120}')" \
	'^<br>javascript:alert\(4\)<br><a rel="noreferrer noopener" href="https://a.example/&quot;&gt;&lt;img src=x&gt;"'

# Failed half-way; the price of its calls is not known.
RUN=half
jq '. + [{"stage": "summarize", "exit": 100}]' "$RULES" >"$TMP/half.json"
RULES=$TMP/half.json build L=2 M=2 T=1 K=1
is 'A run that fails still has its report' "$([ $? != 0 ] && grep -c '^work/tiny/half/report.html ' "$TMP/said")" 1
like 'which tells what failed' "$(holds work/tiny/half/report.html '<code>summarize.{60}')" '^<code>summarize [12]/1/summary.md</code> \(status 100\)'
like 'and how to go on' "$(holds work/tiny/half/report.html '<code>make [^<]*</code> goes on')" '>make TASK=tiny RUN=half<'
if command -v chromium >/dev/null; then
	look "$(W)"
	check half-finished "$(W)"
else
	tell ok 'The page of a half-finished run in a browser # SKIP there is no chromium'
fi

make fork TASK=tiny RUN=early FROM=half >/dev/null
make best TASK=tiny RUN=early >"$TMP/said" 2>&1
like 'A run that make best ended says so, and how to go on' "$(grep -o '<p>work/tiny/early, [a-z ]*' work/tiny/early/report.html
	)$(holds work/tiny/early/report.html 'It was ended early.{60}')" 'ended early.*make best ended the run. <code>make TASK=tiny RUN=early<'

# Edited, damaged, empty.
cd "$(W)" || exit
echo '{"status": "ok", "score": 1' >1/draft/1.json
echo '{"status": 7, "score": "best", "name": {}, "script": []}' >1/draft/2.json
echo '[3, null, {"model_name": 4, "sources": 5}]' >1/models.json
echo 'null' >task.json
: >packages.json
printf '{"target": 3}\n{\n\377\n' >>ledger.jsonl
printf 'what\tis\tthis\n' >>log
rm -r chat && mkdir -p 2/draft/1.json
ln -s /dev/zero 2/draft/2.json
cd - >/dev/null || exit
ok 'A damaged run has a report' report "$(W)"
like 'which says what is damaged' "$(holds "$(W)/report.html" 'Damaged.{150}')" '<code>task.json</code>.*<code>1/draft/1.json</code>'
RUN=none
mkdir work/tiny/none && : >work/tiny/none/log
ok 'So has one that has just begun' report "$(W)"
like 'It has no result' "$(holds "$(W)/report.html" 'No result yet')" .
report work/tiny/nothing 2>"$TMP/err"
is 'What is not there has none' "$? $(cat "$TMP/err")" '100 report: read work/tiny/nothing: nothing is made yet'
RUN=
mv tools/report.css "$TMP"
build R=6
is 'A report that cannot be made does not fail the run' "$? $(grep -c report "$TMP/said")" '0 0'
mv "$TMP/report.css" tools
done_testing
