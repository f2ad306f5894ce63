#!/bin/sh
# What make estimate says a run asks for, before it is made, when it is half
# made and when it is done.  53-count.t compares it with runs at paper size.
. "${0%/*}/lib.sh"
checkout
TASK=half
mkdir -p work/half/data
echo 'Predict y. Metric: rmse.' >work/half/task.md
awk 'BEGIN { print "id,x,y"; for (i = 1; i <= 100; i++) print i "," i % 7 "," i % 5 }' >work/half/data/train.csv
awk 'BEGIN { print "id,x"; for (i = 101; i <= 110; i++) print i "," i % 7 }' >work/half/data/test.csv
awk 'BEGIN { print "id,y"; for (i = 101; i <= 110; i++) print i ",0" }' >work/half/data/sample_submission.csv
small='L=1 M=2 T=1 K=2 R=1'
estimate() { # [SETTING=VALUE...]
	make -s estimate TASK=$TASK ${RUN:+RUN=$RUN} $small "$@" 2>&1
}
all() { # FILTER [SETTING=VALUE...]: of all that it tells
	filter=$1
	shift
	look "$@"
	jq -r "$filter" "$TMP/all"
}
look() { # [SETTING=VALUE...]: all that it tells, to $TMP/all
	printf 'include Makefile\nall: ; +@tools/estimate --json $W\n' |
		make -s -f - all TASK=$TASK ${RUN:+RUN=$RUN} $small "$@" >"$TMP/all"
}
seen() { # FILTER: of what look saw
	jq -r "$1" "$TMP/all"
}
row() { # name: its figures in what was said
	echo "$said" | sed -nE "s/^  $1  +//p" | head -n 1
}

# before
said=$(estimate)
is 'nothing is begun by it' "$(ls -A work/half)" 'data
task.md'
like 'all is left' "$said" '^work/half/run: ([0-9]+) of \1 steps are left to be made$'
is 'how long is not known' "$(row time | awk '{ print $1 }')" -
like 'but how long a script may take is' "$(estimate TIMEOUT=7200)" '^  time +- +[0-9]+\.[0-9] h$'
like 'no price of the model is known' "$said" '^  usd +no price is known for exec:tests/model$'
is 'it fits' "$(echo "$said" | awk 'length > 79'; [ "$(echo "$said" | wc -l)" -le 15 ] || echo long)" ''
is 'more lanes ask for more' "$(($(all .calls.expected L=2) - $(all .calls.expected L=1) > 10))" 1
is 'least, expected and most are in order' "$(seen '[.calls, .scripts][] | .least <= .expected and .expected < .most' | sort -u)" true
is 'what is tried more often may take more' "$(($(seen .scripts.most) * 2 - 1))" \
	"$(all .scripts.most ATTEMPTS=6)"

# times by the limits: a chain, and what is beside it
look TIMEOUT=10 LLM_TIMEOUT=100
is 'with one job it takes all that the calls and scripts do' "$(seen .jobs[0].seconds)" \
	"$(seen '.calls.expected * 100 + .scripts.expected * 10')"
is 'the path is as long as its calls and scripts' "$(seen .path.seconds)" \
	"$(seen '.path.calls * 100 + .path.scripts * 10')"
look L=4 M=4 RUN_JOBS=0
is 'no number of jobs is faster than the path' "$(seen '.path.seconds as $p | .jobs | all(.seconds >= $p)')" true
is 'and any number comes to it' "$(seen '.jobs[5].seconds == .path.seconds')" true
is 'four lanes gain by four jobs' "$(seen '.jobs[2].faster > 2.5')" true
is 'one script at a time holds them up' \
	"$(all '.jobs[5].seconds >= .scripts.expected * 1000' L=4 M=4 RUN_JOBS=1 TIMEOUT=1000 LLM_TIMEOUT=1)" true
is 'one call at a time, too' "$(all '.jobs[5].seconds >= .calls.expected * 1000' L=4 M=4 RUN_JOBS=0 \
	LLM_JOBS=1 LLM_TIMEOUT=1000 MODEL=gemini/none)" true

