#!/bin/sh
# What a call cost: mk/prices.json, and how names are found in it.
. "${0%/*}/lib.sh"

cat >"$TMP/price.c" <<'END_C'
#include <math.h>

#include "lib/lib.h"

int
main(int argc, char **argv)
{
	double v = price(argv[1], argc > 2 ? jparse(argv[2], "tokens") : NULL);

	if (isnan(v))
		puts("unknown");
	else
		printf("%g\n", v);
	return 0;
}
END_C
mkdir "$TMP/tools" "$TMP/mk"
cp mk/prices.json "$TMP/mk"
${CC:-cc} -D_GNU_SOURCE -Itools -o "$TMP/tools/price" "$TMP/price.c" tools/lib/price.c \
	tools/lib/die.c tools/lib/text.c tools/lib/file.c tools/lib/json.c tools/lib/process.c \
	-lcjson || skip 'there is no compiler'
price() { # name [tokens]
	"$TMP/tools/price" "$@" 2>&1
}
M='{"in":1000000,"out":1000000}'
prices() { # the file, from now on
	cat >"$TMP/prices.json"
	export PRICES="$TMP/prices.json"
}

is 'The file is JSON, and every price a number' "$(jq -r '.prices | to_entries[] | select(
	(.value | type) == "number" or
	((.value | keys - ["in", "cached", "out", "written"] == []) and
	 ([.value.in, .value.out] | map(type) == ["number", "number"])
	 and (.value.cached // 0) <= .value.in) | not) | .key' mk/prices.json)" ''
is 'it tells where it is from, and when' "$(jq -r '(.about | length > 3), .date' mk/prices.json)" "true
$(jq -r .date mk/prices.json | grep -E '^20[0-9]{2}-[0-9]{2}-[0-9]{2}$')"
is 'it is found beside the tools' "$(price gemini/gemini-2.5-pro "$M")" 11.25
is 'the playbook and models of this machine cost nothing, counted or not' \
	"$(for m in playbook ollama/qwen3 llamacpp vllm vllm/x lmstudio http://127.0.0.1:8000/v1#m replay:x; do price $m; done | sort -u)" 0
is 'nobody knows what a program of yours costs' "$(price exec:./mine "$M")" unknown

prices <<'END'
{"prices": {"a/m-5": {"in": 1, "out": 10}, "a/m-5-mini": {"in": 0.5, "cached": 0.1, "out": 2},
 "b/*": 0, "c*": {"in": 3, "out": 4}, "a/free": 0}}
END
is 'a price is by the million, tokens in and out' "$(price a/m-5 '{"in":1000,"out":200}')" 0.003
is 'tokens from the cache have a price of their own' \
	"$(price a/m-5-mini '{"in":1000000,"cached":500000,"out":0}')" 0.3
is 'else the same' "$(price a/m-5 '{"in":1000000,"cached":500000,"out":0}')" 1
is 'reasoning is in out already' "$(price a/m-5 '{"in":0,"out":100000,"reasoning":90000}')" 1
is 'more from the cache than there was is no refund' "$(price a/m-5-mini '{"in":100,"cached":1000000,"out":0}')" 1e-05
is 'a version is the same model' \
	"$(for v in -2026-08-07 -20260807 -0709 @20260807 -latest -preview -preview-06-05 :free -001; do
		price "a/m-5$v" "$M"; done | sort -u)" 11
is 'of two keys the longest holds' "$(price a/m-5-mini-2026-01-01 "$M")" 2.5
is 'another model is not, however alike' \
	"$(for v in 1 .6 -5 -pro -pro-latest -nano x -; do price "a/m-5$v" "$M"; done | sort -u)" unknown
is 'a star stands for the rest' "$(price b/x:7b; price b; price cd/e "$M")" '0
0
7'
is 'what is not there is unknown' "$(price a/other "$M"; price bx "$M")" 'unknown
unknown'
is 'without tokens, too' "$(price a/m-5; price a/m-5 '{"in":5}'; price a/m-5 '{"out":5}')" 'unknown
unknown
unknown'
is 'unless it is free' "$(price a/free)" 0

broken() { # text: what is said, without the name of the file, and the status
	printf '%s' "$1" | prices
	price a/m "$M" | sed "s|$TMP/||"
	"$TMP/tools/price" a/m "$M" >/dev/null 2>&1
	echo $?
}
is 'a damaged file is told, with the place' "$(broken '{"prices": {"a/m": {"in": 1 "out": 2}}}')" \
	'price: read prices.json: no JSON at byte 28: "out": 2}}}
100'
is 'so is one that holds none' "$(broken '{}')" 'price: read prices.json: no object at /prices
100'
is 'or no number' "$(broken '{"prices": {"a/m": {"in": "1", "out": 2}}}')" \
	'price: read prices.json: no price at /prices/a/m/in
100'
is 'or too few' "$(broken '{"prices": {"a/m": {"in": 1}}}')" \
	'price: read prices.json: no price at /prices/a/m/out
100'
is 'or one below nothing' "$(broken '{"prices": {"a/m": -1}}')" \
	'price: read prices.json: no price at /prices/a/m/in
100'
PRICES=$TMP/none
like 'or is not there' "$(price a/m "$M")" '^price: open .*/none: No such file'
done_testing
