# What can be done with a task and its runs.
# Of commands that may fail make is not to speak.
MAKEFLAGS += $(if $V,,-s)
.DEFAULT_GOAL := $(if $(TASK),run,hint)
self    = $(if $(top),mlestar,make)
known   := $(decides) $(means) TASK RUN DATA V SAN F FROM RUNS KILLS PLACES FUZZ SECONDS JOBS CORPUS CC CFLAGS LDFLAGS LDLIBS CPPFLAGS PREFIX DESTDIR
given   := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $v))),$v))
unknown := $(filter-out $(known) MAKEOVERRIDES MAKEFLAGS -*-%,$(given))
address := $(filter %_KEY %_URL %_HOST %_TOKEN,$(unknown))
$(if $(address),$(error make: read $(firstword $(address)): a key or an address is no setting: say it before make, $(firstword $(address))=.. make .., or in .env))
$(if $(unknown),$(error make: read $(firstword $(unknown)): there is no such setting; $(self) help lists them))

dry    := $(findstring n,$(flags))
goes_on = $(self) TASK=$(TASK)$(if $(filter-out run,$(RUN)), RUN=$(RUN))
remember = $(top)tools/hold $W $(top)tools/settings $W/settings.mk $(foreach v,$(asked),$(call quoted,$v=$($v)))
this    = $(if $(in_run),$(call quoted,$(in_run)),$(error make: $(goal): say which file: $(self) $(goal) F=work/foo/run/1/2/3.json))
named   = $(if $(TASK),,$(if $(filter redo pin,$(goal)),$(this))$(error make: $(goal): say which task: $(self) $(goal) TASK=name))$(if $(filter-out new,$(goal)),$(if $(wildcard $D/task.md)$(bundled),,$(no_task)))
no_task = $(error make: read $D/task.md: there is no such task; $(self) new TASK=$(TASK) DATA=folder starts one)
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
first_retry = $(top)tools/retry $W
first_redo = $(top)tools/retry $W $(this)
first_best = $(top)tools/finish $W
now     = $(if $(filter best,$(MAKECMDGOALS)),env RUN_ENDS=now )

# What is missing is to be the last line, below make's own: so no command may
# fail, but leaves it in the file $(word), which is gone when all is well.
word    = $(eval word := $(or $(shell { mkdir -p $W && true >$W/$(note); } 2>/dev/null && echo $W/$(note) || mktemp -t mlestar.XXXXXX),$(error make: write a temporary file: see above)))$(word)
note    = .word$(filter .best,$(MAKECMDGOALS:%=.%))
reason  = $W: it is not built, for the reason above: $(goes_on) tries again, $(self) watch$(goes_on:$(self)%=%) shows one at work
try     = $(if $(dry),,-@test -s $(word) || $1 || echo '$(or $2,$(reason))' >$(word))
plan    = '$(MAKE) -f $(top)mk/star.mk query && $(MAKE) -n -f $(top)mk/star.mk 2>/dev/null'
verdict = $(if $(dry),,$(eval said := $(shell test ! -f $(word) || { grep . $(word) || echo '$(reason)'; rm $(word); rmdir $W 2>/dev/null; }))$(if $(said),$(error $(said))))

built: tools $(if $(TASK),$D/task.md $D/data)
	$(named)
	$(call refuse,$(if $(strip $(file <$D/task.md))$(bundled),,x),it is empty: say what is to be predicted)
	$(call refuse,$(findstring <!-- unfinished,$(file <$D/task.md)),it is unfinished: answer its questions$(comma) take out the line that says so)
	$(if $(first),$(call try,$(first),$W: it is as it was$(comma) for the reason above))
	$(if $(asked),$(call try,$(remember)))
	$(call try,$(top)tools/hold $W $(top)tools/keep -q $W/in/data.list list $D/data)
	$(if $(dry),+@,-+@test -s $(word) || exec $(top)tools/hold $W $(now)$(top)tools/progress -w $(word) -p $(plan) -s $(call quoted,$(settled)) $W) $(MAKE) -f $(top)mk/star.mk

