#!/bin/sh
# CONTRIBUTING.md, followed to the letter on a copy.
. "${0%/*}/lib.sh"
from=$PWD
checkout
cp -a "$from/README.md" "$from/CHANGELOG.md" "$from/CONTRIBUTING.md" .
cp -a "$from/tests" .
cat >"$TMP/follow" <<'EOF'
import re
STEP = r"(?i)(new file|above the line|below the line|in place of the line)\s+`([^`]*)`" \
       r"(?:\s+in\s+`([^`]*)`)?:\n\n```[a-z]*\n(.*?)^```$"
for how, line, name, block in re.findall(STEP, open("CONTRIBUTING.md").read(), re.M | re.S):
    if how.lower() == "new file":
        with open(line, "x") as f:
            f.write(block)
        continue
    text, line = open(name).read(), line + "\n"
    if ("\n" + text).count("\n" + line) != 1:
        print("%s: not once: %s" % (name, line))
    new = {"a": block + line, "b": line + block, "i": block}[how[0].lower()]
    with open(name, "w") as f:
        f.write(("\n" + text).replace("\n" + line, "\n" + new)[1:])
EOF
is 'Each line that a page names is there' "$(python3 "$TMP/follow" 2>&1)" ''
is 'and each block of a page was used' "$(grep -c '^```[a-z]*$' CONTRIBUTING.md)" \
	"$(($(python3 -c "import re, sys; exec(open('$TMP/follow').read().split('for how')[0])
print(len(re.findall(STEP, open('CONTRIBUTING.md').read(), re.M | re.S)))") * 2))"
chmod +x work/by-sbatch
is 'It compiles without a complaint' "$(make tools 2>&1 | grep -v '^  \(CC\|LD\|AR\) ')" ''
passes() { # test: what failed, and how it ended
	prove "tests/$1" >"$TMP/said" 2>&1
	echo "$? $(grep -v '^ok' "$TMP/said" | grep -A3 '^not ok\|Failed test' | head -n 20)"
}
is 'A new stage: its test' "$(passes 63-review.t)" '0 '
is 'and the manual, make help and the prompts agree' "$(passes 60-docs.t)" '0 '
is 'A new provider: where it is reached, with which key' "$(passes 22-endpoint.t)" '0 '
like 'and make knows it' "$(EXAMPLE_API_KEY='' tools/doctor 2>&1; make doctor MODEL=example/small 2>&1)" \
	'model +example/small: EXAMPLE_API_KEY is not set: export it, or put it into .env'
is 'what it costs is known' "$(jq -c '.prices["example/small"]' mk/prices.json)" '{"in":0.1,"out":0.4}'
is 'An executor that the shell can read' "$(sh -n work/by-sbatch 2>&1)" ''
printf 'id,y\n1,2\n2,3\n3,9\n' >"$TMP/truth.csv"
printf 'id,y\n1,2\n2,4\n3,4\n' >"$TMP/answer.csv"
echo '{"metric": "medae", "direction": "lower", "problem": "regression", "target": ["y"], "id": "id"}' >"$TMP/task.json"
is 'A new metric: that is computed' \
	"$(tools/grade "$TMP/task.json" "$TMP/truth.csv" "$TMP/answer.csv")" 'medae 1 (lower is better, 3 rows)'
done_testing
