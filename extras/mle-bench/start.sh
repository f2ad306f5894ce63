#!/bin/sh
# start.sh [SETTING=VALUE...]: mlestar as an agent of MLE-bench, with settings as
# make takes them.  The competition is in /home/data; the submission is replaced
# by a better one as soon as there is one, and the time limit is kept.
home=${MLEBENCH_HOME:-/home}
: "${SUBMISSION_DIR:=$home/submission}" "${LOGS_DIR:=$home/logs}" "${CODE_DIR:=$home/code}" "${AGENT_DIR:=$home/agent}"
: "${TIME_LIMIT_SECS:=86400}" "${MLESTAR:=mlestar}"
began=$(date +%s)
mkdir -p "$SUBMISSION_DIR" "$LOGS_DIR" "$CODE_DIR" "$AGENT_DIR/work/competition" && cd "$AGENT_DIR" || exit 111
D=work/competition W=work/competition/run log=$LOGS_DIR/mlestar.log

say() {
	echo "$(passed) s: $*" | tee -a "$log"
}
left() { # seconds until the limit
	echo $((began + TIME_LIMIT_SECS - $(date +%s)))
}
passed() { # since the start
	echo $(($(date +%s) - began))
}
set_to() { # NAME=VALUE...: settings, as make reads them
	printf '%s\n' "$@" | sed 's/[$]/$$/g; s/#/\\#/g' >>$D/config.mk
}
given() { # name, default: what it is set to
	value=$(sed -n "s/^$1=//p" $D/config.mk | tail -n 1)
	echo "${value:-$2}"
}

