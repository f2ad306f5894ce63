# What bash offers after mlestar: goals, settings, tasks, runs and models.
# For make, in a folder with mlestar: complete -F _mlestar make
_mlestar_goals() { # mk
	cat "$1"/{task,build,check,install}.mk 2>/dev/null | sed -n 's/^\.PHONY: *//p' |
		tr ' ' '\n' | grep -vx 'hint\|built\|tools'
}
_mlestar_settings() { # mk
	sed -n 's/^\([A-Z_]*\) *?=.*/\1=/p' "$1/config.mk"
	echo TASK= RUN= DATA= F= FROM= RUNS= V=1
}
_mlestar_tasks() { # mk
	local f
	for f in work/*/task.md "$1"/../work/*/task.md; do
		[ ! -f "$f" ] || basename "$(dirname "$f")"
	done | sort -u
}
_mlestar_runs() { # task
	local f
	for f in work/"$1"/*/in/; do
		[ ! -d "$f" ] || basename "$(dirname "$f")"
	done
}
_mlestar() {
	local line=${COMP_LINE:0:COMP_POINT} mk word value task words
	mk=mk
	[ "$1" = make ] || mk=$(dirname "$(dirname "$(readlink -f "$(command -v "$1")")")")/mk
	word=${line##*[[:space:]]} value=${line##*[[:space:]=]}
	task=${line##*TASK=} task=${task%%[[:space:]]*}
	case $word in
	TASK=*)   words=$(_mlestar_tasks "$mk") ;;
	RUN=*|FROM=*|RUNS=*) words=$(_mlestar_runs "$task") ;;
	PRESET=*) words='quick paper' ;;
	SCORE=*)  words='measured printed' ;;
	DIRECTION=*) words='lower higher' ;;
	MODEL=*|MODEL_*=*) words="playbook exec: replay: $(sed -n 's/^providers := //p; s/^ \{8,\}\([a-z ]*\)$/\1/p' "$mk/setting.mk" | sed 's|[a-z]*|&/|g')" ;;
	EXECUTOR=*) words=slurm ;;
	DATA=*|F=*|PYTHON=*) COMPREPLY=($(compgen -f -- "$value")); return ;;
	*=*)      return ;;
	-*)       words='--version --help --tools -j -k -n' ;;
	*)        words="$(_mlestar_goals "$mk") $(_mlestar_settings "$mk")" ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$value"))
	# bash puts what is found in place of what stands behind the =, or of all
	case $COMP_WORDBREAKS:$word in
	*=*:*|*:"$value") ;;
	*) COMPREPLY=("${COMPREPLY[@]/#/${word%%=*}=}") ;;
	esac
	case ${COMPREPLY-} in *[=:/]) compopt -o nospace 2>/dev/null ;; esac
}
complete -F _mlestar mlestar
