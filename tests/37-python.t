#!/bin/sh
# Which Python runs the scripts: Debian's, a virtual environment of venv or of
# uv, conda's and pyenv's layout; configure --venv.
. "${0%/*}/lib.sh"
[ -x tools/run ] || skip 'tools/run is not built'
top=$PWD
unset PYTHON PYTHON_BINDS KEEP_RUN KEEP_FILE RUN_JOBS GPUS PIP_INDEX_URL VIRTUAL_ENV
chmod 755 "$TMP"
mkdir "$TMP/scratch"
export TMPDIR="$TMP/scratch" TIMEOUT=120 DEBIAN=/usr/bin/python3

# A real script, of the rule book, on a bundled task.
mkdir -p "$TMP/b/work" && ln -s "$top/tools" "$TMP/b/tools"
cp -R work/diabetes "$TMP/b/work/"
rm -rf "$TMP/b/work/diabetes/data" "$TMP/b/work/diabetes/answers.csv"
why=$(cd "$TMP/b/work/diabetes" && PYTHON=$DEBIAN ./get-data 2>&1 >/dev/null) ||
	skip "no bundled task without scikit-learn: $why"
data=$TMP/b/work/diabetes/data
describe "$data" >"$TMP/data.json"
jq -n --arg task "$(cat work/diabetes/task.md)" --arg data "$(cat "$TMP/data.json")" \
	'{stage: "read-task", lane: 1, n: 1, seed: 1, prompt: "", inputs: {task: $task, data: $data}}' |
	playbook >"$TMP/task.json" || exit
