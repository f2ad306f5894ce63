# What can be done with a task and its runs.
# Of commands that may fail make is not to speak.
MAKEFLAGS += $(if $V,,-s)
.DEFAULT_GOAL := $(if $(TASK),run,hint)
known   := $(decides) $(means) TASK RUN DATA V F FROM RUNS CC CFLAGS LDFLAGS LDLIBS CPPFLAGS
given   := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $v))),$v))
unknown := $(filter-out $(known) MAKEOVERRIDES MAKEFLAGS -*-%,$(given))
address := $(filter %_KEY %_URL %_HOST %_TOKEN,$(unknown))
$(if $(address),$(error make: read $(firstword $(address)): a key or an address is no setting: say it before make, $(firstword $(address))=.. make .., or in .env))
$(if $(unknown),$(error make: read $(firstword $(unknown)): there is no such setting; make help lists them))

dry    := $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
goes_on = make TASK=$(TASK)$(if $(filter-out run,$(RUN)), RUN=$(RUN))
quoted  = '$(subst ','\'',$1)'
remember = tools/hold $W tools/settings $W/settings.mk $(foreach v,$(asked),$(call quoted,$v=$($v)))
this    = $(if $(in_run),$(call quoted,$(in_run)),$(error make: $(goal): say which file: make $(goal) F=work/foo/run/1/2/3.json))
named   = $(if $(TASK),,$(error make: $(goal): say which task: make $(goal) TASK=name))
goal    = $(or $(firstword $(MAKECMDGOALS)),run)

means_of = SEARCH=$(call quoted,$(SEARCH)) PYTHON=$(call quoted,$(PYTHON)) 
refuse  = $(if $1,$(error make: read $D/task.md: $2, then $(goes_on)))

# Builds the run: everything that is stale, and nothing else.
run: built
	$(verdict)

# The same, having made again what failed: the model calls that gave no usable
# reply, the scripts that a limit ended; or F, whatever came of it.
retry: built
	$(verdict)
redo: built
	$(verdict)

# Ends the run here, with the best so far; run goes on from there.
best: built
	$(verdict)

first   = $(strip $(foreach g,$(filter retry redo best,$(MAKECMDGOALS)),$(first_$g)))
first_retry = tools/retry $W
first_redo = tools/retry $W $(this)
first_best = tools/finish $W
now     = $(if $(filter best,$(MAKECMDGOALS)),env RUN_ENDS=now )

# What is missing is to be the last line, below make's own: so no command may
# fail, but leaves it in the file $(word), which is gone when all is well.
word    = $(eval word := $(or $(shell { mkdir -p $W && true >$W/$(note); } 2>/dev/null && echo $W/$(note) || mktemp -t mlestar.XXXXXX),$(error make: write a temporary file: see above)))$(word)
note    = .word$(filter .best,$(MAKECMDGOALS:%=.%))
reason  = $W: it is not built, for the reason above: $(goes_on) tries again, make watch$(goes_on:make%=%) shows one at work
try     = $(if $(dry),,-@test -s $(word) || $1 || echo '$(or $2,$(reason))' >$(word))
plan    = '$(MAKE) -f mk/star.mk query && $(MAKE) -n -f mk/star.mk 2>/dev/null'
verdict = $(if $(dry),,$(eval said := $(shell test ! -f $(word) || { grep . $(word) || echo '$(reason)'; rm $(word); }))$(if $(said),$(error $(said))))

built: tools $(if $(TASK),$D/task.md $D/data)
	$(named)
	$(call refuse,$(if $(strip $(file <$D/task.md)),,x),it is empty: say what is to be predicted)
	$(call refuse,$(findstring <!-- unfinished,$(file <$D/task.md)),it is unfinished: answer its questions$(comma) take out the line that says so)
	$(if $(first),$(call try,$(first),$W: it is as it was$(comma) for the reason above))
	$(if $(asked),$(call try,$(remember)))
	$(call try,tools/keep -q $W/in/data.list list $D/data)
	$(if $(dry),+@,-+@test -s $(word) || exec tools/hold $W $(now)tools/progress -w $(word) -p $(plan) $W) $(MAKE) -f mk/star.mk

$D/task.md:
	$(error make: read $@: there is no such task; make new TASK=$(TASK) DATA=folder starts one)
$D/data: | $D/task.md
	$(if $(wildcard $D/get-data),$(call try,PYTHON=$(PYTHON) $D/get-data),$(error make: read $@: there is no data; put the task's files there$(comma) then $(goes_on)))

# Starts a task folder from a folder of data.
new: tools
	@$(named)$(if $(DATA),,$(error make: new: say which data: make new TASK=$(TASK) DATA=folder))tools/new $(call quoted,$(TASK)) $(call quoted,$(DATA))

# What is done, running, failed, and next.
status: tools
	+@$(named)tools/status $W

# What made a file, from what, at what cost, and whether it is up to date.
explain: tools
	+@$(if $F,,$(error make: explain: say which file: make explain F=work/foo/run/1/2/3.json))tools/explain $(call quoted,$F)

# The run's files as a picture.
graph: tools
	+@$(named)test -d $W || { echo 'make: draw $W: nothing is made yet' >&2; exit 1; }; \
	tools/graph $W >$W/graph.svg.tmp && mv $W/graph.svg.tmp $W/graph.svg && echo $W/graph.svg || \
	{ s=$$?; rm -f $W/graph.svg.tmp; exit $$s; }

# The same as make shows while it builds, and what scripts print, elsewhere.
watch: tools
	@$(named)tools/watch -p $(plan) $W

# Has F stay as it is; no longer; without F, no file.
pin: tools
	@$(named)tools/pin $W $(this)
unpin: tools
	@$(named)tools/pin -u $W $(if $(in_run),$(this))

# A copy of the run FROM, to go on with in another way.
fork: tools
	@$(named)tools/fork $(call quoted,$D/$(or $(FROM),run)) $W
	$(if $(asked),@$(remember))

# Runs side by side: RUNS, or all.
compare: tools
	@$(named)tools/compare $(foreach r,$(or $(RUNS),$(patsubst $D/%/.lock,%,$(wildcard $D/*/.lock))),$(call quoted,$D/$r))

# The page of the run, for what there is; and pictures of it, to look at.
report: tools
	@$(named)tools/report $W
screenshots: report
	@tests/chromium -s $W.screenshots $W/report.html >/dev/null && ls $W.screenshots/*

# The true score of submission.csv, from answers.csv.
grade: tools
	@$(named)tools/grade -o $W/grade.json $W/task.json $D/answers.csv $W/submission.csv

# The scores of all scripts, and the true one beside them.
scores: tools
	@$(named)tools/scores $W $(wildcard $D/answers.csv)

# Tries all that a run needs; info tells the same for a bug report.
doctor: tools
	@$(means_of)tools/doctor
info: tools
	@$(means_of)tools/doctor -i

# How many model calls and scripts the run's documents ask for, and were seen.
count:
	@$(named)tools/count $W

# Removes what was made, never what a person wrote.
clean:
	@$(named)tools/clean $W

# Forgets the settings that the run was given.
unset:
	@$(named)rm $W/settings.mk 2>/dev/null || echo 'make: unset $W: no settings are remembered there'

hint: tools
	@echo 'Say which task: make TASK=diabetes, or another of: $(patsubst work/%/task.md,%,$(wildcard work/*/task.md)).  make help tells more.'
help:
	@cat mk/help.txt
.PHONY: run built new status watch explain graph report screenshots retry redo best pin unpin fork compare doctor info scores count grade clean unset hint help
