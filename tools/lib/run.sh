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
enter() { # run: goes there, and nobody builds it until the tool ends
	is_run "$1"
	cd "$1" || exit 100
	exec 9>>.lock
	flock -n 9 || grep -qs "^process $$ on " .lock ||	# hold became this process
		die 111 "change $1: $(cat .lock) builds it now"
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
