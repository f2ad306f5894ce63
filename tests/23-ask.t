#!/bin/sh
# ask: the client as a filter; what it does when a call goes wrong, and how the
# calls of a run go together.
. "${0%/*}/lib.sh"

[ -x tools/ask ] || skip 'tools/ask is not built'
mkdir "$TMP/gate" "$TMP/run" "$TMP/jobs"
unset MODEL MODEL_ask EFFORT TEMPERATURE MAX_TOKENS WIRE LLM_JOBS LLM_TIMEOUT \
	LLM_IDLE RUN_ENDS KEEP_RUN KEEP_FILE

# The longest first, beside all others: 16 processes ask a server that takes 4
# calls a second.

echo '[{"limit": 4}, {"echo": true}]' >"$TMP/limit.json"
serve "$TMP/limit.json"
limited=$SERVED
(seq 60 | KEEP_RUN=$TMP/gate MODEL="$BASE#m" xargs -P16 -I% \
	sh -c 'echo call % | ask' >"$TMP/gate/out" 2>"$TMP/gate/err") &
gate=$!

# What each prompt gets, by its first word.

ok() { # prompt: the reply that comes in the end
	printf '%s\n' "{\"has\": \"^$1\", \"reply\": \"fine $1\"}"
}
bad() { # prompt, times, rest of the rule
	printf '%s\n' "{\"has\": \"^$1\", \"times\": $2, $3}"
}
error() { # message [type [code]]
	echo "\"json\": {\"error\": {\"message\": \"$1\", \"type\": \"${2:-x}\", \"code\": \"${3:-x}\"}}"
}
reply='"choices": [{"index": 0, "message": {"role": "assistant", "content": "fine"}, "finish_reason": "stop"}]'
now='"headers": {"retry-after-ms": "10"}'
{
	bad rate 2 "\"status\": 429, $now, $(error 'Rate limit reached' requests rate_limit_exceeded)"
	bad over 2 "\"status\": 529, $now, $(error Overloaded overloaded_error)"
	bad five 1 "\"status\": 500, $(error oops server_error)"
	bad gateway 1 '"status": 502, "type": "text/html", "body": "<html><h1>Bad Gateway</h1></html>"'
	bad busy 1 "\"status\": 503, $now, $(error 'server busy')"
	bad late 1 "\"status\": 408, $(error 'took too long to begin')"
	bad drop 1 '"drop": true'
	bad cut 1 "\"cut\": 40, \"json\": {$reply}"
	bad stream 1 '"cut": 300, "reply": "fine, but only the first half of it"'
	bad ended 1 '"cut": 900, "close": true, "reply": "a long reply of which the end is missing"'
	bad blank 1 '"reply": " "'
	bad empty 1 '"body": ""'
	bad page 1 '"body": "<html><body>Sign in</body></html>"'
	bad inside 1 "$(error 'The server is overloaded' overloaded_error)"
	bad event 1 '"type": "text/event-stream", "body": "data: {\"error\": {\"message\": \"The server had an error\", \"type\": \"server_error\"}}\n\n"'
	bad silent 1 '"delay": 4, "reply": "too late"'
	bad halting 1 '"chunk": 200, "pause": 4, "reply": "it begins, and then it takes its time"'
	for p in rate over five gateway busy late drop cut stream ended blank empty \
		page inside event silent halting; do
		ok $p
	done
	bad always 99 '"reply": ""'
	bad sure 9 '"body": "no JSON"'
	bad mute 1 '"chunk": 185, "pause": 9, "type": "text/event-stream", "body": "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"fine mute\"}, \"finish_reason\": null}]}\n\ndata: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n: this never comes"'
	bad key 9 "\"status\": 401, $(error 'Incorrect API key provided: %KEY%' invalid_request_error invalid_api_key)"
	bad money 9 "\"status\": 429, $(error 'You exceeded your current quota' insufficient_quota insufficient_quota)"
	bad credit 9 "\"status\": 402, $(error 'Insufficient credits')"
	bad model 9 "\"status\": 404, $(error 'The model m does not exist' invalid_request_error model_not_found)"
	bad long 9 "\"status\": 400, $(error "This model's maximum context length is 8192 tokens" invalid_request_error context_length_exceeded)"
	bad wrong 9 "\"status\": 400, $(error 'messages: at least one is needed' invalid_request_error)"
	bad moved 9 '"status": 302, "headers": {"Location": "https://elsewhere.example/v1/chat/completions"}, "body": ""'
	bad hour 9 "\"status\": 429, \"headers\": {\"retry-after\": \"3600\"}, $(error 'Rate limit reached')"
	bad minute 9 "\"status\": 429, \"headers\": {\"retry-after\": \"60\"}, $(error 'Rate limit reached')"
	echo '{"has": "^echo", "echo": true}'
	echo '{"path": "/models$", "echo": true}'
	echo '{"has": "^refuse", "reply": "I will not", "finish": "refused"}'
	echo '{"has": "^limit", "reply": "only the beg", "finish": "length"}'
} | jq -s . >"$TMP/rules.json"
serve "$TMP/rules.json"

