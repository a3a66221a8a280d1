#!/usr/bin/env bash
# Does a sample kill the pod it reads? Fills a memory cgroup with a JVM up to so many MiB below its limit, then does inside it what a sample does
# in a container, ROUNDS times (200), for each HEADROOM in MiB ("1 2 4 8 16"), and counts out-of-memory kills. `jcmd` beside it, fewer times
# (COMPARE_ROUNDS, 10), as it is expected to kill. Root; works on cgroup v1 and v2; fails when a sample killed anything.
#   sample             the shell script of today: common.sh + counters.sh
#   probe counters,    the C program target/probe/amd64/heapwarden-probe, where it was built
#   probe histogram
#   jcmd               what attach.sh refuses to start below 32 MiB: jcmd PID GC.class_histogram -all, with attach.sh's small client
# The headroom is over what cannot be reclaimed, as Heapwarden counts it: limit - (use - page cache).
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/cluster/settings.sh
[ "$(id -u)" = 0 ] || die "a cgroup can only be made by root."
rounds=${ROUNDS:-200} compare=${COMPARE_ROUNDS:-10} headrooms=${HEADROOM:-1 2 4 8 16}
java_home=${JAVA_HOME:-$(bin/find-jdk 21)}
probe=target/probe/amd64/heapwarden-probe
work=$(mktemp -d)
name=heapwarden-kill-test-$$
jvm=

if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  version=2 group=/sys/fs/cgroup/$name limit=memory.max use=memory.current
  echo +memory > /sys/fs/cgroup/cgroup.subtree_control
  unlimited=max prefix=''
else
  version=1 group=/sys/fs/cgroup/memory/$name limit=memory.limit_in_bytes use=memory.usage_in_bytes
  unlimited=-1 prefix=total_
fi
[ -w "${group%/*}" ] || die "no memory cgroup can be made in ${group%/*}."
mkdir "$group"
leave() {
  [ -z "$jvm" ] || kill -9 "$jvm" 2> /dev/null || true
  for _ in {1..50}; do rmdir "$group" 2> /dev/null && break; sleep 0.1; done
  rm -rf "$work"
}
trap leave EXIT
trap 'exit 130' INT TERM HUP

kills() { if [ $version = 1 ]; then sed -n 's/^oom_kill //p' "$group/memory.oom_control"; else sed -n 's/^oom_kill //p' "$group/memory.events"; fi; }
# within COMMAND...: runs it inside the cgroup, as the kubelet's exec does.
within() { sh -c 'echo $$ > "$0/cgroup.procs" && exec "$@"' "$group" "$@"; }

cat > "$work/Full.java" <<'JAVA'
/** Holds half of its heap, has touched all of it, and stands still. */
public class Full {
    static Object kept;

    public static void main(String[] arguments) throws Exception {
        byte[][] pieces = new byte[20_000][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new byte[1000];
        }
        kept = pieces;
        System.out.println("ready");
        Thread.sleep(Long.MAX_VALUE);
    }
}
JAVA
"$java_home/bin/javac" -d "$work" "$work/Full.java"

start_jvm() {
  echo $unlimited > "$group/$limit"
  rm -f "$work/out"
  # Not by the function, whose shell would be the process that is known.
  sh -c 'echo $$ > "$0/cgroup.procs" && exec "$@"' "$group" "$java_home/bin/java" -Xms48m -Xmx48m -XX:+AlwaysPreTouch -XX:+UseSerialGC -cp "$work" Full > "$work/out" 2>&1 &
  jvm=$!
  disown "$jvm"
  for _ in {1..300}; do grep -q ready "$work/out" 2> /dev/null && break; sleep 0.1; done
  grep -q ready "$work/out" || die "the JVM did not come up: $(cat "$work/out")"
  # Once unlimited, so that neither a first use of files nor the attach socket is counted against the headroom.
  "$java_home/bin/jcmd" "$jvm" VM.version > /dev/null
  sleep 1
}
alive() { [ -n "$jvm" ] && kill -0 "$jvm" 2> /dev/null; }

# tighten MIB: the limit is so far above what cannot be reclaimed.
tighten() {
  local cache
  cache=$(awk -v p="$prefix" '$1 == p "inactive_file" || $1 == p "active_file" { n += $2 } END { print n }' "$group/memory.stat")
  echo $(($(cat "$group/$use") - cache + $1 * 1048576)) > "$group/$limit"
}

script=$(cat src/main/resources/probe/common.sh src/main/resources/probe/counters.sh | sed -E '/^ *(#|$)/d; s/^ +//')
what() {
  case $1 in
    sample) HEAPWARDEN_PID=$jvm within sh -c "$script" heapwarden-probe BOUNDARY > "$work/answer" 2> /dev/null; tail -n 1 "$work/answer" | grep -q '^BOUNDARY end [1-9]' ;;
    'probe counters') within "$probe" counters --pid "$jvm" > "$work/answer" 2> /dev/null ;;
    'probe histogram') within "$probe" ask --pid "$jvm" --start "$(sed 's/.*) //' "/proc/$jvm/stat" | cut -d ' ' -f 20)" --headroom 0 histogram > "$work/answer" 2> /dev/null ;;
    jcmd)
      within timeout 20 "$java_home/bin/jcmd" -J-Xms4m -J-Xmx16m -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-XX:-UsePerfData \
        -J-Djdk.attach.allowStreamingOutput=false "$jvm" GC.class_histogram -all > "$work/answer" 2> /dev/null && grep -q '^Total' "$work/answer" ;;
  esac
}

killed_by_us=0
printf '%-16s %12s %7s %9s %14s %10s\n' what headroom rounds answered 'JVMs killed' oom_kill
for client in sample 'probe counters' 'probe histogram' jcmd; do
  case $client in probe*) [ -x "$probe" ] || continue ;; esac
  n=$rounds
  [ "$client" != jcmd ] || n=$compare
  for headroom in $headrooms; do
    answered=0 dead=0 before=$(kills)
    alive || start_jvm
    tighten "$headroom"
    for ((i = 0; i < n; i++)); do
      if ! alive; then start_jvm; tighten "$headroom"; fi
      if what "$client"; then answered=$((answered + 1)); fi
      # The kernel kills after it has sent the signal; the process is gone a moment later.
      [ "$(kills)" = "$before" ] || sleep 0.2
      if ! alive; then dead=$((dead + 1)); fi
    done
    oom=$(($(kills) - before))
    printf '%-16s %8d MiB %7d %9d %14d %10d\n' "$client" "$headroom" "$n" "$answered" "$dead" "$oom"
    if [ "$client" != jcmd ]; then killed_by_us=$((killed_by_us + oom + dead)); fi
  done
done
[ $killed_by_us = 0 ] || die "a sample killed $killed_by_us times."
