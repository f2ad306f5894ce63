# Tests and benchmarks.
check: tools
	prove $(if $V,-v,-j "$$(nproc | awk '{ print $$1 < 4 ? 2 * $$1 : 8 }')") tests/[6-9]*.t tests/[1-5]*.t
# Of EXECUTOR, on a private cluster: apt-get install slurm-wlm munge.
check-cluster: tools
	prove $(if $V,-v) tests/cluster.t
bench-noop bench-playbook bench-client bench-scores bench-score bench-run bench-show bench-best bench-report: bench-%: tools
	tests/bench/$*
bench-prompts: tools
	@$(named)tests/bench/prompts $W
# What hostile scripts try, what they get, and what stops them.
attacks: tools
	tests/attacks/table
# Hostile bytes for all that reads what others wrote, or for FUZZ alone.
fuzz: tools
	@$(if $(JOBS),JOBS=$(JOBS) )$(if $(CORPUS),CORPUS=$(CORPUS) )tests/fuzz/run $(or $(SECONDS),60) $(FUZZ)
# Pictures of the run's page, to look at.
screenshots: report
	@tests/chromium -s $W.screenshots $W/report.html >/dev/null && ls $W.screenshots/*
.PHONY: check check-cluster attacks fuzz screenshots bench-noop bench-playbook bench-client bench-prompts
.PHONY: bench-scores bench-score bench-run bench-show bench-best bench-report
