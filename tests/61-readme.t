#!/bin/sh
# The commands that README prints between ```sh fences, run as they stand on a
# finished run of diabetes; and what it says of files and goals.
. "${0%/*}/lib.sh"
top=$PWD
checkout
unset MODEL
cp "$top/README.md" "$top/configure" .
mkdir work/diabetes
cp "$top/work/diabetes/task.md" "$top/work/diabetes/get-data" work/diabetes

RULES= make TASK=diabetes M=2 R=1 K=1 >"$TMP/out" 2>&1
is 'the bundled task ends well' $? 0
like 'the last line tells the submission and its score' "$(tail -n 1 "$TMP/out")" \
	'^work/diabetes/run/submission.csv: rmse [0-9.]+, by the script of '
like 'its grade is a true score' "$(make grade TASK=diabetes)" '^rmse [0-9.]+ \(lower is better, 89 rows\)$'

mkdir "$TMP/fake"       # configure is to install nothing here
for f in sudo apt-get; do
	echo '#!/bin/sh' >"$TMP/fake/$f"
	chmod +x "$TMP/fake/$f"
done
awk '/^```sh$/ { f = sprintf("'"$TMP"'/readme.%02d", ++n); next } /^```$/ { f = "" } f { print > f }' README.md
for f in "$TMP"/readme.*; do
	set -- "$(sed -n 's/^# //p' "$f" | head -n 1)"
	HOME=$TMP/home PATH=$TMP/fake:$PATH sh -eu "$f" >"$TMP/out" 2>"$TMP/err"
	is "README: $1: ends well" $? 0
	is "README: $1: without complaints" "$(cat "$TMP/err")" ''
	is "README: $1: prints something" "$([ -s "$TMP/out" ] && echo yes)" yes
	case $1 in
	'from a folder'*)
		is "README: $1: in ten commands or fewer" "$(($(grep -vc '^#' "$f") <= 10))" 1
		is "README: $1: what it guessed" "$(sed -n '/^work.mine.task.md:/,/^Look/p' "$TMP/out")" \
			"$(sed -n '/^    work.mine.task.md:/,/^    Look/s/^    //p' README.md)"
		is "README: $1: the scores look so" "$(grep -A 1 'rows are held out' "$TMP/out")" \
			"$(grep -A 1 'rows are held out (' README.md | sed 's/^    //')"
		like "README: $1: the last is the grade" "$(tail -n 1 "$TMP/out")" '^rmse [0-9.]+ .*89 rows\)$' ;;
	esac
done

# Its five set-ups, each on a small task, against a server in the provider's role.
task tiny
export TASK=tiny
RUN=told build MODEL=exec:tests/model L=1 M=1 T=1 K=1
cat >"$TMP/answers.json" <<RULES
[{"has": "Search the web for", "reply": "[{\"model_name\": \"m0\", \"example_code\": \"pass\"}]"},
 {"chats": "$PWD/work/tiny/told/chat"}]
RULES
serve "$TMP/answers.json"
cp tests/model my-model
awk '/^## The model$/ { on = 1 } on && /^    .*make TASK=/ { print } /^\| `MODEL=`/ { exit }' README.md |
	sed 's/^ *//; s/TASK=diabetes/TASK=tiny L=1 M=1 T=1 K=1/; s/KEY=\.\.\./KEY=marked-0123456789/' >"$TMP/lines"
is 'README shows five set-ups' "$(wc -l <"$TMP/lines")" 5
while read -r line; do
	run=$(echo "$line" | grep -o 'RUN=[a-z]*')
	: >"$SERVED"
	echo >>"$TMP/answers.json"
	GEMINI_BASE_URL=$BASE OPENAI_BASE_URL=$BASE/v1 ANTHROPIC_BASE_URL=$BASE \
		OLLAMA_HOST=${BASE#http://} RULES=$RULES sh -c "$line" >"$TMP/out" 2>&1 </dev/null
	is "README: $run ends well" $? 0
	ok "README: $run: its solution is that of the same replies" \
		cmp "work/tiny/${run#RUN=}/solution.py" work/tiny/told/solution.py
	case $line in
	*exec:*) is "README: $run asks no server" "$(grep -c . "$SERVED")" 0 ;;
	*)       is "README: $run asks the server, which gets the key that is set" \
			"$(jq -r '[.headers | to_entries[] | select(.key | ascii_downcase | . == "authorization" or . == "x-api-key" or . == "x-goog-api-key") | .value] | join(" ")' "$SERVED" |
				sed 's/Bearer //' | sort | uniq -c | sed 's/^ *//')" \
			"$(grep -c . "$SERVED") $(echo "$line" | grep -o 'marked-[0-9]*')" ;;
	esac
done <"$TMP/lines"
unset TASK RUN

for f in $(sed -n '/^| file in the run/,/^$/p' README.md | cut -d'|' -f2 | grep -o '`[^`]*`' |
	tr -d '\`' | grep -E '^(solution|submission|data|packages|task|brief|ledger|log|1/models|1/draft/2|1/1/2|1/1/best)' |
	grep -vE '2.plan|try/$'); do
	is "README tells of $f, which is there" "$(ls work/diabetes/run/"$f" 2>&1)" "work/diabetes/run/$f"
done
for goal in $(grep -oE 'make [a-z]+ TASK' README.md | cut -d' ' -f2 | sort -u); do
	ok "README tells of make $goal, which make knows" grep -q "^$goal:" mk/task.mk
done
done_testing
