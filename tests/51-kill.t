#!/bin/sh
# A make that is killed loses at most what was in flight.
. "${0%/*}/lib.sh"
. tests/kill.sh
checkout
TASK=tiny
task tiny
# Scripts and answers take a moment, so that a kill meets them under way.
rules <<'END'
{"stage": "draft", "target": "1/draft/1.*", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('y')\n```"}
{"stage": "draft|merge|ensemble", "reply": "import time\n{script}\ntime.sleep(0.15)"}
{"stage": "check-leak", "target": "2/draft/2.*", "reply": "[{\"leakage_status\": \"Yes Data Leakage\", \"code_block\": \"import csv\"}]"}
{"stage": "check-leak-fix", "complaint": false, "reply": "nothing"}
{"stage": "check-leak-fix", "reply": "import csv  # mended"}
END
export NAP=0.02
settings='L=2 M=2 T=1 K=2 R=1 -j2'
RUN=whole
build $settings
is 'a run ends well undisturbed' $? 0
total=$(lines)
is 'with a debugged script, and a mended leak that was asked for twice' \
	"$(jq -r .stage work/tiny/whole/ledger.jsonl | sort | uniq -c | awk '/debug|fix/ { print $1, $2 }' | tr '\n' ' ')" \
	'2 check-leak-fix 1 debug '

RUN=killed$$
orphans=
for moment in 1 2 3 4 5 6 7 8 9 10; do
	begin $settings
	until [ "$(lines)" -ge $((total * moment / 11)) ]; do sleep 0.01; done
	kill -9 -$make
	wait $make 2>/dev/null
	orphans=$orphans$(left)
done
is 'of ten kills none leaves a process' "$orphans" ''
build $settings
is 'after ten kills make ends well' $? 0
tree work/tiny/whole >"$TMP/whole"
tree "$(W)" >"$TMP/killed"
is 'every document is as without them, but for usage' "$(diff "$TMP/whole" "$TMP/killed")" ''
is 'no half-written file is left' "$(find "$(W)" -name '*.tmp')" ''
is 'no step that ended was made twice, tries included' \
	"$(twice)" ''
is 'none is missing in the log' "$(ended $RUN)" "$(ended whole)"
is 'no reply that came was asked for twice, and none is missing in the ledger' \
	"$(calls $RUN)" "$(calls whole)"
is 'count finds as many calls and scripts as are needed' "$(make count TASK=tiny RUN=$RUN >/dev/null 2>&1; echo $?)" 0
is 'no working folder is left' "$(ls "$(W)/scratch")" ''
mark
build
is 'and nothing is left to do' "$(made)" ''

# only the make that was started, not the rest of its group
RUN=killed$$b
begin $settings
until [ "$(lines)" -ge $((total / 2)) ]; do sleep 0.01; done
kill -9 $make
wait $make 2>/dev/null
is 'a kill of make alone ends all it started' "$(left)" ''

# what timeout, or a machine that is shut down, does
RUN=term$$
begin $settings
until [ "$(lines)" -ge $((total / 2)) ]; do sleep 0.01; done
kill -TERM $make
wait $make 2>/dev/null
is 'a make that was told to end says how to go on' "$(tail -n 1 "$TMP/said"; left)" \
	"Stopped: make TASK=tiny RUN=$RUN goes on from here."

# a key is pressed when a step has ended, but make has yet to see that
mv tools/keep tools/keeps
cat >tools/keep <<'END'
#!/bin/sh
trap '' INT
"${0%/*}/keeps" "$@" || exit
sleep 1
END
chmod +x tools/keep
RUN=late$$
begin $settings
until grep -qs '	task.json	' "$(W)/log" || ! kill -0 $make; do sleep 0.01; done
kill -INT -$make
wait $make 2>/dev/null
mv tools/keeps tools/keep
build $settings
is 'a step that ended when make was stopped is not made again' "$? $(twice)" '0 '

# the line to a server is lost
RUN=hup$$
setsid nohup make TASK=tiny RUN=$RUN $settings >"$TMP/said" 2>&1 &
make=$!
until [ "$(lines)" -ge $((total / 2)) ] || ! kill -0 $make; do sleep 0.01; done
kill -HUP -$make
wait $make
is 'nohup make goes on when the line is lost' "$? $(twice)" '0 '
done_testing
