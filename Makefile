# make TASK=foo            run the task described in work/foo/task.md
# make help                all that make can do here
MAKEFLAGS += -r --no-print-directory
ifeq ($(origin F),command line)
include mk/file.mk
endif
ifdef TASK
include mk/setting.mk
endif
-include mk/auto.mk
include mk/config.mk mk/build.mk mk/task.mk mk/check.mk
