# What developers and CI run; `make help` lists it. The work is done by scripts, so that each can be read and run by itself.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
cluster := src/test/cluster
scripts := src/test/scripts

# A JDK that will do, whatever JAVA_HOME or the default `java` is; asked for only where Java is used.
with_jdk = JAVA_HOME=$$(bin/find-jdk 21); export JAVA_HOME;
mvn := mvn -B -ntp

.PHONY: help demo test verify generate format cluster cluster-down probe fuzz image e2e e2e-acting e2e-faults demo-cluster jdks kill-test bench corpus evaluate clean

help: ## list these targets
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name what; do printf '%-14s %s\n' "$$name" "$$what"; done

demo: ## tell a leak, a look-alike and a healthy service apart on this machine: JDK and Maven, no root, no cluster
	@$(with_jdk) $(scripts)/demo.sh

test: ## unit and integration tests: no root, no cluster
	@$(with_jdk) $(scripts)/test.sh test

verify: ## formatting, Error Prone and NullAway, scripts, chart, and that generated files are as committed
	@$(with_jdk) $(scripts)/verify.sh

generate: ## write crds/, docs/reference.md, docs/events.md and the chart's copies from the code
	@$(with_jdk) $(scripts)/generate.sh

format: ## format the Java sources
	@$(with_jdk) $(mvn) -q spotless:apply

cluster: ## bring up one real Kubernetes node on this machine (root); prints its kubeconfig
	@$(cluster)/up.sh

cluster-down: ## take the cluster away and leave nothing behind
	@$(cluster)/down.sh

probe: ## build heapwarden-probe for this machine, and for arm64 where a cross-compiler is
	@$(scripts)/probe.sh

fuzz: ## fuzz the parsers of heapwarden-probe under ASan and UBSan; SECONDS=60 for all together
	@$(scripts)/fuzz.sh $(or $(SECONDS),60)

image: ## build localhost/heapwarden:dev and the test workloads' images; load them where the cluster is up
	@$(with_jdk) $(scripts)/image.sh

e2e: ## end-to-end tests against KUBECONFIG when set, else against an own cluster
	@$(with_jdk) $(scripts)/e2e.sh

e2e-acting: ## the slow end-to-end tests of acting: pace, the budget of an installation, rollouts, resizes
	@$(with_jdk) E2E_GROUP=acting $(scripts)/e2e.sh

e2e-faults: ## kill operators, stop the API server, withhold news in the middle of restarts, and print what came of it; REPEAT=3
	@$(with_jdk) $(scripts)/e2e-faults.sh

demo-cluster: ## show a leak being found, on KUBECONFIG or an own cluster; KEEP=1 leaves it up
	@$(with_jdk) $(scripts)/demo-cluster.sh

jdks: ## put the JDKs 8, 11 and 21 where `make test` finds them (root): what "after collection" means is then tested on them, too
	@$(scripts)/jdks.sh

kill-test: ## count out-of-memory kills by 200 samples in a full memory cgroup (root); ROUNDS, HEADROOM="1 2 4" in MiB
	@$(with_jdk) $(scripts)/kill-test.sh

bench: ## measure parsing, the engine, start to ready, resident memory and API calls for each sample
	@$(with_jdk) $(scripts)/bench.sh

corpus: ## record the traces of src/test/corpus that are missing, on real JVMs; ONLY=Name for some
	@$(with_jdk) ONLY=$(ONLY) src/test/corpus/record.sh

evaluate: ## replay the recorded traces and write docs/evaluation.md; ARGS='--part tune --verbose' prints one line a trace instead
	@$(with_jdk) $(scripts)/evaluate.sh $(ARGS)

clean: ## remove what was built in this checkout; caches outside it stay
	@rm -rf target
