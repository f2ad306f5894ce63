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
# How scripts are scored: measured, by rows that they do not see, or printed, by
# what they say; empty: measured where that can be.  The share of the rows that is
# held out, by the groups of a column or the last in time if one is named here; by
# how many standard errors a script must be better than the one that it is to replace.
SCORE    ?=
HOLDOUT  ?= 0.2
GROUP_COLUMN ?=
TIME_COLUMN ?=
MARGIN   ?= 0
# What runs the scripts; its packages are told to the model.
PYTHON   ?= /usr/bin/python3
# Facts of the task, read from task.md where they are not said here.
METRIC   ?=
DIRECTION ?=
TARGET   ?=
ID       ?=

# Where models are looked for, one or more of: model (its own web search), tavily,
# brave, exa, serper, searxng, huggingface, arxiv, kaggle (may hold solutions of
# the very task), cards (prompts/cards/), none.  Empty: model where it has that,
# else the first service that there is a key for, else none.
SEARCH   ?=

# The means: a change makes nothing stale -------------------------------------
# Who answers: playbook (a rule book, offline), exec:PROGRAM, replay:DIR (what a
# run's chat/ holds), or a language model: gemini/NAME openai/NAME anthropic/NAME
# openrouter/NAME groq/NAME mistral/NAME deepseek/NAME xai/NAME together/NAME
# huggingface/NAME ollama/NAME llamacpp vllm lmstudio http://HOST:PORT/v1#NAME.
# Keys and addresses come by the environment or by .env: ask(1).
MODEL    ?= playbook
# MODEL_plan=..., MODEL_check_leak=... the same for one tool.  Sent only if set:
# EFFORT (low, medium, high ..), TEMPERATURE, MAX_TOKENS of a reply.
EFFORT   ?=
TEMPERATURE ?=
MAX_TOKENS ?=
# chat, responses, anthropic or gemini, where the address does not tell the format.
WIRE     ?=
# Calls in flight; seconds of a call with all its tries, and of silence in one.
# Empty: 16, 1200, 120 (600 on this machine).
LLM_JOBS ?=
LLM_TIMEOUT ?=
LLM_IDLE ?=
# Limits of the run.  Once one is reached no call and no script begins, and the
# run ends with the best it has.  DEADLINE is the time worked in all: 90m, 2h ..
BUDGET_USD ?=
BUDGET_TOKENS ?=
DEADLINE ?=
# Limits of one script: seconds, MiB of memory and of disk, files, MiB printed,
# processes, cores.  Empty: what run(1) chooses.
TIMEOUT  ?= 600
MEMORY   ?=
DISK     ?=
FILES    ?=
OUTPUT   ?=
PROCS    ?=
CPUS     ?=
# Scripts at a time on this machine: empty, cores / CPUS, or without CPUS one a
# core, at most 4; 0, none waits.  NVIDIA GPUs for them, as 0,1, or none.
RUN_JOBS ?=
GPUS     ?=
# none: scripts run without bubblewrap, at your own risk.
SANDBOX  ?=
# Where scripts run: empty, here; slurm, as job steps of a Slurm cluster, with
# SLURM_ARGS for srun; exec:PROGRAM, a launcher of jobs: run(1).  How often a job
# that is lost is run again (2).
EXECUTOR ?=
SLURM_ARGS ?=
RETRIES  ?=
# Who scripts run as when make is run by root; empty: SUDO_UID or nobody.
RUN_USER ?=

decides := PRESET L M T K R ATTEMPTS SEED ROWS PYTHON METRIC DIRECTION TARGET ID \
           SCORE HOLDOUT GROUP_COLUMN TIME_COLUMN MARGIN SEARCH
askers  := read_task search draft merge check_usage check_leak debug ablate \
           summarize extract_block plan refine plan_ensemble ensemble submit
means   := MODEL $(askers:%=MODEL_%) EFFORT TEMPERATURE MAX_TOKENS WIRE LLM_JOBS \
           LLM_TIMEOUT LLM_IDLE BUDGET_USD BUDGET_TOKENS DEADLINE \
           TIMEOUT MEMORY DISK FILES OUTPUT PROCS CPUS RUN_JOBS GPUS SANDBOX RUN_USER \
           EXECUTOR SLURM_ARGS RETRIES
