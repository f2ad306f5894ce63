#!/bin/sh
# The bundled task over HTTP, in each wire format, with every kind of failure
# that can be tried again on the way: it ends in the playbook's own submission.
. "${0%/*}/lib.sh"
py=${PYTHON:-/usr/bin/python3}
"$py" -c 'import pandas, sklearn' 2>/dev/null || skip "$py has no scikit-learn"
top=$PWD
checkout
unset RULES
export SEARCH=none
TASK=diabetes
mkdir work/diabetes
cp "$top/work/diabetes/task.md" "$top/work/diabetes/get-data" work/diabetes
(cd work/diabetes && ./get-data)
small='L=1 M=2 T=1 K=1 CPUS=1 SCORE=printed'

MODEL=playbook
RUN=book
build $small
is 'the playbook ends well' $? 0
calls=$(wc -l <"$(W)/ledger.jsonl")
is 'its run has every kind of stage' \
	"$(jq -r .stage "$(W)/ledger.jsonl" | sort -u | paste -sd ' ')" \
	'ablate check-leak check-usage draft extract-block merge read-task refine search submit summarize'

# The failures as the provider puts them, one a request: the request that follows
# each is let through.  Where a wait is told it is short.
failures() { # wire
	jq -n --arg wire "$1" --argjson calls "$calls" --arg chats "$PWD/work/diabetes/book/chat" '
	def error($code; $type; $message):
		if $wire == "anthropic" then {type: "error", error: {type: $type, message: $message}}
		elif $wire == "gemini" then {error: {code: $code, message: $message, status: ($type | ascii_upcase)}}
		else {error: {message: $message, type: $type, param: null, code: null}} end;
	def status($code; $type): {status: $code, headers: {"retry-after-ms": "20"},
		json: error($code; $type; "Try again.")};
	def events($e): {type: "text/event-stream", body: ($e | map(
		(if .type then "event: \(.type)\n" else "" end) + "data: \(tojson)\n\n") | add)};
	def told: if $wire == "gemini" then error(429; "resource_exhausted"; "Quota exceeded.")
			| .error.details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "0.02s"}]
		else error(429; "rate_limit_error"; "Rate limit reached. Please try again in 20ms.") end;
	[
		status(429; "rate_limit_error"),
		{status: 429, json: told},
		status(408; "timeout"), status(409; "conflict"), status(425; "too_early"),
		status(500; "api_error"), status(502; "api_error"), status(503; "unavailable"),
		status(504; "timeout_error"), status(522; "api_error"), status(529; "overloaded_error"),
		{drop: true},
		{chats: $chats, cut: 300},
		{chats: $chats, cut: 400, close: true},
		{json: error(500; "api_error"; "The model is overloaded.")},
		events([error(529; "overloaded_error"; "Overloaded")]),
		{reply: " \n"},
		{type: "text/html", body: "<html><body>Bad gateway</body></html>"},
		{chats: $chats, chunk: 100, pause: 60}
	] | (length - $calls) as $more		# so many calls fail twice
	| to_entries | map(.value + {nth: (if .key < 2 * $more
		then (.key / 2 | floor) * 3 + .key % 2 + 1
		else .key * 2 - $more + 1 end)}) + [{chats: $chats}]'
}
over() { # wire, MODEL=...: starts the run named after the wire
	failures "$1" >"$TMP/$1.json"
	serve "$TMP/$1.json"
	ln -s "$SERVED" "$TMP/$1.served"
	{
		env WIRE="$1" "$2" OPENAI_BASE_URL="$BASE/v1" ANTHROPIC_BASE_URL="$BASE" \
			GEMINI_BASE_URL="$BASE" make TASK=$TASK RUN="$1" $small >"$TMP/$1.said" 2>&1
		echo $? >"$TMP/$1.ended"
	} &
	runs="$runs $!"
}
unset MODEL
export LLM_IDLE=3 OPENAI_API_KEY=sk-0openai0 ANTHROPIC_API_KEY=sk-ant-0anthropic0 \
	GEMINI_API_KEY=AIza0gemini0
over chat MODEL=openai/some
over responses MODEL=openai/some
over anthropic MODEL=anthropic/some
over gemini MODEL=gemini/some
wait $runs

told() { # wire, path, key header, key
	RUN=$1
	is "$1: the run ends well" "$(cat "$TMP/$1.ended")" 0
	ok "$1: in the same submission" cmp "$(W)/submission.csv" work/$TASK/book/submission.csv
	ok "$1: by the same script" cmp "$(W)/solution.py" work/$TASK/book/solution.py
	is "$1: with as many calls" "$(wc -l <"$(W)/ledger.jsonl")" "$calls"
	is "$1: each failure was one more try" "$(jq -s 'map(.tries - 1) | add' "$(W)/ledger.jsonl")" \
		"$(jq 'length - 1' "$TMP/$1.json")"
	is "$1: and one more request" "$(grep -c POST "$TMP/$1.served")" \
		"$(($(jq 'length - 1' "$TMP/$1.json") + calls))"
	is "$1: tokens are told of each call" "$(jq -r '.tokens | select(.in > 0 and .out > 0) | 1' \
		"$(W)/ledger.jsonl" | wc -l)" "$calls"
	is "$1: at the provider's address" \
		"$(jq -r 'select(.method == "POST") | .path' "$TMP/$1.served" | sort -u)" "$2"
	is "$1: with the key where it wants it" "$(jq -r --arg h "$3" \
		'.headers | with_entries(.key |= ascii_downcase) | .[$h]' "$TMP/$1.served" | sort -u)" "$4"
}
told chat /v1/chat/completions authorization "Bearer $OPENAI_API_KEY"
told responses /v1/responses authorization "Bearer $OPENAI_API_KEY"
told anthropic /v1/messages x-api-key "$ANTHROPIC_API_KEY"
told gemini '/v1beta/models/some:streamGenerateContent?alt=sse' x-goog-api-key "$GEMINI_API_KEY"
done_testing
