#!/bin/sh
# What is sent to servers and what is made of their replies.  wires/*.txt:
# "@@ sentence [@@ more]", what is given, "@=", what is wanted of tests/wire.c.
#   chat responses anthropic gemini   a body of status 200 (more: crlf, cr)
#   bodies     a question (more: the wire); the URL, the body of the request
#   troubles   a status, header lines, a blank line, a body
#   refused    a body (more: the fields that were sent); the field
. "$(dirname "$0")/lib.sh"
export ASAN_OPTIONS=detect_leaks=0

for m in lib/die lib/text lib/file lib/json net/hide net/error net/refused net/trouble \
	net/wait net/rebuild net/sse net/wire net/wire_chat net/wire_responses \
	net/wire_anthropic net/wire_gemini; do
	echo "tools/$m.c"
done >"$TMP/sources"
compile() { # name, option...
	name=$1
	shift
	${CC:-cc} -std=c11 -D_GNU_SOURCE -Itools -g "$@" -o "$TMP/$name" tests/wire.c \
		$(cat "$TMP/sources") -lcjson -lm 2>"$TMP/err" &&
		"$TMP/$name" parse chat /dev/null >/dev/null 2>>"$TMP/err"
}
compile fast -O2 || {
	ok 'the driver compiles' false
	sed 's/^/# /' "$TMP/err"
	done_testing
	exit
}
compile wire -O1 -fsanitize=address,undefined -fno-sanitize-recover=all ||
	cp "$TMP/fast" "$TMP/wire"
PATH=$TMP:$PATH

