#!/bin/sh
# What make status says of a run, and why what is stale is so: as make has it.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task $TASK
rules <<'R'
{"stage": "draft", "target": "1/draft/2.*", "reply": "```python\nraise ValueError('\\033[31mred\\u202e </svg> \"quoted\"')\n```"}
{"stage": "debug", "reply": "I give up."}
R
status() {
	make -s status TASK=tiny "$@" 2>&1
}
all() { # FILTER: of all that it tells
	tools/status --json work/tiny/run | jq -r "$@"
}
stale() { # the steps that status has for stale
	all '.steps[] | select(.state != "up-to-date" and .state != "waits").file' | sort
}
would() { # those that make would take
	make -n -r -f mk/star.mk TASK=tiny | sed -n 's|^tools/keep -p [^ ]* work/tiny/run/\([^ ]*\) .*|\1|p' | sort
}
agrees() { # sentence
	is "$1: make would take the same steps, $(stale | wc -l)" "$(stale)" "$(would)"
}
again() {
	rm -rf work/tiny/run
	cp -a "$TMP/run" work/tiny/run
	rm -rf prompts
	cp -a "$TMP/prompts" prompts
}

agrees 'nothing is there'
build L=2 M=2 T=2 K=2 R=2
is 'a run is made' $? 0
cp -a work/tiny/run "$TMP/run"
cp -a prompts "$TMP/prompts"
said=$(status)
like 'a finished run' "$said" '^work/tiny/run: all 90 steps are done$'
like 'its lanes stand side by side' "$said" '^  lane +1 +2$'
like 'with the best score of each stage' "$said" '^  merge +[0-9.]+ +[0-9.]+$'
like 'and how many failed' "$said" '^  draft +[0-9.]+  1 failed +[0-9.]+$'
is 'a step has the score of its best.json' \
	"$(echo "$said" | sed -nE 's/^  step (1-)?2 +([0-9.]+) .*/\2/p')" \
	"$(jq -r .score work/tiny/run/1/2/best.json)"
like 'what failed is told in words' "$said" '^  failed +1/draft/2  error: .*ValueError: .*</svg> "quoted"'
is 'and nothing in it moves a terminal' "$(echo "$said" | LC_ALL=C grep -c "$(printf '[\033\200-\377]')")" 0
is 'it fits a screen' "$([ "$(echo "$said" | wc -l)" -le 24 ] || echo "$said" | wc -l)" ''
is 'no line of the table is wider' "$(echo "$said" | grep -E '^  (lane|draft|step|merge|start)' | awk 'length > 79')" ''
is '--json is one document' "$(tools/status --json work/tiny/run | jq -s length)" 1
is 'with as many steps as it counts' "$(all '.steps | length')" "$(all .total)"
is 'with what is told in words' "$(all '.failed[] | .name + ": " + .status' | head -n 1)" '1/draft/2: error'
like 'and with the best score' "$said" "best +rmse $(all '.best.score | tostring | .[:6]').*$(all .best.name)"
agrees 'nothing is stale'
is 'a run may be named from within' "$(cd work/tiny/run && ../../../tools/status .)" "$(tools/status work/tiny/run)"
before=$(find work/tiny/run | xargs ls -ld --time-style=full-iso)
status >/dev/null
is 'it writes nothing' "$(find work/tiny/run | xargs ls -ld --time-style=full-iso)" "$before"

touch work/tiny/run/1/1/1.plan.md
like 'a touched file: what it is an input of' "$(status)" '^  stale +1/1/1.draft.py and 1 more: 1/1/1.plan.md changed$'
like 'what waits for these is counted' "$(status)" '^  waiting +[0-9]+ steps wait'
like 'and what is next' "$(status)" '^  next +refine 1/1/1.draft.py$'
agrees 'a touched file'

again
rm work/tiny/run/2/draft/1.json
like 'a file that is gone' "$(status)" '^  stale +2/draft/1.json: the file is gone$'
agrees 'a file that is gone'

again
rm work/tiny/run/2/draft/1.try/1.json
like 'a try that is gone' "$(status)" '^  stale +2/draft/1.json: 2/draft/1.try/1.json of its tries is gone$'
agrees 'a try that is gone'

again
rm work/tiny/run/1/1/.summary.md.cmd
like 'notes that are gone' "$(status)" '^  stale +1/1/summary.md: its making was cut off'
agrees 'notes that are gone'

again
like 'a changed setting: from what to what' "$(status ATTEMPTS=5)" 'its command changed: -n 3 became -n 5$'
like 'one that is new' "$(status MARGIN=1)" 'its command changed: now with -m 1$'
like 'one that asks for more' "$(status T=3)" ' of 112 steps are done$'
is 'that is not made, and not stale' "$(status T=3 | grep -c '^  stale  *[12].3.')" 0
echo 'ATTEMPTS := 4' >>work/tiny/run/settings.mk
agrees 'a changed setting'

again
echo 'Be brief.' >>prompts/plan.md
touch prompts/merge.md
like 'an edited prompt, by the name that a person knows' "$(status)" '^  stale +1/1/1.plan.md and 7 more: prompts/plan.md changed$'
is 'a touched one is none' "$(status | grep -c merge.md)" 0
agrees 'an edited prompt'

again
sed -i 's/3,5,6/3,5,7/' work/tiny/data/train.csv
like 'changed data' "$(status)" '^  stale +data.json and [0-9]+ more: data changed$'
sed -i 's/3,5,7/3,5,6/' work/tiny/data/train.csv

again
rm work/tiny/run/1/2/2.json
build BUDGET_TOKENS=1
like 'a postponed step' "$(status)" '^  postponed +[0-9]+ documents?: BUDGET_TOKENS=1 is reached'
agrees 'a postponed step'
is 'in the folder of the run, too' "$(cd work/tiny/run && ../../../tools/status . | head -n 1)" \
	"$(tools/status work/tiny/run | head -n 1)"
is 'what is no run is told of' "$(tools/status work/tiny 2>&1; make -s status TASK=none 2>&1 | grep -o 'there is no such task')" \
	'status: read work/tiny: it is no run, such as work/foo/run
there is no such task'
is 'an unknown setting is refused as by make' "$(tools/status --json work/tiny/run >/dev/null 2>&1; echo $?; cp -a work/tiny/run/settings.mk "$TMP/s"; echo 'L := x' >work/tiny/run/settings.mk; tools/status work/tiny/run >/dev/null 2>&1; echo $?)" '0
100'
done_testing
