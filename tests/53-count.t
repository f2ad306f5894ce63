#!/bin/sh
# How many model calls and scripts a run takes, by the ledger and the log.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task tiny
paper='L=2 M=4 T=4 K=4 R=5 SCORE=printed -j2'
counted() { # model calls and scripts, read-task's one call aside
	echo "$(grep -vc '"stage":"read-task"' "$(W)/ledger.jsonl")" \
		"$(awk -F '\t' '$5 ~ /^run / && !$4' "$(W)/log" | wc -l)"
}
agrees() {
	make count TASK=tiny RUN="$RUN"
}
estimated() { # least|expected|most [SETTING=VALUE...]: the same of a run that is to be
	case=$1
	shift
	make -s estimate TASK=tiny RUN="$RUN" "$@" >"$TMP/said" || return
	awk -v n="$(case $case in least) echo 2 ;; expected) echo 3 ;; *) echo 4 ;; esac)" '
		$1 == "calls" { calls = $n - 1 } $1 == "scripts" { print calls, $n }' "$TMP/said"
}

rules <<'END'
{"stage": "merge", "score": "40"}
END
RUN=all
before=$(estimated expected $paper)
build $paper
is 'with every merge accepted' "$(counted)" '161 60'
is 'as estimate expected' "$before" "$(counted)"
ok 'as the documents say' agrees
rules <<'END'
{"stage": "merge", "score": "90"}
END
RUN=first
before=$(estimated least $paper)
build $paper
is 'with each first merge rejected' "$(counted)" '153 56'
is 'as estimate has the least' "$before" "$(counted)"
ok 'as the documents say' agrees

# of many steps each has its place
is 'each of 1153 steps has its place' "$(make -nf mk/star.mk TASK=tiny RUN=many L=1 T=20 K=17 |
	sed -n 's|.*keep -p \([0-9]*/[0-9]*\) .*|\1|p' | sort -n | tr '\n' ' ')" "$(seq -s ' ' -f '%.0f/1153' 1153) "

# what comes on top, or falls away
rules <<'END'
{"stage": "draft", "target": "1/draft/1.*", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('y')\n```"}
{"stage": "draft|debug", "target": "2/draft/1.*", "reply": "```python\nprint('Final Validation Performance')\nraise KeyError('z')\n```"}
{"stage": "check-leak", "target": "2/draft/2.*", "reply": "[{\"leakage_status\": \"Yes Data Leakage\", \"code_block\": \"import csv\"}]"}
{"stage": "check-leak-fix", "complaint": false, "reply": "nothing"}
{"stage": "check-leak-fix", "reply": "import csv  # mended"}
{"stage": "debug", "target": "2/draft/1.try/3.*", "reply": ""}
{"stage": "extract-block", "lane": 1, "reply": "[]"}
{"stage": "check-usage", "lane": 2, "score": "45"}
{"stage": "merge", "score": "40"}
END
RUN=more
before=$(estimated most L=2 M=2 T=1 K=2 R=2)
build L=2 M=2 T=1 K=2 R=2 -j2
ok 'with debugging, leaks, refused replies and a rewritten script they agree, too' agrees
set -- $before $(counted)
ok 'and estimate has them for possible' [ "$1" -ge "$3" -a "$2" -ge "$4" ]
RUN=one
build L=1 M=1 T=1 K=1 R=3
ok 'and with one lane' agrees
touch work/tiny/one/1/draft/1.draft.py
build
is 'not when something was made again' "$(agrees >/dev/null 2>&1; echo $?)" 2
like 'which is then told' "$(agrees 2>/dev/null)" '^scripts +4 +6$'

# one lane, and nothing on top
rules </dev/null
RUN=plain
small='L=1 M=1 T=1 K=1 R=3 SCORE=printed'
before=$(estimated expected $small)
build $small
is 'one lane is as estimate expected' "$before" "$(counted)"
done_testing
