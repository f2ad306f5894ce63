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
	printf 'include Makefile\nall: ; +@tools/estimate --json $W\n' |
		make -s -f - all TASK=$TASK ${RUN:+RUN=$RUN} $small "$@" | jq -r "$filter"
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
is 'more lanes ask for more' "$(for l in 1 2 3; do all .calls.expected L=$l; done | sort -n | uniq | wc -l)" 3
is 'least, expected and most are in order' "$(all '[.calls, .scripts][] | .least <= .expected and .expected < .most' | sort -u)" true
is 'what is tried more often may take more' "$(all .scripts.most ATTEMPTS=6)" \
	"$(($(all .scripts.most ATTEMPTS=3) * 2 - 1))"

# times by the limits: a chain, and what is beside it
is 'with one job it takes all that the calls and scripts do' \
	"$(all .jobs[0].seconds TIMEOUT=10 LLM_TIMEOUT=100)" \
	"$(all '.calls.expected * 100 + .scripts.expected * 10')"
is 'the path is as long as its calls and scripts' \
	"$(all .path.seconds TIMEOUT=10 LLM_TIMEOUT=100)" "$(all '.path.calls * 100 + .path.scripts * 10')"
is 'no number of jobs is faster than the path' \
	"$(all '.path.seconds as $p | .jobs | all(.seconds >= $p)' L=4 M=4 RUN_JOBS=0)" true
is 'and any number comes to it' "$(all '.jobs[5].seconds == .path.seconds' L=4 M=4 RUN_JOBS=0)" true
is 'four lanes gain by four jobs' "$(all '.jobs[2].faster > 2.5' L=4 M=4 RUN_JOBS=0)" true
is 'one script at a time holds them up' \
	"$(all '.jobs[5].seconds >= .scripts.expected * 1000' L=4 M=4 RUN_JOBS=1 TIMEOUT=1000 LLM_TIMEOUT=1)" true
is 'one call at a time, too' "$(all '.jobs[5].seconds >= .calls.expected * 1000' L=4 M=4 RUN_JOBS=0 \
	LLM_JOBS=1 LLM_TIMEOUT=1000 MODEL=gemini/none)" true

# dollars
echo '{"prices": {"openai/dear": {"in": 10, "out": 100}, "openai/cheap": {"in": 1, "out": 1}}}' >"$TMP/prices.json"
export PRICES="$TMP/prices.json"
is 'a price makes dollars of the calls' "$(all '.usd.expected * 1e4 | round' MODEL=openai/dear)" \
	"$(all '.calls.expected * (.tokens.in * 10 + .tokens.out * 100) / 100 | round' MODEL=openai/dear)"
is 'tokens are told to be assumed' "$(all .tokens.assumed MODEL=openai/dear)" true
is 'another model for a stage has its own' "$(all '.usd.expected' MODEL=openai/cheap MODEL_plan=openai/dear |
	awk -v a="$(all .usd.expected MODEL=openai/cheap)" -v b="$(all .usd.expected MODEL=openai/dear)" '{ print (a < $1 && $1 < b) }')" 1
is 'longer replies may cost more' "$(all '.usd.most > .calls.most * 3.2' MODEL=openai/dear MAX_TOKENS=32000)" true
like 'a budget bounds them' "$(estimate MODEL=openai/dear BUDGET_USD=2.5)" '^  usd .* 2\.50$'
like 'which is told' "$(estimate MODEL=openai/dear BUDGET_USD=2.5)" '^  limits +BUDGET_USD=2.5$'
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
half=$(all '.took.calls + .calls.expected')
is 'half made, what is left and what was taken are the whole' \
	"$half $(all '.took.scripts + .scripts.expected')" "$expected"
ok 'of which there is some of both' [ "$(all '.took.calls > 0 and .calls.expected > 0')" = true ]
said=$(estimate)
like 'times are known by now' "$said" '^  times +as in work/half/run$'
RUN=beside
like 'and to another run of the task' "$(estimate)" '^  times +as in work/half/run$'
is 'not to another model' "$(all .seconds.expected MODEL=gemini/none)" null
is 'tokens are' "$(all .tokens.assumed MODEL=gemini/none)" false
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
