# Tests and benchmarks.
check: tools
	prove $(if $V,-v) tests/*.t
bench-noop bench-playbook: bench-%: tools
	tests/bench/$*
.PHONY: check bench-noop bench-playbook
