#!/usr/bin/env bash
# Shows a leak, a look-alike and a healthy service being told apart on this machine: a JDK and Maven are all it takes. Starts three small JVMs,
# applies a policy to them until the leak is found, and ends them. Exit code 0 only when the leak was found and nothing else accused.
# LIMIT=SECONDS: give up after this long (300 when not set; a busy machine needs more than a minute).
set -euo pipefail
cd "$(dirname "$0")/../../.."
limit=${LIMIT:-300}
work=target/demo
java=$JAVA_HOME/bin/java
src/test/scripts/package.sh
rm -rf $work
mkdir -p $work
"$JAVA_HOME/bin/javac" -nowarn -d $work/classes src/test/workloads/*.java src/test/workloads/com/shop/*.java

pids=()
clean_up() {
  trap - EXIT INT TERM
  [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2> /dev/null || true
  wait 2> /dev/null || true
}
trap clean_up EXIT
trap 'clean_up; exit 130' INT TERM

run() { "$java" -Xmx64m -XX:+UseSerialGC -cp $work/classes "$@" > "$work/$1.log" 2>&1 & pids+=($!); }
run Leak 600 4096    # keeps every order: 600 KiB a second
run Sessions 800 25  # forgets a session after 25 s: grows as fast, then rests
run Steady 4096      # a saw-tooth over a full cache
echo "Three JVMs with 64 MiB of heap each: Leak keeps every order, Sessions forgets after 25 s, Steady only makes garbage. Finding out takes about a minute."
echo

code=0
bin/heapwarden watch -f src/test/workloads/demo-local.yaml --label "app=shop@$work/classes" --for "${limit}s" --fail-fast \
  --report junit:$work/report.xml || code=$?
for pid in "${pids[@]}"; do
  kill -0 "$pid" 2> /dev/null || { echo "One of the three JVMs ended by itself; see $work/*.log." >&2; exit 1; }
done
[ $code != 2 ] || { echo "Nothing could be judged." >&2; exit 1; }
accused=$(sed -n '/<testcase/{h;d};/<failure/{g;s/.*classname="\([^"]*\)".*/\1/p}' $work/report.xml | tr '\n' ' ')
[ "$accused" = "Leak " ] || { echo "Expected Leak alone to be found within $limit s; found: ${accused:-none}" >&2; exit 1; }
grep -q 'growing: com.shop.Order' $work/report.xml || { echo "The leak was found, but com.shop.Order was not named." >&2; exit 1; }
echo "The leak was found; the look-alike and the healthy service were left in peace."
