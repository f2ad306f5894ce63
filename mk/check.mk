# Tests and benchmarks.
check: tools
	prove $(if $V,-v,-j "$$(nproc | awk '{ print $$1 < 4 ? 2 * $$1 : 8 }')") tests/*.t
bench-noop bench-playbook bench-client bench-scores bench-score bench-run bench-show bench-best bench-report: bench-%: tools
	tests/bench/$*
bench-prompts: tools
	@$(named)tests/bench/prompts $W
# What hostile scripts try, what they get, and what stops them.
attacks: tools
	tests/attacks/table
.PHONY: check attacks bench-noop bench-playbook bench-client bench-prompts
.PHONY: bench-scores bench-score bench-run bench-show bench-best bench-report
