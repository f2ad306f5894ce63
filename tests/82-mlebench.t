#!/bin/sh
# extras/mle-bench: made-up competitions in the layout that MLE-bench's agents
# find below /home, from the data to the submission.
. "${0%/*}/lib.sh"
top=$PWD
checkout
unset MODEL
model=exec:$PWD/tests/model home=$TMP/home
cat >"$TMP/mlestar" <<END
#!/bin/sh
exec make -f "$PWD/Makefile" "\$@"
END
chmod +x "$TMP/mlestar"
compete() { # a home of one, with data of its own
	rm -rf "$home"
	mkdir -p "$home/data"
	TASK=tiny
	(cd "$TMP" && rm -rf work && task tiny)
	mv "$TMP"/work/tiny/data/* "$home/data"
	echo 'Submissions are evaluated by the root mean squared error.' >"$home/data/description.md"
	cat >"$home/instructions.txt" <<-'END'
		The dataset is in `/home/data/`. Leave `/home/submission/submission.csv`.
		- **Submission checker**: see `/home/validate_submission.sh`.
	END
}
agent() { # seconds, SETTING=VALUE...
	limit=$1
	shift
	began=$(date +%s)
	MLEBENCH_HOME=$home TIME_LIMIT_SECS=$limit MLESTAR=$TMP/mlestar RULES=$RULES \
		bash "$top/extras/mle-bench/start.sh" "$@" >"$TMP/said" 2>&1
	status=$?
	took=$(($(date +%s) - began))
}
letters='L=2 M=1 T=1 K=1 R=1 SCORE=printed'
draft() { # what the drafts predict
	jq -n --arg y "$1" '{stage: "draft|ensemble", reply: "```python\nprint(\"Final Validation Performance: 5\")\nopen(\"final/submission.csv\", \"w\").write(\"id,y\\n4,\($y)\\n5,\($y)\\n\")\n```"}'
}
handed() {
	tr '\n' ' ' <"$home/submission/submission.csv"
}

# As most competitions are: what can be read only, and what a checker says.
compete
chmod -R a-w "$home/data"
cat >"$home/validate_submission.sh" <<'END'
tr '\n' ' ' <"$1" >>"${0%/*}/seen"
grep -q 7 "$1" && echo '{"result": "Submission invalid! Seven is no y."}' || echo '{"result": "Submission is valid."}'
END
{
	draft 8 | jq '. + {has: "Seven is no y"}'
	draft 7
} | rules
agent 300 MODEL="$model" $letters
is 'a competition ends well' "$status $(tail -n 1 "$TMP/said" | sed 's/.*s: \(.*\),.*/\1/')" '0 done'
is 'what the checker refuses is made again, and it is told why' "$(handed)" 'id,y 4,8 5,8 '
is 'until then the sample is handed in' "$(cat "$home/seen")" 'id,y 4,0 5,0 id,y 4,7 5,7 id,y 4,8 5,8 '
like 'the model is told the description' "$(cat "$home/agent/work/competition/task.md")" 'root mean squared error'
is 'and of the instructions what is of use to it' "$(grep -n '^The\|^- ' "$home/agent/work/competition/task.md")" \
	'5:The dataset is in `./input/`. Leave `./final/submission.csv`.'
is 'code and logs are left' "$(cd "$home" && ls code logs)" 'code:
solution.py

logs:
ledger.jsonl
mlestar.log
report.html'
is 'it was as deep as it was told' "$(cd "$home/agent/work/competition/run" && ls -d 2/1/best.json ensemble/1.json)" \
	'2/1/best.json
ensemble/1.json'

# Data in archives; the obfuscated words; a model that fails after the first scripts.
compete
(cd "$home/data" && tar -czf inner.tar.gz test.csv && "${PYTHON:-/usr/bin/python3}" -m zipfile -c all.zip train.csv inner.tar.gz &&
	mkdir more && mv sample_submission.csv more && echo broken >more/x.zip && rm t*.csv inner.tar.gz)
echo 'Judged by the mean absolute error.' >"$home/data/description_obfuscated.md"
{
	draft 9
	echo '{"stage": "ablate", "exit": 1}'
	jq -nc '{stage: "read-task", reply: ({metric: "mae", direction: "lower", problem: "regression",
		target: ["y"], id: "id", train: "all/train.csv", test: "all/test.csv",
		sample: "more/sample_submission.csv", labels: "number"} | tojson)}'
} | rules
OBFUSCATE=true MLEBENCH_PAUSE=0 agent 300 MODEL="$model" $letters
is 'what there was before a failure stays handed in' "$status $(handed)" '0 id,y 4,9 5,9 '
like 'which is told' "$(cat "$TMP/said")" 's: mlestar L=2 T=1 R=0: .*ablate 1/1/ablate.draft.py failed \(111\)'
is 'archives are open, those in archives too, as single files or as folders' \
	"$(cd "$home/agent/work/competition/data" && find . -name '*.csv' | sort | tr '\n' ' ')" \
	'./all/test.csv ./all/train.csv ./more/sample_submission.csv '
like 'one that is none is told' "$(cat "$TMP/said")" 'cannot unpack .*more/x.zip: it is left out'
like 'the obfuscated words count' "$(head -n 1 "$home/agent/work/competition/task.md")" '^Judged'

# A model that says nothing.
compete
agent 16 MODEL='exec:sleep 1000' TIMEOUT=1 $letters
is 'when the time is up the sample is handed in, and no more' "$status $(handed)" '1 id,y 4,0 5,0 '
like 'which is told' "$(tail -n 1 "$TMP/said")" 'no submission but the sample'
compete
rm "$home/data/description.md"
agent 300 MODEL="$model"
is 'without a description there is nothing to do' "$status" 100
done_testing