one() { # prompt [VARIABLE=VALUE...]: asks; leaves what came in $TMP/PROMPT.*
	p=$1
	shift
	echo "$p" | env MODEL="$BASE#m" LLM_API_KEY=sk-marked-0123456789 "$@" ask \
		>"$TMP/$p.out" 2>"$TMP/$p.err"
	echo $? >"$TMP/$p.rc"
}
asked() { # prompt: how many requests came for it
	jq -c --arg p "$1" 'select((.body | fromjson? | .messages[-1].content? //
		"") | if type == "array" then .[0].text else . end | startswith($p))' \
		"$SERVED" | wc -l
}
got() { # prompt: exit status, requests, reply
	echo "$(cat "$TMP/$1.rc") $(asked "$1") $(cat "$TMP/$1.out")"
}
again='rate over five gateway busy late drop cut stream ended blank empty page inside event'
never='key money credit model long wrong moved hour'
for p in $again $never always sure refuse; do
	one $p & jobs="$jobs $!"
done
for p in silent halting mute; do
	one $p LLM_IDLE=1 & jobs="$jobs $!"
done
one minute RUN_ENDS=$(($(date +%s) + 9)) & jobs="$jobs $!"
one limit MAX_TOKENS=5
wait $jobs

is '429 twice, then the reply' "$(got rate)" '0 3 fine rate'
is '529 twice' "$(got over)" '0 3 fine over'
is '500' "$(got five)" '0 2 fine five'
is '502 with a page of HTML' "$(got gateway)" '0 2 fine gateway'
is '503' "$(got busy)" '0 2 fine busy'
is '408' "$(got late)" '0 2 fine late'
is 'a connection closed without a word' "$(got drop)" '0 2 fine drop'
is 'a document that is cut' "$(got cut)" '0 2 fine cut'
is 'a stream that is cut' "$(got stream)" '0 2 fine stream'
is 'a stream that ends in good order, but early' "$(got ended)" '0 2 fine ended'
is 'a blank reply' "$(got blank)" '0 2 fine blank'
is 'an empty body' "$(got empty)" '0 2 fine empty'
is 'a page of HTML with status 200' "$(got page)" '0 2 fine page'
is 'an error in a document of status 200' "$(got inside)" '0 2 fine inside'
is 'an error in a stream' "$(got event)" '0 2 fine event'
is 'silence before the first byte' "$(got silent)" '0 2 fine silent'
is 'silence in the middle of a stream' "$(got halting)" '0 2 fine halting'
is 'silence after the last word is none' "$(got mute)" '0 1 fine mute'
is 'three blank replies are none' "$(got always)" '1 3 '
is 'what is no reply four times is none' "$(got sure)" '111 4 '
like 'which is said' "$(cat "$TMP/sure.err")" '^ask: .*: no whole reply came: .*no JSON'
like 'each wait is told' "$(cat "$TMP/rate.err")" \
	'^ask: ask http.*#m: rate limited, again in [0-9.]+ s \(3 of 6\): Rate limit reached$'

