# Every setting, its default and what it means.  The first of these wins: the
# command line, the run's settings.mk (what it was started with, on the command
# line or in the environment), the task's config.mk, the environment, auto.mk
# (made by configure), this file.

# TASK is a folder in work/; RUN (default: run) the folder in it that is made.

# What decides the result -----------------------------------------------------
# How thorough: quick (a minute or two on two cores) or paper (as in the paper).
PRESET   ?= quick
# L lanes, M models each, T outer steps, K plans a step, R ensemble rounds.
L.quick = 2
M.quick = 3
T.quick = 2
K.quick = 2
R.quick = 2
L.paper = 2
M.paper = 4
T.paper = 4
K.paper = 4
R.paper = 5
L        ?= $(L.$(PRESET))
M        ?= $(M.$(PRESET))
T        ?= $(T.$(PRESET))
K        ?= $(K.$(PRESET))
R        ?= $(R.$(PRESET))
# Tries that a script has: its first run, and debugged runs after that.
ATTEMPTS ?= 3
SEED     ?= 1
# Rows of the training table that scripts see while searching; 0: all.
ROWS     ?= 30000
# What runs the scripts; its packages are told to the model.
PYTHON   ?= /usr/bin/python3
# Facts of the task, read from task.md where they are not said here.
METRIC   ?=
DIRECTION ?=
TARGET   ?=
ID       ?=

# The means: a change makes nothing stale -------------------------------------
# playbook (a rule book, offline) or exec:PROGRAM.
MODEL    ?= playbook
# Limits of one script: seconds, MiB of memory and of disk, files, MiB printed,
# processes, cores.  Empty: what run(1) chooses.
TIMEOUT  ?= 600
MEMORY   ?=
DISK     ?=
FILES    ?=
OUTPUT   ?=
PROCS    ?=
CPUS     ?=
# Who scripts run as when make is run by root; empty: SUDO_UID or nobody.
RUN_USER ?=

decides := PRESET L M T K R ATTEMPTS SEED ROWS PYTHON METRIC DIRECTION TARGET ID
means   := MODEL TIMEOUT MEMORY DISK FILES OUTPUT PROCS CPUS RUN_USER
