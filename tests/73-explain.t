#!/bin/sh
# What make explain says of a file, and the picture that make graph draws.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task $TASK
rules <<'R'
{"stage": "draft", "target": "1/draft/2.*", "reply": "```python\nraise ValueError('\\033[31mred </svg>&<b> \"quoted\\\\')\n```"}
{"stage": "debug", "target": "1/draft/2.*", "reply": "I give up."}
R
explain() { # file of the run
	make -s explain F="work/tiny/run/$1" 2>&1
}
is 'of no file nothing can be told' "$(make -s explain 2>&1 | grep -c 'say which file')" 1
like 'before there is a run, either' "$(explain 1/models.json)" 'it is no file of a run'
build L=2 M=2 T=1 K=2 R=1
is 'a run is made' $? 0
cp -a work/tiny/run "$TMP/run"

said=$(explain 1/1/2.json)
like 'a result: that it is up to date' "$said" '^work/tiny/run/1/1/2.json: up to date$'
like 'what it says' "$said" "^  says +ok, rmse $(jq -r '.score | tostring | .[:5]' work/tiny/run/1/1/2.json)"
like 'when it was made, and in which time' "$said" \
	"^  made +$(awk -F '\t' '$2 == "1/1/2.json" { t = $1 } END { print t }' work/tiny/run/log), in [0-9.]+ s$"
like 'which tool made it, and what that does' "$said" '^  by +evaluate: check, run and mend a script'
like 'by which command' "$said" "^  command +$(sed 's/ # .*//' work/tiny/run/1/1/.2.json.cmd)\$"
like 'from what' "$said" '^  from +1/1/2.draft.py, task.json, '
like 'with which tries' "$said" '^  tries +1/1/2.try/1.json  ok$'
like 'with which call for them' "$said" '^  call +work/tiny/run/chat/1/1/2.try/1.py.1.json: check-leak by exec:tests/model, [0-9]+ tokens in, [0-9]+ out, price unknown'
like 'and for what' "$said" '^  for +1/1/best.json$'
is 'each file of the run can be explained' "$(find work/tiny/run -type f | while read -r f; do
	tools/explain "$f" >"$TMP/one" 2>&1 || echo "$f $?"
	grep -q 'made by a person' "$TMP/one" && echo "$f"; done)" ''
said=$(explain 1/draft/2.json)
like 'a script that failed: why' "$said" '^  says +error: exit status 1: ValueError: '
like 'with its tries' "$said" '^ +1/draft/2.try/2.json|^  tries +1/draft/2.try/1.json  error: '
is 'and no control character' "$(echo "$said" | LC_ALL=C grep -c "$(printf '[\033\200-\377]')")" 0
make -s pin F=work/tiny/run/1/1/1.plan.md >/dev/null
like 'a pinned file: that it is pinned' "$(explain 1/1/1.plan.md)" '^work/tiny/run/1/1/1.plan.md: pinned: it stays as it is$'
make -s unpin F=work/tiny/run/1/1/1.plan.md >/dev/null
like 'a try: whose' "$(explain 1/1/2.try/1.json)" '1.json: a try of 1/1/2.json \(up to date\)$'
like 'what a script left' "$(explain 1/1/2.try/1.out/submission.csv)" 'left by a try of 1/1/2.json'
like 'a copy: of what' "$(explain in/draft.md)" 'draft.md: a copy of prompts/draft.md, which a person writes; up to date$'
like 'a chat: for which file' "$(explain chat/1/1/1.draft.py.1.json)" 'request and reply of a model call for 1/1/1.draft.py$'
like 'the true answers: nothing of what they hold' "$(explain split/truth.csv)" '^  command +part .* truth '
is 'which is so' "$(explain split/truth.csv | grep -c '^  says')" 0

touch work/tiny/run/1/1/1.plan.md
like 'a touched input' "$(explain 1/1/1.draft.py)" '^work/tiny/run/1/1/1.draft.py: stale: 1/1/1.plan.md changed$'
like 'which is marked' "$(explain 1/1/1.draft.py)" '^  from +1/1/1.plan.md  \(changed since\)$'
is 'but not edited' "$(explain 1/1/1.plan.md | grep -c edited)" 0
like 'what waits for it' "$(explain 1/1/1.json)" '1.json: waits for 1/1/1.draft.py: it is made again if that changes$'
is 'status has the same reason' "$(tools/status --json work/tiny/run |
	jq -r '.steps[] | select(.file == "1/1/1.draft.py").why')" '1/1/1.plan.md changed'
