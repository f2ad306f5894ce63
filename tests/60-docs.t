#!/bin/sh
# What the manual pages, make help and the prompts say is what there is.
. "${0%/*}/lib.sh"

# Sources and scripts; what else lies in tools/ was compiled.
tools=$(for f in tools/*; do
	case $f in
	*.c) basename "$f" .c ;;
	*.*) ;;
	*) [ -f "$f" ] && [ -x "$f" ] && basename "$f" ;;
	esac
done | sort -u)
pages=$(ls tools/*.[1-8])

is 'Every tool has a manual page' \
	"$(for t in $tools; do [ -f "tools/$t.1" ] || echo "$t"; done)" ''
is 'Every manual page has its tool' \
	"$(for p in tools/*.1; do
		t=$(basename "$p" .1)
		printf '%s\n' "$tools" | grep -qx -e "$t" || echo "$t"
	done)" ''
is 'mlestar.7 names every tool' \
	"$(for t in $tools; do
		grep -q "^\.It Xr $t 1" tools/mlestar.7 || echo "$t"
	done)" ''
is 'Every page is named in its head' \
	"$(for t in $tools; do
		[ ! -f "tools/$t.1" ] || grep -qx "\.Nm $t" "tools/$t.1" || echo "$t"
	done)" ''
is 'Every reference to another page leads to one' \
	"$(sed -n 's/^\.\(It \)*Xr \([^ ]*\) \([0-9]\).*/\2 \3/p' $pages | sort -u |
		while read -r name section; do
		case $name in bwrap|flock|make|nvidia-smi|rm|srun|touch) continue ;; esac
		[ -f "tools/$name.$section" ] || echo "$name($section)"
	done)" ''

# A usage line or a synopsis, whatever its blanks and its letters' case.
plain() {
	tr '\n' ' ' | tr A-Z a-z |
		sed 's/ *\.\.\./.../g; s/\([][|]\)/ \1 /g; s/  */ /g; s/^ //; s/ $//'
}
usage() { # tool; nothing if it tells none
	for with in -Z ''; do
		timeout 10 "tools/$1" $with </dev/null >"$TMP/said" 2>&1
		grep -q '^usage: ' "$TMP/said" && break
	done
	sed -n "/^usage: $1/,\$s/^\(usage: $1\)* *\(.*\)/\2/p" "$TMP/said" | plain
}
synopsis() { # tool
	mandoc -Tascii -O width=1000 "tools/$1.1" | sed 's/.\x08//g' |
		sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | sed '1d;$d' |
		sed "s/^ *$1 *//" | plain
}

if command -v mandoc >/dev/null; then
	is 'mandoc has nothing to complain about' \
		"$(mandoc -Tlint -Wwarning $pages 2>&1)" ''
	for t in $tools; do
		[ -x "tools/$t" ] && [ -f "tools/$t.1" ] || continue
		usage=$(usage "$t")
		if grep -q '^usage: ' "$TMP/said"; then
			is "$t tells the usage that its page does" "$usage" "$(synopsis "$t")"
		else
			tell ok "$t # SKIP it tells no usage"
		fi
	done
else
	tell ok 'Pages are not looked at # SKIP there is no mandoc'
fi

help=$(make -s help)
words=$(printf '%s\n' "$help" | tr -c 'A-Za-z0-9_\n-' '\n')
unnamed() { # word...: those that make help does not name
	for w; do
		printf '%s\n' "$words" | grep -qx -e "$w" || echo "$w"
	done
}
is 'make help fits a terminal of 80 columns' \
	"$(printf '%s\n' "$help" | awk 'length > 80')" ''
is 'make help fits a screen of 40 lines' \
	"$([ "$(printf '%s\n' "$help" | wc -l)" -le 40 ] || echo no)" ''
# hint is what make does that is given neither a goal nor a task; built and
# asked_again are parts of what run and retry do
is 'make help names every goal' \
	"$(unnamed $(sed -n 's/^\.PHONY: *//p' mk/task.mk mk/check.mk mk/build.mk mk/install.mk |
		tr ' ' '\n' | grep -vx 'hint\|built\|asked_again'))" ''
is 'make help names every setting' \
	"$(unnamed $(printf 'include mk/config.mk\nall: ; @echo $(decides) $(filter-out MODEL_%%,$(means))\n' |
		make -s -f -))" ''
is 'make help knows the defaults' \
	"$(for v in PRESET SEED ATTEMPTS ROWS MODEL PYTHON TIMEOUT; do
		d=$(sed -n "s/^$v *?= *//p" mk/config.mk)
		printf '%s\n' "$help" | grep -q "\\b$v=$d\\b" || echo "$v=$d"
	done)" ''

# Which source fills a prompt: the one of that name, or the one that asks so.
asker() { # prompt
	ls tools/*.c | grep -xF "tools/$1.c"
	grep -lF -e "stage(\"$1\"" -e "name = \"$1\"" tools/*.c
}
slots() { # source: what it fills
	sed -n 's/.*slot(&s, "\([a-z_-]*\)".*/\1/p' "$1"
	sed -n 's/.*\*slots\[\] = {\(.*\)};.*/\1/p' "$1" | tr -d '" ' | tr , '\n'
}
is 'Every slot of a prompt is one that its tool fills' \
	"$(for p in prompts/*.md; do
		name=$(basename "$p" .md)
		for f in $(asker "$name"); do slots "$f"; done >"$TMP/slots"
		grep -o '{{[^}]*}}' "$p" | tr -d '{}' | sort -u |
			grep -vxF -f "$TMP/slots" | sed "s|^|$p: |"
	done)" ''
is 'Every stage has its prompt' \
	"$(sed -n 's/.*stage("\([a-z-]*\)",.*/\1/p; s/.*name = "\([a-z-]*\)";.*/\1/p' \
		tools/*.c | sort -u | while read -r s; do
		[ -f "prompts/$s.md" ] || echo "$s"
	done)" ''
is 'Every prompt has its tool' \
	"$(for p in prompts/*.md; do
		name=$(basename "$p" .md)
		[ "$(asker "$name")" ] || echo "$name"
	done)" ''
done_testing
