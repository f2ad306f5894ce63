#!/bin/sh
# mlestar where it is installed: what a person gets who has no checkout.
. "${0%/*}/lib.sh"
from=$PWD
checkout
cp -a "$from/README.md" "$from/CHANGELOG.md" "$from/LICENSE" .
for t in breast-cancer diabetes digits; do
	mkdir work/$t && cp -a "$from/work/$t/task.md" "$from/work/$t/get-data" work/$t
done
model="exec:$PWD/tests/model"
if [ "$(id -u)" = 0 ]; then
	as='setpriv --reuid=65534 --regid=65534 --clear-groups'
else
	as=
fi
away="$TMP/a way"
mkdir -p "$away/work"
cd "$away" && task tiny && cd "$TMP/co" || exit
give() {
	[ ! "$as" ] || chown -R 65534:65534 "$away"
}
mlestar() { # from the folder away, as an ordinary user
	(cd "$away" && $as env HOME="$away" XDG_RUNTIME_DIR="$away" MODEL="$model" \
		$offline "$prefix/bin/mlestar" "$@") >"$TMP/said" 2>&1
}
letters='L=1 M=1 T=1 K=1 SCORE=printed'
rest() { # of a tree: what is not a folder
	find "$1" ! -type d | sed "s|^$1/||" | LC_ALL=C sort
}

is 'Rules name what is theirs by where mlestar is' \
	"$(sed '/^#/d' Makefile mk/setting.mk mk/star.mk mk/step.mk mk/task.mk mk/file.mk mk/config.mk |
		grep -nE '(^|[^)./A-Za-z_-])(tools|mk|prompts)/[a-z]' |
		grep -vE '@echo|lastword|subst \$\(top\)|\./prompts')" ''
is 'The version is that of the newest changes' \
	"$(make version)" "mlestar $(sed -n 's/^## //p' CHANGELOG.md | head -n 1)"

make install DESTDIR="$TMP/dest" PREFIX=/opt/my >"$TMP/said" 2>&1
is 'make install says nothing' "$? $(cat "$TMP/said")" '0 '
prefix=$TMP/dest/opt/my
is 'All of it is in the prefix' "$(rest "$TMP/dest" | grep -v '^opt/my/')" ''
is 'No page takes the place of another program' \
	"$(ls "$prefix/share/man/man1" | grep -v 'mlestar$')" mlestar.1
is 'Every tool has its page' \
	"$(for t in "$prefix"/lib/mlestar/tools/*; do
		n=$(basename "$t")
		[ -d "$t" ] || [ "${n%.*}" != "$n" ] || [ "$n" = mlestar ] ||
			[ -f "$prefix/share/man/man1/$n.1mlestar" ] || echo "$n"
	done)" ''
chmod -R a-w "$TMP/dest"
was=$(cd "$TMP/dest" && find . -type f -exec cksum {} + | sort | cksum)

build TASK=tiny $letters
(cd work && TASK=tiny && task tiny) 2>/dev/null
TASK=tiny
task tiny
build $letters
is 'A run is made from a checkout' $? 0
cp -a work/tiny/run "$away/work/tiny/run"
for f in task.md data; do rm -rf "$away/work/tiny/$f"; cp -a "work/tiny/$f" "$away/work/tiny"; done
give
lines=$(wc -l <"$away/work/tiny/run/log")
mlestar TASK=tiny
like 'To what is installed it is up to date' "$? $(cat "$TMP/said")" '^0 work/tiny/run is up to date'
is 'and nothing of it is made again' "$(wc -l <"$away/work/tiny/run/log")" "$lines"
mlestar TASK=tiny RUN=own $letters
like 'It makes a run in a folder with a blank in its name' \
	"$? $(tail -n 1 "$TMP/said")" '^0 work/tiny/own/submission.csv: rmse'
mlestar status TASK=tiny RUN=own
like 'status knows it' "$(cat "$TMP/said")" '^work/tiny/own: all [0-9]+ steps are done'
own=work/tiny/own
mlestar explain F=$own/1/1/1.json
like 'explain tells what a tool does' "$(cat "$TMP/said")" 'evaluate: [a-z]'
mlestar graph TASK=tiny RUN=own
is 'graph makes its picture' "$(cat "$TMP/said") $(head -c 5 "$away/$own/graph.svg")" "$own/graph.svg <?xml"
rm "$away/$own/graph.svg" "$away/$own/report.html"
mlestar report TASK=tiny RUN=own
like 'report its page' "$? $(tail -n 1 "$away/$own/report.html")" '^0 .*</html>'
touch "$away/$own/1/1/1.plan.md"
mlestar status TASK=tiny RUN=own
like 'status sees what is stale' "$(cat "$TMP/said")" 'stale +1/1/1.draft.py.*: 1/1/1.plan.md changed'
mlestar pin F=$own/1/1/1.draft.py
like 'pin names what is pinned' "$(cat "$TMP/said")" '^work/tiny/own: pinned: 1$'
mlestar status TASK=tiny RUN=own
is 'and nothing is stale then' "$(grep -c '^  stale' "$TMP/said")" 0
mlestar unpin F=$own/1/1/1.draft.py
mlestar redo F=$own/1/1/1.draft.py
is 'redo makes it again' "$? $(grep -c '	1/1/1.draft.py	' "$away/$own/log")" '0 2'
mlestar fork TASK=tiny RUN=other FROM=own
mlestar compare TASK=tiny RUNS='own other'
like 'fork and compare work there' "$? $(head -n 1 "$TMP/said")" '^0 .*own.*other'
rm -r "$away/work/tiny/other"
cp -a "$away/work/tiny/own" work/tiny/own
RUN=own build
like 'and to a checkout it is up to date' "$(cat "$TMP/said")" '^work/tiny/own is up to date'

