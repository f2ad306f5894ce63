# Tests and benchmarks.
check: tools
	prove $(if $V,-v,-j "$$(nproc | awk '{ print $$1 < 4 ? $$1 : 4 }')") tests/*.t
bench-noop bench-playbook bench-client bench-score: bench-%: tools
	tests/bench/$*
bench-prompts: tools
	@$(named)tests/bench/prompts $W
.PHONY: check bench-noop bench-playbook bench-client bench-score bench-prompts
