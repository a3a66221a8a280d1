#!/usr/bin/env bash
# Measures what reading one JVM's counters costs where it is done: heapwarden-probe, the shell script, and jcmd, each RUNS times (30). Prints a
# Markdown table: processor time (user and system, children included), wall time, and the most resident memory any one process had. jcmd is asked
# for PerfCounter.print, which reads the same counters, and for GC.heap_info, which asks the JVM; jmap is what `kubectl exec POD -- jmap -histo` runs in the
# container. The pause is of the JVM's own safepoint log: all that stood still while the command ran, for each run.
set -euo pipefail
cd "$(dirname "$0")/../../.."
runs=${RUNS:-30}
out=target/probe/bench
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=amd64 ;; esac
PROBE_ARCH=$arch src/test/scripts/probe.sh > /dev/null
probe=$PWD/target/probe/$arch/heapwarden-probe
mkdir -p "$out"
gcc -O1 -Wall -o "$out/measure" src/test/scripts/measure.c

cat > "$out/Idle.java" << 'JAVA'
public class Idle {
    public static void main(String[] arguments) throws Exception {
        System.gc();
        System.out.println("ready");
        System.in.read();
    }
}
JAVA
sent() { (cd src/main/resources/probe && sed -e 's/^ *//' -e '/^#/d' -e '/^$/d' "$@"); }
script=$(sent common.sh counters.sh)
security=$(sent security.sh)

# Before anything is measured it runs twice: JDK and page cache are warm, and the attach socket is there.
row() {
  local name=$1 before
  shift
  "$@" > /dev/null 2>&1 && "$@" > /dev/null 2>&1
  before=$(wc -l < "$out/safepoints")
  printf '| %s | %s | %s |\n' "$name" "$("$out/measure" "$runs" "$@")" "$(paused "$before")"
}

# Milliseconds of all safepoints after a line of the log, divided by the runs.
paused() {
  tail -n "+$(($1 + 1))" "$out/safepoints" | awk -v runs="$runs" 'match($0, /Total: *[0-9]+ ns/) {split(substr($0, RSTART, RLENGTH), word, " "); sum += word[2]} END {printf "%.2f", sum / 1e6 / runs}'
}

jvm= last=
trap '[ -z "$jvm" ] || kill "$jvm" 2> /dev/null' EXIT
echo "Median of $runs, $(nproc) processors, $(cat /proc/[0-9]*/stat 2> /dev/null | wc -l) processes."
shopt -s nullglob
for home in ${BENCH_HOMES:-/usr/lib/jvm/*}; do
  [ -x "$home/bin/jcmd" ] && [ ! -L "$home" ] || continue
  "$home/bin/javac" -d "$out/$(basename "$home")" "$out/Idle.java"
  : > "$out/ready"
  mkfifo -m 600 "$out/stdin" 2> /dev/null || true
  exec 4<> "$out/stdin"
  "$home/bin/java" -Xmx64m "-Xlog:safepoint:file=$out/safepoints" -cp "$out/$(basename "$home")" Idle < "$out/stdin" > "$out/ready" 4>&- &
  jvm=$!
  until grep -q ready "$out/ready"; do kill -0 "$jvm"; sleep 0.1; done
  printf '\n%s\n\n| command | processor time ms | wall ms | most resident KiB | pause ms |\n|---|---|---|---|---|\n' "$(sed -n 's/^JAVA_VERSION=//p' "$home/release")"
  ticks=$(sed 's/.*) //' "/proc/$jvm/stat" | cut -d' ' -f20)
  row "heapwarden-probe counters --pid" "$probe" counters --pid "$jvm"
  row "heapwarden-probe counters" "$probe" counters
  row "counters.sh, this process only" env HEAPWARDEN_PID="$jvm" sh -c "$script" heapwarden-probe boundary
  row "counters.sh" sh -c "$script" heapwarden-probe boundary
  row "security.sh, beside all processes of this machine" sh -c "$security" heapwarden-probe boundary "$jvm" "$ticks" ''
  row "jcmd PerfCounter.print" "$home/bin/jcmd" "$jvm" PerfCounter.print
  row "jcmd GC.heap_info" "$home/bin/jcmd" "$jvm" GC.heap_info
  row "heapwarden-probe ask heap-info" "$probe" ask --pid "$jvm" --start "$ticks" --headroom 1 heap-info
  row "jcmd GC.class_histogram -all" "$home/bin/jcmd" "$jvm" GC.class_histogram -all
  row "jmap -histo" "$home/bin/jmap" -histo "$jvm"
  row "heapwarden-probe ask histogram" "$probe" ask --pid "$jvm" --start "$ticks" --headroom 1 histogram
  kill "$jvm"
  wait "$jvm" 2> /dev/null || true
  jvm= last=$home
done

# The security look reads of all processes and of the network, so that what it costs depends on how many there are: as in a pod, where they are the pod's own.
as_in_a_pod() {
  local idle known ticks
  mount -t proc proc /proc
  "$last/bin/java" -Xmx64m -Dcom.sun.management.jmxremote.port=9999 -Dcom.sun.management.jmxremote.authenticate=false \
    -Dcom.sun.management.jmxremote.ssl=false -cp "$out/$(basename "$last")" Idle < <(exec sleep 1000) > "$out/ready" &
  idle=$!
  until grep -q ready "$out/ready"; do kill -0 "$idle"; sleep 0.1; done
  ticks=$(sed 's/.*) //' "/proc/$idle/stat" | cut -d' ' -f20)
  known=$(sh -c "$security" heapwarden-probe boundary "$idle" "$ticks" '' | sed -n 's/^count //p')
  printf '\nAs in a pod: processes and network of its own\n\n| command | processor time ms | wall ms | most resident KiB |\n|---|---|---|---|\n'
  pod_row "sh -c :" ''
  pod_row "security.sh, everything" "$security" heapwarden-probe boundary "$idle" "$ticks" ''
  pod_row "security.sh, going by an earlier look" "$security" heapwarden-probe boundary "$idle" "$ticks" "$known"
}
pod_row() { printf '| %s | %s |\n' "$1" "$("$out/measure" "$runs" sh -c "${@:2}")"; }

if [ "$(id -u)" = 0 ] && [ "$last" ]; then
  export out runs last security
  export -f as_in_a_pod pod_row
  : > "$out/ready"
  unshare --pid --fork --net --mount --kill-child bash -euo pipefail -c as_in_a_pod
fi
