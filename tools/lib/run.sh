# Sourced by the tools that change a run by hand.
tool=${0##*/}
die() { # status, message
	status=$1
	shift
	echo "$tool: $*" >&2
	exit "$status"
}
is_run() { # folder
	[ -f "$1/log" ] || die 100 "read $1: there is no such run"
}
lock() { # verb, run: nobody builds it until the tool ends
	command exec 9>>"$2/.lock" || die 111 "write $2/.lock: see above"
	# hold may have become this process; who only looks has it for a moment
	flock -n 9 || grep -qs "^process $$ on " "$2/.lock" || flock -w 1 9 ||
		die 111 "$1 $2: $(cat "$2/.lock") builds it now"
}
enter() { # run: goes there, locked
	is_run "$1"
	lock change "$1"
	cd "$1" || exit 100
}
command_of() { # document: the file that keep left beside it
	case $1 in
	*/*) echo "${1%/*}/.${1##*/}.cmd" ;;
	*)   echo ".$1.cmd" ;;
	esac
}
pinned() { # document
	grep -qsxF -e "$1" pins
}
