#!/bin/sh
# Where a key goes: into the header of a request, and nowhere else.
. "${0%/*}/lib.sh"
checkout
unset RULES MODEL
export SEARCH=none
TASK=tiny
task tiny

# A script that looks for it, and a server that tells it to everyone.
cat >"$TMP/script.py" <<'END'
# the key is %KEY%
import glob, os
print(dict(os.environ))
for name in sorted(glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline")):
    print(name, open(name, "rb").read() if os.access(name, os.R_OK) else None)
rows = open("input/sample_submission.csv").read()
print("Final Validation Performance: 50")
open("final/submission.csv", "w").write(rows)
END
cat >"$TMP/rules.json" <<'END'
[{"nth": 1, "status": 500, "headers": {"retry-after-ms": "20", "x-request-id": "%KEY%"},
  "json": {"error": {"message": "Not with %KEY%", "type": "%KEY%"}}},
 {"nth": 2, "json": {"error": {"message": "Nor with %KEY%", "type": "server_error"}}},
 {"nth": 3, "status": 500, "headers": {"retry-after-ms": "20"}, "slashes": true,
  "json": {"error": {"message": "Not with %KEY%", "code": "%KEY%"}}},
 {"has": "state the facts", "reply": "{\"metric\": \"rmse\", \"direction\": \"lower\", \"problem\": \"regression\", \"target\": [\"y\"], \"id\": \"id\", \"train\": \"train.csv\", \"test\": \"test.csv\", \"sample\": \"sample_submission.csv\", \"labels\": \"number\"}"},
 {"has": "recent, effective models", "delay": 0.3, "slashes": true,
  "reply": "[{\"model_name\": \"%KEY%\", \"example_code\": \"# %KEY%\"}]"},
 {"has": "simple script|the final script", "delay": 0.3, "reply": "@SCRIPT"},
 {"has": "data leakage", "reply": "[{\"leakage_status\": \"No Data Leakage\", \"code_block\": \"%KEY%\"}]"},
 {"has": "all the data that", "reply": "All the provided information is used."},
 {"has": "refused", "status": 401, "json": {"error": {"message": "Incorrect API key provided: %KEY%"}}},
 {"echo": true}]
END
sed -i "s|SCRIPT|$TMP/script.py|" "$TMP/rules.json"
serve "$TMP/rules.json"
export OPENAI_BASE_URL="$BASE/v1" ANTHROPIC_BASE_URL="$BASE" GEMINI_BASE_URL="$BASE"

cat >"$TMP/watch.py" <<'END'
import glob, os, sys, time
base = sys.argv[1]
seen = {"cmdline": set(), "environ": set()}
open(base + ".begun", "w")
while os.path.exists(base + ".begun"):
    for kind in seen:
        for name in glob.glob("/proc/[0-9]*/" + kind):
            try:
                seen[kind].add(open(name, "rb").read())
            except OSError:
                pass
    time.sleep(0.005)
for kind in seen:
    open(base + "." + kind, "wb").write(b"\n".join(seen[kind]))
open(base + ".ended", "w")
END
watch() { # command...: what processes there are meanwhile goes to $TMP/seen.*
	rm -f "$TMP"/seen.*
	/usr/bin/python3 "$TMP/watch.py" "$TMP/seen" &
	until [ -e "$TMP/seen.begun" ]; do sleep 0.02; done
	"$@"
	ended=$?
	rm "$TMP/seen.begun"
	until [ -e "$TMP/seen.ended" ]; do sleep 0.02; done
	return $ended
}
again() { # the rules count anew
	echo >>"$TMP/rules.json"
}
asked() { # with which key, in which header: of the last request
	jq -rs 'last.headers | with_entries(.key |= ascii_downcase)
		| .authorization // ."x-api-key" // ."x-goog-api-key"' "$SERVED"
}
nowhere() { # sentence, place...: no key in it, be it with slashes like \/
	sentence=$1
	shift
	is "$sentence" "$(grep -rlF -e "${key#zQ7/}" -e "${key%%/*}\\/" -- "$@" 2>&1)" ''
}
small='L=1 M=1 T=0'

# In the environment.
key='zQ7/0marked+key='
export OPENAI_API_KEY="$key" ANTHROPIC_API_KEY="$key" GEMINI_API_KEY="$key"
for model in chat=openai/some responses=openai/some anthropic=anthropic/some gemini=gemini/some; do
	export WIRE=${model%%=*}
	RUN=$WIRE
	again
	watch build MODEL="${model#*=}" $small
	is "$WIRE: the run ends well" $? 0
	is "$WIRE: it had the key" "$(asked | sed 's/^Bearer //')" "$key"
	is "$WIRE: three failures came before" "$(jq -s '.[0].tries' "$(W)/ledger.jsonl")" 4
	like "$WIRE: the script told what it saw" "$(jq -r .stdout "$(W)/1/draft/1.json")" 'environ.*PATH'
	nowhere "$WIRE: the key is in no file of the run" "$(W)"
	nowhere "$WIRE: nor in what make said" "$TMP/said"
	ok "$WIRE: ask was seen at work" grep -qzE '^(.*/)?ask$' "$TMP/seen.cmdline"
	nowhere "$WIRE: without the key in its arguments" "$TMP/seen.cmdline"
done
unset WIRE

# What else shows something.
export MODEL=openai/some
make status TASK=tiny RUN=chat >"$TMP/said" 2>&1
make info TASK=tiny RUN=chat >>"$TMP/said" 2>&1
make doctor TASK=tiny RUN=chat >>"$TMP/said" 2>&1
nowhere 'neither status nor info nor doctor show it' "$TMP/said"
again
echo 'tell me' | ask -v >"$TMP/said" 2>&1
like 'ask -v shows request and reply' "$(cat "$TMP/said")" 'tell me'
nowhere 'without the key' "$TMP/said"
echo refused >"$TMP/q"
ask <"$TMP/q" >"$TMP/said" 2>&1
is 'a key that is refused is fatal' $? 100
like 'and told by its name' "$(cat "$TMP/said")" '^ask: .*OPENAI_API_KEY'
nowhere 'not by itself' "$TMP/said"

# In .env.
unset OPENAI_API_KEY ANTHROPIC_API_KEY GEMINI_API_KEY
key='zQ7/0$marked#key$(x)='
umask 077
printf 'OPENAI_API_KEY=%s\n' "$key" >.env
umask 022
RUN=file
again
watch build $small
is '.env: the run ends well' $? 0
is '.env: it had the key' "$(asked)" "Bearer $key"
like '.env: the script told what it saw' "$(jq -r .stdout "$(W)/1/draft/1.json")" 'environ.*PATH'
nowhere '.env: the key is in no file of the run' "$(W)"
nowhere '.env: nor in what make said' "$TMP/said"
nowhere '.env: nor in the arguments of a process' "$TMP/seen.cmdline"
nowhere '.env: nor in its environment' "$TMP/seen.environ"
make -p TASK=tiny RUN=file >"$TMP/said" 2>&1
make -pf mk/star.mk TASK=tiny RUN=file >>"$TMP/said" 2>&1
make -np TASK=tiny RUN=file2 >>"$TMP/said" 2>&1
like '.env: make -p prints its variables' "$(cat "$TMP/said")" '^KEEP_RUN'
nowhere '.env: but not the key' "$TMP/said"
make info TASK=tiny RUN=file >"$TMP/said" 2>&1
nowhere '.env: nor does make info' "$TMP/said"

chmod 644 .env
RUN=open
before=$(wc -l <"$SERVED")
build $small
is 'a .env that others can read is refused' $? 2
like 'with what to do' "$(cat "$TMP/said")" 'read \.env: others can read it: chmod 600 \.env$'
nowhere 'and without telling it' "$TMP/said" "$(W)"
is 'nothing was asked' "$(wc -l <"$SERVED")" "$before"
done_testing
