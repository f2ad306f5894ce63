#!/bin/sh
# doctor: a line for each thing that a run needs, and what to do if it is not so.
. "${0%/*}/lib.sh"
checkout
unset MODEL PYTHON SEARCH
doctor() { # [NAME=VALUE...]: what it says goes to $TMP/said
	env "$@" tools/doctor $info >"$TMP/said" 2>&1
	rc=$?
}
line() { # what: its lines, without blanks and times
	sed -n "s/^\([a-zA-Z]* *$1  *.*\)/\1/p" "$TMP/said" | sed 's/  */ /g; s/[0-9.]* s$/N s/'
}
is 'An option that there is not is refused' "$(tools/doctor -x 2>/dev/null; echo $?; tools/doctor x 2>&1 | tail -n 1)" '100
usage: doctor [-i]'

doctor
is 'With the playbook nothing fails' "$rc $(grep -c '^FAIL' "$TMP/said")" '0 0'
is 'there is a line for each thing' "$(awk '{ print $2 }' "$TMP/said" | tr '\n' ' ')" \
	'programs machine disk clock keys sandbox python model search '
is 'of one form' "$(grep -cvE '^(ok  |warn)  [a-z]{4,8} {4,8}[^ ]' "$TMP/said")" 0
like 'make and bwrap are told' "$(line programs)" '^ok programs make [0-9.]+, bwrap [0-9.]+, jq '
like 'cores and memory' "$(line machine)" '[0-9]+ cores, [0-9.]+ GiB, '
like 'a script has run' "$(line sandbox)" '^ok sandbox a script ran in [0-9.]+ s, its memory by (cgroup|watch)$'
like 'with the packages there are' "$(line python)" '^ok python 3[0-9.]*, [0-9]+ packages; numpy [0-9]'
is 'the playbook is no language model' "$(line model)" 'ok model playbook: a rule book, offline'
is 'and looks for nothing' "$(line search)" 'ok search none: models come from what the model knows'

# -- models
doctor MODEL=gemini/gemini-2.5-pro
is 'A key that is missing is told, and how to give it' "$rc $(line model)" \
	'1 FAIL model gemini/gemini-2.5-pro: GEMINI_API_KEY is not set: export it, or put it into .env'
is 'search is not tried then' "$(line search)" \
	'warn search model: not tried, since gemini/gemini-2.5-pro does not reply'
doctor MODEL=ollama/tiny OLLAMA_HOST=127.0.0.1:1
is 'a server that does not run, too' "$rc $(line model)" \
	'1 FAIL model ollama/tiny: connect to 127.0.0.1:1: refused: is the server running?'
cat >"$TMP/echo.json" <<'END'
[{"path": "late", "delay": 30, "echo": true},
 {"path": "bad", "status": 401, "json": {"error": {"message": "Incorrect API key provided: %KEY%"}}},
 {"path": "/search", "json": {"results": [{"title": "T", "url": "https://example.org/t", "content": "c"}]}},
 {"path": "chat/completions", "echo": true}]
END
serve "$TMP/echo.json"
doctor MODEL="$BASE/v1#one" MODEL_plan="$BASE/v1#two" MODEL_check_leak="$BASE/v1#two" MODEL_draft="$BASE/v1#one"
is 'Each model is asked once, for all who ask it' "$(line model)" "ok model $BASE/v1#one (draft): it replied in N s
ok model $BASE/v1#two (plan, check_leak): it replied in N s"
is 'with one tiny request' "$(jq -r '.body | if type == "string" then fromjson else . end | .model, .messages[0].content' "$SERVED" | grep .)" 'one
Reply with the word ok.
two
Reply with the word ok.'
doctor MODEL="$BASE/late/v1#m" LLM_TIMEOUT=1
like 'one that hangs is not waited for' "$rc $(line model)" "^1 FAIL model $BASE/late/v1#m: wait for .*: no reply in N s"
doctor MODEL="$BASE/bad/v1#m" LLM_API_KEY=marked-key-0123456789
like 'a key that is refused is told' "$rc $(line model)" "^1 FAIL model $BASE/bad/v1#m: .*Incorrect API key provided: \[LLM_API_KEY\]"
is 'but not shown' "$(grep -c marked "$TMP/said")" 0
doctor MODEL=nonsense
like 'A name that is none is told' "$rc $(line model)" "^1 FAIL model nonsense: say whose model it is: ollama/nonsense"
doctor MODEL=exec:./nothing
like 'so is a program that is not there' "$rc $(line model)" \
	'^1 FAIL model exec:./nothing: there is no such program: ./nothing: [nN]o'
: >README
doctor MODEL=exec:./README
like 'one that is no program' "$rc $(line model)" '^1 FAIL model exec:./README: it cannot be run: ./README: '
doctor MODEL='exec:cat >/dev/null; echo yes'
is 'one that is' "$rc $(line model)" '0 ok model exec:cat >/dev/null; echo yes: it replied in N s'
doctor MODEL='exec:cat >/dev/null'
is 'one that says nothing' "$rc $(line model)" '1 FAIL model exec:cat >/dev/null: it replied nothing: it is to print the reply'
doctor MODEL='exec:echo "not this" >&2; exit 100'
like 'one that can do other things' "$rc $(line model)" '^0 warn model .*: it is there, but cannot do this: not this'
doctor MODEL='exec:sleep 30' LLM_TIMEOUT=1
is 'one that hangs' "$rc $(line model)" '1 FAIL model exec:sleep 30: it took more than N s'
doctor MODEL=replay:work
is 'and a store that holds nothing' "$rc $(line model)" \
	"1 FAIL model replay:work: it holds no replies: name a run's folder, or its chat/"

