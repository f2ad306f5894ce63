# The pipeline.  $(call step,FILE,TOOL ARGS,INPUTS[,MORE]) is one step of it;
# $(call loop,BODY,N,DIR,LANE) calls BODY with DIR, n, n-1, LANE for n = 1..N.
# $W is the run's folder, $D the task's.  make TASK=foo in the top folder lists
# the data in $W/in/data.list, then calls this file, holding the run's lock.
top := $(patsubst %mk/star.mk,%,$(lastword $(MAKEFILE_LIST)))
include $(top)mk/setting.mk $(top)mk/step.mk

blank := $(subst ,, )
upto  = $(wordlist 1,$1,$N)
pred  = $(words $(wordlist 2,$1,$N))
loop  = $(foreach n,$(call upto,$2),$(call $1,$3,$n,$(call pred,$n),$4))
every = $(foreach n,$(call upto,$1),$2/$n$3)
pairs = $(foreach n,$(call upto,$1),$2/$n.plan.md $2/$n.json)

in      = $(addprefix $W/in/,$(addsuffix .md,$1))
ask     = $1 -s $(SEED)
prompts = $(patsubst $(top)prompts/%,%,$(wildcard $(top)prompts/*.md))
prompt  = $(or $(if $(top),$(wildcard ./prompts/$1)),$(top)prompts/$1)
offered = $(if $(filter cards,$(sources)),$(patsubst $(top)prompts/%,%,$(wildcard $(top)prompts/cards/*.md)))
literal = '$(subst $$,$$$$,$1)'
fact    = $(if $($1), $(call literal,$2=$($1)))

# How the rows are split that scripts are scored by.
splitting = $(if $(filter-out 0.2,$(HOLDOUT)), -h $(HOLDOUT))$(if $(SCORE), -m $(SCORE))
facts   = $(call fact,METRIC,metric)$(call fact,DIRECTION,direction)$(call fact,TARGET,target)$(call fact,ID,id)$(call fact,GROUP_COLUMN,group)$(call fact,TIME_COLUMN,time)

# An evaluation is stale also when a file of its tries is gone, or a prompt that
# mended one of them changed; the prompts that mend have to be there.
more     = $(call in,check-leak) $(parts) $(program:%=$W/in/metric) $(call tries,$1) | $(call in,check-leak-fix debug)
tries    = $(call whole,$(addprefix $W/,$(or $(file <$(dir $1).$(notdir $1).used),none)))
whole    = $(filter $W/in/%,$1) $(call gone,$(filter-out $W/in/%,$1))
gone     = $(if $(filter-out $(words $(wildcard $1)),$(words $1)),FORCE)
context := $W/task.json $W/brief.md $W/split/rows.json $W/in/data.list
parts   := $(patsubst %,$W/split/%.csv,train test sample truth)
margin  := $(if $(filter-out 0,$(MARGIN)), -m $(MARGIN))
evaluate = evaluate$(if $2, $2) -d $D/data -l $1 -n $(ATTEMPTS) -p $W/in -s $(SEED)

# What people write is copied into the run: only new wording counts as new.
$(foreach f,$(prompts) $(offered),$(call input,$W/in/$f,cat,$(call prompt,$f)))
$(foreach f,$(cards),$(call input,$W/in/models/$f,cat,$D/models/$f))
$(call input, $W/in/task.md,    cat,                         $D/task.md)
$(if $(program),$(call input,$W/in/metric,cat,$(program)))

$W/in/data.list: ; @$(top)tools/keep -q $@ list $D/data
$(if $(filter query,$(MAKECMDGOALS)),$(call input,$W/in/data.list,list,$D/data))

$(call step, $W/data.json,      describe $D/data,            $W/in/data.list)
$(call step, $W/machine.json,   machine)
$(call step, $W/packages.json,  packages $(call literal,$(PYTHON)))
$(call step, $W/task.json,      $(call ask,read-task),       $(call in,read-task task) $W/data.json,,$(facts))
$(call step, $W/split/rows.json, split -n $(ROWS) -s $(SEED)$(splitting), $W/task.json $W/data.json, $W/in/data.list, $D/data)
define part
$(call step, $W/split/$1.csv,   part -n $(ROWS) -s $(SEED) $1, $W/split/rows.json $W/task.json $W/data.json, $W/in/data.list, $D/data)
endef
$(call part,train)
$(call part,test)
$(call part,sample)
$(call part,truth)
$(call step, $W/brief.md,       brief,                       $(call in,brief task) $W/task.json $W/data.json $W/packages.json)

define draft
$(call step, $1/draft/$2.draft.py, $(call ask,draft) -l $4 -n $2, $(call in,draft) $W/brief.md $1/models.json)
$(call step, $1/draft/$2.json,  $(call evaluate,$4),         $1/draft/$2.draft.py $(context), $(call more,$1/draft/$2))
endef

define merge
$(call step, $1/merge/$2.draft.py, $(call ask,merge) -l $4 -n $2, $(call in,merge) $W/brief.md $1/merge/$3.best.json $(call every,$(models),$1/draft,.json))
$(call step, $1/merge/$2.json,  $(call evaluate,$4),         $1/merge/$2.draft.py $(context), $(call more,$1/merge/$2))
$(call step, $1/merge/$2.best.json, best -a$(margin),        $1/merge/$3.best.json $1/merge/$2.json)
endef

define plan
$(call step, $1/$2.plan.md,     $(call ask,plan) -l $4 -n $2, $(call in,plan) $1/block.json $(call pairs,$3,$1))
$(call step, $1/$2.draft.py,    $(call ask,refine) -l $4 -n $2, $(call in,refine) $1/block.json $1/$2.plan.md $(start))
$(call step, $1/$2.json,        $(call evaluate,$4),         $1/$2.draft.py $(context), $(call more,$1/$2))
endef

define outer
$(eval start := $1/$3/best.json)
$(call step, $1/$2/ablate.draft.py, $(call ask,ablate) -l $4 -n $2, $(call in,ablate) $W/brief.md $(start) $(call every,$3,$1,/summary.md))
$(call step, $1/$2/ablate.json, $(call evaluate,$4,-a),      $1/$2/ablate.draft.py $(context), $(call more,$1/$2/ablate))
$(call step, $1/$2/summary.md,  $(call ask,summarize) -l $4 -n $2, $(call in,summarize) $1/$2/ablate.json)
$(call step, $1/$2/block.json,  $(call ask,extract-block) -l $4 -n $2, $(call in,extract-block) $(start) $1/$2/summary.md $(call every,$3,$1,/block.json))
$(call loop,plan,$K,$1/$2,$4)
$(call step, $1/$2/best.json,   best$(margin),               $(start) $(call every,$K,$1/$2,.json))
endef

define lane
$(call step, $1/$2/models.json, $(call ask,search) -l $2 -n $M$(found), $(call in,search) $W/brief.md $(addprefix $W/in/models/,$(cards)), $(searching))
$(call loop,draft,$(models),$1/$2,$2)
$(call step, $1/$2/merge/0.best.json, best,                  $(call every,$(models),$1/$2/draft,.json))
$(call loop,merge,$(call pred,$(models)),$1/$2,$2)
$(eval start := $1/$2/merge/$(call pred,$(models)).best.json)
$(call step, $1/$2/0/usage.draft.py, $(call ask,check-usage) -l $2, $(call in,check-usage) $W/brief.md $(start))
$(call step, $1/$2/0/usage.json, $(call evaluate,$2),        $1/$2/0/usage.draft.py $(context) $(start), $(call more,$1/$2/0/usage))
$(call step, $1/$2/0/best.json, best$(margin),               $(start) $1/$2/0/usage.json)
$(call loop,outer,$T,$1/$2,$2)
endef

define round
$(call step, $1/$2.plan.md,     $(call ask,plan-ensemble) -n $2, $(call in,plan-ensemble) $(ends) $(call pairs,$3,$1))
$(call step, $1/$2.draft.py,    $(call ask,ensemble) -n $2,  $(call in,ensemble) $W/brief.md $1/$2.plan.md $(ends))
$(call step, $1/$2.json,        $(call evaluate,0),          $1/$2.draft.py $(context), $(call more,$1/$2))
endef

# What is told to a search, and prompts that count only for some searches.
found  := $(if $(sources), -w $(subst $(blank),$(comma),$(strip $(sources))))
looks  := $(or $(sources),$(filter-out playbook exec:%,$(firstword $(MODEL))),none)
searching := $(if $(filter-out none,$(looks)),,|) $(call in,$(filter search-%,$(prompts:.md=)) $(offered:.md=))
models := $(words $(call upto,$M) $(cards))
ends   := $(foreach l,$(call upto,$L),$W/$l/$T/best.json)
rounds := $(if $(filter-out 1,$L),$R,0)
$(call loop,lane,$L,$W)
$(call loop,round,$(rounds),$W/ensemble)
$(call step, $W/ensemble/best.json, best -x$(margin)$(if $(margin), -i $(words $(ends))), $(ends) $(call every,$(rounds),$W/ensemble,.json))

$(call step, $W/submit/1.draft.py, $(call ask,submit),       $(call in,submit) $W/brief.md $W/ensemble/best.json $W/split/rows.json)
$(call step, $W/submit/1.json,  $(call evaluate,0,-f),       $W/submit/1.draft.py $(context) $W/ensemble/best.json, $(call more,$W/submit/1))
$(call step, $W/submit/best.json, accept $W/task.json $D/data $W/submit/1.json $W/ensemble/best.json,, $W/task.json $W/submit/1.json $W/ensemble/best.json $W/in/data.list)
$(call step, $W/solution.py,    jq -rj .script,              $W/submit/best.json)
$(call step, $W/submission.csv, predictions,                 $W/submit/best.json)

# The lanes go abreast, so that jobs are not left with one lane to end alone.
lanes   = $(foreach l,$(call upto,$L),$W/$l/$1)
abreast = $(foreach m,$(call upto,$(models)),$(call lanes,draft/$m.json)) $(foreach t,0 $(call upto,$T),$(call lanes,$t/best.json))

.DEFAULT_GOAL := all
all settled: $W/solution.py $W/submission.csv $W/machine.json
all: $(if $(pins),,$(abreast)) ; @:
.PHONY: all settled
# What ended before make saw that is not to go when a key stops make.
.PRECIOUS: $(foreach 1,$(steps),$(cmdf))
