#!/bin/sh
# A block of a script is whole lines that occur once.
. "$(dirname "$0")/lib.sh"
export ASAN_OPTIONS=detect_leaks=0

try() { # block, new: the lines that are new, or the complaint
	printf "$1" >"$TMP/b"
	printf "$2" >"$TMP/n"
	if "${SPLICE:-splice}" "$TMP/s" "$TMP/b" "$TMP/n" >"$TMP/out" 2>"$TMP/err"; then
		diff "$TMP/s" "$TMP/out" | sed -n 's/^> //p'
	else
		echo "status $?"
		sed 's/.*: //' "$TMP/err"
	fi
}
all() {
	printf '%s\n' 'import os' '' 'def f(x):' '    a = 1' '    if x:' \
		'        a = 2' '    return a' '' 'a = 1' 'bb = 3' 'print(f(a))' >"$TMP/s"
	is 'lines as they are' "$(try 'bb = 3\n' 'bb = 4\n')" 'bb = 4'
	is 'several lines' "$(try 'bb = 3\nprint(f(a))' 'c = 1\nd = 2\ne = 3')" \
		"$(printf 'c = 1\nd = 2\ne = 3')"
	is 'the first line' "$(try 'import os' 'import re')" 'import re'
	is 'blank lines round a block' "$(try '\n\nbb = 3\n\n' '\nbb = 4\n\n')" 'bb = 4'
	is 'blanks at the end of lines' "$(try 'bb = 3 \t\r\nprint(f(a))  ' 'c')" c
	is 'a block that is empty' "$(try ' \n\n' 'x')" 'status 1
the block is empty'
	is 'a new block that is empty' "$(try 'bb = 3' '\n ')" 'status 1
the new block is empty'
	is 'a block that is not there' "$(try 'bb = 5' 'x')" 'status 1
the block is not in the script'
	is 'a part of a line is no block' "$(try 'b = 3' 'x')" 'status 1
the block is not in the script'
	is 'a block longer than the script' "$(try 'import os\n%%s\n%%s\n%%s\n%%s\n%%s\n%%s\n%%s\n%%s\n%%s\n%%s\n%%s\n' 'x')" \
		'status 1
the block is not in the script'
	is 'the same again' "$(try 'bb = 3' 'bb = 3\n')" 'status 1
the new block is the same as the old'
	is 'as it is comes before indented' "$(try 'a = 1' 'a = 7')" 'a = 7'
	is 'a block without its indentation' "$(try 'if x:\n    a = 2' 'if not x:\n    a = 3')" \
		'    if not x:
        a = 3'
	is 'a block indented too much' "$(try '      bb = 3' '      bb = 4')" 'bb = 4'
	is 'a block with its indentation, the new one without' \
		"$(try '    if x:\n        a = 2' 'if not x:\n    a = 3\n\nb = 4')" \
		'    if not x:
        a = 3

    b = 4'
	is 'only the first line lacks its indentation' \
		"$(try 'if x:\n        a = 2\n    return a' 'return 2')" '    return 2'
	is 'a block that ends further left than it begins' \
		"$(try '        a = 2\n    return a' '    return 2')" '    return 2'
	printf 'if 1:\n\tx = 1\n\tif x:\n\t\ty = 2\n' >"$TMP/s"
	is 'tabs' "$(try 'if x:\n\ty = 2' 'if x:\n\ty = 3\n')" "$(printf '\t\ty = 3')"
	printf 'x = 1\ny = 2\nx = 1 \nz = [\n  3,\n]\nz = [\n    3,\n]\nw\nw\nw\n' >"$TMP/s"
	is 'what is the same but for blanks, as it is' "$(try 'x = 1' 'x = 5')" 'x = 5'
	is 'two of a kind' "$(try '    y = 2\n' '    y = 3\n'; try 'w' 'v')" 'y = 3
status 1
the block occurs more than once in the script'
	is 'two that overlap' "$(try 'w\nw' 'v')" 'status 1
the block occurs more than once in the script'
	printf '    a\nb\n  a\n' >"$TMP/s"
	is 'two at other indentations' "$(try 'a' 'v')" 'status 1
the block occurs more than once in the script'
	printf 'a = 1' >"$TMP/s"
	is 'no newline at the end' "$(try 'a = 1' 'a = 2'; cat "$TMP/out")" 'a = 2
a = 2'
	: >"$TMP/s"
	is 'an empty script' "$(try 'a = 1' 'a = 2')" 'status 1
the block is not in the script'
}

all
splice "$TMP/s" 2>/dev/null
is 'two files are wrong usage' $? 100
if ${CC:-cc} -std=c11 -D_GNU_SOURCE -Itools -g -fsanitize=address,undefined \
	-fno-sanitize-recover=all -o "$TMP/checked" tools/splice.c tools/lib/die.c \
	tools/lib/text.c tools/lib/file.c tools/lib/lines.c tools/lib/splice.c \
	2>/dev/null && SPLICE=$TMP/checked
then
	all
fi
done_testing
