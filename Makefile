MAKEFLAGS += -r
include mk/build.mk
