# Sourced by the tests that kill a make, after lib.sh: $RUN has to be a name that
# nothing else on this machine has.
lines() { # of the log
	cat "$(W)/log" 2>/dev/null | wc -l
}
processes() { # of the run: they know its name
	echo "$RUN" >"$TMP/.run" # grep itself is not to know it
	grep -lsaFf "$TMP/.run" /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/[0-9]*/mountinfo
}
left() { # the processes that do not end by themselves
	for i in $(seq 200); do
		processes || { sleep 0.05; processes; } || return
		sleep 0.05
	done >"$TMP/left"
	processes
}
begin() { # [SETTING=VALUE...]: makes $TASK in a process group of its own: $make
	setsid make TASK="$TASK" RUN="$RUN" "$@" >>"$TMP/said" 2>&1 &
	make=$!
}
twice() { # steps that ended well more than once
	awk -F '\t' '!$4 { print $2 }' "$(W)/log" | LC_ALL=C sort | uniq -d
}
ended() { # run: steps that ended well
	awk -F '\t' '!$4 { print $2 }' "work/$TASK/$1/log" | LC_ALL=C sort -u
}
calls() { # run: those that the ledger tells
	jq -r .chat "work/$TASK/$1/ledger.jsonl" | LC_ALL=C sort
}