is 'a bad key is not tried again' "$(got key)" '100 1 '
is 'no quota is not waited for' "$(got money)" '100 1 '
is 'nor is credit' "$(got credit)" '100 1 '
is 'nor a model that is not there' "$(got model)" '100 1 '
is 'nor a prompt that is too long' "$(got long)" '100 1 '
is 'nor a wrong request' "$(got wrong)" '100 1 '
is 'a redirect is not followed' "$(got moved)" '100 1 '
is 'an hour is not waited' "$(got hour)" '111 1 '
is 'nothing is waited for beyond the end of the run' "$(got minute)" '75 1 '
is 'a refusal' "$(got refuse)" '1 1 '
is 'a reply cut at the token limit is printed' "$(got limit)" '1 1 only the beg'
like 'a bad key: which one' "$(cat "$TMP/key.err")" \
	'^ask: .*: the key in LLM_API_KEY was refused: Incorrect API key'
is 'but not what it is' "$(grep -c marked "$TMP/key.err")" 0
like 'quota' "$(cat "$TMP/money.err")" ': no credit or quota is left: You exceeded'
like 'model' "$(cat "$TMP/model.err")" ': there is no such model: The model m does'
like 'redirect' "$(cat "$TMP/moved.err")" 'elsewhere\.example'
like 'an hour' "$(cat "$TMP/hour.err")" ': rate limited, try again in 3600 s: '
like 'the end of the run' "$(cat "$TMP/minute.err")" ": the run's time is up: "
like 'refusal' "$(cat "$TMP/refuse.err")" ': it refused to answer: '
like 'cut off' "$(cat "$TMP/limit.err")" ': the reply is cut off at the token limit'

# As a filter.

says() { # prompt [VARIABLE=VALUE...] ask...: its last line on stderr, its status
	p=$1
	shift
	printf %s "$p" | env "$@" 2>&1 >/dev/null | tail -1
	printf %s "$p" | env "$@" >/dev/null 2>&1
	echo " $?"
}
is 'UTF-8 goes there and back' "$(echo 'echo "schön" ✓' | MODEL=$BASE#m ask)" \
	'echo: echo "schön" ✓'
is 'a server is asked which model it has' "$(echo echo | MODEL=$BASE ask)
$(jq -r 'select(.path == "/v1/models") | .method' "$SERVED")
$(jq -r .body "$SERVED" | tail -1 | jq -r .model)" 'echo: echo
GET
served'
like 'no model' "$(says hi MODEL= ask)" 'ask: read MODEL: say which model: MODEL=ollama/qwen3 ask'
like 'exits 100' "$(says hi MODEL= ask)" '^ 100$'
like 'an unknown kind of model' "$(says hi MODEL=foo/bar ask)" \
	'ask foo/bar: there is no provider foo: openai, .* ollama, .* exec:PROGRAM'
like 'a model without its provider' "$(says hi MODEL=gpt-5 ask)" \
	'ask gpt-5: say whose model it is: openai/gpt-5'
like 'the playbook is no model to talk to' "$(says hi MODEL=playbook ask)" \
	'ask playbook: it is no language model: name another with MODEL='
like 'a program that says nothing' "$(says hi MODEL=exec:true ask)" \
	'ask exec:true: it replied nothing'
is 'an empty prompt' "$(says ' ' "MODEL=$BASE#m" ask)" 'ask: read -: the prompt is empty
 100'
like 'no server' "$(says hi MODEL=http://127.0.0.1:9#m LLM_TIMEOUT=0.2 ask)" \
	'127\.0\.0\.1:9.*refused.*is the server running'
