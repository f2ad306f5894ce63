#!/bin/sh
# How many model calls and scripts a run takes, by the ledger and the log.
. "${0%/*}/lib.sh"
checkout
TASK=tiny
task tiny
paper='L=2 M=4 T=4 K=4 R=5 -j2'
counted() { # model calls and scripts, read-task's one call aside
	echo "$(grep -vc '"stage":"read-task"' "$(W)/ledger.jsonl")" \
		"$(awk -F '\t' '$5 ~ /^run / && !$4' "$(W)/log" | wc -l)"
}
agrees() {
	make count TASK=tiny RUN="$RUN"
}

rules <<'END'
{"stage": "merge", "score": "40"}
END
RUN=all
build $paper
is 'with every merge accepted' "$(counted)" '161 60'
ok 'as the documents say' agrees
rules <<'END'
{"stage": "merge", "score": "90"}
END
RUN=first
build $paper
is 'with each first merge rejected' "$(counted)" '153 56'
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
build L=2 M=2 T=1 K=2 R=2 -j2
ok 'with debugging, leaks, refused replies and a rewritten script they agree, too' agrees
RUN=one
build L=1 M=1 T=1 K=1 R=3
ok 'and with one lane' agrees
touch work/tiny/one/1/draft/1.draft.py
build
is 'not when something was made again' "$(agrees >/dev/null 2>&1; echo $?)" 2
like 'which is then told' "$(agrees 2>/dev/null)" '^scripts +4 +6$'
done_testing
