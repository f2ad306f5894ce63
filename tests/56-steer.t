#!/bin/sh
# What a person says around a run: status, clean, new, count, unset, help; and
# what they are told.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task $TASK

# Before anything is made.
like 'status of a run that is not there' "$(make status TASK=tiny)" '^work/tiny/run: nothing is made yet$'
like 'make alone says what to say' "$(make)" '^Say which task: make TASK=diabetes, or another of: tiny\.'
is 'clean of a run that is not there is content' "$(make clean TASK=tiny 2>&1; echo $?)" \
	'clean: remove work/tiny/run: there is nothing
0'
like 'a goal without a task asks for it' "$(make status 2>&1)" 'status: say which task: make status TASK=name'

# A draft that fails, and a whole run.
rules <<'R'
{"stage": "draft", "target": "1/draft/2.*", "reply": "```python\nraise ValueError('no such thing')\n```"}
{"stage": "debug", "reply": "I give up."}
R
build L=1 M=2 T=1 K=1
is 'the run ends well' $? 0
like 'its first line names the model' "$(head -n 1 "$TMP/said")" '^work/tiny/run: model exec:tests/model$'
like 'each step has a line: its place, tool, node and score' "$(cat "$TMP/said")" \
	'^  \[ *[0-9]+/36\] evaluate +1/draft/1 +rmse [0-9.]+  \(best [0-9.]+\)'
like 'a failure is told with its reason' "$(grep 'evaluate *1/draft/2' "$TMP/said")" \
	'error: exit status 1: Value'
is 'no line is wider than a terminal' \
	"$(grep '^  \[' "$TMP/said" | awk 'length > 79' | wc -l)" 0
like 'the last line tells what came of it' "$(tail -n 1 "$TMP/said")" \
	'^work/tiny/run/submission.csv: rmse [0-9.]+, by the script of 1/.*; [0-9]+ steps in [0-9]+ s; 17 calls, [0-9]+ tokens, of unknown price$'

said=$(make status TASK=tiny)
like 'status: all is done' "$said" '^work/tiny/run: all 36 steps are done$'
like 'status: the settings that are remembered' "$said" '^  settings +.*L=1'
like 'status: the model and its calls' "$said" "^  model +exec:tests/model, $(wc -l <work/tiny/run/ledger.jsonl) calls, [0-9]+ tokens in, [0-9]+ out, [0-9]+ calls of unknown price$"
like 'status: the best score and whose it is' "$said" '^  best +rmse [0-9.]+  1/'
like 'status: what failed, and why' "$said" "^  failed +1/draft/2  error: exit status 1: ValueError: no such thing$"
like 'status: the submission' "$said" '^  submission  work/tiny/run/submission.csv$'
mkdir "$TMP/one"
echo '{"model":"m","stage":"plan","tokens":{"in":3,"out":2},"cost":0.5}' >"$TMP/one/ledger.jsonl"
like 'one call is one call' "$(tools/status "$TMP/one")" \
	'^  model +m, 1 call, 3 tokens in, 2 out, 0\.5 USD$'
touch work/tiny/run/1/1/1.plan.md
like 'status: what would be done next' "$(make status TASK=tiny)" '^  next +refine 1/1/1.draft.py$'
make TASK=tiny >/dev/null
like 'another model on a finished run: it is said that nothing gets stale' \
	"$(make TASK=tiny MODEL=playbook)" '^What is there was made by model exec:tests/model and stands: a new model makes nothing stale'
ok 'count agrees with an undisturbed run' sh -c 'make unset TASK=tiny && make TASK=tiny RUN=two L=1 M=1 T=0 >/dev/null && make count TASK=tiny RUN=two'
is 'unset forgets the settings' "$(ls work/tiny/run/settings.mk 2>/dev/null)" ''