# Archives are opened in a copy of the data, for these are read-only.
archives() { # folder
	find -L "$1" -type f \( -name '*.zip' -o -name '*.7z' -o -name '*.tar' -o -name '*.tar.gz' -o -name '*.tgz' \)
}
unpack() { # archive, folder
	case $1 in
	*.zip) "$python" -m zipfile -e "$1" "$2" ;;
	*.7z)  7z x -y -o"$2" "$1" >/dev/null ;;
	*)     tar -xf "$1" -C "$2" ;;
	esac
}
open_all() { # in a folder, those in archives, too
	archives "$1" | while IFS= read -r a; do
		to=$a.open
		mkdir "$to" && unpack "$a" "$to" >>"$log" 2>&1 || {
			say "cannot unpack $a: it is left out"; rm -rf "$to" "$a"; continue; }
		rm "$a"
		open_all "$to"
		rm -rf "$to/__MACOSX"
		inside=$(ls -A "$to")
		here=${a%/*}/$inside
		# one file or folder alone comes out of it
		case $inside in *'
'*|'')		here=${a%.*} here=${here%.tar} ;; *) [ -e "$here" ] || mv "$to/$inside" "$here" ;; esac
		rmdir "$to" 2>/dev/null || [ -e "$here" ] || mv "$to" "$here"
		rm -rf "$to"
	done
}
data() {
	if [ "$(archives "$home/data")" ]; then
		mkdir -p $D/data && cp -RL "$home/data/." $D/data && chmod -R u+w $D/data && { open_all $D/data; return; }
		say 'no room to unpack the data: archives stay as they are'
		rm -rf $D/data
	fi
	ln -sfn "$home/data" $D/data
}

# What is told: the competition's words before those of the benchmark, paths as
# scripts see them; there is nothing to call from the sandbox.
words() { # name of a file: its obfuscated variant where that is asked for
	[ "${OBFUSCATE:-}" = true ] && [ -f "${1%.*}_obfuscated.${1##*.}" ] && set -- "${1%.*}_obfuscated.${1##*.}"
	cat "$1"
}
task() {
	words "$home/data/description.md" || exit 100
	printf '\n# Instructions of the benchmark\n\n'
	words "$home/instructions.txt" 2>/dev/null | grep -v 'Submission checker' |
		sed 's|/home/submission/|./final/|g; s|/home/data|./input|g'
}

valid() { # file: does the benchmark's checker take it, or not say
	[ -f "$home/validate_submission.sh" ] || return 0
	verdict=$(timeout 60 bash "$home/validate_submission.sh" "$1" 2>/dev/null | tail -n 5)
	case $verdict in *[Ii]nvalid*|*'not valid'*) return 1 ;; esac
}
hand_in() { # file: the submission, if it is valid and another one
	! cmp -s "$1" "$SUBMISSION_DIR/submission.csv" || return 0
	valid "$1" || { say "$1 is refused: $verdict"; return 1; }
	cp "$1" "$SUBMISSION_DIR/.submission.csv" && mv "$SUBMISSION_DIR/.submission.csv" "$SUBMISSION_DIR/submission.csv" &&
		say "$1 is handed in"
}
take() { # what make left; tells no if it is to be made again
	cp $W/report.html $W/ledger.jsonl "$LOGS_DIR" 2>/dev/null
	[ -f $W/submission.csv ] || return 0
	if hand_in $W/submission.csv; then
		made=1
		cp $W/solution.py "$CODE_DIR"
	elif ! grep -q '^# A checker' $D/task.md; then
		printf '\n# A checker refused an earlier submission\n\n%s\n' "$verdict" >>$D/task.md
		return 1
	fi
}
build() { # SETTING=VALUE...: until it is done, but not for ever
	for try in 1 2 3; do
		[ "$(left)" -gt 10 ] || return
		timeout -k 5 $(($(left) - 5)) "$MLESTAR" -j"$(nproc)" TASK=competition "$@" >>"$log" 2>&1 </dev/null
		status=$?
		[ $status = 0 ] || say "mlestar $*: $(tail -n 1 "$log")"
		take && [ $status = 0 ] && return
		[ "$(passed)" -lt $deadline ] || return
		[ $status = 0 ] || sleep $((try * ${MLEBENCH_PAUSE:-20}))
	done
}

# When the time is up a script may be at work, the last one runs after it, and
# once more on fewer rows if it fails on all: three times this limit.
each=$((TIME_LIMIT_SECS / 30 > 5 ? TIME_LIMIT_SECS / 30 : 5))
python=/opt/conda/envs/agent/bin/python
[ -x $python ] || python=/usr/bin/python3
rm -f $D/config.mk
set_to PYTHON=$python TIMEOUT=$each "$@"
python=$(given PYTHON)
bwrap --unshare-user --unshare-net --ro-bind / / true 2>/dev/null || {
	set_to SANDBOX=none
	say 'no sandbox can be made here: the container is the only fence'
}
made=
sample=$(find -L "$home/data" -name 'sample*submission*.csv' | sort | head -n 1)
[ ! "$sample" ] || hand_in "$sample" # better than none
data
task >$D/task.md || exit
deadline=$((TIME_LIMIT_SECS - $(passed) - 3 * $(given TIMEOUT) - TIME_LIMIT_SECS / 100 - 5))
[ $deadline -gt 0 ] || deadline=1
set_to DEADLINE=${deadline}s
deadline=$((deadline + $(passed)))
say "of $TIME_LIMIT_SECS s the search has until $deadline s, a script $(given TIMEOUT) s"

# A first submission soon; a better one after each step; the ensemble.
[ "$(given PRESET)" = paper ] && steps=4 || steps=2
build L=1 T=0 R=0
t=1 steps=$(given T $steps)
while [ $t -le "$steps" ] && [ "$(passed)" -lt $deadline ]; do
	build L="$(given L 2)" T=$t R=0
	t=$((t + 1))
done
[ "$(passed)" -ge $deadline ] || { "$MLESTAR" unset TASK=competition >>"$log"; build; }
[ "$status" = 0 ] || build best # what better there is than the submission before
[ "$made" ] && word='done' || word='no submission but the sample'
say "$word, $(left) s before the limit"
[ "$made" ]