# -- prompts
mkdir "$away/prompts"
sed '1s/^/Be bold. /' prompts/plan.md >"$away/prompts/plan.md"
touch -d '2001-01-01' "$away/prompts/plan.md"
echo 'Nothing of ours.' >"$away/prompts/notes.md"
give
mlestar TASK=tiny RUN=own
like 'A prompt in the folder is used in place of the one that comes with it' \
	"$(head -n 1 "$away/work/tiny/own/in/plan.md")" '^Be bold'
is 'and no other file there' "$(ls "$away/work/tiny/own/in" | grep notes)" ''
is 'it makes stale what is asked by it' \
	"$(grep -c '^plan ' "$away/work/tiny/own/1/1/.1.plan.md.cmd") $(tail -n +2 "$TMP/said" | head -n 1 | grep -o '1\/1\/1 ')" '1 1/1/1 '
rm -r "$away/prompts"
mlestar TASK=tiny RUN=own
is 'without it that of mlestar is used again' \
	"$(cmp "$away/work/tiny/own/in/plan.md" prompts/plan.md 2>&1)" ''

# -- for a bug report
echo '{"stage": "draft", "exit": 111}' | rules
echo 'GEMINI_API_KEY=filed-key-0123456789' >"$away/.env"
chmod 600 "$away/.env"
give
mlestar TASK=tiny RUN=broken $letters
mlestar info TASK=tiny RUN=broken
is 'A report has the version, and that it is installed' \
	"$(sed -n 's/^ok *mlestar *//p' "$TMP/said")" '0.1, installed'
like 'and the step that failed' "$(grep 'failed' "$TMP/said")" \
	'^ok +failed +1/draft/1.draft.py: draft ended with 111 at 2'
like 'and what was said of it' "$(grep '^ok *said' "$TMP/said")" 'tests/model'
like '.env is that of the folder' "$(grep ' keys ' "$TMP/said")" 'in .env: GEMINI_API_KEY'
is 'of which only the name is told' "$(grep -c filed-key "$TMP/said")" 0
rules </dev/null

mlestar clean TASK=tiny RUN=own
is 'clean removes what was made' "$(ls -A "$away/work/tiny" | tr '\n' ' ')" 'broken data run task.md '
mlestar TASK=diabetes work/diabetes/data
is 'A bundled task comes with its data' "$? $(ls "$away/work/diabetes" | tr '\n' ' ')" '0 answers.csv data get-data run task.md '
mlestar help
is 'Its help is of what can be done there' "$(grep -cE '^make|make TASK|attacks|tests' "$TMP/said")" 0
mlestar --version
is 'and it tells its version' "$(cat "$TMP/said")" "$(make version)"
mlestar TASK=nothing
like 'A task that there is not is told' "$(cat "$TMP/said")" \
	'work/nothing/task.md: there is no such task; mlestar new TASK=nothing'
is 'Nothing was written where it is installed' \
	"$(cd "$TMP/dest" && find . -type f -exec cksum {} + | sort | cksum)" "$was"

# -- completion
cat >"$TMP/complete" <<'END'
cd "$1"
PATH=$2/bin:$PATH
. "$2/share/bash-completion/completions/mlestar"
COMP_LINE=$3 COMP_POINT=${#3}
_mlestar mlestar
echo "${COMPREPLY[*]}"
END
offers() { # line: what bash offers at its end
	bash "$TMP/complete" "$away" "$prefix" "$1" 2>&1
}
if command -v bash >/dev/null; then
	is 'bash completes goals' "$(offers 'mlestar ret')" retry
	is 'settings' "$(offers 'mlestar TASK=tiny SE')" 'SEED= SEARCH='
	is 'tasks, those that come with it, too' "$(offers 'mlestar status TASK=')" \
		'breast-cancer diabetes digits tiny'
	is 'runs of the task' "$(offers 'mlestar TASK=tiny RUN=')" 'broken run'
	is 'and models' "$(offers 'mlestar MODEL=gr')" groq/
else
	tell ok 'completion # SKIP there is no bash'
fi

# -- what cannot be
make install PREFIX="$TMP/b lank" >"$TMP/said" 2>&1
is 'A prefix that make cannot read is refused' \
	"$(head -n 1 "$TMP/said") $(ls -d "$TMP/b"* 2>/dev/null)" \
	"install: make $TMP/b lank: make cannot read files there: choose a plain name "
chmod -R u+w "$TMP/dest"
make uninstall DESTDIR="$TMP/dest" PREFIX=/opt/my
is 'make uninstall leaves nothing' "$(rest "$TMP/dest")" ''

# -- the package
if ! command -v dpkg-shlibdeps >/dev/null || ! command -v strip >/dev/null; then
	tell ok 'The package # SKIP there is no dpkg-dev'
else
	ok 'make deb makes a package' make deb
	deb=$(echo mlestar_*.deb)
	like 'that names what it needs' "$(dpkg-deb -f "$deb" Depends)" \
		'libcurl4.* make \(>= 4\.3\), jq, bubblewrap, python3, .*python3-sklearn'
	if command -v lintian >/dev/null; then
		is 'lintian has nothing to complain about' "$(lintian "$deb" 2>/dev/null)" ''
	else
		tell ok 'lintian # SKIP it is not here'
	fi
	dpkg-deb -x "$deb" "$TMP/root"
	prefix=$TMP/root/usr offline=
	[ ! "$as" ] || ! unshare -n true 2>/dev/null || as="unshare -n $as"
	give
	mlestar TASK=tiny RUN=deb $letters
	like 'What is in it makes a run' "$? $(tail -n 1 "$TMP/said")" '^0 work/tiny/deb/submission.csv: rmse'
fi
done_testing
