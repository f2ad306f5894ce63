#!/bin/sh
# What is taken out of a model's reply.  replies/*.txt: "@@ sentence [@@
# options]", the reply, then "@=" and what is wanted or "@! complaint".
. "$(dirname "$0")/lib.sh"
export ASAN_OPTIONS=detect_leaks=0

cases() { # file: one folder a case
	mkdir -p "$TMP/${1##*/}"
	awk -v dir="$TMP/${1##*/}" '
	function to(what) { close(out); out = dir "/" n "." what; printf "" > out }
	/^@@ / { n = sprintf("%03d", n + 1); to("name"); split($0, p, " *@@ *")
	         print p[2] > out; to("args"); print p[3] > out; to("reply"); next }
	/^@=$/ { to("want"); next }
	/^@! / { to("why"); print substr($0, 4) > out; next }
	{ print > out }' "$1"
}
check() { # stem of a case, how to call extract
	stem=$1
	shift
	got=$("$@" $(cat "$stem.args") "$stem.reply" 2>"$TMP/err"; echo "status $?")
	name=$(cat "$stem.name")
	if [ -f "$stem.want" ]; then
		is "$name" "$got" "$(cat "$stem.want"; echo 'status 0')"
	elif [ "$got" = 'status 1' ]; then
		like "refused: $name" "$(cat "$TMP/err")" "$(cat "$stem.why")"
	else
		is "refused: $name" "$got" 'status 1'
	fi
}
objects() { # as extract, on one line
	extract -k a,b "$@" >"$TMP/out" && jq -c . "$TMP/out"
}

cases tests/replies/code.txt
cases tests/replies/json.txt
for f in "$TMP"/code.txt/*.reply; do
	check "${f%.reply}" extract
done
for f in "$TMP"/json.txt/*.reply; do
	check "${f%.reply}" objects
done

x='x = 1'
is 'a mark of byte order and CR LF' \
	"$(printf '\357\273\277```python\r\nx = 1\r\n```\r\n' | extract)" "$x"
is 'CR alone' "$(printf '```python\rx = 1\r```' | extract)" "$x"
is 'no newline at the end' "$(printf '```python\nx = 1\n```' | extract)" "$x"
is 'marks of a search' "$(printf '[{"a":"x\356\210\200cite\356\210\202turn0\356\210\201"}]' |
	extract -j | jq -r '.[0].a')" x
is 'bytes that are no UTF-8' "$(printf '```python\nx = "\377\000"\n```' | extract)" 'x = "��"'
printf '```python\n%s\n```\n' "$(head -c 100000 /dev/zero | tr '\0' '(')" >"$TMP/bomb"
like 'brackets by the thousand' "$(extract "$TMP/bomb" 2>&1)" 'too many nested parentheses'
printf '```python\n%s1\n```\n' "$(head -c 200000 /dev/zero | tr '\0' '-')" >"$TMP/bomb"
like 'signs by the thousand' "$(extract "$TMP/bomb" 2>&1)" 'nested too deeply'
head -c 100000 /dev/zero | tr '\0' '[' >"$TMP/bomb"
like 'lists by the thousand' "$(extract -j "$TMP/bomb" 2>&1)" 'nested too deeply|never closed'
is 'any list or object' "$(printf 'so [1] {"a": 2}' | extract -j | jq -c .)" '[1]'
is 'a missing interpreter is wrong usage' \
	"$(printf '```python\n1\n```' | PYTHON=/none extract 2>&1; echo $?)" \
	'extract: start PYTHON: /none: No such file or directory
100'
is 'so is one that is no Python' \
	"$(printf '```python\n1\n```' | PYTHON=true extract 2>&1; echo $?)" \
	'extract: start PYTHON: true is no Python 3
100'
extract a b 2>"$TMP/err"
is 'two replies are wrong usage' "$?" 100

# cases that are kept elsewhere, where they are there
recorded=${RECORDED:-../shared/recorded}/extract_cases.json
one() { # its number
	jq -j ".cases[$1].reply" "$recorded" >"$TMP/reply"
	eval "set -- $(jq -r ".cases[$1]"' | [
		if .finish == "length" then "-c" else empty end,
		if .marker then "-m", .marker else empty end,
		if .schema == "models" then "-k", "model_name,example_code"
		elif .schema == "plan" then "-k", "code_block,plan" else empty end
	] | @sh' "$recorded")"
	extract "$@" "$TMP/reply" >"$TMP/out" 2>/dev/null || echo none >"$TMP/out"
	case $* in
	*-k*) jq -cS . "$TMP/out" 2>/dev/null && return
	esac
	cat "$TMP/out"
}
if [ -f "$recorded" ]; then
	i=0
	while id=$(jq -er ".cases[$i].id" "$recorded"); do
		is "recorded: $id" "$(one $i)" \
			"$(jq -rcS ".cases[$i].want // \"none\"" "$recorded")"
		i=$((i + 1))
	done
fi

# the same under the sanitizers
for m in die text file json lines compile fence bare reply code lax quoted pick; do
	echo "tools/lib/$m.c"
done >"$TMP/sources"
if ${CC:-cc} -std=c11 -D_GNU_SOURCE -Itools -g -fsanitize=address,undefined \
	-fno-sanitize-recover=all -o "$TMP/checked" tools/extract.c \
	$(cat "$TMP/sources") -lcjson 2>/dev/null && echo x = 1 | "$TMP/checked" >/dev/null 2>&1
then
	for f in "$TMP"/*.txt/*.reply "$TMP/bomb"; do
		case $f in */code.txt/*) o= ;; *) o='-k a,b' ;; esac
		"$TMP/checked" $o "$f" >/dev/null 2>"$TMP/err"
		[ $? -lt 2 ] || { echo "$f $o"; cat "$TMP/err"; }
	done >"$TMP/trouble"
	is 'nothing for the sanitizers to report' "$(cat "$TMP/trouble")" ''
fi
done_testing