cases() { # file: one folder a case
	mkdir -p "$TMP/$1"
	awk -v dir="$TMP/$1" '
	function to(what) { close(out); out = dir "/" n "." what; printf "" > out }
	/^@@ / { n = sprintf("%03d", n + 1); to("name"); split($0, p, " *@@ *")
	         print p[2] > out; to("more"); print p[3] > out; to("given"); next }
	/^@=$/ { to("want"); next }
	{ print > out }' "tests/wires/$1.txt"
}
given() { # stem: with the ends of lines that it asks for
	case $(cat "$1.more") in
	crlf) sed -i 's/$/\r/' "$1.given" ;;
	cr) tr '\n' '\r' <"$1.given" >"$1.cr" && mv "$1.cr" "$1.given" ;;
	esac
}
check() { # stem of a case, command
	stem=$1
	shift
	is "$(cat "$stem.name")" "$("$@" 2>&1)" "$(cat "$stem.want")"
}
stems() { # kind of cases
	cases "$1"
	ls "$TMP/$1"/*.given | sed 's/\.given$//'
}

for w in chat responses anthropic gemini; do
	for f in $(stems $w); do
		given "$f"
		check "$f" wire parse $w "$f.given"
	done
done
for f in $(stems bodies); do
	check "$f" wire body "$(cat "$f.more")" "$f.given"
done
for f in $(stems troubles); do
	sed '1d;/^$/,$d;s/$/\r/' "$f.given" >"$f.head"
	sed '1,/^$/d' "$f.given" >"$f.body"
	check "$f" wire trouble "$(sed q "$f.given")" "$f.head" "$f.body"
done
for f in $(stems refused); do
	check "$f" wire refused "$(cat "$f.more")" "$f.given"
done

# cut and damaged
for w in chat responses anthropic gemini; do
	wire hurt $w 1 "$TMP/$w"/*.given
	wire hurt $w 0 "$TMP"/troubles/*.body
done >"$TMP/hurt" 2>&1
is 'no cut reply is taken for a whole one, no noise makes it crash' "$(cat "$TMP/hurt")" ''
for f in "$TMP"/troubles/*.body; do
	head -c $(($(wc -c <"$f") / 2)) "$f" >"$TMP/body"
	wire trouble 429 "${f%.body}.head" "$TMP/body" 2>&1 >/dev/null
done >"$TMP/hurt"
is 'nor do errors' "$(cat "$TMP/hurt")" ''
{
	printf '{"choices":[{"finish_reason":"stop","message":{"content":"'
	head -c 50000000 /dev/zero | tr '\0' x
	echo '"}}]}'
} >"$TMP/big"
is 'a body of 50 MB' "$(wire parse chat "$TMP/big" | wc -c)" 50000028
is 'an error of 50 MB' "$(wire trouble 500 /dev/null "$TMP/big" | wc -c)" 565
yes 'data: {"choices":[{"delta":{"content":"xy"}}]}
' | head -c 5000000 >"$TMP/big"
is 'a hundred thousand events' "$(wire parse chat "$TMP/big" | wc -c)" 208344
for c in '[' '{"a":' '{"error":' 'data:' '\n' '\0' '\377'; do
	yes "$c" | tr -d '\n' | head -c 200000 | xargs -0 printf >"$TMP/deep" 2>/dev/null
	for w in chat responses anthropic gemini; do
		wire parse $w "$TMP/deep" >/dev/null 2>&1 || echo "$w $c"
	done
	wire trouble 200 /dev/null "$TMP/deep" >/dev/null 2>&1 || echo "trouble $c"
done >"$TMP/hurt"
is 'depths, and the same again and again' "$(cat "$TMP/hurt")" ''

# bodies that are kept elsewhere, where they are there; where we differ from
# what is expected of them, and why
recorded=${RECORDED:-../shared/recorded}
cat >"$TMP/differ" <<'END'
compat/openrouter_leading_whitespace.json {"finish":"other"} whole, but with no finish: not cut
anthropic/pause_turn.json {"text":"7048ff0b4485ab939353447432d1868be28830beb41c1a2217af6000bd0fd45a"} only what comes after the last search
openai-chat/stream_tools_usage.sse {"finish":"other"} a call of a tool is no finish of ours
anthropic/thinking.json {"reasoning":20} it tells thinking_tokens
anthropic/web_search.json {"reasoning":26} it tells thinking_tokens
gemini/openai_compat.json {"out":34,"reasoning":28} thoughts are only in total_tokens
hand/anthropic_stream_cut.sse {"error":null} cut: it has no finish; the server told no error
hand/openai_stream_cut.sse {"error":null} the same
hand/empty_200.json {"error":"an empty reply"} other words
hand/html_200.html {"error":"not JSON: Sign in Captive portal"} no tags
compat/openrouter_429.json {"message":"Provider returned error: google/gemini-2.0-flash-exp:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits: https://openrouter.ai/settings/integrations"} what the provider said is told, too
hand/html_502.html {"message":"502 Bad Gateway 502 Bad Gateway nginx"} the text of the page, instead of none
openai-errors/400_model_not_found_responses.json {"class":"not_found"} as on the other path, where it is 404
END
wire_of() { # name, kind
	case $2:$1 in
	anthropic:* | responses:* | gemini:* | chat:*) echo "$2" ;;
	*:gemini/*) echo gemini ;;
	*) echo chat ;;
	esac
}
got() { # name, status, kind: a line of JSON
	if [ "$2" = 200 ]; then
		w=$(wire_of "$1" "$3")
		fast text "$w" "$recorded/$1" | sha256sum | tr -cd '0-9a-f\n' | sed 's/.*/"&"/'
		fast parse "$w" "$recorded/$1"
	else
		meta=${1%.*}
		jq -r '.response_headers // {} | to_entries[] | "\(.key): \(.value)\r"' \
			"$recorded/${meta%.chunks}.meta.json" >"$TMP/head" 2>/dev/null
		echo null
		fast trouble "$2" "$TMP/head" "$recorded/$1"
	fi
}
if [ -f "$recorded/expected.json" ]; then
	none=$(printf '' | sha256sum | cut -c1-64)
	jq -r --arg none "$none" --rawfile differ "$TMP/differ" '
		($differ | split("\n") | map(select(. != "") |
			capture("^(?<name>[^ ]+) (?<patch>{.*}) [^}]*$")) |
			map({key: .name, value: (.patch | fromjson)}) | from_entries) as $ours |
		.bodies | to_entries[] | .key as $name | .value |
		(if .error_kind then {class: .error_kind, again: .retry,
			wait: (.wait_s // 0),
			message: (.message // "" | gsub("\\s+"; " "))}
		else {finish, error, in: (.usage.input // 0), cached: (.usage.cached // 0),
			out: (.usage.output // 0), reasoning: (.usage.reasoning // 0),
			text: (.text_sha256 // $none)} end) as $want |
		[$name, .status, .kind // "-", ($want + ($ours[$name] // {}) | tojson)] |
		join("\t")' "$recorded/expected.json" >"$TMP/wanted"
	tab=$(printf '\t')
	while IFS=$tab read -r name status kind want; do
		got "$name" "$status" "$kind"
	done <"$TMP/wanted" | jq -cS --slurp '_nwise(2) | .[0] as $text | .[1] |
		if $text then {finish, error, in: (.in // 0), cached: (.cached // 0),
			out: (.out // 0), reasoning: (.reasoning // 0), text: $text}
		else . end' >"$TMP/got"
	cut -f 4 "$TMP/wanted" | jq -cS . | paste "$TMP/wanted" - "$TMP/got" |
		cut -f 1,5,6 >"$TMP/both"
	while IFS=$tab read -r name want got; do
		is "recorded: $name" "$got" "$want"
	done <"$TMP/both"
	while IFS=$tab read -r name status kind want; do
		case $name in
		*.sse | *.ndjson) step=1 ;;
		*) step=0 ;;
		esac
		echo "$(wire_of "$name" "$kind") $step $recorded/$name"
	done <"$TMP/wanted" | xargs -n 3 fast hurt >"$TMP/hurt" 2>&1
	is 'recorded: no cut reply is taken for a whole one' "$(cat "$TMP/hurt")" ''
fi
done_testing