# A step that fails, and one that is killed.
rules <<'R'
{"stage": "refine", "exit": 1}
R
RUN=fails build L=1 M=1 T=1 K=1
like 'status: the command that failed last' "$(make status TASK=tiny RUN=fails)" \
	'^  failed +refine 1/1/1.draft.py \([0-9]+\)$'
like 'grade of a run that is not finished' "$(make grade TASK=tiny RUN=fails 2>&1)" \
	'^grade: read .*: the run is not finished: make TASK=tiny RUN=fails goes on$'
: >work/tiny/fails/1/1/.1.plan.md.cmd.tmp
is 'nothing runs, whatever a kill left' "$(make status TASK=tiny RUN=fails | grep -c running)" 0
touch -d '1 hour ago' work/tiny/fails/1/1/.1.plan.md.cmd.tmp
: >work/tiny/fails/.2.cmd.tmp
touch work/tiny/fails/.lock
touch -d '+1 hour' work/tiny/fails/.2.cmd.tmp
is 'also while another make is at work' "$(flock work/tiny/fails/.lock make status TASK=tiny RUN=fails | grep running)" \
	'  running     2'
rm work/tiny/fails/.2.cmd.tmp
rules </dev/null
RUN=fails build
is 'once it is made it has not failed' "$? $(make status TASK=tiny RUN=fails | grep -c failed)" '0 0'
rm -r work/tiny/fails

# Clean removes what was made, and only that.
echo 'my notes' >work/tiny/run/notes.md
echo '# mine' >>work/tiny/run/1/draft/1.draft.py
said=$(make clean TASK=tiny 2>&1)
is 'clean names what it keeps' "$said" \
	"clean: keep work/tiny/run/1/draft/1.draft.py: it was written or edited by hand
clean: keep work/tiny/run/notes.md: it was written or edited by hand"
is 'what a person wrote or edited is all that is left' \
	"$(find work/tiny/run -type f ! -name '.*' | LC_ALL=C sort | tr '\n' ' ')" \
	'work/tiny/run/1/draft/1.draft.py work/tiny/run/notes.md '
is 'the task is untouched' "$(ls work/tiny)" "data
run
task.md
two"
make TASK=tiny L=1 M=2 T=0 >"$TMP/said" 2>&1
is 'make builds it anew' $? 0
like 'and keeps the edit beside what it made' "$(tail -n 1 work/tiny/run/1/draft/1.draft.py~)" '^# mine$'
rm work/tiny/run/notes.md
rm work/tiny/run/1/draft/1.draft.py~
make clean TASK=tiny
is 'a run without edits goes wholly' "$(ls work/tiny)" "data
task.md
two"
mkdir work/tiny/own && echo x >work/tiny/own/x
like 'a folder that holds no run is left alone' "$(make clean TASK=tiny RUN=own 2>&1)" '^clean: remove work/tiny/own: it holds no run$'
is 'and stays' "$(cat work/tiny/own/x)" x

# A new task.
mkdir "$TMP/data"
cp work/tiny/data/train.csv "$TMP/data"
make new TASK=fresh DATA="$TMP/data" >/dev/null
is 'new makes a task' "$(ls work/fresh)" "data
task.md"
like 'it is refused while it is unfinished' "$(make TASK=fresh 2>&1)" \
	'make: read work/fresh/task.md: it is unfinished: '
is 'new does not overwrite' "$(make new TASK=fresh DATA="$TMP/data" 2>&1 | head -n 1)" \
	'new: make work/fresh: it exists'
like 'new asks for the data' "$(make new TASK=other 2>&1)" 'say which data: make new TASK=other DATA=folder'
cp work/tiny/data/* "$TMP/data"
echo 'Predict y. Metric: rmse.' >work/fresh/task.md
ok 'once finished it runs' make TASK=fresh L=1 M=1 T=0
is 'help fits a screen' "$(make help | awk 'length > 80' | wc -l) $(($(make help | wc -l) <= 40))" '0 1'
done_testing
