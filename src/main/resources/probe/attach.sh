# Sends one diagnostic command to the JVM with the JDK's own client.
# Arguments: BOUNDARY PID TICKS HEADROOM SECONDS CLIENT TOOL COMMAND [WORD...]
# Two commands take words: jfr JFR.start|JFR.check|JFR.stop|JFR.dump [OPTION...], heap-dump [-all] FILE.

pid=$2 ticks=$3 need=$4 seconds=$5 client=$6 tool=$7 command=$8
shift 8
refuse() { section refused; say "$*"; finish; }

# Once more, right before: is it still that JVM, does it catch SIGQUIT, and is there room? Old clients signal whatever they are pointed at.
[ "$(started "$pid" 2>/dev/null)" = "$ticks" ] || refuse gone
[ -n "$(having /libjvm.so "/proc/$pid/maps")" ] || refuse gone
caught=
while IFS= read -r l; do case $l in SigCgt:*) caught=$l ;; esac; done <"/proc/$pid/status"
case $caught in *[4567cdefCDEF]) ;; *) refuse signal ;; esac

cgroup "$pid"
max= used= cache=0
case $c in
  1) read -r max <"$d/memory.limit_in_bytes"; read -r used <"$d/memory.usage_in_bytes"; prefix=total_ ;;
  2) read -r max <"$d/memory.max"; read -r used <"$d/memory.current"; prefix= ;;
esac
case $max in
  '' | max) ;;
  *)
    while read -r key value; do
      case $key in
        hierarchical_memory_limit) [ "$value" -lt "$max" ] && max=$value ;;
        "${prefix}inactive_file" | "${prefix}active_file") cache=$((cache + value)) ;;
      esac
    done <"$d/memory.stat"
    free=$((max - used + cache))
    [ "$free" -ge "$need" ] || refuse headroom "$free"
    ;;
esac

# Words reach the JVM only if they have this form, whoever sent them; and it writes only into files that are known as Heapwarden's. In a
# subshell, as the application's locale may take other letters for a to z.
plain() { (LC_ALL=C; case $1 in '' | *[!A-Za-z0-9._#=+:/-]*) exit 1 ;; esac); }
ours() {
  case $1 in *//* | */./* | */../*) return 1 ;; /*) ;; *) return 1 ;; esac
  case ${1##*/} in heapwarden-?*) ;; *) return 1 ;; esac
}
if [ $# -gt 0 ]; then
  for w; do plain "$w" || refuse word; done
  case $command in
    jfr)
      # Without a file's name they would write where the JVM stands.
      case "$* " in 'JFR.check '* | 'JFR.stop '* | 'JFR.start '*' filename='* | 'JFR.dump '*' filename='*) ;; *) refuse word ;; esac
      for w; do
        case $w in
          filename=/dev/null) ;;
          filename=*) ours "${w#*=}" || refuse word ;;
          settings=none) ;;
          settings=* | path-to-gc-roots=*) refuse word ;;
        esac
      done
      ;;
    heap-dump)
      all=
      [ "$1" = -all ] && { all=$1; shift; }
      [ $# = 1 ] && ours "$1" || refuse word
      case ${1##*/} in heapwarden-*[!0-9]*.hprof | heapwarden-.hprof) refuse word ;; heapwarden-*.hprof) ;; *) refuse word ;; esac
      set -- GC.heap_dump $all "$1"
      ;;
    *) refuse word ;;
  esac
else
  case $command in
    histogram) set -- GC.class_histogram -all ;;
    live-histogram) set -- GC.class_histogram ;;
    heap-info) set -- GC.heap_info ;;
    threads) set -- Thread.print ;;
    threads-l) set -- Thread.print -l ;;
    class-loaders) set -- VM.classloader_stats ;;
    native-memory) set -- VM.native_memory summary ;;
    strings) set -- VM.stringtable ;;
    symbols) set -- VM.symboltable ;;
    finalizers) set -- GC.finalizer_info ;;
    version) set -- VM.version ;;
    command-line) set -- VM.command_line ;;
    flags) set -- VM.flags ;;
    system-properties) set -- VM.system_properties ;;
    *) refuse command ;;
  esac
fi

# The container's options are for its application: in the client they would cost memory, open ports, load agents.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH LD_PRELOAD
export MALLOC_ARENA_MAX=1
# Not every timeout takes its arguments this way.
if timeout 9 true 2>/dev/null; then limit="timeout $seconds"; else limit=; fi

# A small client; and without streaming, as a JDK 25 JVM would wait for a slow reader inside the pause.
section answer
case $client in
  jcmd)
    $limit "$tool" -J-Xms4m -J-Xmx16m -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-Xshare:auto -J-XX:-UsePerfData \
      -J-Djdk.attach.allowStreamingOutput=false "$pid" "$@" </dev/null
    ;;
  java)
    $limit "$tool" -Xms4m -Xmx16m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:-UsePerfData \
      -Djdk.attach.allowStreamingOutput=false -m jdk.jcmd/sun.tools.jcmd.JCmd "$pid" "$@" </dev/null
    ;;
esac
code=$?
section code
say "$code"
finish
