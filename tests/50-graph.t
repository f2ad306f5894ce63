#!/bin/sh
# What make does again, and what it does not.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task tiny
again() { # [SETTING=VALUE...]: makes the run with what it remembers, and counts
	mark
	build "$@"
}
files() { # every file of the run, with its time
	find "$(W)" -type f ! -name .lock -printf '%p %T@\n' | sort
}
same() { # two texts; tells where they differ
	echo "$1" >"$TMP/.one"
	echo "$2" | diff "$TMP/.one" -
}
copy() { # name: from here on RUN is a copy of the first run, to try things on
	RUN=
	rm -rf "work/tiny/$1"
	cp -a work/tiny/run "work/tiny/$1"
	RUN=$1
}
tools() { # of what was made, how often each
	made | cut -d' ' -f1 | uniq -c | awk '{ printf "%s%s %s", (NR > 1 ? ", " : ""), $1, $2 }'
}
by() { # tool: what was made by it
	made | sed -n "s/^$1 //p" | tr '\n' ' '
}
folders() { # where something was made
	made | cut -d' ' -f2 | sed 's|[^/]*\.try/.*||; s|[^/]*$||; s|/$||' | sort -u | tr '\n' ' '
}
say() { # what tests/model says beside what it is told first: a JSON object on stdin
	jq -s '[.[0]] + .[1]' - "$TMP/first.json" >"$RULES"
}

