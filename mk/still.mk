# A make that leaves nothing to do leaves W/.still: the stamp of all that it goes
# by, and what there is to say as long as that stays as it is.
decided = $(call quoted,$(foreach v,$(decides) MODEL,$($v):))
folders = $(sort $(wildcard $(foreach p,$(top)prompts prompts,$p $p/cards) $D/models)) $D/data
# The files of the run, and those that it is made from; chat/ no step depends on.
listed  = { find -L $W \( -path $W/chat -o -path $W/scratch \) -prune -o -type f \
	! -name .lock ! -name '.still*' ! -name '.word*' -print && find -H $(top)mk $(folders); } >$W/.still.files
# And what may come.
stamp   = $(top)tools/stamp $W/.still.files $(decided) $(addprefix $W/,settings.mk pins report.html) $(program) \
	$(addprefix $D/,task.md config.mk models) prompts prompts/cards
settled = { $(listed) && $(stamp) && $(MAKE) -q -f $(top)mk/star.mk settled; } 2>/dev/null

# The next one need not look further, unless it is asked for something else.
other := $(strip $(filter-out run,$(MAKECMDGOALS)) $(filter-out TASK=% RUN=%,$(MAKEOVERRIDES)) \
	$(asked) $(foreach f,n q t B L,$(findstring $f,$(flags))))
still := $(if $(other),,$(if $(word 2,$(wildcard $(top)tools/stamp $W/.still.files)),$(file <$W/.still)))
still := $(if $(still),$(if $(filter $(firstword $(still)),$(shell $(stamp))),$(still)))
ifdef still
run: ; @:$(info $(subst $(firstword $(still)) ,,$(still)))
.PHONY: run
endif