scored() { # PYTHON: what became of a bundled task's script under it
	packages "$1" >"$TMP/packages.json" &&
	brief prompts/brief.md work/diabetes/task.md "$TMP/task.json" \
		"$TMP/data.json" "$TMP/packages.json" >"$TMP/brief.md" || return
	jq -n --rawfile task "$TMP/brief.md" '{stage: "search", lane: 1, n: 1, seed: 1,
		prompt: "", inputs: {task: $task, n: "1"}}' | playbook >"$TMP/models" || return
	jq --rawfile task "$TMP/brief.md" '{stage: "draft", lane: 1, n: 1, seed: 1, prompt: "",
		inputs: {task: $task, model_name: .[0].model_name, example_code: .[0].example_code}}' \
		"$TMP/models" | playbook | sed '/^```/d' >"$TMP/script.py" || return
	PYTHON=$1 run -d "$data" -o "$TMP/out" "$TMP/script.py" >"$TMP/r" || return
	jq -r 'if .status == "ok" and .score > 40 and .score < 80 then "ok"
		else "\(.status) \(.reason) \(.score)" end' "$TMP/r"
	[ "$(wc -l <"$TMP/out/submission.csv")" = 90 ] || echo 'no submission'
}
said() { # PYTHON, script on stdin: what it prints
	PYTHON=$1 run -n - | jq -r '.stdout + .stderr' | grep .
}

if "$DEBIAN" -c 'import numpy, pandas, sklearn' 2>/dev/null; then
	is "Debian's Python runs a bundled task" "$(scored "$DEBIAN")" ok
else
	tell ok "Debian's Python runs a bundled task # SKIP it has no scikit-learn"
fi

# An environment that leans on Debian's packages needs no network.
venv=$TMP/env
if why=$("$DEBIAN" -m venv --without-pip --system-site-packages "$venv" 2>&1); then
	is 'so does a virtual environment' "$(scored "$venv/bin/python")" ok
	is 'it is the one that runs' "$(echo 'import sys; print(sys.prefix)' |
		said "$venv/bin/python")" "$venv"
	mkdir "$TMP/beside"
	echo 'print("it is there")' >"$TMP/beside/beside.py"
	echo "$TMP/beside" >"$(echo "$venv"/lib/python3*/site-packages)/beside.pth"
	is 'a package that a .pth file names is seen' \
		"$(echo 'import beside' | said "$venv/bin/python")" 'it is there'
	is 'nothing else of its folder is' "$(echo "import os; print(os.listdir('$TMP'))" |
		said "$venv/bin/python")" "['beside', 'env']"
	for i in $(seq 400); do
		mkdir "$TMP/beside/aa_$i-1.dist-info"
		printf 'Name: aa-%d\nVersion: 1\n' $i >"$TMP/beside/aa_$i-1.dist-info/METADATA"
	done
	is 'of more packages than a prompt has room for, those of use are told' \
		"$(packages "$venv/bin/python" | jq -c '.packages | [length, has("aa-1"), has("numpy", "pandas", "scikit-learn")]')" \
		'[300,true,true,true,true]'
	rm -r "$TMP"/beside/aa_*
	is 'it cannot be written to' "$(echo "open('$venv/x', 'w')" | said "$venv/bin/python" |
		tail -n 1)" "OSError: [Errno 30] Read-only file system: '$venv/x'"
	printf '#!/bin/sh\nexec "%s/bin/python" "$@"\n' "$venv" >"$TMP/shim"
	chmod +x "$TMP/shim"
	is 'a shim, as of pyenv, is seen through' "$(echo 'import sys; print(sys.executable)' |
		said "$TMP/shim")" "$venv/bin/python"
	ln -s env "$TMP/current"
	is 'so is a link to the environment' "$(echo 'import beside' |
		said "$TMP/current/bin/python")" 'it is there'
	for wide in "$HOME" /tmp; do
		ln -sf "$venv/bin/python" "$TMP/py"
		like "all of $wide is never shown" "$(cd / && HOME=$wide "$venv/bin/python" -I -c "
import sys
sys.path.append('$wide')
sys.argv = ['probe-python']
exec(open('$top/tools/probe-python').read())" 2>&1)" \
			"^probe-python: show $wide: too much for a sandbox"
	done
else
	tell ok "a virtual environment # SKIP $why"
fi

# A whole interpreter elsewhere: pyenv's, conda's and uv's own are such.
found=
for p in "$HOME"/.pyenv/versions/3.*/bin/python3 /opt/conda/bin/python \
	"$HOME"/*conda3/bin/python "$HOME"/.local/share/uv/python/*/bin/python3; do
	"$p" -c 'import sys; sys.exit(sys.version_info < (3, 7))' 2>/dev/null && found=$p
done
if [ "$found" ]; then
	is 'an interpreter outside of /usr runs' "$(echo 'import ssl, sys; print(sys.executable)' |
		said "$found")" "$("$found" -c 'import sys; print(sys.executable)')"
else
	tell ok 'an interpreter outside of /usr runs # SKIP there is none of pyenv, conda, uv'
fi

# configure --venv

checkout
cp -a "$top/configure" .
rm -f mk/auto.mk
if [ -d "$venv" ] && "$DEBIAN" -c 'import ensurepip' 2>/dev/null &&
	"$DEBIAN" -m venv --system-site-packages work/.venv >/dev/null 2>&1; then
	echo '# nothing' >mk/requirements.txt
	./configure --venv PYTHON=$DEBIAN >"$TMP/said" 2>&1
	is 'configure --venv takes the environment that is there' "$? $(tail -n 1 "$TMP/said")" \
		'0 wrote mk/auto.mk'
	is 'and has make use it' "$(sed -n 's/^PYTHON *?= *//p' mk/auto.mk)" \
		"$PWD/work/.venv/bin/python"
	like 'it tells what scripts see of the disk' "$(cat "$TMP/said")" \
		"^checking which folders .* /usr $PWD/work/.venv\$"
	like 'doctor tells of it' "$(tools/doctor 2>&1 | grep ' python ')" \
		'work/.venv is not used'
	like 'and whether it is used' \
		"$(PYTHON=$PWD/work/.venv/bin/python tools/doctor 2>&1 | grep ' python ')" \
		'; .*/work/.venv/bin/python$'
	cp mk/auto.mk "$TMP/auto.mk"
	echo 'numpy>=999' >mk/requirements.txt
	rm mk/auto.mk
	PIP_INDEX_URL=http://127.0.0.1:9/ PIP_RETRIES=0 UV_INDEX_URL=http://127.0.0.1:9/ \
		./configure --venv >"$TMP/said" 2>&1
	is 'without an index it stops' "$? $(tail -n 1 "$TMP/said")" \
		'111 configure: fill work/.venv: see above; it needs the network; if nothing helps: rm -r work/.venv'
	is 'and changes nothing' "$(ls mk/auto.mk 2>/dev/null)" ''
	is 'make TASK=.venv is no task' "$(make TASK=.venv 2>&1 | sed 's/^.*: \*\*\* //')" \
		'make: read TASK: ".venv" is no name: only letters, digits and _ - . may be in it.  Stop.'
else
	tell ok 'configure --venv # SKIP there is no python3-venv'
fi
# As if Debian's Python had no ensurepip, and uv were not there.
rm -rf work/.venv
mkdir "$TMP/bin"
for f in /usr/bin/*; do ln -s "$f" "$TMP/bin/"; done 2>/dev/null
rm -f "$TMP/bin/uv"
sed 's/^module() .*/module() { [ $1 != ensurepip ]; }/' configure >configure.try
like 'Debian without python3-venv: the package is named' \
	"$(PATH=$TMP/bin sh ./configure.try --venv PYTHON=$DEBIAN 2>&1)" \
	'^checking for uv or venv, to make work/.venv... no: python3-venv$'
is 'work/.venv is ignored by git' "$(grep -x /work/.venv/ "$top/.gitignore")" /work/.venv/
done_testing
