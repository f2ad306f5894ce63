# Sourced by the benchmarks that are in sh.
#
# A benchmark prints what it measured in words of its own, and a line for each of
# its figures that is one of the table's, whatever language it is written in:
#	aim TAB NAME TAB FIGURE TAB UNIT TAB AIM TAB WHY
# FIGURE is a number, or a word if it could not be had; UNIT tells what it stands
# beside, as in "x curl"; AIM is "<= NUMBER", ">= NUMBER" or empty.  WHY, which
# may be empty, is said only if the aim is not met.  tests/bench/table collects them.
cd "$(dirname "$0")/../.." || exit

aim() { # name, figure, unit, aim, why
	printf 'aim\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "${5-}"
}
took() { # command...: microseconds that it took
	from=$(date +%s%N)
	"$@" >/dev/null || return
	echo $((($(date +%s%N) - from) / 1000))
}
least() { # times, command...: microseconds of the fastest
	times=$1 fastest=
	shift
	while [ "$times" -gt 0 ]; do
		us=$(took "$@") || return
		[ "${fastest:-$us}" -lt "$us" ] || fastest=$us
		times=$((times - 1))
	done
	echo "$fastest"
}