# A task that comes with mlestar is copied to where the person works.
bundled := $(if $(top),$(if $(wildcard $D/task.md),,$(wildcard $(top)$D/task.md)))
$D/task.md:
	$(if $(bundled),@mkdir -p $D && cp $(top)$D/get-data $(top)$D/task.md $D,$(no_task))
$D/data: | $D/task.md
	$(if $(bundled)$(wildcard $D/get-data),$(call try,$(if $(top),TOOLS=$(top)tools )PYTHON=$(call quoted,$(PYTHON)) $D/get-data),$(error make: read $@: there is no data; put the task's files there$(comma) then $(goes_on)))

# Starts a task folder from a folder of data.
new: tools
	@$(named)$(if $(DATA),,$(error make: new: say which data: $(self) new TASK=$(TASK) DATA=folder))$(top)tools/new $(call quoted,$(TASK)) $(call quoted,$(DATA))

# What is done, running, failed, and next.
status: tools
	+@$(named)$(top)tools/status $W

# How much is left to be made: calls, scripts, hours and dollars; what -j gives.
estimate: tools
	+@$(named)$(top)tools/estimate $W

# What made a file, from what, at what cost, and whether it is up to date.
explain: tools
	+@$(if $F,$(named),$(error make: explain: say which file: $(self) explain F=work/foo/run/1/2/3.json))$(top)tools/explain $(call quoted,$F)

# The run's files as a picture.
graph: tools
	+@$(named)test -d $W || { echo 'make: draw $W: nothing is made yet' >&2; exit 1; }; \
	$(top)tools/graph $W >$W/graph.svg.tmp && mv $W/graph.svg.tmp $W/graph.svg && echo $W/graph.svg || \
	{ s=$$?; rm -f $W/graph.svg.tmp; exit $$s; }

# The same as make shows while it builds, and what scripts print, elsewhere.
watch: tools
	@$(named)$(top)tools/watch -p $(plan) $W

# Has F stay as it is; no longer; without F, no file.
pin: tools
	@$(named)$(top)tools/pin $W $(this)
unpin: tools
	@$(named)$(top)tools/pin -u $W $(if $(in_run),$(this))

# A copy of the run FROM, to go on with in another way.
fork: tools
	@$(named)$(if $(FROM),$(call name,FROM))$(top)tools/fork $(call quoted,$D/$(or $(FROM),run)) $W
	$(if $(asked),@$(remember))

# Runs side by side: RUNS, or all.
compare: tools
	@$(named)$(top)tools/compare $(foreach r,$(or $(RUNS),$(patsubst $D/%/.lock,%,$(wildcard $D/*/.lock)),$(RUN)),$(call quoted,$D/$r))

# The page of the run, for what there is.
report: tools
	@$(named)$(top)tools/report $W

# The true score of submission.csv, from answers.csv.
grade: tools
	@$(named)$(top)tools/grade -o $W/grade.json $W/task.json $D/answers.csv $W/submission.csv

# The scores of all scripts, and the true one beside them.
scores: tools
	@$(named)$(top)tools/scores $W $(wildcard $D/answers.csv)

# Tries all that a run needs; info tells the same for a bug report.
doctor: tools
	@$(means_of)$(top)tools/doctor
info: tools
	@$(means_of)$(top)tools/doctor -i

# How many model calls and scripts the run's documents ask for, and were seen.
count:
	@$(named)$(top)tools/count $W

# Removes what was made, never what a person wrote.
clean:
	@$(named)$(top)tools/clean $W

# Forgets the settings that the run was given.
unset:
	@$(named)rm $W/settings.mk 2>/dev/null || echo 'make: unset $W: no settings are remembered there'

hint: tools
	@echo 'Say which task: $(self) TASK=diabetes, or another of: $(tasks).  $(self) help tells more.'
tasks   = $(sort $(notdir $(patsubst %/task.md,%,$(wildcard work/*/task.md $(addsuffix work/*/task.md,$(top))))))
help:
	@cat $(top)mk/help.txt
version:
	@echo mlestar $(VERSION)
.PHONY: tools run built new status estimate watch explain graph report retry redo best pin unpin fork compare doctor info scores count grade clean unset hint help version
