# The settings of a run, read and checked.  mk/config.mk tells what they mean.
$(if $(filter grouped-target,$(.FEATURES)),,$(error make: GNU make 4.3 is needed))

empty :=
blank := $(empty) $(empty)
path_safe = $(if $(findstring /,$1)$(findstring ..,$1)$(findstring $(blank),$1)$(filter -% .%,$1)$(findstring ',$1)$(findstring ",$1)$(findstring $$,$1)$(findstring :,$1)$(findstring %,$1)$(findstring ~,$1)$(findstring ;,$1),,$1)
RUN ?= run
$(if $(call path_safe,$(TASK)),,$(error make: read TASK: "$(TASK)" is no name of a folder in work/))
$(if $(call path_safe,$(RUN)),,$(error make: read RUN: "$(RUN)" is no name of a folder))
$(if $(filter data models,$(RUN)),$(error make: read RUN: $(RUN)/ is a folder of the task))
D := work/$(TASK)
W := $D/$(RUN)
export KEEP_RUN := $W
-include $D/config.mk
-include $W/settings.mk
-include mk/auto.mk
include mk/config.mk

# Whole numbers up to 999, for counting.
digits := 0 1 2 3 4 5 6 7 8 9
N := $(wordlist 2,10,$(digits))
N += $(foreach t,$N,$(foreach u,$(digits),$t$u))
N := $N $(foreach h,$(wordlist 1,9,$N),$(foreach t,$(digits),$(foreach u,$(digits),$h$t$u)))

number    = $(if $(filter-out 0 $N,$($1))$(filter-out 1,$(words $($1))),$(error make: read $1: "$($1)" is no whole number from 0 to 999),$(eval $1 := $(strip $($1))))
integer   = $(if $(call nodigits,$($1))$(filter-out 1,$(words $($1))),$(error make: read $1: "$($1)" is no whole number),$(eval $1 := $(strip $($1))))
nodigits  = $(subst 0,,$(subst 1,,$(subst 2,,$(subst 3,,$(subst 4,,$(subst 5,,$(subst 6,,$(subst 7,,$(subst 8,,$(subst 9,,$1))))))))))
above0    = $(if $(filter 0,$($1)),$(error make: read $1: it must be 1 or more))

$(if $(filter $(PRESET),quick paper),,$(error make: read PRESET: "$(PRESET)" is neither quick nor paper))
$(foreach v,L M T K R ATTEMPTS,$(call number,$v))
$(foreach v,SEED ROWS,$(call integer,$v))
$(foreach v,L ATTEMPTS,$(call above0,$v))
$(if $(filter 0,$M),$(if $(wildcard $D/models/*.md),,$(error make: read M: with M=0 a model card is needed in $D/models/)))
$(foreach v,METRIC DIRECTION TARGET ID,$(if $(findstring ',$($v)),$(error make: read $v: it may hold no quote)))
$(foreach v,$(means),$(if $($v),$(eval export $v),$(eval unexport $v)))
