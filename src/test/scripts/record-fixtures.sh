#!/bin/sh
# Records what real JVMs say, for the tests of io.heapwarden.jvm: for each JDK and collector the hsperfdata file, GC.heap_info,
# GC.class_histogram -all, and the JVM's own GC log to compare with; and for each JDK what the other diagnostic commands say of a program whose
# troubles are known.
#
#   record-fixtures.sh [--troubles-only] [JDK directory]...
#
# Without directories: the first JDK 17 and the first JDK 25 under /usr/lib/jvm. other-jdks.sh brings 8, 11 and 21.
set -eu
LC_ALL=C.UTF-8 # jcmd writes class names in the encoding of the locale
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
recorded=$here/../resources/jvm/recorded
diagnosed=$here/../resources/jvm/diagnosed
wait_seconds=60

# Nothing of this checkout's place may end up in a fixture, so the JVMs run in a directory of their own.
work=$(mktemp -d /tmp/recorded.XXXXXX)
jvm=
cleanup() {
    [ -z "$jvm" ] || kill "$jvm" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

fail() {
    echo "record-fixtures.sh: $*" >&2
    exit 1
}

major_version() {
    "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = \(1\.\)\{0,1\}//p'
}

first_jdk() {
    for candidate in /usr/lib/jvm/*; do
        if [ -x "$candidate/bin/jcmd" ] && [ "$(major_version "$candidate")" = "$1" ]; then
            echo "$candidate"
            return
        fi
    done
    fail "no JDK $1 under /usr/lib/jvm; name one: $0 DIRECTORY..."
}

wait_for_ready() {
    waited=0
    until grep -q READY "$work/output"; do
        kill -0 "$jvm" 2>/dev/null || fail "the JVM ended early: $(cat "$work/output")"
        [ "$waited" -lt $((wait_seconds * 5)) ] || fail "the JVM was not ready after $wait_seconds s"
        waited=$((waited + 1))
        sleep 0.2
    done
}

# record JDK COLLECTOR [JVM OPTION]...
record() {
    jdk=$1
    collector=$2
    shift 2
    name=jdk$(major_version "$jdk")-$(echo "$collector" | tr '[:upper:]' '[:lower:]')
    rm -f "$work/input" "$work/gc.log"
    mkfifo "$work/input"
    : >"$work/output"
    (cd "$work" && exec "$jdk/bin/java" "-XX:+Use${collector}GC" -Xmx96m -Xlog:gc,gc+heap:file=gc.log "$@" -cp . Recorded \
        <input >output 2>&1) &
    jvm=$!
    exec 3>"$work/input"
    wait_for_ready

    into=$recorded/$name
    mkdir -p "$into"
    gzip -9nc /tmp/hsperfdata_*/"$jvm" >"$into/hsperfdata.gz"
    cp "$work/gc.log" "$into/gc.log"
    "$jdk/bin/jcmd" "$jvm" GC.heap_info >"$into/heap_info.txt"
    "$jdk/bin/jcmd" "$jvm" GC.class_histogram -all | gzip -9nc >"$into/class_histogram.txt.gz"

    exec 3>&-
    wait "$jvm" || fail "the JVM of $name failed: $(cat "$work/output")"
    jvm=
    echo "$name: $(du -sk "$into" | cut -f1) KB"
}

# ask COMMAND FILE: what a diagnostic command says, into a file, gzipped when its name ends so. Old JDKs do not have all of them.
ask() {
    if ! "$jdk/bin/jcmd" "$jvm" $1 >"$work/answer" 2>"$work/error"; then
        grep -q "Unknown diagnostic command" "$work/answer" "$work/error" || fail "$1 failed: $(cat "$work/answer" "$work/error")"
        return 0
    fi
    case $2 in
        *.gz) gzip -9nc "$work/answer" >"$2" ;;
        *) cat "$work/answer" >"$2" ;;
    esac
}

# record_troubles JDK
record_troubles() {
    jdk=$1
    name=jdk$(major_version "$jdk")
    into=$diagnosed/$name
    rm -rf "${work:?}"/* "$into"
    mkdir -p "$into"
    "$jdk/bin/javac" -Xlint:none -encoding UTF-8 -d "$work" "$here/Diagnosed.java" 2>"$work/error" || fail "$(cat "$work/error")"
    mkfifo "$work/input"
    : >"$work/output"
    (cd "$work" && exec "$jdk/bin/java" -XX:+UseSerialGC -Xmx64m -XX:NativeMemoryTracking=summary -cp . Diagnosed <input >output 2>&1) &
    jvm=$!
    exec 3>"$work/input"
    wait_for_ready
    ask Thread.print "$into/thread_print.txt.gz"
    ask "Thread.print -l" "$into/thread_print_l.txt.gz"
    ask VM.classloader_stats "$into/classloader_stats.txt"
    ask "VM.native_memory summary" "$into/native_memory.txt"
    ask VM.stringtable "$into/stringtable.txt"
    ask VM.symboltable "$into/symboltable.txt"
    ask GC.finalizer_info "$into/finalizer_info.txt"
    exec 3>&-
    wait "$jvm" || fail "the JVM of $name failed: $(cat "$work/output")"
    jvm=
    echo "$name: $(du -sk "$into" | cut -f1) KB"
}

troubles_only=
[ "${1:-}" != --troubles-only ] || { troubles_only=yes; shift; }
[ $# -gt 0 ] || set -- "$(first_jdk 17)" "$(first_jdk 25)"
for jdk in "$@"; do
    record_troubles "$jdk"
    [ -z "$troubles_only" ] || continue
    rm -rf "${work:?}"/*
    "$jdk/bin/javac" -encoding UTF-8 --release 17 -d "$work" "$here/Recorded.java"
    for collector in G1 Serial Parallel Z Shenandoah; do
        record "$jdk" "$collector"
    done
done
