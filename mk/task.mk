# What can be done with a task and its runs.
.DEFAULT_GOAL := $(if $(TASK),run,hint)
known   := $(decides) $(means) TASK RUN DATA V CC CFLAGS LDFLAGS LDLIBS CPPFLAGS PREFIX DESTDIR
given   := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $v))),$v))
unknown := $(filter-out $(known) MAKEOVERRIDES MAKEFLAGS -*-%,$(given))
address := $(filter %_KEY %_URL %_HOST %_TOKEN,$(unknown))
$(if $(address),$(error make: read $(firstword $(address)): a key or an address is no setting: say it before make, $(firstword $(address))=.. make .., or in .env))
$(if $(unknown),$(error make: read $(firstword $(unknown)): there is no such setting; make help lists them))

dry    := $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
locked  = $(if $(dry),,$(top)tools/hold $W $(top)tools/progress $W)
quoted  = '$(subst ','\'',$1)'
remember = $(if $(asked),@$(top)tools/hold $W $(top)tools/settings $W/settings.mk $(foreach v,$(asked),$(call quoted,$v=$($v))))
named   = $(if $(TASK),,$(error make: $@: say which task: make $@ TASK=name))

means_of = SEARCH=$(call quoted,$(SEARCH)) PYTHON=$(call quoted,$(PYTHON)) 
refuse  = $(if $1,@echo 'make: read $D/task.md: $2' >&2; exit 100)

# Builds the run: everything that is stale, and nothing else.
run: tools $D/task.md $D/data
	$(build)

# The same, having the model calls made again that gave no usable reply.
retry: tools $(if $(TASK),$D/task.md $D/data)
	@$(named)$(top)tools/retry $W
	$(build)

define build
	$(call refuse,$(if $(strip $(file <$D/task.md)),,x),it is empty: say what is to be predicted)
	$(call refuse,$(findstring <!-- unfinished,$(file <$D/task.md)),it is unfinished: answer its questions$(comma) then take out the line that says so)
	$(remember)
	@$(if $(dry),,$(top)tools/keep -q $W/in/data.list list $D/data)
	@+$(locked) $(MAKE) -f $(top)mk/star.mk
endef

# A task that comes with mlestar is copied to where the person works.
bundled = $(if $(top),$(wildcard $(top)$D/task.md))
$D/task.md:
	@$(if $(bundled),mkdir -p $D && cp $(top)$D/get-data $(top)$D/task.md $D,\
	echo "make: read $@: there is no such task; make new TASK=$(TASK) DATA=folder starts one" >&2; exit 100)
$D/data: | $D/task.md
	@if test -x $D/get-data; then $(if $(top),TOOLS=$(top)tools )PYTHON=$(PYTHON) $D/get-data; else \
	echo "make: read $@: there is no data; put the task's files there" >&2; exit 100; fi

# Starts a task folder from a folder of data.
new: tools
	@$(named)$(if $(DATA),,$(error make: new: say which data: make new TASK=$(TASK) DATA=folder))$(top)tools/new $(call quoted,$(TASK)) $(call quoted,$(DATA))

# What is done, running, failed, and next.
status: tools
	@$(named)plan=$$($(MAKE) -n -f $(top)mk/star.mk all steps) && echo "$$plan" | $(top)tools/status $W

# The true score of submission.csv, from answers.csv.
grade: tools
	@$(named)$(top)tools/grade $W/task.json $D/answers.csv $W/submission.csv

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
self    = $(if $(top),mlestar,make)
help:
	@cat $(top)mk/help.txt
version:
	@echo mlestar $(VERSION)
.PHONY: tools run new status retry doctor info scores count grade clean unset hint help version
