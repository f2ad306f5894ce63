#!/bin/sh
# What a run that reaches its limit leaves, and what raising the limit does.
. "${0%/*}/lib.sh"
checkout
export TASK=tiny
task tiny
letters='L=2 M=2 T=1 K=2 R=1'
RUN=told build $letters
cat >"$TMP/answers.json" <<RULES
[{"chats": "$PWD/work/tiny/told/chat"}]
RULES
serve "$TMP/answers.json"
anew() { # the server forgets what it was asked
	: >"$SERVED"
	echo >>"$TMP/answers.json"
}
asked() { # how often the server was
	grep -c . "$SERVED"
}
spent() { # tokens, in the first N calls of the undisturbed run
	head -n "$1" work/tiny/whole/ledger.jsonl | jq -s 'map(.tokens.in + .tokens.out) | add'
}
valid() {
	check-submission "$(W)/task.json" work/tiny/data "$(W)/submission.csv"
}
export MODEL="$BASE/v1#m" PRICES="$TMP/prices.json"
echo '{"prices": {}}' >"$PRICES"
RUN=whole
build $letters
calls=$(asked)
is 'A run over HTTP ends as the one whose replies it gets' \
	"$(cksum <work/tiny/whole/solution.py)" "$(cksum <work/tiny/told/solution.py)"
is 'Its ledger counts the calls' "$(grep -c . work/tiny/whole/ledger.jsonl)" "$calls"

RUN=tokens
anew
limit=$(spent 12)
build $letters BUDGET_TOKENS="$limit"
is 'BUDGET_TOKENS: make ends well' $? 0
is 'BUDGET_TOKENS: no call begins once it is reached' "$(asked)" 12
ok 'BUDGET_TOKENS: there is a valid submission' valid
like 'BUDGET_TOKENS: make says what was postponed, and what to do' "$(cat "$TMP/said")" \
	"steps were postponed: BUDGET_TOKENS=$limit is reached: $limit are spent\\.  Raise it"
like 'BUDGET_TOKENS: status says so' "$(make -s status TASK=tiny RUN=tokens)" \
	"postponed .*BUDGET_TOKENS=$limit is reached"
scripts=$(awk -F '\t' '$4 == 0 && $5 ~ /^run /' work/tiny/tokens/log | wc -l)
build
is 'BUDGET_TOKENS: make again begins nothing' \
	"$(asked) $(awk -F '\t' '$4 == 0 && $5 ~ /^run /' work/tiny/tokens/log | wc -l)" "12 $scripts"
build BUDGET_TOKENS=
is 'BUDGET_TOKENS: raised, the run ends as if it had not been there' \
	"$(tree work/tiny/tokens | cksum)" "$(tree work/tiny/whole | cksum)"
is 'BUDGET_TOKENS: and no call was made twice' "$(asked)" "$calls"

RUN=dollars
anew
build $letters BUDGET_USD=1
like 'BUDGET_USD: a model of unknown price is refused, with what to do' "$(cat "$TMP/said")" \
	"keep to BUDGET_USD: the price of $BASE/v1#m is unknown: write it into .*prices.json, or set BUDGET_TOKENS"
is 'BUDGET_USD: before it is asked' "$(asked)" 0
echo "{\"prices\": {\"$BASE/v1#m\": {\"in\": 1, \"out\": 1}}}" >"$PRICES"
build BUDGET_USD="$(jq -n "$(spent 12) / 1e6")"
is 'BUDGET_USD: make ends well' $? 0
is 'BUDGET_USD: no call begins once it is reached' "$(asked)" 12
ok 'BUDGET_USD: there is a valid submission' valid
like 'BUDGET_USD: make says so' "$(cat "$TMP/said")" 'postponed: BUDGET_USD=0.0.* is reached: 0.0.* are spent'
like 'BUDGET_USD: status tells the cost' "$(make -s status TASK=tiny RUN=dollars)" \
	'model .*, 12 calls, [0-9]* tokens in, [0-9]* out, 0\.[0-9]* USD$'
build BUDGET_USD=100
is 'BUDGET_USD: raised, the run ends as if it had not been there' \
	"$(tree work/tiny/dollars | cksum)" "$(tree work/tiny/whole | cksum)"
is 'BUDGET_USD: and no call was made twice' "$(asked)" "$calls"
is 'A cost that is not known is null, never 0' \
	"$(jq -s 'map(.cost) | unique' work/tiny/whole/ledger.jsonl | tr -d ' \n')" '[null]'
like 'and status says so' "$(make -s status TASK=tiny RUN=whole)" "$calls calls of unknown price"

RUN=time
anew
build L=2 M=2 T=0 K=2 R=0
before=$(cksum <work/tiny/time/submission.csv) calls=$(asked)
build $letters DEADLINE=0
is 'DEADLINE: make ends well' $? 0
is 'DEADLINE: no call begins once it is reached' "$(asked)" "$calls"
is 'DEADLINE: what was there stands' "$(cksum <work/tiny/time/submission.csv)" "$before"
ok 'DEADLINE: there is a valid submission' valid
like 'DEADLINE: make says so' "$(cat "$TMP/said")" 'steps were postponed: DEADLINE=0 is reached\.  Raise it'
like 'DEADLINE: status says so' "$(make -s status TASK=tiny RUN=time)" 'postponed .*DEADLINE=0 is reached'
build DEADLINE=1d
is 'DEADLINE: raised, the run ends as if it had not been there' \
	"$(tree work/tiny/time | cksum)" "$(tree work/tiny/whole | cksum)"
rm work/tiny/time/1/1/2.plan.md
build DEADLINE=0
build DEADLINE=1d
is 'What was removed and postponed is asked for anew' \
	"$(cd work/tiny/time/chat/1/1 && echo 2.plan.md.*)" '2.plan.md.1.json 2.plan.md.2.json'
RUN=mine build $letters T=0 R=0
RUN=mine build $letters DEADLINE=0
echo 'print("mine")' >work/tiny/mine/1/1/ablate.draft.py
RUN=mine build DEADLINE=1d
is 'A text put in the place of a postponed one is kept' \
	"$(cat work/tiny/mine/1/1/ablate.draft.py~)" 'print("mine")'
sed -i '1s/\t[0-9.]*\t/\t2000\t/' work/tiny/time/log
build T=2 DEADLINE=30m
like 'DEADLINE counts the time worked before' "$(cat "$TMP/said")" 'DEADLINE=30m is reached'
rm work/tiny/time/settings.mk
RUN=never build $letters DEADLINE=0
is 'A limit that leaves nothing to submit is an error' $? 2
like 'that says why' "$(cat "$TMP/said")" '^best: find a script that works: there is none: .*DEADLINE=0 is reached'
is 'and no submission' "$(ls work/tiny/never/submission.csv 2>&1 | grep -c 'No such')" 1
RUN=never build DEADLINE=soon
like 'A DEADLINE that is none is refused' "$(cat "$TMP/said")" 'make: read DEADLINE: "soon" is no time such as 90m'
RUN=never build DEADLINE= BUDGET_TOKENS=lots
like 'So is a budget' "$(cat "$TMP/said")" 'make: read BUDGET_TOKENS: "lots" is no whole number'
make -s clean TASK=tiny RUN=never >"$TMP/said" 2>&1
is 'make clean removes what was postponed' "$(cat "$TMP/said"; ls -A work/tiny | grep never)" ''
done_testing