# One draft is debugged, one never runs, one has a leak mended.
rules <<'END'
{"stage": "draft", "target": "1/draft/1.*", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('y')\n```"}
{"stage": "draft|debug", "target": "2/draft/1.*", "reply": "```python\nprint('Final Validation Performance')\nraise ValueError({n})\n```"}
{"stage": "check-leak", "target": "2/draft/2.*", "reply": "[{\"leakage_status\": \"Yes Data Leakage\", \"code_block\": \"import csv\"}]"}
{"stage": "check-leak-fix", "reply": "```python\nimport csv  # mended\n```"}
END
cp "$RULES" "$TMP/first.json"
cp -a prompts work/tiny/data "$TMP"
build L=2 M=2 T=2 K=2 R=2 ATTEMPTS=2 -j2
is 'a run ends well' $? 0
is 'with a submission' "$(cat work/tiny/run/submission.csv)" \
	"$(cat work/tiny/data/sample_submission.csv)"

# nothing to do
before=$(files)
again
is 'a second make runs nothing' "$(made)" ''
ok 'and writes nothing' same "$before" "$(files)"
like 'and says that it is up to date' "$(cat "$TMP/said")" \
	'work/tiny/run is up to date: .*rmse'

# touch and edit
copy a
touch work/tiny/a/1/draft/2.draft.py
again
is 'a touched draft is evaluated again, and no more' "$(made)" \
	'check-leak 1/draft/2.try/1.py
evaluate 1/draft/2.json
run 1/draft/2.try/1.json'
like 'and status knows that nothing follows' "$(make status TASK=tiny RUN=a)" 'all [0-9]+ steps are done'
touch work/tiny/a/1/draft/1.draft.py
again
is 'with the tries it took, but no new fix' "$(made)" \
	'check-leak 1/draft/1.try/1.py
evaluate 1/draft/1.json
run 1/draft/1.try/1.json
run 1/draft/1.try/2.json'
sed -i 's/^score = .*/score = 1.5/' work/tiny/a/1/draft/2.draft.py
again
is 'an edited draft is run' "$(score 1/draft/2.json)" 1.5
is 'and reaches the end' "$(score submit/best.json)" 1.5
is 'by what follows it, and no other lane' "$(folders)" \
	' 1/0 1/1 1/2 1/draft 1/merge ensemble submit '
is 'the edit stays' "$(grep '^score' work/tiny/a/1/draft/2.draft.py)" 'score = 1.5'
again
is 'and then nothing is left to do' "$(made)" ''

# prompts
copy b
touch prompts/*.md
again
is 'of touched prompts nothing is made' "$(tools)" ''
again
is 'once' "$(made)" ''
touch prompts/*.md
like 'status looks at their words' "$(make status TASK=tiny RUN=b)" 'all [0-9]+ steps are done'
echo 'Be brief.' >>prompts/plan.md
say <<'END'
{"stage": "plan", "reply": "Something else."}
END
again
is 'an edited prompt has its documents made again' "$(by plan)" \
	'1/1/1.plan.md 1/1/2.plan.md 1/2/1.plan.md 1/2/2.plan.md 2/1/1.plan.md 2/1/2.plan.md 2/2/1.plan.md 2/2/2.plan.md '
is 'and what follows those that changed' "$(tools)" '1 cat, 8 plan, 4 refine'
is 'but nothing before them' "$(folders)" '1/1 1/2 2/1 2/2 in '
cp "$TMP/first.json" "$RULES"
copy c
echo >>prompts/debug.md
again
is 'an edited prompt of debug has those evaluated again that it mended' \
	"$(by evaluate)" '1/draft/1.json 2/draft/1.json '
is 'from the mended try on' "$(by debug; by run)" \
	'1/draft/1.try/2.draft.py 2/draft/1.try/2.draft.py '
echo >>prompts/check-leak-fix.md
again
is 'an edited prompt of check-leak-fix has those checked again that it mended' \
	"$(by evaluate; by check-leak)" '2/draft/2.json 2/draft/2.try/1.py '
rm -r prompts
cp -a "$TMP/prompts" .

# what decides, and what only provides the means
copy d
again T=3
is 'a third step comes after two' "$(by ablate)" '1/3/ablate.draft.py 2/3/ablate.draft.py '
is 'and nothing before it is made again' "$(folders | tr ' ' '\n' | grep '^[12]/' | tr '\n' ' ')" '1/3 2/3 '
copy e
again ATTEMPTS=3
is 'more attempts are for the script that failed' "$(by run)" '2/draft/1.try/3.json '
copy f
again MODEL='exec:tests/model again' TIMEOUT=77 MEMORY=777 CPUS=1 PROCS=99
is 'other means make nothing stale' "$(made)" ''
touch tools/best.c tools/keep.c
again
is 'nor does a compiled tool' "$(made)" ''
copy g
sed -i 's/^3,5,6$/3,5,7/' work/tiny/data/train.csv
again
is 'a changed cell of the data has every script run again' "$(by run)" \
	"$(cd work/tiny/g && find [0-9]* ensemble submit -path '*.try/[0-9].json' | sort | tr '\n' ' ')"
rm -r work/tiny/data
cp -a "$TMP/data" work/tiny
copy h
again SEED=2
is 'another seed is another run' "$(cmp -s work/tiny/run/solution.py work/tiny/h/solution.py; echo $?)" 1
is 'one lane is not the other' "$(cmp -s work/tiny/run/1/draft/2.draft.py work/tiny/run/2/draft/2.draft.py; echo $?)" 1

# a person's work
copy i
echo '# mine' >>work/tiny/i/1/draft/2.draft.py
again
echo >>prompts/draft.md
say <<'END'
{"stage": "draft", "target": "1/draft/2.*", "reply": "{script}\nprint('new')"}
END
again
is 'an edit that must be replaced is kept' \
	"$(tail -n 1 work/tiny/i/1/draft/2.draft.py~)" '# mine'
is 'beside what replaces it' "$(tail -n 1 work/tiny/i/1/draft/2.draft.py)" "print('new')"
like 'and told of' "$(cat "$TMP/said")" \
	'^keep: replace work/tiny/i/1/draft/2.draft.py: it was edited; the edit is kept as work/tiny/i/1/draft/2.draft.py~$'
rm -r prompts
cp -a "$TMP/prompts" .
cp "$TMP/first.json" "$RULES"

# keep by hand: a command of two lines
for i in 1 2; do keep "$TMP/kept" sh -c 'echo a
date +%N'; done 2>"$TMP/said"
is 'what a command of two lines wrote is not taken for an edit' "$(cat "$TMP/said"; ls "$TMP"/kept*)" "$TMP/kept"

# looking writes nothing
copy j
echo >>prompts/plan.md
before=$(files)
like 'make -n tells what would be made' "$(make -n TASK=tiny RUN=j T=3)" \
	'keep .*work/tiny/j/1/3/1.draft.py refine '
ok 'and writes nothing' same "$before" "$(files)"
like 'make status tells the next step' "$(make status TASK=tiny RUN=j)" '^  next +plan 1/1/1.plan.md'
steps=$(make -f mk/star.mk query TASK=tiny RUN=j | grep -c "^step")
like 'and how many are to be made now' "$(make status TASK=tiny RUN=j)" "^work/tiny/j: $((steps - 8)) of $steps steps are done"
ok 'and writes nothing, either' same "$before" "$(files)"
like 'make -n of a run that is not there tells all of it' \
	"$(make -n TASK=tiny RUN=none 2>&1)" 'keep .*work/tiny/none/submission.csv predictions'
is 'and makes no folder' "$(ls -d work/tiny/none 2>&1)" \
	"ls: cannot access 'work/tiny/none': No such file or directory"
rm -r prompts
cp -a "$TMP/prompts" .

# copies
RUN=
cp -a work/tiny work/other
TASK=other
again
is 'a copied task is up to date' "$(made)" ''
TASK=tiny
cp -a "$TMP/co" "$TMP/elsewhere"
cd "$TMP/elsewhere" || exit
again
is 'so is a copied checkout' "$(made)" ''
cd "$TMP/co" || exit
rm -r "$TMP/elsewhere" work/other

# the same from one job as from four
RUN=one
build L=2 M=2 T=2 K=2 R=2 ATTEMPTS=2 -j1
RUN=four
build L=2 M=2 T=2 K=2 R=2 ATTEMPTS=2 -j4
ok 'one job makes what four make' same "$(tree work/tiny/one)" "$(tree work/tiny/four)"

# settings
settings() { # but for the model, which the environment names
	sed 's/ := /=/; /^MODEL/d' "$(W)/settings.mk" | sort | tr '\n' ' '
}
RUN=set
build L=1 M=1 T=0 R=0 SEED=3 TIMEOUT=50
is 'settings are remembered' "$(settings)" 'L=1 M=1 R=0 SEED=3 T=0 TIMEOUT=50 '
make -n TASK=tiny RUN=set T=1 >"$TMP/said"
is 'but not by make -n' "$(settings)" 'L=1 M=1 R=0 SEED=3 T=0 TIMEOUT=50 '
like 'which does go by them' "$(cat "$TMP/said")" 'work/tiny/set/1/1/ablate.json'
build M=2
is 'one given anew replaces its old value' "$(settings)" 'L=1 M=2 R=0 SEED=3 T=0 TIMEOUT=50 '
build PRESET=quick T=0 R=0 L=1
is 'a preset clears the letters, but for those beside it' "$(settings)" \
	'L=1 PRESET=quick R=0 SEED=3 T=0 TIMEOUT=50 '
make -s unset TASK=tiny RUN=set
is 'make unset forgets them' "$(ls work/tiny/set/settings.mk 2>&1 | sed 's/.*: //')" \
	'No such file or directory'
sed -i '1s/.*/id,x,"a$b #c d"/' work/tiny/data/train.csv
RUN=odd
build L=1 M=1 T=0 'TARGET=a$$b #c d' METRIC=mae
is 'values may hold dollars, hash signs and blanks' "$(jq -r '.target[0]' work/tiny/odd/task.json)" 'a$b #c d'
again
is 'and stay what they are' "$(made)" ''
rm -r work/tiny/data
cp -a "$TMP/data" work/tiny

# small letters
ends() { # sentence, settings...: the folders of a run that ends well
	sentence=$1
	shift
	RUN=small
	rm -rf work/tiny/small
	mark
	build "$@" || sed 's/^/# /' "$TMP/said"
	is "$sentence" "$(cat work/tiny/small/submission.csv | wc -l) $(folders)" "$want"
}
want='3  1 1/0 1/draft 1/merge ensemble in split submit '
ends 'one lane, one model, no step, no round' L=1 M=1 T=0 R=0
want='3  1 1/0 1/1 1/draft 1/merge ensemble in split submit '
ends 'a step without plans' L=1 M=2 T=1 K=0 R=0
is 'studies nothing' "$(by ablate)" ''
ends 'rounds of one lane' L=1 M=2 T=1 K=0 R=2
is 'merge nothing' "$(by ensemble)" ''
want='3  1 1/0 1/draft 1/merge 2 2/0 2/draft 2/merge ensemble in split submit '
ends 'two lanes, one model, no step' L=2 M=1 T=0 R=1
is 'are merged' "$(by ensemble)" 'ensemble/1.draft.py '

# model cards
mkdir work/tiny/models
printf '# Nearest neighbour\n\nUse `knn()`.\n' >work/tiny/models/knn.md
RUN=card
build L=1 M=0 T=0
is 'a person'\''s model card is a candidate' "$(jq -c 'map(.model_name)' work/tiny/card/1/models.json)" \
	'["Nearest neighbour"]'
is 'nothing is searched for without need' "$(grep -c '"stage":"search"' work/tiny/card/ledger.jsonl)" 0
is 'the card is what the draft is asked for' \
	"$(jq -r .request.inputs.example_code work/tiny/card/chat/1/draft/1.draft.py.1.json)" \
	"$(cat work/tiny/models/knn.md)"
again M=1
is 'it comes after those that are found' "$(jq -c 'map(.model_name)' work/tiny/card/1/models.json)" \
	'["m0","Nearest neighbour"]'
echo Another. >work/tiny/models/other.md
again
is 'one more card is one more draft that is evaluated' "$(by evaluate | tr ' ' '\n' | grep draft)" '1/draft/3.json'
rm -r work/tiny/models
build M=0
like 'without a card M must be 1 or more' "$(cat "$TMP/said")" \
	'read M: with M=0 a model card is needed in work/tiny/models/'

# whatever is gone is made again
gone() { # folder: loses each file below it, and makes it again
	lost=
	before=$(tree "$(W)")
	files=$(find "$1" -path '*/chat' -prune -o -path '*/scratch' -prune -o -type f \
		! -name log ! -name ledger.jsonl ! -name .lock ! -name settings.mk -print)
	for f in $files; do
		rm "$f"
		build -j2 && [ -e "$f" ] || lost="$lost $f"
	done
	is "any file of $1 that is gone is made again" "$lost" ''
	ok 'as it was' same "$before" "$(tree "$(W)")"
	again
	is 'by one make' "$(made)" ''
}
RUN=gone
build L=1 M=2 T=1 K=1 R=0 -j2
gone work/tiny/gone
RUN=pair
rules </dev/null
build L=2 M=1 T=0 K=0 R=1 -j2
gone work/tiny/pair/ensemble
done_testing