like 'exits 111' "$(says hi MODEL=http://127.0.0.1:9#m LLM_TIMEOUT=0.2 ask)" '^ 111$'
like 'a key that is missing' "$(says hi HOME="$TMP" OPENAI_API_KEY= MODEL=openai/x \
	sh -c 'cd; exec ask')" 'OPENAI_API_KEY is not set'
mkdir "$TMP/home"
(umask 077; echo 'OPENAI_API_KEY: sk-marked' >"$TMP/home/.env")
like 'or is in .env in another form' "$(says hi OPENAI_API_KEY= MODEL=openai/x \
	sh -c "cd '$TMP/home'; exec ask")" \
	'^ask: ask openai/x: OPENAI_API_KEY is neither set nor in .env: write there OPENAI_API_KEY=...$'
echo '{"model_name": "m", "example_code": "pass"}' >"$TMP/home/models"
is 'a stage leaves it to ask to say so' "$(top=$PWD; cd "$TMP/home" || exit; rm .env
	OPENAI_API_KEY= MODEL=openai/x draft "$top/prompts/draft.md" models models 2>&1; echo $?)" \
	'ask: ask openai/x: OPENAI_API_KEY is not set: export it, or put it into .env
100'
is 'a program' "$(echo hi | MODEL="exec:jq -r .prompt" ask)" hi
is 'MODEL_ask counts more' "$(echo echo | MODEL=foo/bar MODEL_ask=$BASE#m ask)" 'echo: echo'
one echo OPENAI_BASE_URL="$BASE" OPENAI_API_KEY=sk-marked-0123456789 MODEL=openai/x
printf 'echo' | OPENAI_BASE_URL=$BASE OPENAI_API_KEY=sk-marked-0123456789 MODEL=openai/x \
	ask -v -s 'be brief' >"$TMP/v" 2>&1
is '-v shows no key' "$(grep -c marked "$TMP/v")" 0
like 'but what it is called' "$(cat "$TMP/v")" '^> Authorization: Bearer \[OPENAI_API_KEY\]$'
like 'the request' "$(cat "$TMP/v")" '^> POST http.*/v1/chat/completions$'
like 'its body, with the system text' "$(cat "$TMP/v")" '"role":"system","content":"be brief"'
like 'the reply' "$(cat "$TMP/v")" '^< HTTP/1.1 200'
like 'and its body' "$(cat "$TMP/v")" '^data: \[DONE\]'
is 'the key was sent' "$(jq -r '.headers.Authorization' "$SERVED" | tail -1)" \
	'Bearer sk-marked-0123456789'

# -r: documents.

request() { # prompt [more fields]: a request
	jq -nc --arg p "$1" '{stage: "draft", target: "x", prompt: $p, inputs: {}}'" $2"
}
is 'the document of a reply' "$(request echo | MODEL=$BASE#m ask -r | jq -c 'del(.seconds)')" \
	'{"reply":"echo: echo","finish":"stop","provider":"server","model":"m","tries":1,"tokens":{"in":1,"cached":0,"out":2,"reasoning":0}}'
is 'and of trouble, exit status 0' "$(request credit | MODEL=$BASE#m ask -r |
	jq -c 'del(.seconds)'; echo $?)" \
	'{"trouble":{"class":"quota","message":"no credit or quota is left: Insufficient credits"},"provider":"server","model":"m","tries":1}
0'
is 'a told wait is in it' "$(request hour | MODEL=$BASE#m ask -r | jq -c .trouble.wait)" 3600

# Fields that a server refuses, and limits that it has: learnt once a run.

