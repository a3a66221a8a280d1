# Looks at the processes of this container and reads the counters of its JVM. Reads only: no signal, no file written, no JVM started.
# HEAPWARDEN_PID in the environment narrows it to one process.

exec 2>/dev/null
only=${HEAPWARDEN_PID:-[0-9]*}
kind=none pid=0 most=-1 jvms=0

# 1. Which process. HotSpot has libjvm.so mapped; OpenJ9 has that and libj9vm. With a shared process namespace other containers' processes
# are seen too: they have another root directory.
for f in $(having /libjvm.so /proc/$only/maps); do
  p=${f#/proc/}; p=${p%/maps}
  [ "/proc/$p/root" -ef / ] || continue
  if [ -n "$(having /libj9vm "$f")" ]; then
    [ $kind = none ] && { kind=openj9; pid=$p; }
    continue
  fi
  read -r size rss rest <"/proc/$p/statm" || continue
  jvms=$((jvms + 1))
  [ "$rss" -gt "$most" ] && { kind=hotspot; most=$rss; pid=$p; }
done

# 2. No JVM: one that runs as another user, or a native image, whose ELF file has a section of that name, told near its end?
if [ $kind = none ]; then
  for d in /proc/$only; do
    p=${d#/proc/}
    [ "$p" = $$ ] && continue
    if ! { true <"$d/maps"; }; then
      read -r name <"$d/comm"
      [ "$name" = java ] && { kind=hidden; pid=$p; jvms=1; break; }
    elif [ "$d/root" -ef / ] && [ -n "$(tail -c 65536 "$d/exe" | having .svm_heap /dev/stdin)" ]; then
      kind=native pid=$p
      break
    fi
  done
fi

section about
say "kind $kind"
say "pid $pid"
say "jvms $jvms"
case $kind in hotspot | hidden) ;; *) finish ;; esac

inner=$pid
while IFS= read -r l; do case $l in NSpid:*) inner=${l##*[!0-9]} ;; esac; done <"/proc/$pid/status"

# 3. Can it be asked for more than counters? Whether /tmp is mounted read-only is looked up, as some shells' -w only looks at the mode.
tmp=no
[ -w /tmp ] && tmp=yes
o=
while read -r dev at type opts rest; do case $at in /) [ -z "$o" ] && o=$opts ;; /tmp) o=$opts ;; esac; done </proc/mounts
case ,$o, in *,ro,*) tmp=no ;; esac
say "tmp $tmp"
[ -S "/tmp/.java_pid$inner" ] && say 'socket yes'

home=$(first /libjvm.so "/proc/$pid/maps")
home=/${home#*/}
home=${home%/lib/*}
jcmd=
for t in "$home/bin/jcmd" "${home%/jre}/bin/jcmd"; do
  [ -x "$t" ] && { jcmd=$t; break; }
done
[ -n "$jcmd" ] || jcmd=$(command -v jcmd)
if [ -n "$jcmd" ]; then
  say "jcmd $jcmd"
elif [ -x "$home/bin/java" ] && [ -e "$home/lib/libattach.so" ]; then
  case $(cat "$home/release") in *jdk.jcmd*) say "java $home/bin/java" ;; *MODULES=*) ;; *) say "java $home/bin/java" ;; esac
fi

# Options may hold secrets: only whether this one is there is said.
case $(cat "/proc/$pid/cmdline" "/proc/$pid/environ") in *-XX:+DisableAttachMechanism*) say 'attach off' ;; esac

# 4. The kernel's numbers, as they are.
section process
cat "/proc/$pid/status" "/proc/$pid/stat"
first btime /proc/stat
section cgroup
cgroup "$pid"
say "version ${c:-0}"
for f in limit_in_bytes usage_in_bytes failcnt max current high; do
  read -r v <"$d/memory.$f" && say "memory.$f $v"
done
for f in "$d/pids.max" "/sys/fs/cgroup/pids$p1/pids.max" /sys/fs/cgroup/pids/pids.max; do
  read -r v <"$f" && { say "pids.max $v"; break; }
done
cat "$d/memory.stat" "$d/memory.oom_control" "$d/memory.events" "$d/memory.pressure"

# 5. The JVM's own counters. A file left by an earlier JVM with the same process id is not mapped by this one.
for f in /tmp/hsperfdata_*/"$inner"; do
  [ -r "$f" ] || continue
  [ $kind = hidden ] || [ -n "$(having "${f#/tmp}" "/proc/$pid/maps")" ] || continue
  section hsperfdata
  cat "$f"
  break
done
finish
