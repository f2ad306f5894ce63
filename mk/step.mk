# $(call step,FILE,TOOL ARGS,INPUTS[,MORE[,LAST]]): "TOOL ARGS INPUTS LAST"
# prints FILE.
# $(call input,...): the same, for what people write; it is not told of.
#
# keep(1) runs the tool.  Beside d/x it leaves d/.x.cmd, the command that made
# x, dated when that command began, and it replaces x only if x changes.  So a
# step runs when an input, or one of MORE, is newer than .x.cmd, when the command
# is not the one written there, or when x is gone; and what follows an unchanged
# x stays.  Commands are stored relative to the run and to where mlestar is,
# without quotes, and end in a hash sign.
.SUFFIXES:
MAKEFLAGS += -r

cmdf   = $(dir $1).$(notdir $1).cmd
same   = $(and $(wildcard $1),$(findstring <$(call unquoted,$2) $(hash),<$(file <$(cmdf))))
unquoted = $(subst $$$$,$$,$(subst $D/,../,$(subst $W/,,$(subst $(top)prompts/,prompts/,$(subst ',,$1)))))

pins  := $(addprefix $W/,$(file <$W/pins))
step   = $(eval steps += $(strip $1))$(eval $(call $(if $(pins),$(if $(filter $(strip $1),$(pins)),pinned,rule),rule),$(strip $1),$(strip $2 $3)$5,$3 $4,$$(keep)))
input  = $(eval $(call $(if $(dry),look,rule),$(strip $1),$(strip $2 $3),$3 $4,@$(top)tools/keep -q))

# The goal query makes nothing and looks at nothing: it tells the steps, a line
# each, tabs between: step, pinned or input, file, command, what it depends on.
ifneq ($(filter query,$(MAKECMDGOALS)),)
tab   := $(subst x,,x	x)
step   = $(info $(if $(filter $(strip $1),$(pins)),pinned,step)$(tab)$(call unquoted,$(strip $1))$(tab)$(call unquoted,$(strip $2 $3)$5)$(tab)$(call unquoted,$3 $4))
input  = $(info input$(tab)$(call unquoted,$(strip $1))$(tab)$(call unquoted,$(strip $2 $3))$(tab)$(call unquoted,$3))
query: ; @:
.PHONY: query
endif
# By the plus make -n, too, looks at x again instead of taking it for new; what
# people wrote it compares.
define rule
$1: $(cmdf) ; +
$(cmdf): $(if $(same),,FORCE) $3
	$4 $1 $2
endef
# What W/pins names stays as it is: make looks at its time, and no further.
define pinned
$1: $(if $(wildcard $1),,$(error make: keep $1: it is pinned, but not there: put it back, or make unpin F=$1)) ;
endef
define look
$1: $(if $(equal),,FORCE) ; $(if $(equal),+,$4 $1 $2)
endef
equal  = $(shell cmp -s '$1' '$(strip $3)' && echo equal)
dry   := $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))

# Where the step that is run stands among all: 37/120.
before   = $(firstword $(subst |$(made)|, ,x|$(subst $(blank),|,$(steps))|))
place    = $(words $(subst |, ,$(before)))/$(words $(steps))
made     = $(patsubst .%.cmd,$(@D)/%,$(@F))
keep     = $(if $V,,@)$(top)tools/keep -p $(place)
FORCE:
.PHONY: FORCE
