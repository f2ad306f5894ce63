#!/bin/sh
# All that reads what others wrote, under sanitizers: what the tests know of, and
# some changes of it, the same ones each time.  make fuzz goes on from there.
. "${0%/*}/lib.sh"
[ ! "$SAN" ] || skip 'these targets have sanitizers of their own'
export TOOLS="$PWD/tools" TMPDIR="$TMP"
fuzz=$PWD/.fuzz/alone/fuzz
make -s -j2 -f tests/fuzz/fuzz.mk B=.fuzz/alone CC="${CC:-cc}" >"$TMP/said" 2>&1 || {
	ok 'the targets compile' cat "$TMP/said" /none
	done_testing
	exit
}
tests/fuzz/seeds "$TMP/seeds"
cd "$TMP" || exit

try() { # target, how many changes, the promise
	rm -f finding
	if "$fuzz" "$1" "$2" "seeds/$1" >said 2>&1; then
		tell ok "$1: $3"
		return
	fi
	tell 'not ok' "$1: $3"
	sed -n '/ERROR\|runtime error/p; / in .*\(tools\|tests\)\//p' said | head -n 12 | sed 's/^/# /'
	[ ! -f finding ] || head -c 2000 finding | od -c | sed 's/^/# /'
}
try reply 700 'a reply gives a script that parses, or a reason'
try wire 700 'what is taken from a server is valid, and messages are one line'
try web 80 'pages of the web are visible text with an address'
try splice 1000 'a block is replaced where it stands, and nothing else'
try models 500 'no page forges the marks round it'
try task 500 'facts that are taken are whole'
try document 500 'what documents say is tame'
try ledger 300 'the ledger sums up to numbers'
try log 500 'each file that the log names is found'
try graph 500 'each step is found by its name'
try score 1000 'a score is the same however the pipe cuts it'
try csv 300 'a row that is written again reads the same'
try part 100 'parts have as many rows as they are to have'
try submission 300 'what is valid has the columns and rows of the sample'
try endpoint 1000 'an address has neither user nor query'
try env 1000 'a key is read as it was written, and hidden'
ls seeds/settings/* | awk 'NR % 8 != 1' | xargs rm
try settings 0 'a setting runs no command'
"$fuzz" broken 10 seeds/score >/dev/null 2>&1
is 'a broken promise is found, and kept' "$? $(ls finding)" '1 finding'
done_testing
