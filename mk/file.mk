# F=work/TASK/RUN/FILE names a file of a run, and so the TASK and the RUN.
not_one = $(error make: read F: "$F" $1; say a file of a run from here, as in F=work/foo/run/1/2/3.json)
names  := $(subst /, ,$F)
$(if $(filter-out 1,$(words $F)),$(call not_one,is not one name))
$(if $(filter /%,$F),$(call not_one,is an absolute path))
$(if $(filter . ..,$(names)),$(call not_one,has . or .. in it))
$(if $(filter work,$(firstword $(names))),$(if $(wordlist 4,4,$(names)),,$(call not_one,is no file of a run)),$(call not_one,does not begin with work/))
$(if $(filter data models get-data,$(word 3,$(names))),$(call not_one,is no file of a run))
TASK   ?= $(word 2,$(names))
RUN    ?= $(word 3,$(names))
$(if $(filter $(TASK)/$(RUN),$(word 2,$(names))/$(word 3,$(names))),,$(call not_one,is of TASK=$(word 2,$(names)) RUN=$(word 3,$(names))))
export TASK RUN
in_run := $(patsubst work/$(TASK)/$(RUN)/%,%,$F)
