# Tests and benchmarks.
check: tools
	prove $(if $V,-v,-j "$$(nproc | awk '{ print $$1 < 4 ? 2 * $$1 : 8 }')") tests/[6-9]*.t tests/[1-5]*.t
# Of EXECUTOR, on a private cluster: apt-get install slurm-wlm munge.
check-cluster: tools
	prove $(if $V,-v) tests/cluster.t
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
# Pictures of the run's page, to look at.
screenshots: report
	@tests/chromium -s $W.screenshots $W/report.html >/dev/null && ls $W.screenshots/*
.PHONY: check check-cluster bench attacks screenshots