# -- search
doctor MODEL='exec:echo yes' SEARCH=tavily,cards
like 'A service whose key is missing fails' "$rc $(line search | head -n 1)" \
	'^1 FAIL search tavily: TAVILY_API_KEY is not set: export it, or put it into .env$'
like 'cards are counted' "$(line search | tail -n 1)" '^(ok|warn) search cards: '
doctor MODEL="$BASE/v1#m" SEARXNG_URL="$BASE"
is 'the service that there is a key for is asked' "$rc $(line search)" '0 ok search searxng: it found a page in N s'
doctor MODEL="$BASE/v1#m" SEARCH=model
like 'a model that cannot search is told' "$rc $(line search)" "^1 FAIL search model: .*cannot search the web"
doctor SEARCH=tavily
is 'that the playbook reads nothing is told' "$rc $(line search)" \
	'0 warn search SEARCH=tavily is not used: the playbook reads nothing'

# -- what runs scripts
doctor PYTHON=python3
is 'A bad PYTHON is told' "$rc $(line python)" \
	'1 FAIL python python3: a full path is wanted: ./configure PYTHON=/path/to/python'
doctor PYTHON=/nowhere/python
is 'one that is not there' "$rc $(line python)" \
	'1 FAIL python /nowhere/python: there is no such program: ./configure PYTHON=/path/to/python'
doctor PYTHON=/usr/bin/true
like 'one that is none' "$rc $(line python)" '^1 FAIL python .*: ./configure PYTHON=/path/to/python names another'
like 'the sandbox works all the same' "$(line sandbox)" '^ok sandbox a script ran in [0-9.]+ s'
doctor TIMEOUT=soon
like 'a limit that is no number is told' "$rc $(line sandbox)" "^1 FAIL sandbox .*TIMEOUT"
mv work "$TMP/work"
ln -s /proc work
doctor
like 'A disk that cannot be written to is told' "$rc $(line disk)" '^1 FAIL disk work: nothing can be written there: '
rm work
mv "$TMP/work" work
is 'nothing is left behind' "$(ls -A work)" ''
mkdir "$TMP/bin"
for p in make bwrap flock curl env sh dirname mktemp date timeout awk sed grep tail tr id uname cat rm; do
	ln -s "$(command -v $p)" "$TMP/bin"
done
sed 's|:/usr/sbin:/sbin||' tools/doctor >tools/doctor.tmp
is 'A program that is missing is told' \
	"$(PATH=$TMP/bin sh tools/doctor.tmp 2>/dev/null | sed -n 's/^FAIL *programs *//p')" \
	'not here: jq: ./configure --install'

# -- keys, and reports
printf 'OPENAI_API_KEY="filed-key-0123456789"\nexport TAVILY_API_KEY=other-key-0123456789 # mine\n' >.env
chmod 644 .env
doctor
is 'A .env that others can read is told' "$rc $(line keys)" '1 FAIL keys others can read .env: chmod 600 .env'
doctor MODEL=gemini/x MODEL_plan=openai/y MODEL_draft=playbook SEARCH=tavily,cards
is 'once, and what needs a key is not tried' "$rc $(grep -c FAIL "$TMP/said") $(line model; line search)" \
	'1 1 ok model playbook (draft): a rule book, offline
warn model not tried: see keys
warn search not tried: see keys'
chmod 600 .env
doctor GEMINI_API_KEY=marked-key-0123456789
is 'of keys the names are told' "$rc $(line keys)" \
	'0 ok keys in the environment: GEMINI_API_KEY; in .env: OPENAI_API_KEY, TAVILY_API_KEY'

info=-i
mkdir -p work/t/run
echo 'SEED := 2' >work/t/run/settings.mk
doctor GEMINI_API_KEY=marked-key-0123456789 HTTPS_PROXY=http://me:secretword@proxy:1 OPENAI_BASE_URL='http://127.0.0.1/v1?key=secretword' HOME=/home/alice \
	MODEL='exec:cat /home/alice/x marked-key-0123456789 filed-key-0123456789 other-key-0123456789' \
	MODEL_plan=http://me:secretword@127.0.0.1:1/v1#m KEEP_RUN=work/t/run
is 'A report holds no key' "$(grep -cE 'marked-key|filed-key|other-key|secretword' "$TMP/said")" 0
is 'nor where one lives' "$(grep -c alice "$TMP/said")" 0
is 'but the settings' "$(line setting | grep -E 'MODEL=|BASE_URL|SEED|PROXY')" \
	'ok setting MODEL=exec:cat ~/x [GEMINI_API_KEY] [OPENAI_API_KEY] [TAVILY_API_KEY]
ok setting OPENAI_BASE_URL=http://127.0.0.1/v1[..]
ok setting SEED=2
ok setting HTTPS_PROXY is set'
like 'and the system' "$(line system)" 'Linux [0-9]'
is 'and all that doctor tells' "$(awk '{ print $2 }' "$TMP/said" | uniq | tr '\n' ' ')" \
	'mlestar system programs machine disk clock keys setting sandbox python model search '
done_testing
