# The settings of a run, read and checked.  mk/config.mk tells what they mean.
$(if $(filter grouped-target,$(.FEATURES)),,$(error make: GNU make 4.3 is needed))

# What is left of a setting's value without letters, digits, _ - and .
letters := a b c d e f g h i j k l m n o p q r s t u v w x y z \
           A B C D E F G H I J K L M N O P Q R S T U V W X Y Z \
           0 1 2 3 4 5 6 7 8 9 _ - .
odd = $(eval rest := $$($1))$(strip $(foreach c,$(letters),$(eval rest := $$(subst $c,,$$(rest))))$(rest))
name = $(if $(call odd,$1)$(filter -% .%,$($1))$(filter-out 1,$(words $($1))),$(error make: read $1: "$($1)" is no name: only letters, digits and _ - . may be in it))

RUN ?= run
$(call name,TASK)
$(call name,RUN)
$(if $(findstring .,$(RUN))$(filter data models get-data,$(RUN)),$(error make: read RUN: "$(RUN)" is, or could be, something else in the task's folder))
D := work/$(TASK)
W := $D/$(RUN)
export KEEP_RUN := $W
-include $D/config.mk
-include $W/settings.mk
-include $(top)mk/auto.mk
include $(top)mk/config.mk

# What the command line asks for, and of the environment what nobody else says:
# the run is to remember it.
asked := $(strip $(foreach v,$(decides) $(means),$(if $(filter command environment,$(firstword $(origin $v))),$v)))

# Of the environment's values make is to read nothing.
$(foreach v,$(decides) $(means),$(if $(filter environment,$(firstword $(origin $v))),$(eval $v := $$(value $v))))

# On the command line make reads them, too.
$(foreach v,$(asked),$(if $(findstring $$,$(subst $$$$,,$(value $v))),$(if $(filter command,$(firstword $(origin $v))),$(error make: read $v: it holds a $$: write $$$$))))

# A line of its own would be a command's.
define newline


endef
$(foreach v,$(decides) $(means) F DATA FROM RUNS,$(if $(findstring $(newline),$(value $v)),$(error make: read $v: it is more than one line)))

# Whole numbers up to 999, for counting.
digits := 0 1 2 3 4 5 6 7 8 9
N := $(wordlist 2,10,$(digits))
N += $(foreach t,$N,$(foreach u,$(digits),$t$u))
N := $N $(foreach h,$(wordlist 1,9,$N),$(foreach t,$(digits),$(foreach u,$(digits),$h$t$u)))

number    = $(if $(filter-out 0 $N,$($1))$(filter-out 1,$(words $($1))),$(error make: read $1: "$($1)" is no whole number from 0 to 999),$(eval $1 := $(strip $($1))))
integer   = $(if $(call nodigits,$($1))$(filter-out 1,$(words $($1))),$(error make: read $1: "$($1)" is no whole number),$(eval $1 := $(strip $($1))))
nodigits  = $(subst 0,,$(subst 1,,$(subst 2,,$(subst 3,,$(subst 4,,$(subst 5,,$(subst 6,,$(subst 7,,$(subst 8,,$(subst 9,,$1))))))))))
amount    = $(if $(call nodigits,$(subst .,,$($1)))$(filter-out 1,$(words $($1))),$(error make: read $1: "$($1)" is no amount),$(eval $1 := $(strip $($1))))
span      = $(if $(filter-out s m h d,$(call nodigits,$(subst .,,$($1))))$(filter-out 1,$(words $($1))),$(error make: read $1: "$($1)" is no time such as 90m or 2h),$(eval $1 := $(strip $($1))))
above0    = $(if $(filter 0,$($1)),$(error make: read $1: it must be 1 or more))

$(if $(filter $(PRESET),quick paper),,$(error make: read PRESET: "$(PRESET)" is neither quick nor paper))
$(if $(filter-out lower higher,$(DIRECTION)),$(error make: read DIRECTION: "$(DIRECTION)" is neither lower nor higher))
# Of METRIC=exec:PROGRAM the first word that is a file, but for interpreters.
program := $(if $(filter exec:%,$(firstword $(METRIC))),$(filter-out /usr/% /bin/%,$(patsubst exec:%,%,$(METRIC))))
program := $(if $(findstring *,$(program)),,$(firstword $(foreach w,$(wildcard $(program)),$(if $(wildcard $w/.),,$w))))
providers := gemini openai anthropic openrouter groq mistral deepseek xai together \
             huggingface ollama llamacpp vllm lmstudio
kinds   := playbook exec:% replay:% http://% https://% llamacpp vllm lmstudio $(providers:%=%/%)
$(foreach v,MODEL $(askers:%=MODEL_%),$(if $(filter-out $(kinds),$(firstword $($v))),$(error make: read $v: "$($v)" is no model: say playbook exec:PROGRAM replay:DIR http://HOST/v1\#NAME or NAME of one of these, as in openai/NAME: $(providers))))
hash    := \#
address  = $(firstword $(subst $(hash), ,$(filter http://% https://%,$1)))
$(foreach v,MODEL $(askers:%=MODEL_%),$(if $(findstring @,$(call address,$($v)))$(findstring ?,$(call address,$($v))),$(error make: read $v: a URL with a user or a query is refused: a key goes into the environment or .env)))
$(foreach v,$(asked),$(if $(filter %\,$(lastword $($v))),$(error make: read $v: it ends in a backslash)))
comma   := ,
sources := $(subst $(comma), ,$(SEARCH))
$(if $(filter-out model tavily brave exa serper searxng huggingface arxiv kaggle cards none,$(sources)),$(error make: read SEARCH: "$(SEARCH)" is none of: model tavily brave exa serper searxng huggingface arxiv kaggle cards none))
$(foreach v,L M T K R ATTEMPTS $(if $(RETRIES),RETRIES),$(call number,$v))
$(foreach v,TIMEOUT MEMORY DISK FILES OUTPUT PROCS CPUS RUN_JOBS MAX_TOKENS LLM_JOBS LLM_TIMEOUT LLM_IDLE BUDGET_TOKENS,$(if $($v),$(call integer,$v)))
$(foreach v,LLM_JOBS LLM_TIMEOUT LLM_IDLE,$(call above0,$v))
$(foreach v,BUDGET_USD TEMPERATURE HOLDOUT MARGIN,$(if $($v),$(call amount,$v)))
$(if $(DEADLINE),$(call span,DEADLINE))
$(if $(filter-out /%,$(PYTHON)),$(error make: read PYTHON: "$(PYTHON)" is no absolute path))
$(if $(filter-out $(wordlist 1,30,$N),$(ATTEMPTS)),$(error make: read ATTEMPTS: "$(ATTEMPTS)" is not from 1 to 30))
$(foreach v,SEED ROWS,$(call integer,$v))
$(call above0,L)
$(if $(filter 0,$M),$(if $(wildcard $D/models/*.md),,$(error make: read M: with M=0 a model card is needed in $D/models/)))
$(if $(filter-out measured printed,$(SCORE)),$(error make: read SCORE: "$(SCORE)" is neither measured nor printed))
$(if $(filter printed,$(SCORE)),$(if $(filter-out 0,$(MARGIN)),$(error make: read MARGIN: with SCORE=printed there are no standard errors to count in)))
$(if $(filter 0.% .%,$(HOLDOUT)),$(if $(subst 0,,$(subst .,,$(HOLDOUT))),,$(error make: read HOLDOUT: it must be above 0)),$(error make: read HOLDOUT: "$(HOLDOUT)" is no share between 0 and 1, such as 0.2))
$(if $(GROUP_COLUMN),$(if $(TIME_COLUMN),$(error make: read GROUP_COLUMN: it is by groups or by TIME_COLUMN, not both)))
$(if $(filter-out none,$(SANDBOX)),$(error make: read SANDBOX: "$(SANDBOX)" is not none))
$(if $(filter-out slurm exec:%,$(firstword $(EXECUTOR)))$(filter exec:,$(EXECUTOR)),$(error make: read EXECUTOR: "$(EXECUTOR)" is neither slurm nor exec:PROGRAM))
# A card's name becomes that of a file in the run: no blank may cut it in two.
cards := $(patsubst $D/models/%,%,$(sort $(wildcard $D/models/*.md)))
$(foreach card,$(cards),$(if $(filter-out %.md,$(card))$(call odd,card),$(error make: read $D/models/: "$(card)" is no name of a card: only letters, digits and _ - . may be in it)))
$(foreach v,METRIC DIRECTION TARGET ID GROUP_COLUMN TIME_COLUMN PYTHON,$(if $(findstring ',$($v)),$(error make: read $v: it may hold no quote)))
$(foreach v,$(means) PYTHON,$(if $($v),$(eval export $v),$(eval unexport $v)))
