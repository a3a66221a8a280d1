#!/usr/bin/env bash
# Prints the figures that Heapwarden is judged by: histogram parsing, the engine, the gate and Falco's events (any machine), and, with root or KUBECONFIG, start to ready, resident
# memory, API calls and processor time for each sample of the operator in its image; and what each way to a JVM costs in its container. BENCH=parsing, engine,
# gate, falco, probe or operator runs only one of them.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/scripts/a-cluster.sh
bench=${BENCH:-all}

before_leaving() {
  if [ $brought_up = no ] && [ "${installed:-no}" = yes ]; then
    kubectl delete namespace shop many --ignore-not-found > /dev/null
    helm uninstall heapwarden -n heapwarden-system --ignore-not-found > /dev/null
    kubectl delete namespace heapwarden-system --ignore-not-found > /dev/null
  fi
}

wanted() { [ "$bench" = all ] || [ "$bench" = "$1" ]; }
benchmark() { # a class with a main method of the tests, and options of its JVM
  [ "${compiled:-no}" = yes ] || mvn -B -ntp -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test > target/bench.log 2>&1 ||
    { cat target/bench.log; die "the benchmark did not compile."; }
  compiled=yes
  "$JAVA_HOME/bin/java" "${@:2}" -cp "target/test-classes:target/classes:$(cat target/test.classpath)" "io.heapwarden.bench.$1" ${FALCO_SECONDS:+"$FALCO_SECONDS"}
}

if wanted parsing; then
  echo "== histogram parsing"
  benchmark HistogramParsingBenchmark
fi
if wanted engine; then
  echo "== engine"
  benchmark EngineBenchmark -Xmx2g
fi
if wanted gate; then
  echo "== gate"
  benchmark GateBenchmark
fi
if wanted falco; then
  echo "== Falco's events, 10,000 a second for ${FALCO_SECONDS:-60} s"
  benchmark FalcoLoadBenchmark -Xmx256m
fi
if wanted probe; then
  echo "== probes, in the JVM's container"
  src/test/scripts/bench-probe.sh
fi
wanted operator || exit 0
if [ -z "${KUBECONFIG:-}" ] && [ "$(id -u)" != 0 ]; then
  echo "== operator in its image: skipped, needs root or KUBECONFIG"
  exit 0
fi

echo "== operator in its image"
a_cluster
if kubectl get namespace shop > /dev/null 2>&1 || kubectl get namespace many > /dev/null 2>&1 || helm status heapwarden -n heapwarden-system > /dev/null 2>&1; then
  die "the cluster has a namespace shop or many, or a release heapwarden already; they are left alone."
fi
installed=yes
helm install heapwarden helm/heapwarden -n heapwarden-system --create-namespace --wait --timeout 3m \
  --set image.repository=localhost/heapwarden --set image.tag=dev --set image.pullPolicy=Never > /dev/null
operator() { kubectl -n heapwarden-system "$@"; }
pod=$(operator get pods -l app.kubernetes.io/name=heapwarden -o jsonpath='{.items[0].metadata.name}')
metrics() { kubectl get --raw "/api/v1/namespaces/heapwarden-system/pods/$pod:8080/proxy/q/metrics"; }
sum() { awk -v name="$1" '$1 ~ "^"name"([{]|$)" {total += $2} END {printf "%d", total}' <<< "$2"; }
seconds_between() { awk -v from="$(date -d "$1" +%s.%N)" -v to="$(date -d "$2" +%s.%N)" 'BEGIN {printf "%.1f", to - from}'; }

started=$(operator get pod "$pod" -o jsonpath='{.status.containerStatuses[0].state.running.startedAt}')
ready=$(operator get pod "$pod" -o jsonpath='{.status.conditions[?(@.type=="Ready")].lastTransitionTime}')
echo "application start, as its log says:        $(operator logs "$pod" | grep -o 'started in [0-9.]*s' | head -n 1)"
process=$(metrics | awk '$1 ~ /^process_start_time_seconds/ {printf "%.3f", $2}')
first=$(operator logs "$pod" --timestamps | grep -m 1 'controller started' | cut -d ' ' -f 1)
[ -z "$first" ] || [ -z "$process" ] || echo "process start to controllers started:       $(seconds_between "@$process" "$first") s"
echo "container start to Ready, as kubelet says:  $(seconds_between "$started" "$ready") s (whole seconds, probed every second)"

processor() { metrics | awk '$1 ~ /^process_cpu_time_ns_total/ {printf "%.0f", $2 / 1e6}'; }
sleep 30
sleep 60; idle=$(processor); sleep 60; idle=$(($(processor) - idle))
echo "processor time, idle:                       $idle ms in 60 s"
resident() { # bytes of the pod: anonymous memory, as the kubelet reports it
  kubectl get --raw "/api/v1/nodes/$(operator get pod "$pod" -o jsonpath='{.spec.nodeName}')/proxy/stats/summary" |
    awk -v pod="\"name\": \"$pod\"" 'index($0, pod) {found = 1} found && /"rssBytes"/ {gsub(/[^0-9]/, ""); print; exit}'
}
echo "resident memory, idle:                      $(($(resident) / 1048576)) MiB"

kubectl create namespace shop > /dev/null
kubectl apply -f src/test/workloads/demo.yaml > /dev/null
kubectl -n shop rollout status deployment/checkout deployment/catalog --timeout=2m > /dev/null 2>&1 || true
sleep 90
echo "resident memory, sampling a leaking and a healthy pod: $(($(resident) / 1048576)) MiB"
kubectl delete namespace shop > /dev/null

# What a sample costs once the operator's code is compiled: a JVM's first minutes are spent on that.
kubectl create namespace many > /dev/null
kubectl apply -f src/test/workloads/many.yaml > /dev/null
for channel in exec metrics; do
  kubectl -n many scale "deployment/by-$channel" --replicas=16 > /dev/null
  kubectl -n many rollout status "deployment/by-$channel" --timeout=3m > /dev/null
  sleep "${WARM_UP:-120}"
  busy=$(processor); before=$(metrics); sleep 60; after=$(metrics); busy=$(($(processor) - busy))
  samples=$(($(sum heapwarden_samples_total "$after") - $(sum heapwarden_samples_total "$before")))
  calls=$(($(sum heapwarden_api_calls_total "$after") - $(sum heapwarden_api_calls_total "$before")))
  echo "by $channel, 16 pods at 1 s, in 60 s after $((${WARM_UP:-120} / 60)) min:"
  awk -v busy="$busy" -v idle="$idle" -v calls="$calls" -v samples="$samples" 'BEGIN {
    if (samples == 0) { print "  no sample"; exit }
    each = (busy - idle) / samples
    printf "  samples %d, API calls for each %.3f, processor time for each %.2f ms, idle time not counted\n", samples, calls / samples, each
    printf "  1,000 containers, one sample a minute: %.1f %% of a core, extrapolated from it\n", (each * 1000 + idle) / 600
  }'
  kubectl -n many scale "deployment/by-$channel" --replicas=0 > /dev/null
done
restarts=$(operator get pod "$pod" -o jsonpath='{.status.containerStatuses[0].restartCount}')
echo "resident memory after that: $(($(resident) / 1048576)) MiB, restarts of the operator: $restarts"
[ "$restarts" = 0 ] || die "the operator was restarted while it was measured; kubectl -n heapwarden-system describe pod $pod says why."
