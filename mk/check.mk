# Tests and benchmarks.
check: tools
	prove $(if $V,-v) tests/*.t
bench-noop bench-playbook bench-client: bench-%: tools
	tests/bench/$*
bench-prompts: tools
	@$(named)tests/bench/prompts $W
.PHONY: check bench-noop bench-playbook bench-client bench-prompts