echo 'Try trees.' >work/tiny/run/1/1/1.plan.md
like 'an edited file: by a person' "$(explain 1/1/1.plan.md)" '^  edited +by a person, after it was made$'
like 'what it says now' "$(explain 1/1/1.plan.md)" '^  says +Try trees\.$'
like 'a changed setting' "$(make -s explain F=work/tiny/run/2/1/1.json ATTEMPTS=5)" \
	'1.json: stale: its command changed: -n 3 became -n 5$'
echo 'Be brief.' >>prompts/summarize.md
like 'an edited prompt' "$(explain 2/1/summary.md)" 'summary.md: stale: prompts/summarize.md changed$'
like 'and its copy' "$(explain in/summarize.md)" 'which a person writes; that has changed since$'
rm work/tiny/run/2/draft/1.json
like 'a file that is gone' "$(explain 2/draft/1.json)" '1.json: the file is gone$'
echo mine >work/tiny/run/notes.md
like 'one that a person put there' "$(explain notes.md)" 'notes.md: made by a person: no step makes it or reads it$'
like 'one that there will be' "$(make -s explain F=work/tiny/run/1/2/1.json T=2)" '1.json: not made yet$'
like 'a mistyped task is told' "$(make explain F=work/tyni/run/1/1/1.json 2>&1)" \
	'work/tyni/task.md: there is no such task'
like 'one that there will not be' "$(explain 1/9/1.json)" 'it is not there, and no step makes it'
is 'which is no' "$(tools/explain work/tiny/run/1/9/1.json 2>/dev/null; echo $?)" 1
like 'one of no run' "$(make -s explain F=mk/step.mk 2>&1)" 'does not begin with work/; say a file of a run'
like 'a path may be long' "$(cd mk && ../tools/explain ../work/tiny/../tiny//run/./notes.md)" '^work/tiny/run/notes.md: made by a person'
rm work/tiny/run/notes.md

# The picture, while some is stale.
if ! command -v dot >/dev/null; then
	tell ok 'The picture is not looked at # SKIP there is no dot'
	done_testing
	exit
fi
cat >"$TMP/look.py" <<'E'
"""What a picture shows: colour, file, of each box."""
import sys, xml.etree.ElementTree as tree
ns = "{http://www.w3.org/2000/svg}"
for g in tree.parse(sys.argv[1]).getroot().iter(ns + "g"):
    if g.get("class") == "node" and g.find(ns + "title").text != "legend":
        fill = next(e.get("fill") for e in g.iter() if e.tag in (ns + "path", ns + "polygon"))
        print(fill, g.find(ns + "title").text)
E
boxes() {
	python3 "$TMP/look.py" work/tiny/run/graph.svg
}
colour() { # file
	boxes | awk -v f="$1" '$2 == f { print $1 }'
}
echo 1/1/2.plan.md >work/tiny/run/pins
is 'make graph names the picture' "$(make -s graph TASK=tiny)" work/tiny/run/graph.svg
is 'which is XML, with a box for each step' "$(boxes | cut -d ' ' -f 2 | sort)" \
	"$(tools/status --json work/tiny/run | jq -r '.steps[].file' | sort)"
is 'done, failed, stale, waiting, pinned: each has its colour' \
	"$(for f in brief.md 1/draft/2.json 1/1/1.draft.py 1/1/1.json 1/1/2.plan.md; do colour $f; done | sort -u | wc -l)" 5
is 'that of what is gone is that of what is stale' "$(colour 2/draft/1.json)" "$(colour 1/1/1.draft.py)"
like 'a tip has the whole path, and why' "$(cat work/tiny/run/graph.svg)" 'title="work/tiny/run/1/1/1.draft.py: stale: 1/1/1.plan.md changed"'
rm -r work/tiny/run
cp -a "$TMP/run" work/tiny/run
make -s graph TASK=tiny K=9 >/dev/null
is 'of many plans one box is made' "$(boxes | grep -c '/1/1-9$')" 2
is 'and none is lost' "$(boxes | grep -c '/1/[0-9]*\.')" 0
mkdir "$TMP/bin"
for tool in sh make python3 jq cat mv rm test; do ln -s "$(command -v $tool)" "$TMP/bin/"; done
like 'without dot it is said where it is to be had' "$(PATH=$TMP/bin tools/graph work/tiny/run 2>&1)" 'install the package graphviz'
ok 'clean takes the picture, too' sh -c 'make -s clean TASK=tiny && ! test -e work/tiny/run'
done_testing