say() { # rules: from here on these
	jq -s . >"$TMP/rules.json"
	from=$(wc -l <"$SERVED")
}
bodies() { # jq filter: of the requests since
	tail -n +$((from + 1)) "$SERVED" | jq -r '.body | fromjson | '"$1" |
		tr '\n' ' '
}
export KEEP_RUN="$TMP/run"
say <<-'EOF'
	{"has": "temperature", "status": 400, "json": {"error": {"message":
	 "Unsupported parameter: 'temperature' is not supported with this model.",
	 "type": "invalid_request_error", "param": "temperature", "code": null}}}
	{"has": "\"max_tokens\"", "status": 400, "json": {"error": {"message":
	 "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
	 "type": "invalid_request_error", "param": "max_tokens", "code": "unsupported_parameter"}}}
	{"echo": true}
EOF
for i in 1 2; do
	echo hi | MODEL=$BASE#t TEMPERATURE=0 MAX_TOKENS=77 ask 2>"$TMP/err$i"
done >"$TMP/out"
is 'refused fields are left out, and stay so' "$(bodies '[.temperature,
	.max_tokens, .max_completion_tokens] | tostring')" \
	'[0,77,null] [null,77,null] [null,null,77] [null,null,77] '
like 'which is said once' "$(cat "$TMP/err1")" 'asked without TEMPERATURE: Unsupported'
is 'not twice' "$(cat "$TMP/err2")" ''
is 'these were not tries' "$(request hi | TEMPERATURE=1 MODEL=$BASE#u ask -r 2>/dev/null |
	jq -c .tries)" 1

say <<-'EOF'
	{"has": "\"max_tokens\": ?100000", "status": 400, "json": {"type": "error", "error": {
	 "type": "invalid_request_error", "message":
	 "max_tokens: 100000 > 8192, which is the maximum allowed number of output tokens for m"}}}
	{"reply": "fine"}
EOF
ANTHROPIC_BASE_URL=$BASE ANTHROPIC_API_KEY=sk-ant-marked-0123456789
export ANTHROPIC_BASE_URL ANTHROPIC_API_KEY
for i in 1 2; do
	echo hi | MODEL=anthropic/m MAX_TOKENS=100000 ask 2>"$TMP/err$i"
done >"$TMP/out"
is 'a limit above the model'\''s is lowered, and stays so' "$(bodies .max_tokens)" \
	'100000 8192 8192 '
like 'which is said, too' "$(cat "$TMP/err1")" 'at most 8192 tokens: MAX_TOKENS is higher'
echo hi | MODEL=anthropic/m ask >"$TMP/out"
is 'also where the user says nothing' "$(bodies .max_tokens | cut -d ' ' -f 4)" 8192
say <<-'EOF'
	{"times": 1, "reply": "it ends in the mid", "finish": "length"}
	{"reply": "whole"}
EOF
is 'a limit of ours that cuts is doubled once' "$(echo hi | MODEL=anthropic/n ask)
$(bodies .max_tokens | awk '{ print $2 / $1 }')" 'whole
2'
say <<-'EOF'
	{"has": "\"max_tokens\": ?4000", "status": 400, "json": {"object": "error", "message":
	 "This model's maximum context length is 4096 tokens. However, you requested 4100 tokens (100 in the messages, 4000 in the completion). Please reduce the length of the messages or completion.",
	 "type": "BadRequestError", "param": null, "code": 400}}
	{"reply": "fine"}
EOF
is 'a limit that is too long only with this prompt' "$(echo hi |
	MODEL=$BASE#v MAX_TOKENS=4000 ask 2>/dev/null)
$(bodies .max_tokens)$(echo hi | MODEL=$BASE#v MAX_TOKENS=3990 ask >/dev/null
bodies .max_tokens)" 'fine
4000 3996 4000 3996 3990 '

say <<-'EOF'
	{"has": "100000", "status": 400, "json": {"error": {"message":
	 "`max_completion_tokens` must be less than or equal to `8192`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model",
	 "type": "invalid_request_error", "param": "max_completion_tokens"}}}
	{"reply": "fine"}
EOF
is 'a limit that is told beside that of the window' "$(echo hi |
	MODEL=$BASE#groq MAX_TOKENS=100000 ask 2>/dev/null) $(bodies .max_tokens)" 'fine 100000 8192 '

