# Tests and benchmarks.
# With SAN=1 with tools that sanitizers watch, built apart.
check: $(if $(SAN),,tools)
	$(if $(SAN),V=$V tests/sanitized,prove $(if $V,-v,-j "$$(nproc | awk '{ print $$1 < 4 ? 2 * $$1 : 8 }')") tests/[6-9]*.t tests/[1-5]*.t)
# What checkers of C, sh and manual pages find: apt-get install cppcheck clang-tidy
# mandoc shellcheck.
lint: tools
	tests/lint
# Of EXECUTOR, on a private cluster: apt-get install slurm-wlm munge; some minutes.
check-cluster: tools
	prove $(if $V,-v) tests/*cluster*.t
# The package on a machine made for it: apt-get install mmdebstrap; root only.
check-deb: tools
	prove $(if $V,-v) tests/deb.t
# What it costs and how long it takes beside what is known, in one table; bench-NAME
# is tests/bench/NAME: best, client, describe, memory, noop, playbook ..
bench: tools
	@tests/bench/table noop client run describe score report memory wall
bench-prompts: tools
	@$(named)tests/bench/prompts $W
bench-%: tools
	@tests/bench/table $*
# What hostile scripts try, what they get, and what stops them.
attacks: tools
	tests/attacks/table
# Runs with a model that answers badly once in five requests.
bad-model: tools
	tests/bad-model
# Every system call of what writes a run fails, once; KILLS=200 kills of a run.
faults: tools
	tests/faults/table
	tests/faults/places $(PLACES)
kills: tools
	tests/kills $(KILLS)
# Hostile bytes for all that reads what others wrote, or for FUZZ alone.
fuzz: tools
	@$(if $(JOBS),JOBS=$(JOBS) )$(if $(CORPUS),CORPUS=$(CORPUS) )tests/fuzz/run $(or $(SECONDS),60) $(FUZZ)
# Pictures of the run's page, to look at.
screenshots: report
	@tests/chromium -s $W.screenshots $W/report.html >/dev/null && ls $W.screenshots/*
.PHONY: check check-cluster check-deb lint bench bad-model attacks faults kills fuzz screenshots