# dollars
echo '{"prices": {"openai/dear": {"in": 10, "out": 100}, "openai/cheap": {"in": 1, "out": 1}}}' >"$TMP/prices.json"
export PRICES="$TMP/prices.json"
look MODEL=openai/dear
dear=$(seen .usd.expected)
is 'a price makes dollars of the calls' "$(seen '.usd.expected * 1e4 | round')" \
	"$(seen '.calls.expected * (.tokens.in * 10 + .tokens.out * 100) / 100 | round')"
is 'tokens are told to be assumed' "$(seen .tokens.assumed)" true
cheap=$(all .usd.expected MODEL=openai/cheap)
mixed=$(all .usd.expected MODEL=openai/cheap MODEL_plan=openai/dear)
is 'another model for a stage has its own' "$(jq -n "$cheap < $mixed and $mixed < $dear")" true
is 'longer replies may cost more' "$(all '.usd.most > .calls.most * 3.2' MODEL=openai/dear MAX_TOKENS=32000)" true
said=$(estimate MODEL=openai/dear BUDGET_USD=2.5)
like 'a budget bounds them' "$said" '^  usd .* 2\.50$'
like 'which is told' "$said" '^  limits +BUDGET_USD=2.5$'
is 'a deadline bounds the time' "$(all .seconds.most DEADLINE=1h TIMEOUT=60 LLM_TIMEOUT=60)" 3780
unset PRICES
is 'the playbook is free' "$(all '.usd | .least, .expected, .most' MODEL=playbook | sort -u)" 0

# what is refused
like 'a bad setting is refused' "$(estimate T=x)" '^.*read T: "x" is no whole number'
like 'so is a task that is not there' "$(make -s estimate TASK=none 2>&1)" 'read work/none/task.md: there is no such task'
like 'and what is no run' "$(tools/estimate work/half 2>&1; echo $?)" '^100$'
is 'nor has any of this begun one' "$(ls -A work/half)" 'data
task.md'

# half
expected=$(all '[.calls.expected, .scripts.expected] | join(" ")' SCORE=measured)
echo '{"stage": "ablate", "exit": 100}' | rules
build $small SCORE=measured
rules </dev/null
look
is 'half made, what is left and what was taken are the whole' \
	"$(seen '"\(.took.calls + .calls.expected) \(.took.scripts + .scripts.expected)"')" "$expected"
ok 'of which there is some of both' [ "$(seen '.took.calls > 0 and .calls.expected > 0')" = true ]
said=$(estimate)
like 'times are known by now' "$said" '^  times +as in work/half/run$'
RUN=beside
like 'and to another run of the task' "$(estimate)" '^  times +as in work/half/run$'
look MODEL=gemini/none
is 'not to another model' "$(seen .seconds.expected)" null
is 'tokens are' "$(seen .tokens.assumed)" false
is 'what is to be is not begun' "$(ls -A work/half | tr '\n' ' ')" 'data run task.md '
RUN=

# done
build $small
said=$(estimate)
before=$(find work/half/run | sort | xargs ls -ld --time-style=full-iso)
estimate >/dev/null
is 'it writes nothing' "$(find work/half/run | sort | xargs ls -ld --time-style=full-iso)" "$before"
like 'done, nothing is left' "$said" '^work/half/run: none of [0-9]+ steps are left to be made$'
make count TASK=half >"$TMP/count"
is 'it says what that took' "$(row took | sed 's/, [^,]*, [^,]*$//')" \
	"$(awk '/^model calls/ { c = $4 } /^scripts/ { print c " calls, " $3 " scripts" }' "$TMP/count")"
is 'which is what was expected' "$(row took | awk '{ print $1, $3 }')" "$expected"
rm work/half/run/submit/1.draft.py
like 'what is gone is to be made again' "$(estimate)" '^work/half/run: [3-9] of [0-9]+ steps are left'
is 'and asks nobody' "$(all '.calls.expected, .scripts.expected' | tr '\n' ' ')" '0 1 '
done_testing