say <<-'EOF'
	{"times": 2, "json": {"id": "m1", "type": "message", "role": "assistant", "model": "m",
	 "stop_reason": "pause_turn", "content": [{"type": "text", "text": "I look. "},
	 {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"query": "q"}}],
	 "usage": {"input_tokens": 10, "output_tokens": 5}}}
	{"reply": "found", "usage": {"in": 20, "out": 2}}
EOF
is 'a paused turn goes on' "$(request hi '+ {web: true}' | MODEL=anthropic/m ask -r |
	jq -c '[.reply, .finish, .tokens.in, .tokens.out, .tries]')
$(bodies '.messages | map(.content | if type == "array" then length else 1 end) | tostring')" \
	'["I look. I look. found","stop",40,12,1]
[1] [1,2] [1,4] '

say <<-'EOF'
	{"times": 1, "json": {"id": "m1", "type": "message", "role": "assistant", "model": "m",
	 "stop_reason": "pause_turn", "content": [{"type": "text", "text": "I look."},
	 {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"query": "q"}},
	 {"type": "web_search_tool_result", "tool_use_id": "s1", "content": []}]}}
	{"times": 1, "json": {"id": "m2", "type": "message", "role": "assistant", "model": "m",
	 "stop_reason": "pause_turn", "content": [{"type": "text", "text": "It is "}]}}
	{"times": 1, "json": {"id": "m3", "type": "message", "role": "assistant", "model": "m",
	 "stop_reason": "pause_turn", "content": [{"type": "text", "text": "or I look again."},
	 {"type": "server_tool_use", "id": "s2", "name": "web_search", "input": {"query": "q"}},
	 {"type": "web_search_tool_result", "tool_use_id": "s2", "content": []},
	 {"type": "text", "text": "It is "}]}}
	{"reply": "4."}
EOF
is 'what was said before a search is no part of the reply' \
	"$(echo hi | MODEL=anthropic/m ask -w 2>/dev/null)" 'It is 4.'
say <<-'EOF'
	{"has": "tools", "status": 400, "json": {"type": "error", "error": {"type":
	 "invalid_request_error", "message": "tools: web search is not enabled for this organization"}}}
	{"reply": "from memory"}
EOF
is 'no web search: it answers from what it knows' "$(echo hi |
	MODEL=anthropic/w ask -w 2>"$TMP/err")" 'from memory'
like 'which is said' "$(cat "$TMP/err")" 'no web search, so it answers from what it knows'

say <<-'EOF'
	{"times": 1, "cut": 700, "reply": "a long reply of which more than the half is missing: it was cut"}
	{"times": 1, "reply": "whole", "usage": {"in": 3, "out": 1}}
	{"json": {"choices": [{"message": {"content": "whole"}, "finish_reason": "stop"}]}}
EOF
is 'what was cut off counts, by estimate' "$(request hi | MODEL=$BASE#c ask -r 2>/dev/null |
	jq -c '[.tries, .tokens.estimated, .tokens.in > 20, .tokens.out > 1]')" '[2,true,true,true]'
is 'so does a whole reply that tells no tokens: a budget is to hold' \
	"$(request hi | MODEL=$BASE#c ask -r | jq -c '.tokens.estimated')" true
# A model that falls into a loop: its reply has no end.
say <<-'EOF'
	{"has": "sequence", "reply": "and so on, and so on, ", "endless": true, "pause": 0.02}
	{"reply": "fine"}
EOF
is 'a reply without an end is cut off when the time is up, and paid for' "$(request sequence |
	LLM_TIMEOUT=1 MODEL=$BASE#c ask -r 2>"$TMP/err" | jq -c '[.reply[0:8], .finish, .tokens.estimated, .tokens.out > 10]')" \
	'["and soan","length",true,true]'
