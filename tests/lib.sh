# Sourced by every test: TAP for prove(1).  A test is a sentence and two values.
cd "$(dirname "$0")/.." || exit
PATH=$PWD/tools:$PATH LC_ALL=C.UTF-8
TMP=$(mktemp -d "${TMPDIR:-/tmp}/mlestar.XXXXXX") || exit
XDG_RUNTIME_DIR=$TMP # scripts of tests share no slots with others
export PATH LC_ALL TMP XDG_RUNTIME_DIR
chmod 755 "$TMP"
trap 'kill $servers 2>/dev/null; chmod -R u+rwx "$TMP"; rm -rf "$TMP"' EXIT
unset $(env | sed -nE 's/^((MODEL_|LLM_)[A-Za-z_]*|[A-Z_]*_(KEY|TOKEN|URL))=.*/\1/p') \
	WIRE EFFORT TEMPERATURE MAX_TOKENS SEARCH BUDGET_USD BUDGET_TOKENS DEADLINE \
	RUN_ENDS OLLAMA_HOST EXECUTOR SLURM_ARGS RETRIES
n=0 servers= server=$PWD/tests/server

tell() { # ok|not ok, sentence
	n=$((n + 1))
	echo "$1 $n - $2"
}
is() { # sentence, got, wanted
	if [ "$2" = "$3" ]; then
		tell ok "$1"
	else
		tell 'not ok' "$1"
		printf '%s\n' "got:    $2" "wanted: $3" | sed 's/^/# /'
	fi
}
like() { # sentence, got, extended regular expression
	if printf '%s\n' "$2" | grep -Eq -e "$3"; then
		tell ok "$1"
	else
		tell 'not ok' "$1"
		printf '%s\n' "got:    $2" "wanted: $3" | sed 's/^/# /'
	fi
}
ok() { # sentence, command...
	sentence=$1
	shift
	if "$@" >"$TMP/.ok" 2>&1; then
		tell ok "$sentence"
	else
		tell 'not ok' "$sentence"
		sed 's/^/# /' "$TMP/.ok"
	fi
}
skip() { # reason: leaves the whole file out
	echo "1..0 # SKIP $1"
	exit 0
}
done_testing() {
	echo "1..$n"
}

serve() { # RULES: starts a server that goes by them: $BASE; it logs to $SERVED
	SERVED=$TMP/served.$(echo $servers | wc -w)
	: >"$SERVED" >"$TMP/.port"
	"$server" "$1" "$SERVED" >"$TMP/.port" &
	servers="$servers $!"
	until read -r port <"$TMP/.port"; do
		kill -0 $! || exit
		sleep 0.02
	done
	BASE=http://127.0.0.1:$port
	export BASE SERVED
}

# Of runs, with the scripted model tests/model: never in the user's work/.
checkout() { # a copy of the checkout, without tasks; goes there
	mkdir -p "$TMP/co/work" "$TMP/co/tests"
	cp -a Makefile mk prompts tools "$TMP/co"
	cp -a tests/model "$TMP/co/tests"
	cd "$TMP/co" || exit
	PATH=$PWD/tools:$PATH
	unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES TASK RUN V PRESET L M T K R \
		SEED ROWS ATTEMPTS METRIC DIRECTION TARGET ID TIMEOUT MEMORY DISK \
		OUTPUT PROCS CPUS RUN_JOBS GPUS SANDBOX SCORE HOLDOUT GROUP_COLUMN TIME_COLUMN \
		MARGIN KEEP_RUN KEEP_FILE NAP SEARCH EFFORT TEMPERATURE \
		MAX_TOKENS WIRE LLM_JOBS LLM_TIMEOUT LLM_IDLE BUDGET_USD BUDGET_TOKENS \
		DEADLINE RUN_ENDS PRICES \
		$(env | sed -n 's/^\(MODEL_[a-z_]*\|[A-Z_]*_\(API_KEY\|BASE_URL\)\)=.*/\1/p')
	export MODEL=exec:tests/model RULES="$TMP/rules.json"
	rules </dev/null
	make tools >/dev/null 2>&1
}
task() { # name: a task whose scripts need no library
	mkdir -p "work/$1/data"
	echo 'Predict y. Metric: rmse.' >"work/$1/task.md"
	printf 'id,x,y\n1,2,3\n2,3,4\n3,5,6\n' >"work/$1/data/train.csv"
	printf 'id,x\n4,2\n5,3\n' >"work/$1/data/test.csv"
	printf 'id,y\n4,0\n5,0\n' >"work/$1/data/sample_submission.csv"
}
rules() { # what tests/model is to say: JSON objects on stdin
	jq -s . >"$RULES"
}
build() { # [SETTING=VALUE...]: makes $TASK, in $RUN; what it says goes to $TMP/said
	make TASK="$TASK" ${RUN:+RUN=$RUN} "$@" >"$TMP/said" 2>&1
}
W() { # the run's folder
	echo "work/$TASK/${RUN:-run}"
}
mark() { # from here on made() counts
	marked=$(cat "$(W)/log" 2>/dev/null | wc -l)
}
made() { # what was made since, in order of names: "tool target"
	tail -n +$((marked + 1)) "$(W)/log" |
		awk -F '\t' '{ split($5, word, " "); print word[1], $2 }' | LC_ALL=C sort
}
score() { # result: its score
	jq .score "$(W)/$1"
}
tree() { # run: every file that is made of it with its content, but for what varies
	(cd "$1" && find . -path ./chat -prune -o -path ./scratch -prune -o -type f \
		! -name log ! -name ledger.jsonl ! -name .lock ! -name .gate ! -name settings.mk \
		! -name report.html ! -name .said ! -name '.still*' \
		-print |
		LC_ALL=C sort >"$TMP/.tree"
	grep -v '\.json$' "$TMP/.tree" | while read -r f; do
		echo "$f $(sed 's/ # [0-9a-f]*$//' "$f" | cksum)"
	done
	grep '\.json$' "$TMP/.tree" | tr '\n' '\0' | xargs -0r jq -cS \
		'[input_filename, if type == "object" then del(.usage) else . end]')
}
