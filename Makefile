# make TASK=foo            run the task described in work/foo/task.md
# make help                all that make can do here
VERSION := 0.1
MAKEFLAGS += -r --no-print-directory
# Where mlestar is, if that is not this folder, which holds work/.
top := $(addsuffix /,$(realpath $(patsubst %Makefile,%,$(lastword $(MAKEFILE_LIST)))))
ifeq ($(origin F),command line)
include $(top)mk/file.mk
endif
quoted = '$(subst ','\'',$1)'
still :=
flags := $(filter-out --%,$(firstword -$(MAKEFLAGS)))
ifdef TASK
include $(top)mk/setting.mk $(top)mk/still.mk
endif
ifndef still
-include $(top)mk/auto.mk
include $(top)mk/config.mk $(top)mk/task.mk
# Not where it was installed.
include $(wildcard $(addprefix $(top)mk/,build.mk check.mk install.mk))
endif