like 'which is said' "$(cat "$TMP/err")" '^ask: ask http.*#c: .*not at its end after [0-9.]+ s: taken as cut off$'
is 'but at the end of a run it is none' "$(request sequence | RUN_ENDS=$(($(date +%s) + 1)) MODEL=$BASE#c ask -r 2>/dev/null |
	jq -r .trouble.class)" postponed

say <<-'EOF'
	{"status": 429, "headers": {"Retry-After": "30"}, "json": {"error": {"message": "slow down"}}}
EOF
is 'nor is one that is not begun, for another was told to wait' "$(export KEEP_RUN="$TMP/ends" RUN_ENDS=$(($(date +%s) + 12))
	for i in 1 2; do request hi | MODEL=$BASE#d ask -r 2>/dev/null | jq -r .trouble.class; done)" 'postponed
postponed'
say <<-'EOF'
	{"path": "/models$", "times": 1, "json": {"data": [{"id": "text-embed"}, {"id": "old"}]}}
	{"path": "/models$", "json": {"data": [{"id": "new"}]}}
	{"nth": [1, 2], "reply": "old"}
	{"has": "\"old\"", "status": 404, "json": {"error": {"message": "model old not found"}}}
	{"reply": "new"}
EOF
is 'the model that a server has is asked for once, and again when it is gone' \
	"$(for i in 1 2 3 4; do echo hi | MODEL=$BASE ask; done | tr '\n' ' ')
$(tail -n +$((from + 1)) "$SERVED" | jq -r .path | grep -c models)" 'old old new new 
2'

say <<-'EOF'
	{"json": {"type": "message", "stop_reason": "end_turn", "content": [{"type": "text",
	 "text": "found", "citations": [{"type": "web_search_result_location",
	 "url": "https://a.example/x", "title": "About x", "cited_text": "x"}]}]}}
EOF
is 'sources go to stderr' "$(echo hi | MODEL=anthropic/m ask -w 2>&1 >"$TMP/out")
$(cat "$TMP/out")
$(bodies '.tools[0].name')" 'https://a.example/x  About x
found
web_search '

# JSON by a schema.

echo '{"type": "object", "required": ["a"], "properties": {"a": {"type": "number"}}}' \
	>"$TMP/schema"
say <<-'EOF'
	{"has": "response_format", "status": 400, "json": {"error":
	 "'response_format.type' must be 'json_object' or 'text'"}}
	{"times": 1, "reply": "It is {\"b\": 2}."}
	{"times": 1, "reply": "Here it is:\n```json\n{\"a\": 1}\n```\n"}
	{"times": 1, "reply": "{ \"a\": 3 }"}
	{"reply": "I would rather not"}
EOF
is 'a reply without the schema is asked for again' \
	"$(echo hi | MODEL=$BASE#j ask -j "$TMP/schema" 2>/dev/null | jq -c .)" '{"a":1}'
is 'the schema, refused as a field, is in the prompt' "$(bodies '.messages[0].content |
	(split("\"required\"") | length - 1) | tostring')" '0 1 2 '
is 'JSON is printed as it is' \
	"$(echo hi | MODEL=$BASE#j ask -j "$TMP/schema")" '{ "a": 3 }'
is 'three replies that do not fit: no' \
	"$(says hi "MODEL=$BASE#j" ask -j "$TMP/schema" | tail -1)" ' 1'

# Processes of a run.

say <<-'EOF'
	{"delay": 0.15, "echo": true}
EOF
seq 9 | LLM_JOBS=2 KEEP_RUN=$TMP/jobs MODEL=$BASE#m xargs -P9 -I% \
	sh -c 'echo % | ask' >"$TMP/out" 2>&1
is 'all answer' "$(sort "$TMP/out" | tr -dc 0-9)" 123456789
is 'LLM_JOBS bounds the calls in flight' "$(tail -n +$((from + 1)) "$SERVED" |
	jq -r .time | sort -n | awk '{ t[NR] = $1 } END { for (i = 1; i <= NR; i++)
		if (i > 2 && t[i] < t[i - 2] + 0.15) most = 3
		print most ? "more" : "two" }')" two
