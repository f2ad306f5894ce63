#!/bin/sh
# System calls that fail: some of what `make faults` tries of all.
. "${0%/*}/lib.sh"
"${CC:-cc}" -D_GNU_SOURCE -o "$TMP/strike" tests/faults/strike.c 2>/dev/null &&
	"$TMP/strike" "$TMP/seen" none 0 true 2>/dev/null ||
	skip 'no process can be traced here'
tests/faults/table -q >"$TMP/table"
is 'no fault leaves half a file, a wrong success, or what later runs do not mend' \
	"$(sed '1,/^all /d' "$TMP/table")" ''
like 'faults were survived, and told' "$(grep '^all ' "$TMP/table")" \
	'^all +[1-9][0-9]* +[1-9][0-9]* +[1-9][0-9]* +0$'
done_testing
