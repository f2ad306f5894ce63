# Sourced by every test: TAP for prove(1).  A test is a sentence and two values.
cd "$(dirname "$0")/.." || exit
PATH=$PWD/tools:$PATH LC_ALL=C.UTF-8
TMP=$(mktemp -d "${TMPDIR:-/tmp}/mlestar.XXXXXX") || exit
export PATH LC_ALL TMP
chmod 755 "$TMP"
trap 'chmod -R u+rwx "$TMP"; rm -rf "$TMP"' EXIT
n=0

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