say <<-'EOF'
	{"has": "sleep", "delay": 60, "reply": "too late"}
	{"echo": true}
EOF
export LLM_JOBS=1 MODEL="$BASE#m"
echo sleep >"$TMP/sleep"
ask <"$TMP/sleep" >/dev/null 2>&1 &
pid=$!
until [ "$(wc -l <"$SERVED")" -gt "$from" ]; do sleep 0.05; done
kill -9 $pid
search -n 1 prompts/search.md "$TMP/sleep" >/dev/null 2>"$TMP/err" &
until [ "$(wc -l <"$SERVED")" -gt $((from + 1)) ]; do sleep 0.05; done
pkill -KILL -P $! ask
wait $!
is 'a stage tells that its client was killed' "$? $(cat "$TMP/err")" \
	"111 search: ask $MODEL: it was killed by signal 9"
is 'a killed process leaves its place' "$(echo hi | ask)" 'echo: hi'
for s in '' '{' '[]' '{"x": 3}' "$(printf '{"%s#m": {"window": -1, "starts": "x", "without": []}}' "$BASE")"; do
	printf %s "$s" >"$KEEP_RUN/.gate"
	echo hi | ask
done >"$TMP/out" 2>&1
is 'a damaged file is no knowledge' "$(sort -u "$TMP/out")" 'echo: hi'

# A pause of 100 s that an earlier make left: set on failures, and asked for.
pause() { # failure or cut
	jq "(.[] | .last, .closed, .next, .$1) |= 0 | .[] |= (.start = [] | .$1 = $up
		| .closed = $up + 100)" "$TMP/known" >"$KEEP_RUN/.gate"
}
rm "$KEEP_RUN/.gate"
echo hi | ask >/dev/null
cp "$KEEP_RUN/.gate" "$TMP/known"
up=$(cut -d. -f1 /proc/uptime)
export RUN_BEGAN=$(($(date +%s) + 5)) RUN_ENDS=$(($(date +%s) + 30))
pause failure
is 'a pause after failures ends with its make' "$(echo hi | ask 2>&1)" 'echo: hi'
pause cut
like 'one that the server asked for holds, and is told' "$(echo hi | ask 2>&1)" \
	'^ask: ask http.*#m: waits [0-9]+ s, as it asked for$'
unset RUN_BEGAN RUN_ENDS

# Who called once in the last minute knows nothing of the limit.
jq "(.[] | .closed, .next, .cut, .rate) |= 0 | .[].starts |= map(0) | .[].starts[0] = $up - 30" \
	"$TMP/known" >"$KEEP_RUN/.gate"
say <<-'EOF'
	{"status": 429, "headers": {"Retry-After": "300"}, "json": {"error": {"message": "Rate limit reached"}}}
EOF
echo hi | ask >/dev/null 2>&1
is 'a refusal after little traffic does not make of that the limit' "$(jq '.[].rate >= 0.1' "$KEEP_RUN/.gate")" true

wait $gate
is 'all 60 calls of 16 processes are answered' "$(sort -u "$TMP/gate/out" | wc -l)" 60
jq -s '(map(select(.status == 200)) | length) as $good | (map(.time) | max - min) as $s
	| {refused: (1 - $good / length), rate: ($good / $s)}' "$limited" >"$TMP/gate/sum"
is 'fewer than a tenth are refused' "$(jq '.refused < 0.1' "$TMP/gate/sum")" true
is 'at a tenth of the allowed rate at least, however busy the machine' "$(jq '.rate >= 0.4' "$TMP/gate/sum")" true
jq -r '"# refused \(.refused * 1000 | round / 10) %, \(.rate * 100 | round / 100) a second"' \
	"$TMP/gate/sum"
done_testing
