#!/bin/sh
# A model that answers one request in three badly, each time in another way: the
# run ends in a valid submission, and what the bad replies cost is in the ledger.
# make bad-model tries more of it.
. "${0%/*}/lib.sh"
top=$PWD
checkout
TASK=tiny
task $TASK
"$top/tests/bad/prompts" prompts
"$top/tests/bad/rules" 1 tests/model | jq '[.[] | select(.as)] as $bad | ($bad | to_entries
	| map(.value + {nth: (.key * 3 + 2)})) + (. - $bad)' >"$TMP/bad.json"
serve "$TMP/bad.json"
build MODEL="$BASE/v1#bad" L=2 M=2 T=1 K=2 R=1 SEARCH=none LLM_TIMEOUT=15 LLM_IDLE=15 TIMEOUT=10
is 'the run ends well' "$? $(grep '\*\*\*' "$TMP/said")" '0 '
is 'though its model was bad in all these ways' "$(jq -r '.as // empty' "$SERVED" | sort | tr '\n' ' ')" \
	"$(jq -r '.[].as // empty' "$TMP/bad.json" | sort | tr '\n' ' ')"
is 'in a valid submission' "$(tools/check-submission "$(W)/task.json" work/$TASK/data "$(W)/submission.csv" | jq .valid)" true
is 'the data are as they were' "$(cat work/$TASK/data/test.csv)" 'id,x
4,2
5,3'
told=$(jq -s 'map(select(.as != "drop" and .as != "endless") | .tokens // 0) | add' "$SERVED")
ok 'the ledger has what the bad replies cost' [ "$(jq -s 'map(.tokens.in + .tokens.out) | add' "$(W)/ledger.jsonl")" -ge $((told * 99 / 100)) ]

# A model that is never of use: the last word says what is missing and what to do.
echo '[{"path": "/chat/", "program": "tests/model", "has": "^<stage (read-task|search)"}, {"reply": "I would rather not."}]' >"$TMP/no.json"
serve "$TMP/no.json"
RUN=no build MODEL="$BASE/v1#bad" L=1 M=1 T=0 SEARCH=none
is 'without a script that works the run fails' $? 2
like 'and says why and what to do' "$(tail -n 1 "$TMP/said")" \
	'no submission yet, since no script works: make status TASK=tiny RUN=no tells why, make retry TASK=tiny RUN=no '
done_testing
